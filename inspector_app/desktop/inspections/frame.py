"""The parts of the visit page and where they stand: dimensions, Items, beside, footer; the drawer on narrow windows."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QStackedWidget, QWidget

from inspector_app.desktop.documents.preview import PreviewPanel
from inspector_app.desktop.inspections.amend_panel import AmendPanel
from inspector_app.desktop.inspections.beside import Beside
from inspector_app.desktop.inspections.checklist import ChecklistView
from inspector_app.desktop.inspections.dimension_panel import DimensionPanel
from inspector_app.desktop.inspections.finish_panel import LacksPanel, SignPanel
from inspector_app.desktop.inspections.footer import Footer
from inspector_app.desktop.inspections.inspectors_panel import InspectorsPanel
from inspector_app.desktop.inspections.offer_bar import OfferBar
from inspector_app.desktop.inspections.outcome_panel import OutcomePanel
from inspector_app.desktop.inspections.photo_viewer import PhotoViewer
from inspector_app.desktop.inspections.thumbnails import Thumbnails
from inspector_app.desktop.inspections.visit_head import VisitHead
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.widgets.boxes import button, card, column, holder, row
from inspector_app.desktop.kit.widgets.search_field import SearchField
from inspector_app.desktop.questions.files import Files
from inspector_app.desktop.questions.view import FormView

DRAWER_BELOW = 1100
"""Window width below which the column beside becomes a drawer (ui.md)."""


class VisitFrame(QWidget):
    """All widgets of the page as attributes; it knows how they share the room, not what they mean."""

    def __init__(self, context: Context, now: Callable[[], datetime], files: Files) -> None:
        super().__init__()
        self._context = context
        self.setObjectName("ground")
        self.thumbnails = Thumbnails(context, self)
        self.head = VisitHead(context)
        self.dimensions = DimensionPanel(context)
        self.search = SearchField(context.icons, context.language, "inspections.search")
        self.checklist = ChecklistView(context, self.thumbnails, now)
        self.questions = FormView(context, files, now)
        self.inspectors = InspectorsPanel(context)
        self.inspectors.hide()
        self.lacks, self.sign = LacksPanel(context), SignPanel(context)
        self.outcome, self.viewer = OutcomePanel(context), PhotoViewer(context)
        self.amend = AmendPanel(context, now)
        self.preview = PreviewPanel(context)
        self.beside, self.footer = Beside(context), Footer(context)
        self.drawer_button = button("icon", name="open-beside", checkable=True)
        context.icons.put(self.drawer_button, "panel-right")
        context.language.name(self.drawer_button, "inspections.open_beside")
        context.language.tip(self.drawer_button, "inspections.open_beside")
        self.drawer_button.toggled.connect(self._on_drawer_toggled)
        self.beside.closed.connect(lambda: self.drawer_button.setChecked(False))
        self.offer = OfferBar(context)
        self.watch_button, self.capture_button = self._tool("import", "watch"), self._tool("camera", "capture")
        self._is_drawer = False
        self._lay_out()
        context.theme.changed.connect(self._fit)

    def show_items(self) -> None:
        """The checklist in the middle."""
        self._put(self.items)

    def show_panel(self, panel: QWidget) -> None:
        """Lacks, signature, outcome or the photo viewer in the middle."""
        self._put(panel)

    def turn_to(self, place: QWidget) -> None:
        """The Items (or what the search found), or the questions outside them."""
        self.answers.setCurrentWidget(place)
        self._fit()

    @property
    def is_asking(self) -> bool:
        """Questions outside the Items are in the middle."""
        return self.answers.currentWidget() is self.questions

    @property
    def shows_items(self) -> bool:
        """The checklist is in the middle and keys act on it."""
        return self.centre.currentWidget() is self.items and self.whole.currentIndex() == 0

    def show_preview(self, is_shown: bool) -> None:
        """The paper in place of everything below the head."""
        self.whole.setCurrentIndex(1 if is_shown else 0)
        self.footer.setVisible(not is_shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _lay_out(self) -> None:
        bar = row(self.search, self.capture_button, self.watch_button, self.drawer_button, spacing=4)
        bar.setStretch(0, 1)
        bar.setContentsMargins(12, 8, 8, 8)
        self.answers = QStackedWidget()
        self.answers.addWidget(self.checklist)
        self.answers.addWidget(self.questions)
        self.items = holder(column(bar, self.offer, self.answers, spacing=0))
        self.centre = QStackedWidget()
        for part in (self.items, self.lacks, self.sign, self.outcome, self.viewer, self.amend):
            self.centre.addWidget(part)
        self._left, self._middle = _surface(self.dimensions), _surface(self.centre)
        self._right: QFrame = _surface(self.beside)
        self._body = row(self._left, self._middle, self._right, spacing=8)
        self._body.setStretch(1, 1)
        visit = column(self.inspectors, self._body, spacing=8)
        visit.setStretch(1, 1)
        visit.setContentsMargins(16, 0, 16, 12)
        self.whole = QStackedWidget()
        self.whole.addWidget(holder(visit))
        self.whole.addWidget(self.preview)
        outer = column(self.head, self.whole, self.footer, spacing=0)
        outer.setStretch(1, 1)
        self.setLayout(outer)

    def _tool(self, icon: str, what: str) -> QPushButton:
        made = button("icon", name=f"{what}-photos")
        self._context.icons.put(made, icon)
        self._context.language.name(made, f"offer.{what}")
        self._context.language.tip(made, f"offer.{what}")
        return made

    def _put(self, panel: QWidget) -> None:
        self.centre.setCurrentWidget(panel)
        self._fit()

    def _fit(self) -> None:
        is_drawer = self.window().width() < self._context.theme.px(DRAWER_BELOW)
        if is_drawer != self._is_drawer:
            self._is_drawer = is_drawer
            if is_drawer:
                self._body.removeWidget(self._right)
                self._right.setParent(self)
            else:
                self._body.addWidget(self._right)
        is_items = self.centre.currentWidget() is self.items and not self.is_asking
        self.drawer_button.setVisible(is_drawer and not self.is_asking)
        self.beside.is_drawer(is_drawer)
        self._right.setVisible(is_items and (not is_drawer or self.drawer_button.isChecked()))
        if is_drawer and self._right.isVisible():
            self._place_drawer()

    def _place_drawer(self) -> None:
        corner = self._middle.mapTo(self, self._middle.rect().topRight())
        width = self._right.sizeHint().width()
        self._right.setGeometry(corner.x() - width + 1, corner.y(), width, self._middle.height())
        self._right.raise_()

    def _on_drawer_toggled(self) -> None:
        self._fit()


def _surface(part: QWidget) -> QFrame:
    made = card(part, spacing=0, margins=0)
    layout = made.layout()
    if layout is not None:
        layout.setContentsMargins(1, 6, 1, 6)
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return made
