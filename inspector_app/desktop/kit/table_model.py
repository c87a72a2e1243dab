"""A table that holds ids and fetches pages of rows when they are painted; sorting and search stay in SQL."""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QIcon

R = TypeVar("R")
PAGE = 128
"""Rows fetched at once; a screen shows about twenty."""
KEPT_PAGES = 24
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column: `title` is a catalogue key; the callables derive what a cell shows from its row."""

    title: str
    text: Callable[[R], str]
    icon: Callable[[R], QIcon | None] | None = None
    color: Callable[[R], QColor | None] | None = None
    right: bool = False
    width: int = 120
    needs: int = 0
    """Left out while the table is narrower than this many pixels at zoom 1."""


class IdTableModel(QAbstractTableModel, Generic[R]):
    """Rows by id. `fetch(ids)` runs on the GUI thread and must be quick; see `in_order` for what it returns."""

    def __init__(
        self,
        columns: Sequence[Column[R]],
        fetch: Callable[[Sequence[str]], Sequence[R | None]],
        words: Callable[[str], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._fetch = fetch
        self._words = words
        self._ids: list[str] = []
        self._pages: OrderedDict[int, Sequence[R | None]] = OrderedDict()

    def show_ids(self, ids: Sequence[str]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._ids = list(ids)
        self._pages.clear()
        self.endResetModel()

    def refresh(self) -> None:
        """The same rows may read differently now; selection and place are kept."""
        self._pages.clear()
        if self._ids:
            last = self.index(len(self._ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def id_at(self, row: int) -> str:
        """The id shown in a row, '' outside."""
        return self._ids[row] if 0 <= row < len(self._ids) else ""

    def row_of(self, wanted: str) -> int:
        """Where an id is shown, −1 if nowhere."""
        return self._ids.index(wanted) if wanted in self._ids else -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._row(index.row()) if index.isValid() else None
        return None if row is None else self._cell(self.columns[index.column()], row, role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(column.title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column.right)
        return None

    def _cell(self, column: Column[R], row: R, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return column.text(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._words(column.title)}: {column.text(row)}"
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column.right)
            case Qt.ItemDataRole.DecorationRole if column.icon:
                return column.icon(row)
            case Qt.ItemDataRole.ForegroundRole if column.color:
                return column.color(row)
        return None

    def _row(self, number: int) -> R | None:
        page, offset = divmod(number, PAGE)
        if page not in self._pages:
            self._pages[page] = self._fetch(self._ids[page * PAGE : (page + 1) * PAGE])
            while len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        rows = self._pages[page]
        return rows[offset] if offset < len(rows) else None


def in_order(ids: Sequence[str], found: Mapping[str, R]) -> list[R | None]:
    """One row per id, None for an id that is gone: what `fetch` returns, so that no row slips to another's place."""
    return [found.get(each) for each in ids]


def _alignment(right: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
