"""The shape of all answering widgets: show a Row, say what was answered, keep what cannot be read."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from inspector_app.desktop.questions.desk import Desk
from inspector_app.desktop.questions.state import Row
from inspector_app.xforms import NodeState

NEXT, PREVIOUS = 1, -1
TYPING_MS = 300
"""After this pause what was typed is saved; ≤ 400 ms is asked for."""


class Editor(QWidget):
    """`answered` carries the lexical value, `given` a (name, bytes | Path), `refused` one sentence ('' takes it back).

    `moved` asks to go to the next (+1) or previous (-1) question.
    """

    answered = Signal(str)
    given = Signal(object)
    refused = Signal(str)
    moved = Signal(object)
    is_clearable = True
    """Clearing needs a button of the row; what is typed is cleared by deleting it."""

    def __init__(self, desk: Desk, row: Row) -> None:
        super().__init__()
        self.desk, self.kit, self.row = desk, desk.kit, row
        self.is_locked = False

    @property
    def state(self) -> NodeState:
        """What the Node shows now."""
        assert self.row.state is not None
        return self.row.state

    @property
    def is_inline(self) -> bool:
        """Small enough to stand beside the label."""
        return False

    def show_row(self, row: Row, *, is_locked: bool) -> None:
        """Bring it up to date; what is being typed is not disturbed."""
        self.row, self.is_locked = row, is_locked

    def say(self) -> None:
        """Words in the current language."""

    def flush(self) -> None:
        """Save now what is being typed."""

    def clear(self) -> None:
        """Take the answer back."""
        if self.state.value:
            self.answered.emit("")

    def take_focus(self) -> None:
        """Put the focus where answering begins."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def name_of(self) -> str:
        """The question as read out to who cannot see it."""
        words = self.state.label or self.row.control.path.rpartition("/")[2]
        return f"{words}, {self.kit.language.tr('questions.required')}" if self.state.required else words
