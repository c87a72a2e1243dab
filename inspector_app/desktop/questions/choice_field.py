"""Selects behind one field: it shows what is chosen and opens the list that narrows while typing."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from inspector_app.desktop.kit.widgets.boxes import column
from inspector_app.desktop.questions.choice_list import ChoicePopup
from inspector_app.desktop.questions.desk import Desk
from inspector_app.desktop.questions.editor import NEXT, PREVIOUS, Editor
from inspector_app.desktop.questions.markup import plain
from inspector_app.desktop.questions.state import Row
from inspector_app.xforms import Choice

ARROW = 16
_OPENS = {Qt.Key.Key_Space, Qt.Key.Key_F4}
_WAYS = {Qt.Key.Key_Return: NEXT, Qt.Key.Key_Enter: NEXT, Qt.Key.Key_Down: NEXT, Qt.Key.Key_Up: PREVIOUS}


class ChoiceButton(QPushButton):
    """Looks like a field with an arrow; the words in it are shortened in the middle of nowhere else but here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._kit = desk.kit
        self.words = ""
        self.is_placeholder = False
        self.setAutoDefault(False)
        self.setProperty("kind", "plain")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, words: str, *, is_placeholder: bool) -> None:
        """What stands in the field."""
        self.words, self.is_placeholder = words, is_placeholder
        self.setToolTip("" if is_placeholder else words)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """All keys are the question's: it opens on Space and moves on arrows."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, px = QPainter(self), self._kit.theme.px
        arrow = self._kit.icons.pixmap("chevron-down", color="muted", size=ARROW)
        painter.drawPixmap(self.width() - px(ARROW + 10), (self.height() - px(ARROW)) // 2, arrow)
        token = "muted" if self.is_placeholder else "ink" if self.isEnabled() else "na"
        painter.setPen(self._kit.theme.color(token))
        painter.setFont(self._kit.theme.font())
        place = self.rect().adjusted(px(12), 0, -px(ARROW + 18), 0)
        shown = painter.fontMetrics().elidedText(self.words, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class ChoiceField(Editor):
    """Select-one closes the list on a choice; select-multiple keeps it open and ticks."""

    def __init__(self, desk: Desk, shown: Row) -> None:
        super().__init__(desk, shown)
        self.is_multiple = shown.control.kind == "select"
        self.value = ""
        self._popup: ChoicePopup | None = None
        self.button = ChoiceButton(desk)
        self.button.setObjectName(f"answer-{shown.key}")
        self.button.clicked.connect(lambda: self.open())
        self.setLayout(column(self.button, spacing=0))
        self.setFocusProxy(self.button)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What can be chosen."""
        return self.state.choices

    def show_row(self, row: Row, *, is_locked: bool) -> None:
        had = self.choices
        super().show_row(row, is_locked=is_locked)
        self.value = self.state.value
        self.button.setEnabled(not is_locked and not self.state.readonly)
        if self._popup is not None and (self._popup.isVisible() or had != self.choices):
            if had != self.choices:
                self._popup.model.show_choices(self.choices)
            self._popup.model.show_chosen(self.value.split())
        self.say()

    def say(self) -> None:
        chosen = self.value.split() if self.is_multiple else [self.value] if self.value else []
        labels = {c.name: plain(c.label) or c.name for c in self.choices if c.name in chosen}
        words = self.kit.language.tr("questions.and").join(labels.get(name, name) for name in chosen)
        self.button.say(words or self.kit.language.tr("questions.choose"), is_placeholder=not words)
        self.button.setAccessibleName(f"{self.name_of()}: {words}" if words else self.name_of())

    def open(self, typed: str = "") -> None:
        """Show the list, narrowed by what was typed."""
        if not self.button.isEnabled():
            return
        if self._popup is None:
            self._popup = ChoicePopup(self.desk, self, is_multiple=self.is_multiple)
            self._popup.model.show_choices(self.choices)
            self._popup.chosen.connect(self.choose)
            self._popup.closed.connect(self._on_closed)
        self._popup.model.show_chosen(self.value.split())
        self._popup.open_below(self.button, self.value, typed)

    @property
    def popup(self) -> ChoicePopup | None:
        """The list, once it has been opened."""
        return self._popup

    def choose(self, name: str) -> None:
        """Take an option, or in a select-multiple turn it over."""
        value = name
        if self.is_multiple:
            chosen = set(self.value.split()) ^ {name}
            value = " ".join(c.name for c in self.choices if c.name in chosen)
        is_new, self.value = value != self.value, value
        if self._popup is not None:
            self._popup.model.show_chosen(self.value.split())
        self.say()
        if is_new:
            self.answered.emit(value)
        if "quick" in self.row.control.appearances and not self.is_multiple:
            self.moved.emit(NEXT)

    def clear(self) -> None:
        if self.value:
            self.value = ""
            self.say()
            self.answered.emit("")

    def take_focus(self) -> None:
        self.button.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, is_alt = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in _OPENS or (is_alt and key == Qt.Key.Key_Down):
            self.open()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.button.isEnabled():
            self.clear()
        elif key in _WAYS and not is_control:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.moved.emit(PREVIOUS if back else _WAYS[key])
        elif event.text().strip() and not is_control and not is_alt:
            self.open(event.text())
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.button.update()
        super().changeEvent(event)

    def _on_closed(self) -> None:
        self.button.setFocus(Qt.FocusReason.PopupFocusReason)
