"""One field with several values side by side: value, who, when, where, and the button that takes it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.dates import moment_text
from inspector_app.desktop.kit.widgets.boxes import button, card, column, label, row
from inspector_app.desktop.kit.widgets.flow import FlowLayout
from inspector_app.desktop.syncing.conflict_state import Card, Choice
from inspector_app.domain.clock import iso


class ConflictCard(QFrame):
    """`chosen(number)` when a value is taken, `visit_wanted` for the visit it belongs to."""

    chosen = Signal(int)
    visit_wanted = Signal()

    def __init__(self, context: Context, shown: Card) -> None:
        super().__init__()
        self._context, self.shown = context, shown
        self.setProperty("kind", "card")
        self.buttons: list[QPushButton] = []
        language = context.language
        place, title = label("muted", wrap=True), label("strong", wrap=True, name="conflict_title")
        begun = language.moment(shown.begun) if shown.begun else ""
        place.setText(" · ".join(filter(None, (shown.place, begun))))
        title.setText(_title(context, shown))
        self._visit = button("quiet", name="conflict_visit")
        language.text(self._visit, "conflicts.open_visit")
        self._visit.setVisible(bool(shown.conflict.inspection))
        self._visit.clicked.connect(self.visit_wanted)
        head = row(column(place, title, spacing=2), self._visit, spacing=12)
        head.setStretch(0, 1)
        values = FlowLayout(spacing=12)
        for number, choice in enumerate(shown.choices):
            values.addWidget(self._value(number, choice))
        self.setLayout(column(head, values, spacing=12, margins=16))

    def _value(self, number: int, choice: Choice) -> QWidget:
        context, tr = self._context, self._context.language.tr
        text, who, where = label("section", wrap=True), label("muted", wrap=True), label("caption", wrap=True)
        value = choice.text or tr("conflicts.empty")
        text.setText(value)
        when = moment_text(iso(choice.at_ms), context.language.code)
        who.setText(tr("conflicts.who", name=choice.who or "—", when=when))
        place = tr("conflicts.here") if choice.is_here else tr("conflicts.there", device=choice.device or "—")
        where.setText(" · ".join(filter(None, (place, tr("conflicts.shown") if choice.is_shown else ""))))
        take = button("primary" if choice.is_shown else "", name="take")
        context.language.text(take, "conflicts.keep")
        take.setAccessibleName(f"{tr('conflicts.keep')} {value}")
        take.clicked.connect(partial(self.chosen.emit, number))
        self.buttons.append(take)
        box = card(text, who, where, row(take, 1), spacing=6, margins=12, kind="notice")
        box.setFixedWidth(context.theme.px(320))
        return box


def _title(context: Context, shown: Card) -> str:
    tr = context.language.tr
    field = tr(shown.field) if shown.field else ""
    return " · ".join(filter(None, (shown.title, field))) or tr("conflicts.field", name=shown.name)
