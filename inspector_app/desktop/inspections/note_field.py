"""The note of an Item: grows with its text, saved while typing and on leaving; phrases help to begin."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QSizePolicy, QWidget

from inspector_app.desktop.inspections.measures import TYPING_MS
from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.boxes import button, column, holder
from inspector_app.desktop.kit.widgets.flow import FlowLayout

PHRASES = ("none", "partial", "unsigned", "outdated", "broken", "untrained")
MAX_NOTE = 2_000
LINES, MAX_LINES = 2, 6


class NoteEdit(QPlainTextEdit):
    """Several lines, as high as its text, from two to six."""

    left = Signal()

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


class NoteField(QWidget):
    """`entered` carries the text, `(text, True)` when it came from a phrase as a whole."""

    entered = Signal(str)

    def __init__(self, kit: Kit, item_id: str) -> None:
        super().__init__()
        self._kit = kit
        self.edit = NoteEdit(kit, item_id)
        kit.language.hint(self.edit, "inspections.note_hint")
        kit.language.name(self.edit, "inspections.note_name", item=item_id)
        self._phrases: list[QPushButton] = []
        flow = FlowLayout(spacing=6)
        for name in PHRASES:
            chip = button("chip", name=f"phrase-{name}-{item_id}")
            kit.language.text(chip, f"phrase.{name}")
            chip.clicked.connect(self._on_phrase)
            flow.addWidget(chip)
            self._phrases.append(chip)
        self._chips = holder(flow)
        self.setLayout(column(self._chips, self.edit, spacing=6))
        self._said = ""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(TYPING_MS)
        self._soon.timeout.connect(self._on_soon)
        self.edit.textChanged.connect(self._on_text_changed)
        self.edit.left.connect(self.flush)

    def show_note(self, note: str, *, offer_phrases: bool) -> None:
        """The saved note; typing is not disturbed. Phrases are offered while there is none."""
        if not self._soon.isActive() and note != self.edit.toPlainText():
            self._said = note
            self.edit.blockSignals(True)
            self.edit.setPlainText(note)
            self.edit.blockSignals(False)
            self.edit.fit()
        self._said = note if not self._soon.isActive() else self._said
        wanted = offer_phrases and not self.edit.toPlainText()
        had_focus = any(chip.hasFocus() for chip in self._phrases)
        if self._chips.isHidden() is wanted:
            self._chips.setVisible(wanted)
            if had_focus and not wanted:
                self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def lock(self, is_locked: bool) -> None:
        """A finished visit takes no input."""
        self.edit.setReadOnly(is_locked)

    def focus_phrases(self) -> None:
        """Begin with the phrases when they are offered, else in the text."""
        if self._chips.isHidden():
            self.focus_text()
        else:
            self._phrases[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_text(self) -> None:
        """Begin typing at the end."""
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit.moveCursor(self.edit.textCursor().MoveOperation.End)

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
        self._soon.start()

    def _on_soon(self) -> None:
        text = self.edit.toPlainText()
        if text != self._said:
            self._said = text
            self.entered.emit(text)

    def _on_phrase(self) -> None:
        chip = self.sender()
        if isinstance(chip, QPushButton):
            self.edit.setPlainText(chip.text())
            self.focus_text()
            self._soon.stop()
            self._on_soon()
