"""The lines between questions: headings of groups, heads of repeat instances, the button that adds one more."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector_app.desktop.kit.widgets.boxes import button, column, label, row
from inspector_app.desktop.questions.desk import Desk
from inspector_app.desktop.questions.question_row import BAR, SIDE, left_of, write
from inspector_app.desktop.questions.state import ADD, INSTANCE, Row


class StructureRow(QWidget):
    """`added` carries a repeat's path, `removed` an instance's."""

    added = Signal(str)
    removed = Signal(str)

    def __init__(self, desk: Desk, shown: Row) -> None:
        super().__init__()
        self.key, self.row, self._desk = shown.key, shown, desk
        self._is_locked = False
        self.setObjectName(f"{shown.kind}-{shown.key}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._title = label("section" if shown.depth == 0 else "strong", wrap=True)
        self._title.setMinimumWidth(1)
        self._hint = label("caption", wrap=True)
        self._hint.setMinimumWidth(1)
        self._hint.hide()
        kit = desk.kit
        self._button = button("" if shown.kind == ADD else "icon", name=f"{shown.kind}-button-{shown.key}")
        kit.icons.put(self._button, "plus" if shown.kind == ADD else "trash-2", color="muted", size=18)
        self._button.clicked.connect(self._on_clicked)
        px = kit.theme.px
        if shown.kind == ADD:
            line = row(self._button, 1, spacing=0)
        else:
            line = row(column(self._title, self._hint, spacing=2), self._button, spacing=8)
            line.setStretch(0, 1)
        top = 16 if shown.depth == 0 else 12
        line.setContentsMargins(px(left_of(shown)), px(8 if shown.kind == ADD else top), px(SIDE), px(8))
        self.setLayout(line)
        self.show_row(shown, is_locked=False)

    def show_row(self, shown: Row, *, is_locked: bool) -> None:
        """The label as it reads now."""
        self.row, self._is_locked = shown, is_locked
        state = shown.state
        if state is not None:
            write(self._title, self._heading())
            self._hint.setText(state.hint)
            self._hint.setVisible(bool(state.hint))
        self._button.setVisible(shown.kind == ADD or shown.can_remove)
        self._button.setEnabled(not is_locked)
        self.say()

    def say(self) -> None:
        """Words in the current language."""
        tr = self._desk.kit.language.tr
        if self.row.kind == ADD:
            self._button.setText(
                tr("questions.add_named", label=self.row.label) if self.row.label else tr("questions.add")
            )
            self._button.setAccessibleName(self._button.text())
        elif self.row.kind == INSTANCE:
            words = tr("questions.remove_named", label=self._heading())
            self._button.setToolTip(words)
            self._button.setAccessibleName(words)
            if self.row.state is not None and not self.row.state.label:
                self._title.setText(self._heading())

    def mark_current(self, is_current: bool) -> None:
        """Headings are passed over."""

    def take_focus(self) -> bool:
        """Only the button that adds can be gone to."""
        if self.row.kind != ADD or not self._button.isEnabled():
            return False
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def flush(self) -> None:
        """Nothing is typed here."""

    def paintEvent(self, event: QPaintEvent) -> None:
        px = self._desk.kit.theme.px
        painter, left = QPainter(self), px(left_of(self.row))
        if self.row.kind == INSTANCE:
            painter.fillRect(
                left - px(12), px(14), px(BAR), self.height() - px(20), self._desk.kit.theme.color("accent")
            )
        painter.fillRect(
            left, self.height() - 1, self.width() - left - px(SIDE), 1, self._desk.kit.theme.color("hairline")
        )

    def _heading(self) -> str:
        state = self.row.state
        words = state.label if state is not None else ""
        if self.row.kind != INSTANCE:
            return words
        tr = self._desk.kit.language.tr
        return tr("questions.instance", label=words, n=self.row.number) if words else str(self.row.number)

    def _on_clicked(self) -> None:
        if self.row.kind == ADD:
            self.added.emit(self.row.key.removesuffix("+"))
        else:
            self.removed.emit(self.row.key)
