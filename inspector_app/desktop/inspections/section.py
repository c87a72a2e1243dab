"""The Items of one Dimension in a scroll area; rows are built one a turn and then only brought up to date."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from inspector_app.desktop.inspections.item_row import ItemRow
from inspector_app.desktop.inspections.state import Row
from inspector_app.desktop.kit.widgets.boxes import column, scroller

AT_ONCE = 2
"""Rows that are there at once, around the one that is wanted; the others follow while the window already answers."""
CHUNK = 1
"""Rows that come or go in one turn of the event loop; one takes half of a frame."""


class Section(QWidget):
    """`make` builds and connects a row; `waiting` tells how many pictures of an Item are being taken in."""

    built = Signal()
    dissolved = Signal()

    def __init__(self, make: Callable[[Row], ItemRow], waiting: Callable[[str], int]) -> None:
        super().__init__()
        self._make, self._waiting = make, waiting
        self._wanted: tuple[Row, ...] = ()
        self._rows: dict[str, ItemRow] = {}
        self._shown: dict[str, tuple[Row, int, bool]] = {}
        self._is_locked = False
        self._brought = ""
        """The Item that was brought into view last."""
        self._content = QWidget()
        self._column = column(1, spacing=0)
        self._content.setLayout(self._column)
        self._scroll: QScrollArea = scroller(self._content)
        self.setLayout(column(self._scroll, spacing=0))
        self._later = QTimer(self)
        self._later.setInterval(0)
        self._later.timeout.connect(self._on_later)

    def show_rows(self, rows: tuple[Row, ...], *, is_locked: bool) -> None:
        """Bring built rows up to date and begin to build the missing ones."""
        self._is_locked = is_locked
        if [row.id for row in rows] != [row.id for row in self._wanted]:
            self._leave_out({row.id for row in rows})
        self._wanted = rows
        for row in rows:
            if row.id in self._rows:
                self._refresh(row)
        if not self._rows:
            self._build(rows[:AT_ONCE])
        if len(self._rows) < len(rows):
            self._later.start()

    def row(self, item_id: str) -> ItemRow | None:
        """The row of an Item of this Dimension, built now if need be; those between follow."""
        if item_id not in self._rows:
            self._build([row for row in self._wanted if row.id == item_id])
        return self._rows.get(item_id)

    def rows(self) -> list[ItemRow]:
        """Those that are built."""
        return list(self._rows.values())

    def repeat(self) -> None:
        """The language changed: every row says its words again."""
        self._shown.clear()
        for row in self._rows.values():
            row.say()
        self.show_rows(self._wanted, is_locked=self._is_locked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()

    def fit(self) -> None:
        """Rows in one line or in two, all alike; what decides is the room, not what the rows would like."""
        first = next(iter(self._rows.values()), None)
        is_stacked = first is not None and first.wants_two_lines(self.width())
        for row in self._rows.values():
            row.stack(is_stacked)

    def dissolve(self) -> None:
        """Out of sight for good: rows go one a turn, for all at once would take a tenth of a second."""
        self._later.stop()
        self._later.timeout.disconnect(self._on_later)
        self._later.timeout.connect(self._on_dissolving)
        self._later.start()

    def bring_into_view(self, item_id: str) -> None:
        """Scroll as little as needed; a row taller than the window shows its top."""
        self._brought = item_id
        row = self._rows.get(item_id)
        if row is None:
            return
        self._column.activate()
        bar, height = self._scroll.verticalScrollBar(), self._scroll.viewport().height()
        top, bottom = row.y(), row.y() + row.height()
        if top < bar.value() or bottom - top > height:
            bar.setValue(top)
        elif bottom > bar.value() + height:
            bar.setValue(bottom - height)

    def _refresh(self, row: Row) -> None:
        now = (row, self._waiting(row.id), self._is_locked)
        if self._shown.get(row.id) != now:
            self._shown[row.id] = now
            self._rows[row.id].show_row(row, now[1], is_locked=self._is_locked)

    def _build(self, rows: Sequence[Row]) -> None:
        """Each at its place among those that are there."""
        order = {row.id: place for place, row in enumerate(self._wanted)}
        for row in rows:
            made = self._make(row)
            made.grew.connect(self.bring_into_view)
            before = sum(order.get(each, 0) < order[row.id] for each in self._rows)
            self._rows[row.id] = made
            self._column.insertWidget(before, made)
            made.show()  # a layout would show it with the next events: too late for the focus
            self._refresh(row)
        self.fit()

    def _leave_out(self, kept: set[str]) -> None:
        for item_id in [each for each in self._rows if each not in kept]:
            gone = self._rows.pop(item_id)
            self._shown.pop(item_id, None)
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()

    def _on_later(self) -> None:
        """The next one; what is in sight stays where it is when it comes above: first of all what was brought there."""
        bar = self._scroll.verticalScrollBar()
        shown = [row for row in self._rows.values() if self._is_in_sight(row)]
        seen = next((row for row in shown if row.id == self._brought), min(shown, key=_top, default=None))
        offset = seen.y() - bar.value() if seen is not None else 0
        self._build([row for row in self._wanted if row.id not in self._rows][:CHUNK])
        self._column.activate()
        if seen is not None and seen.y() - offset != bar.value():
            self._grown()
            bar.setValue(seen.y() - offset)
        if len(self._rows) >= len(self._wanted):
            self._later.stop()
            self.built.emit()

    def _is_in_sight(self, row: ItemRow) -> bool:
        top = self._scroll.verticalScrollBar().value()
        return top < row.y() + row.height() and row.y() < top + self._scroll.viewport().height()

    def _on_dissolving(self) -> None:
        for item_id in list(self._rows)[-CHUNK:]:
            gone = self._rows.pop(item_id)
            self._column.removeWidget(gone)
            gone.deleteLater()
        if not self._rows:
            self._later.stop()
            self.deleteLater()
            self.dissolved.emit()

    def _grown(self) -> None:
        """The scroll bar hears of more rows now, not when it is painted."""
        whole = self._content
        whole.resize(whole.width(), max(whole.sizeHint().height(), self._scroll.viewport().height()))


def _top(row: ItemRow) -> int:
    return row.y()
