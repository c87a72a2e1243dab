"""Acknowledging: one box to tick, its answer is OK."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox

from inspector_app.desktop.kit.widgets.boxes import row
from inspector_app.desktop.questions.desk import Desk
from inspector_app.desktop.questions.editor import NEXT, Editor
from inspector_app.desktop.questions.state import Row

OK = "OK"


class TickEditor(Editor):
    """Space ticks, Enter goes on."""

    is_clearable = False

    def __init__(self, desk: Desk, shown: Row) -> None:
        super().__init__(desk, shown)
        self.box = QCheckBox()
        self.box.setObjectName(f"answer-{shown.key}")
        self.box.setProperty("large", True)
        desk.kit.language.text(self.box, "questions.acknowledge")
        self.box.clicked.connect(lambda is_on: self.answered.emit(OK if is_on else ""))
        self.setLayout(row(self.box, spacing=0))
        self.setFocusProxy(self.box)

    @property
    def is_inline(self) -> bool:
        return True

    def show_row(self, row: Row, *, is_locked: bool) -> None:
        super().show_row(row, is_locked=is_locked)
        self.box.setChecked(bool(self.state.value))
        self.box.setEnabled(not is_locked and not self.state.readonly)
        self.say()

    def say(self) -> None:
        self.box.setAccessibleName(f"{self.name_of()}: {self.kit.language.tr('questions.acknowledge')}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.moved.emit(NEXT)
        else:
            super().keyPressEvent(event)
