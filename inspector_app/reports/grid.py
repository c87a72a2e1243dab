"""Tables: rows under a repeated head, group rows that come back with 「（續）」, splits that leave nothing alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from inspector_app.reports.blocks import Block, Nothing
from inspector_app.reports.ink import Ink
from inspector_app.reports.page import LATER
from inspector_app.reports.palette import BLACK, HAIR, NAVY

PAD_X, PAD_Y = 4.0, 3.4
_TALL = 220.0
"""Points from which a row is rather split than moved to the next page."""


@dataclass(frozen=True)
class Row:
    """Cells from left to right. A group row has `again`, the row shown where its group continues on a new page.

    `ruled` False joins it to the row below; `held` keeps it on the page of the row below."""

    cells: tuple[Block | None, ...]
    tint: str = ""
    bar: str = ""
    again: "Row | None" = None
    ruled: bool = True
    held: bool = False


@dataclass(frozen=True)
class Ruling:
    """How a Grid is ruled: hairlines between rows, or `boxed` in black as forms are; `page` = points of a full page."""

    boxed: bool = False
    page: float = LATER.bottom - LATER.top


class Grid:
    """Rows with `columns` widths in points; the column head is drawn on each page."""

    def __init__(
        self,
        columns: Sequence[float],
        head: Row,
        rows: Sequence[Row],
        *,
        group: Row | None = None,
        ruling: Ruling | None = None,
    ) -> None:
        self.columns = tuple(columns)
        self.ruling = ruling or Ruling()
        self.head = head
        self.rows = tuple(rows)
        self.group = group
        self._known: dict[int, float] = {}

    def _spans(self, row: Row) -> list[tuple[float, float, Block]]:
        """x, width and Block of each cell; a None lets the cell before it reach over its column."""
        spans: list[tuple[float, float, Block]] = []
        x = 0.0
        for width, cell in zip(self.columns, row.cells, strict=True):
            if cell is not None:
                spans.append((x + PAD_X, width - 2 * PAD_X, cell))
            elif spans:
                last = spans[-1]
                spans[-1] = (last[0], last[1] + width, last[2])
            x += width
        return spans

    def _height(self, row: Row) -> float:
        known = self._known.get(id(row))
        if known is None:
            known = max(cell.height(width) for _, width, cell in self._spans(row)) + 2 * PAD_Y
            self._known[id(row)] = known
        return known

    def _shown(self) -> list[Row]:
        """Head, the group that continues, and the rows."""
        return [self.head, *([self.group] if self.group else []), *self.rows]

    def height(self, width: float) -> float:
        """Sum of all rows with the head."""
        return sum(map(self._height, self._shown()))

    def fitting(self, room: float) -> tuple[int, float]:
        """How many rows `room` points hold under the head, and the height of all that."""
        used = self._height(self.head) + (self._height(self.group) if self.group else 0.0)
        count = 0
        while count < len(self.rows) and used + self._height(self.rows[count]) <= room:
            used += self._height(self.rows[count])
            count += 1
        return count, used

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Cut between rows (inside one that is very tall); no group row last, no single row alone."""
        count, used = self.fitting(room)
        if count < len(self.rows) and self._height(self.rows[count]) > _TALL:
            halves = self._split_row(self.rows[count], room - used)
            if halves:
                return self._parts((*self.rows[:count], halves[0]), (halves[1], *self.rows[count + 1 :]))
        top_of_page = room >= self.ruling.page - 1
        count = self._settle(count) or (max(count, 1) if top_of_page and len(self.rows) > 1 else 0)
        if not count:
            return None
        return self._parts(self.rows[:count], self.rows[count:])

    def _settle(self, count: int) -> int:
        """The largest cut up to `count` that leaves no group row and no single row alone; 0 where there is none."""
        return next((cut for cut in range(count, 1, -1) if self._is_good(cut)), 0)

    def _is_good(self, cut: int) -> bool:
        rows = self.rows
        if rows[cut - 1].again or rows[cut - 1].held or cut == len(rows):
            return False
        if len(rows) - cut == 1 and not rows[cut].again:
            return False
        return not (rows[cut - 2].again and not rows[cut].again)

    def _split_row(self, row: Row, room: float) -> tuple[Row, Row] | None:
        heads: list[Block | None] = []
        rests: list[Block | None] = []
        spans = {id(cell): width for _, width, cell in self._spans(row)}
        room -= 2 * PAD_Y
        cut = False
        for i, cell in enumerate(row.cells):
            if cell is None or cell.height(spans[id(cell)]) <= room:
                heads.append(cell)
                rests.append(cell if i == 0 or cell is None else Nothing())
                continue
            halves = cell.split(spans[id(cell)], room)
            if halves is None:
                return None
            heads.append(halves[0])
            rests.append(halves[1])
            cut = True
        return (Row(tuple(heads), row.tint, row.bar), Row(tuple(rests), row.tint, row.bar)) if cut else None

    def _parts(self, first: Sequence[Row], rest: Sequence[Row]) -> tuple["Grid", "Grid"]:
        group = self.group
        for row in first:
            group = row.again or group
        head = Grid(self.columns, self.head, first, group=self.group, ruling=self.ruling)
        tail = Grid(self.columns, self.head, rest, group=None if rest[0].again else group, ruling=self.ruling)
        head._known = tail._known = self._known
        return head, tail

    def draw(self, ink: Ink, x: float, y: float, width: float) -> None:
        """All tints, then all rules, then all text: a tint never covers the line of the row above."""
        total = sum(self.columns)
        tops: list[tuple[Row, float, float]] = []
        at = y
        for row in self._shown():
            height = self._height(row)
            tops.append((row, at, height))
            if row.tint:
                ink.rect((x, at, total, height), row.tint)
            at += height
        for row, top, height in tops:
            self._rule(ink, row, (x, top, total, height))
            if row.bar:
                ink.rect((x, top, 2.4, height), row.bar)
        for row, top, _ in tops:
            for left, room, cell in self._spans(row):
                cell.draw(ink, x + left, top + PAD_Y, room)

    def _rule(self, ink: Ink, row: Row, box: tuple[float, float, float, float]) -> None:
        x, top, width, height = box
        if self.ruling.boxed:
            ink.frame(box, BLACK)
            for left, _, _ in self._spans(row)[1:]:
                ink.rule((x + left - PAD_X, top), (x + left - PAD_X, top + height), BLACK)
        elif row.ruled:
            heavy = row is self.head
            ink.rule((x, top + height), (x + width, top + height), NAVY if heavy else HAIR, 0.9 if heavy else 0.5)
