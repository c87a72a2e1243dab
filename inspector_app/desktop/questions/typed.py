"""Answers typed into one line: saved after a pause and on leaving; what cannot be read stays, with one sentence."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from inspector_app.desktop.kit.widgets.boxes import restyle, row
from inspector_app.desktop.questions.desk import Desk
from inspector_app.desktop.questions.editor import NEXT, PREVIOUS, TYPING_MS, Editor
from inspector_app.desktop.questions.entries import WIDE, Entry, entry_for
from inspector_app.desktop.questions.state import Row

MAX_TEXT = 100_000
_WAYS = {Qt.Key.Key_Return: NEXT, Qt.Key.Key_Enter: NEXT, Qt.Key.Key_Down: NEXT, Qt.Key.Key_Up: PREVIOUS}


class Field(QLineEdit):
    """One value. `entered` carries it in lexical form, `unread` that it cannot be read (or can be again)."""

    entered = Signal(str)
    unread = Signal(bool)
    moved = Signal(object)

    def __init__(self, desk: Desk, entry: Entry, name: str) -> None:
        super().__init__()
        self._desk, self._entry = desk, entry
        self._value = ""
        self.is_unreadable = False
        self.setObjectName(name)
        self.setMaxLength(MAX_TEXT)
        if entry.kind != "text":
            self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(TYPING_MS)
        self._soon.timeout.connect(self._on_typed)
        self.textEdited.connect(self._on_text_edited)

    @property
    def is_busy(self) -> bool:
        """Somebody is typing, or what was typed is not a value."""
        return self._soon.isActive() or self.is_unreadable

    def show_value(self, value: str) -> None:
        """The saved value; what is being typed is not disturbed."""
        if self.is_busy and (self.hasFocus() or value == self._value):
            return
        changed, self._value = value != self._value, value
        self._refuse(False)
        if self.hasFocus() and not changed:
            return
        if not self.hasFocus() or self._entry.read(self.text()) != value:
            self._put(self._entry.show(value))

    def enter(self, text: str) -> None:
        """As if `text` had been typed and left."""
        self.setText(text)
        self._on_typed()

    def flush(self) -> None:
        """Save now what was typed."""
        if self._soon.isActive():
            self._soon.stop()
            self._on_typed()

    def say(self) -> None:
        """The value and the placeholder in the current language."""
        self.setPlaceholderText(self._desk.kit.language.tr(f"question_enter.{self._entry.kind}"))
        if not self.is_busy and not self.hasFocus():
            self._put(self._entry.show(self._value))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.flush()
        if not self.is_unreadable:
            self._put(self._entry.show(self._value))
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = _WAYS.get(Qt.Key(event.key()))
        if way is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        self.flush()
        self.moved.emit(PREVIOUS if back else way)

    def _put(self, text: str) -> None:
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)

    def _refuse(self, is_unreadable: bool) -> None:
        if is_unreadable != self.is_unreadable:
            self.is_unreadable = is_unreadable
            self.unread.emit(is_unreadable)
        restyle(self, "wrong", "true" if is_unreadable else "false")

    def _on_text_edited(self) -> None:
        self._soon.start()

    def _on_typed(self) -> None:
        value = self._entry.read(self.text())
        self._refuse(value is None)
        if value is not None and value != self._value:
            self._value = value
            self.entered.emit(value)


class TypedEditor(Editor):
    """A single Field."""

    is_clearable = False

    def __init__(self, desk: Desk, shown: Row, entry: Entry | None = None) -> None:
        super().__init__(desk, shown)
        self.entry = entry or entry_for(shown.control, desk)
        self.field = Field(desk, self.entry, f"answer-{shown.key}")
        self.field.entered.connect(self.answered)
        self.field.moved.connect(self.moved)
        self.field.unread.connect(self._on_unread)
        if "masked" in shown.control.appearances or "hidden-answer" in shown.control.appearances:
            self.field.setEchoMode(QLineEdit.EchoMode.Password)
        if self.entry.kind in ("integer", "decimal"):
            self.field.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.line = row(self.field, spacing=4)
        self.setLayout(self.line)
        self.setFocusProxy(self.field)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit()

    @property
    def is_inline(self) -> bool:
        return self.entry.width != WIDE

    def show_row(self, row: Row, *, is_locked: bool) -> None:
        super().show_row(row, is_locked=is_locked)
        self.field.setReadOnly(is_locked or self.state.readonly)
        self.lock(is_locked or self.state.readonly)
        self.field.show_value(self.state.value)
        self.field.setAccessibleName(self.name_of())

    def say(self) -> None:
        self.field.say()
        self.field.setAccessibleName(self.name_of())

    def flush(self) -> None:
        self.field.flush()

    def take_focus(self) -> None:
        self.field.setFocus(Qt.FocusReason.TabFocusReason)
        self.field.selectAll()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._fit()
        super().changeEvent(event)

    def lock(self, is_locked: bool) -> None:
        """Whether the tools beside the field can be used."""

    def _fit(self) -> None:
        if self.entry.width != WIDE:
            self.field.setFixedWidth(self.kit.theme.px(self.entry.width))

    def _on_unread(self, is_unreadable: bool) -> None:
        self.refused.emit(self.kit.language.tr(f"question_wrong.{self.entry.kind}") if is_unreadable else "")


def is_typing(widget: QObject | None) -> bool:
    """Whether letters typed now go into a text."""
    return isinstance(widget, QLineEdit) and not widget.isReadOnly()
