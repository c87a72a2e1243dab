"""Texts of several lines: saved after a pause and on leaving; Ctrl+Enter and Tab leave the field."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from inspector_app.desktop.kit.widgets.boxes import column
from inspector_app.desktop.questions.desk import Desk
from inspector_app.desktop.questions.editor import TYPING_MS, Editor
from inspector_app.desktop.questions.state import Row

LINES, MOST = 3, 12


class Paragraph(QPlainTextEdit):
    """`left` is said when the focus goes."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()  # the page's way to the next open question
            return
        super().keyPressEvent(event)


class ParagraphEditor(Editor):
    """Grows with its text."""

    is_clearable = False

    def __init__(self, desk: Desk, shown: Row) -> None:
        super().__init__(desk, shown)
        self.text = Paragraph()
        self.text.setObjectName(f"answer-{shown.key}")
        self.text.setTabChangesFocus(True)
        self._value = ""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(TYPING_MS)
        self._soon.timeout.connect(self._on_typed)
        self.text.textChanged.connect(self._on_text_changed)
        self.text.left.connect(self.flush)
        self.setLayout(column(self.text, spacing=0))
        self.setFocusProxy(self.text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit()

    def show_row(self, row: Row, *, is_locked: bool) -> None:
        super().show_row(row, is_locked=is_locked)
        self.text.setReadOnly(is_locked or self.state.readonly)
        self.text.setAccessibleName(self.name_of())
        if self.state.value != self._value and not self._soon.isActive():
            self._value = self.state.value
            if self.text.toPlainText() != self._value:
                self.text.setPlainText(self._value)
                self._soon.stop()

    def say(self) -> None:
        self.text.setPlaceholderText(self.kit.language.tr("question_enter.text"))
        self.text.setAccessibleName(self.name_of())

    def flush(self) -> None:
        if self._soon.isActive():
            self._soon.stop()
            self._on_typed()

    def take_focus(self) -> None:
        self.text.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_text_changed(self) -> None:
        self._soon.start()
        self._fit()

    def _on_typed(self) -> None:
        value = self.text.toPlainText()
        if value != self._value:
            self._value = value
            self.answered.emit(value)

    def _fit(self) -> None:
        lines = min(max(self.text.document().blockCount(), LINES), MOST)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * lines + self.kit.theme.px(22))
