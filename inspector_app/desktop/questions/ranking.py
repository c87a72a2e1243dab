"""Ranking: every option in the order somebody gave it; by dragging, by Alt+arrows, by two buttons."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QSizePolicy

from inspector_app.desktop.kit.widgets.boxes import button, column, row
from inspector_app.desktop.questions.desk import Desk
from inspector_app.desktop.questions.editor import NEXT, Editor
from inspector_app.desktop.questions.markup import plain
from inspector_app.desktop.questions.state import Row

_NAME = Qt.ItemDataRole.UserRole
MOST_SHOWN = 8


class RankList(QListWidget):
    """Alt+Up and Alt+Down move the option; Enter goes on."""

    def __init__(self, editor: "RankEditor") -> None:
        super().__init__()
        self._editor = editor

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if is_alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._editor.shift(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._editor.confirm()
        else:
            super().keyPressEvent(event)


class RankEditor(Editor):
    """Grey until it is an answer: the order of the form is nobody's ranking."""

    def __init__(self, desk: Desk, shown: Row) -> None:
        super().__init__(desk, shown)
        self.list = RankList(self)
        self.list.setObjectName(f"answer-{shown.key}")
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.model().rowsMoved.connect(self._on_dropped)
        self.up, self.down = button("icon", name=f"up-{shown.key}"), button("icon", name=f"down-{shown.key}")
        for each, icon, words, by in (
            (self.up, "arrow-up", "questions.move_up", -1),
            (self.down, "arrow-down", "questions.move_down", 1),
        ):
            desk.kit.icons.put(each, icon, size=18)
            desk.kit.language.name(each, words)
            desk.kit.language.tip(each, words)
            each.clicked.connect(lambda _=False, by=by: self.shift(by))
        whole = row(self.list, column(self.up, self.down, 1, spacing=4), spacing=4)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.setFocusProxy(self.list)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._is_showing = False

    def show_row(self, row: Row, *, is_locked: bool) -> None:
        super().show_row(row, is_locked=is_locked)
        labels = {choice.name: plain(choice.label) or choice.name for choice in self.state.choices}
        chosen = [name for name in self.state.value.split() if name in labels]
        wanted = [*chosen, *(name for name in labels if name not in chosen)]
        words = [labels[name] for name in wanted]
        if wanted != self.names() or words != self._words():
            current = self.list.currentRow()
            self._is_showing = True
            self.list.clear()
            for name in wanted:
                item = QListWidgetItem(labels[name])
                item.setData(_NAME, name)
                self.list.addItem(item)
            self.list.setCurrentRow(max(current, 0))
            self._is_showing = False
        can_move = not is_locked and not self.state.readonly
        for each in (self.up, self.down, self.list):
            each.setEnabled(can_move)
        self._fit()
        self.say()

    def say(self) -> None:
        token = "ink" if self.state.value else "muted"
        for number in range(self.list.count()):
            item = self.list.item(number)
            item.setForeground(self.kit.theme.color(token))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{number + 1}. {item.text()}")
        self.list.setAccessibleName(self.name_of())

    def names(self) -> list[str]:
        """Options in the order they stand."""
        return [str(self.list.item(number).data(_NAME)) for number in range(self.list.count())]

    def shift(self, by: int) -> None:
        """The current option one place up (-1) or down (1)."""
        at = self.list.currentRow()
        if not 0 <= at < self.list.count() or not 0 <= at + by < self.list.count():
            return
        self._is_showing = True
        item = self.list.takeItem(at)
        self.list.insertItem(at + by, item)
        self.list.setCurrentRow(at + by)
        self._is_showing = False
        self._answer()

    def confirm(self) -> None:
        """The order as it stands is the answer; go on."""
        self._answer()
        self.moved.emit(NEXT)

    def _words(self) -> list[str]:
        return [self.list.item(number).text() for number in range(self.list.count())]

    def _on_dropped(self) -> None:
        if not self._is_showing:
            self._answer()

    def _answer(self) -> None:
        value = " ".join(self.names())
        if value != self.state.value:
            self.answered.emit(value)

    def _fit(self) -> None:
        tall = max(self.list.sizeHintForRow(0), self.kit.theme.px(28))
        self.list.setFixedHeight(tall * min(max(self.list.count(), 2), MOST_SHOWN) + self.kit.theme.px(10))
