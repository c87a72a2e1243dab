"""The quickest way into a visit: type part of a Site's name, press Enter."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from inspector_app.desktop.form_choice import FormChoice
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.widgets.boxes import button, column, empty_out, label, row
from inspector_app.desktop.kit.widgets.elided import ElidedLabel
from inspector_app.desktop.kit.widgets.search_field import SearchField
from inspector_app.desktop.today.models import find_choices
from inspector_app.domain.site import Site


class QuickStart(QFrame):
    """`started` carries the id of the Site to visit."""

    started = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._found: tuple[Site, ...] = ()
        self.setProperty("kind", "card")
        title = label("section")
        context.language.text(title, "today.quick")
        self.search = SearchField(context.icons, context.language, "today.quick_hint")
        self.search.setObjectName("quick_search")
        self.form = FormChoice(context)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self.setLayout(column(title, self.search, self.form, self._rows, spacing=12, margins=20))
        self.search.searched.connect(self._on_searched)
        self.search.returnPressed.connect(self._on_enter)
        context.language.changed.connect(self._show)

    def _on_searched(self, text: str) -> None:
        if not text:
            self._on_found("", ())
            return
        self._context.lanes.wide.run(partial(find_choices, self._context.store, text), partial(self._on_found, text))

    def _on_found(self, text: str, found: Sequence[Site]) -> None:
        if text == self.search.text().strip():
            self._found = tuple(found)
            self._show()

    def _show(self) -> None:
        empty_out(self._rows)
        for site in self._found:
            self._rows.addWidget(self._row(site))
        if not self._found and self.search.text().strip():
            nothing = label("muted")
            nothing.setText(self._context.language.tr("today.quick_nothing"))
            self._rows.addWidget(nothing)

    def _row(self, site: Site) -> QPushButton:
        made = button("row", name="quick_choice")
        made.setProperty("small", True)
        name, where, icon = ElidedLabel(), label("muted"), label()
        name.say(site.name)
        kind = self._context.language.tr(f"type.{site.type}") if site.type else ""
        where.setText(" · ".join(filter(None, (kind, site.street))))
        self._context.icons.put(icon, "arrow-right", color="accent", size=16)
        layout = row(name, where, icon, spacing=12)
        layout.setStretch(0, 1)
        layout.setContentsMargins(8, 0, 8, 0)
        made.setLayout(layout)
        for part in (name, where, icon):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        made.setAccessibleName(self._context.language.tr("today.quick_start", name=site.name))
        made.clicked.connect(lambda: self.started.emit(site.id))
        return made

    def _on_enter(self) -> None:
        if self._found:
            self.started.emit(self._found[0].id)
