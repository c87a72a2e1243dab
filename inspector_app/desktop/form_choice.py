"""Which form a new visit begins with: one list beside the start button, there only where more than one is offered."""

from functools import partial

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox

from inspector_app.desktop.kit.context import Context
from inspector_app.domain.changeset import Touched
from inspector_app.operations import offering
from inspector_app.operations.offering import Shelf

SETTING = "visit/form"


class FormChoice(QComboBox):
    """The last choice is remembered; what is no longer offered falls back to the default."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._remembered = context.settings.word(SETTING)
        self.setObjectName("visit_form")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(10)
        context.language.name(self, "window.visit_form")
        context.language.tip(self, "window.visit_form")
        self.activated.connect(self._on_activated)
        context.bulletin.touched.connect(self._on_touched)
        self.hide()
        QTimer.singleShot(0, self, self._read)  # in its place by then: shown without a parent it would be a window

    def form(self) -> str:
        """Id of the form to begin with, '' for the default."""
        return str(self.currentData() or "") if self.count() > 1 else ""

    def showEvent(self, event: QShowEvent) -> None:
        """Another page may have chosen meanwhile."""
        self._show_remembered()
        super().showEvent(event)

    def _read(self) -> None:
        self._context.lanes.wide.run(partial(offering.shelf, self._context.store), self._on_read)

    def _on_read(self, shelf: Shelf) -> None:
        with QSignalBlocker(self):
            self.clear()
            for each in shelf.offered():
                self.addItem(each.title or each.form_id, each.form_id)
        self._show_remembered()
        self.setVisible(self.count() > 1)

    def _show_remembered(self) -> None:
        at = self.findData(self._remembered.get())
        with QSignalBlocker(self):
            self.setCurrentIndex(max(at, 0))

    def _on_activated(self) -> None:
        self._remembered.put(str(self.currentData() or ""))

    def _on_touched(self, touched: Touched) -> None:
        if touched.forms or touched.everything:
            self._read()
