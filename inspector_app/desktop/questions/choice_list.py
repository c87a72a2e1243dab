"""The options of a select in a list that narrows while typing; thousands of them are only painted where seen."""

import unicodedata
from collections.abc import Collection

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QWidget

from inspector_app.desktop.kit.widgets.boxes import column, label
from inspector_app.desktop.questions.desk import Desk
from inspector_app.desktop.questions.markup import plain
from inspector_app.xforms import Choice

SHOWN, ROW_HEIGHT = 8, 40
_Index = QModelIndex | QPersistentModelIndex


def folded(text: str) -> str:
    """Letters without case, width and accents, so that what is typed finds them."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in spread if not unicodedata.combining(sign))


class ChoiceModel(QAbstractListModel):
    """Those options whose label or name holds every word that was typed."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._choices: tuple[Choice, ...] = ()
        self._folded: list[str] | None = None
        self._seen: list[int] = []
        self._chosen: Collection[str] = ()

    def show_choices(self, choices: tuple[Choice, ...]) -> None:
        """All of them."""
        self.beginResetModel()
        self._choices, self._folded = choices, None
        self._seen = list(range(len(choices)))
        self.endResetModel()

    def show_chosen(self, names: Collection[str]) -> None:
        """Which of them bear a tick."""
        self._chosen = names
        if self._seen:
            self.dataChanged.emit(self.index(0), self.index(len(self._seen) - 1))

    def narrow(self, words: str) -> None:
        """Only those with all words, those that begin with them first."""
        wanted = folded(words).split()
        if self._folded is None:
            self._folded = [folded(f"{plain(c.label)} {c.name}") for c in self._choices]
        self.beginResetModel()
        if wanted:
            found = [n for n, text in enumerate(self._folded) if all(word in text for word in wanted)]
            self._seen = sorted(found, key=lambda n: not self._folded[n].startswith(wanted[0]))  # type: ignore[index]
        else:
            self._seen = list(range(len(self._choices)))
        self.endResetModel()

    def choice(self, place: int) -> Choice | None:
        """The option in a row."""
        return self._choices[self._seen[place]] if 0 <= place < len(self._seen) else None

    def place_of(self, name: str) -> int:
        """The row of an option, 0 if it is not seen."""
        return next((place for place, n in enumerate(self._seen) if self._choices[n].name == name), 0)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._seen)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        choice = self.choice(index.row()) if index.isValid() else None
        if choice is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return plain(choice.label) or choice.name
        if role == Qt.ItemDataRole.DecorationRole:
            return self._mark(choice.name in self._chosen)
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(0, self._desk.kit.theme.px(ROW_HEIGHT))
        return None

    def _mark(self, is_chosen: bool) -> QIcon:
        if is_chosen:
            return self._desk.kit.icons.icon("check", color="accent", size=16)
        edge = self._desk.kit.theme.px(16)
        blank = QPixmap(edge, edge)
        blank.fill(Qt.GlobalColor.transparent)
        return QIcon(blank)


class ChoicePopup(QFrame):
    """A field to type in above the list. `chosen` carries an option's name; `closed` says that it went away."""

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget, *, is_multiple: bool) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._desk, self._is_multiple = desk, is_multiple
        self.setProperty("kind", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.search = QLineEdit()
        self.search.setObjectName("choice-search")
        desk.kit.language.hint(self.search, "questions.search_choices")
        self.model = ChoiceModel(desk, self)
        self.list = QListView()
        self.list.setObjectName("choice-list")
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setModel(self.model)
        desk.kit.language.name(self.list, "questions.choices")
        self._none = label("muted", wrap=True)
        desk.kit.language.text(self._none, "questions.no_choice_found")
        self.setLayout(column(self.search, self._none, self.list, spacing=4, margins=8))
        self.search.textChanged.connect(self._on_search)
        self.list.clicked.connect(self._on_clicked)

    def open_below(self, field: QWidget, current: str, typed: str = "") -> None:
        """Show it under (or over) a field, as wide as it, with the current option in sight."""
        px = self._desk.kit.theme.px
        self.search.setText(typed)
        self._select(self.model.place_of(current))
        rows = min(max(self.model.rowCount(), 1), SHOWN)
        self.list.setFixedHeight(rows * px(ROW_HEIGHT) + 4)
        self.setFixedWidth(max(field.width(), px(260)))
        self.adjustSize()
        corner = field.mapToGlobal(field.rect().bottomLeft())
        screen = field.screen().availableGeometry()
        if corner.y() + 4 + self.height() > screen.bottom():
            corner.setY(field.mapToGlobal(field.rect().topLeft()).y() - self.height() - 8)
        self.move(min(corner.x(), screen.right() - self.width()), max(corner.y() + 4, screen.top()))
        self.show()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, rows = Qt.Key(event.key()), self.model.rowCount()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: SHOWN, Qt.Key.Key_PageUp: -SHOWN}
        if key in steps and rows:
            self._select(max(0, min(self.list.currentIndex().row() + steps[key], rows - 1)))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self._choose(self.list.currentIndex().row())
        elif key == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: object) -> None:
        self.closed.emit()

    def _select(self, place: int) -> None:
        self.list.setCurrentIndex(self.model.index(place))
        self.list.scrollTo(self.model.index(place))

    def _on_search(self, words: str) -> None:
        self.model.narrow(words)
        self._none.setVisible(not self.model.rowCount())
        self._select(0)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._choose(index.row())

    def _choose(self, place: int) -> None:
        choice = self.model.choice(place)
        if choice is None:
            return
        self.chosen.emit(choice.name)
        if not self._is_multiple:
            self.close()
