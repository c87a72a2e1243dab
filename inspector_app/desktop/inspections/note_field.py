"""The note of an Item: grows with its text, saved while typing and on leaving; phrases help to begin."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from inspector_app.desktop.inspections.measures import TYPING_MS
from inspector_app.desktop.inspections.phrase_chips import PhraseChips
from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.boxes import column

MAX_NOTE = 2_000
LINES, MAX_LINES = 2, 6


class NoteEdit(QPlainTextEdit):
    """Several lines, as high as its text, from two to six. `went_up` = Up in the first line."""

    left = Signal()
    went_up = Signal()

    def __init__(self, kit: Kit, item_id: str) -> None:
        super().__init__()
        self._kit = kit
        self.setObjectName(f"note-{item_id}")
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self.fit)
        kit.theme.changed.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """As high as what is written."""
        lines = max(LINES, min(int(self.document().size().height()), MAX_LINES))
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + self._kit.theme.px(24))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Up and self.textCursor().blockNumber() == 0:
            self.went_up.emit()
        super().keyPressEvent(event)


class NoteField(QWidget):
    """`entered` carries the text. Phrases are offered for a failure while none is written, and searched while typing."""

    entered = Signal(str)

    def __init__(self, kit: Kit, item_id: str, learned: Sequence[str] = ()) -> None:
        super().__init__()
        self._kit = kit
        self._is_offering = False
        self.edit = NoteEdit(kit, item_id)
        kit.language.hint(self.edit, "inspections.note_hint")
        kit.language.name(self.edit, "inspections.note_name", item=item_id)
        self._chips = PhraseChips(kit, item_id, learned)
        self._chips.picked.connect(self._on_phrase)
        self.edit.went_up.connect(self._on_went_up)
        self.setLayout(column(self._chips, self.edit, spacing=6))
        self._said = ""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(TYPING_MS)
        self._soon.timeout.connect(self._on_soon)
        self.edit.textChanged.connect(self._on_text_changed)
        self.edit.left.connect(self.flush)

    def show_note(self, note: str, *, offer_phrases: bool) -> None:
        """The saved note; typing is not disturbed. With `offer_phrases` those that fit are above it."""
        if not self._soon.isActive() and note != self.edit.toPlainText():
            self._said = note
            self.edit.blockSignals(True)
            self.edit.setPlainText(note)
            self.edit.blockSignals(False)
            self.edit.fit()
        self._said = note if not self._soon.isActive() else self._said
        self._is_offering = offer_phrases
        self._offer()

    def lock(self, is_locked: bool) -> None:
        """A finished visit takes no input."""
        self.edit.setReadOnly(is_locked)

    def focus_phrases(self) -> None:
        """Begin with the phrases when they are offered, else in the text."""
        if self._chips.isHidden():
            self.focus_text()
        else:
            self._chips.begin()

    def focus_text(self) -> None:
        """Begin typing at the end."""
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit.moveCursor(self.edit.textCursor().MoveOperation.End)

    @property
    def is_typing(self) -> bool:
        """Something is typed that is not on its way yet."""
        return self._soon.isActive()

    def flush(self) -> None:
        """Save now what was typed."""
        if self._soon.isActive():
            self._soon.stop()
            self._on_soon()

    def _on_text_changed(self) -> None:
        text = self.edit.toPlainText()
        if len(text) > MAX_NOTE:
            self.edit.setPlainText(text[:MAX_NOTE])
            self.edit.moveCursor(self.edit.textCursor().MoveOperation.End)
        self._offer()
        self._soon.start()

    def _offer(self) -> None:
        """Phrases that fit what is written; whoever stood on one goes on in the text when it leaves."""
        had_focus = self._chips.has_focus()
        wanted = self._is_offering and self._chips.search(self.edit.toPlainText())
        if self._chips.isHidden() is wanted:
            self._chips.setVisible(wanted)
        if had_focus and not self._chips.has_focus():
            self.focus_text()

    def _on_went_up(self) -> None:
        if not self._chips.isHidden():
            self._chips.begin()

    def _on_soon(self) -> None:
        text = self.edit.toPlainText()
        if text != self._said:
            self._said = text
            self.entered.emit(text)

    def _on_phrase(self, phrase: str) -> None:
        self.focus_text()  # before the phrases leave: Qt would look through the whole window for another place
        self.edit.setPlainText(phrase)
        self.edit.moveCursor(self.edit.textCursor().MoveOperation.End)
        self._soon.stop()
        self._on_soon()
