"""The head of the visit: where, which team, who inspects, preview, and the one button that finishes."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from inspector_app.desktop.inspections.state import MIN_INSPECTORS, Shown
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.widgets.boxes import button
from inspector_app.desktop.kit.widgets.page_head import PageHead
from inspector_app.domain.site import Site


class VisitHead(QWidget):
    """Its buttons are wired by the page: `inspectors`, `phone`, `preview`, `finish`."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.head = PageHead(context.language)
        self.head.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.head.title.setMinimumWidth(120)
        self.inspectors = button("quiet", name="inspectors-button", checkable=True)
        self.phone = button("icon", name="phone-button")
        context.icons.put(self.phone, "smartphone")
        context.language.name(self.phone, "phone.open")
        context.language.tip(self.phone, "phone.open")
        self.preview = button("icon", name="preview-button")
        self.finish = button("primary", name="finish-button")
        context.icons.put(self.preview, "printer")
        context.language.name(self.preview, "inspections.preview")
        for each in (self.inspectors, self.phone, self.preview, self.finish):
            self.head.buttons.addWidget(each)
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.head)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._name = ""
        self._given: object = None
        margins = self.head.layout()
        if margins is not None:
            margins.setContentsMargins(16, 16, 16, 12)

    def show_state(self, shown: Shown, site: Site) -> None:
        """Names and buttons of a visit."""
        tr, head = self._context.language.tr, shown.inspection
        names = (head.team, head.started, head.number, head.inspectors)
        given = (self._context.language.code, site, *names, shown.is_finished)
        if given == self._given:
            return
        self._given = given
        self._name = site.name
        self._elide()
        parts = (
            tr(f"type.{site.type}") if site.type else "",
            site.street,
            tr("inspections.team", team=f"{head.team:02d}"),
            self._context.language.moment(head.started),
            head.number,
        )
        self.head.say_where(" · ".join(filter(None, parts)))
        self.phone.setVisible(not shown.is_finished)
        self._show_inspectors(head.inspectors, is_locked=shown.is_finished)
        key = "inspections.to_result" if shown.is_finished else "inspections.finish"
        self._context.language.text(self.finish, key)
        self._context.icons.put(self.finish, "clipboard-check", color="on_accent")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _show_inspectors(self, names: tuple[str, ...], *, is_locked: bool) -> None:
        tr = self._context.language.tr
        is_short = len(names) < MIN_INSPECTORS
        icon, color = ("triangle-alert", "warn") if is_short and not is_locked else ("users", "ink")
        self._context.icons.put(self.inspectors, icon, color=color)
        self.inspectors.setText(tr("inspections.inspectors_count", n=len(names)))
        said = tr("inspections.inspectors_names", names=tr("inspections.name_comma").join(names) or "—")
        self.inspectors.setToolTip(said)
        self.inspectors.setAccessibleName(said)
        self.inspectors.setEnabled(not is_locked)

    def _elide(self) -> None:
        title = self.head.title
        title.setText(title.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, max(title.width(), 120)))
        title.setToolTip(self._name)
