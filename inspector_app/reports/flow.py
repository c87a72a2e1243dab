"""Laying Blocks on pages first and drawing them afterwards, so that page totals and references ahead are known."""

from collections.abc import Callable
from dataclasses import dataclass

from inspector_app.reports.blocks import Block, Kept
from inspector_app.reports.ink import Ink


@dataclass(frozen=True)
class Frame:
    """The column of a page in points, `y` downwards."""

    x: float
    top: float
    width: float
    bottom: float


@dataclass(frozen=True)
class Placed:
    """One Block (or part of one) on a page; `title` makes a bookmark."""

    block: Block
    x: float
    y: float
    width: float
    title: str = ""


@dataclass(frozen=True)
class _Mark:
    """Names that the first part of a Block carries."""

    anchor: str
    title: str


class Flow:
    """Pages being filled from top to bottom."""

    def __init__(self, first: Frame, later: Frame) -> None:
        self._later = later
        self.frame = first
        self.y = first.top
        self.pages: list[list[Placed]] = [[]]
        self.anchors: dict[str, int] = {}

    @property
    def room(self) -> float:
        """Points left on the page."""
        return self.frame.bottom - self.y

    @property
    def full(self) -> float:
        """Points of an empty continuation page."""
        return self._later.bottom - self._later.top

    def end_page(self) -> None:
        """Go on at the top of a new page."""
        self.pages.append([])
        self.frame = self._later
        self.y = self.frame.top

    def add(self, block: Block, *, before: float = 0.0, need: float = 0.0, anchor: str = "", title: str = "") -> None:
        """Place a Block `before` points below the last one, with at least `need` points left under it.

        What does not fit is split or moves to the next page; `anchor` remembers the page where it begins.
        """
        last, mark = self._down_to_last(block, before, need, _Mark(anchor, title))
        self._place(last, before, mark)

    def add_last(self, block: Block, closing: Block, *, before: float, gap: float = 0.0, title: str = "") -> None:
        """Place `block`, `gap` below the last one, and the closing Block so that the last page never holds that alone.

        What closes stands closer where that saves a page; else the block's end comes along, or all of it where one page
        holds both.
        """
        last, mark = self._down_to_last(block, gap, 0.0, _Mark("", ""))
        width = self.frame.width
        height = last.height(width)
        room = self.room - (gap if self.pages[-1] else 0.0) - height
        if before + closing.height(width) > room and isinstance(closing, Kept):
            closer = closing.closer()
            if before / 2 + closer.height(width) <= room:
                closing, before = closer, before / 2
        parts = None
        if before + closing.height(width) > room:
            parts = last.split(width, height - 1)
            if parts is None and self.pages[-1] and height + before + closing.height(width) <= self.full:
                self.end_page()
        if parts:
            self._place(parts[0], gap, mark)
            self.end_page()
            last = parts[1]
        self._place(last, gap, mark)
        self.add(closing, before=before, title=title)

    def _down_to_last(self, block: Block, before: float, need: float, mark: "_Mark") -> "tuple[Block, _Mark]":
        """Place all but the last part of a Block; what is returned belongs on the page that is open now."""
        while True:
            width = self.frame.width
            empty = not self.pages[-1]
            gap = 0.0 if empty else before
            left = self.room - gap - block.height(width) + 0.01
            if left >= need or (left >= 0 and empty):
                return block, mark
            parts = block.split(width, self.room - gap) if left < 0 else None
            if parts is None:
                if empty:
                    return block, mark
                self.end_page()
                continue
            self._place(parts[0], gap, mark)
            self.end_page()
            block, mark = parts[1], _Mark("", "")

    def _place(self, block: Block, gap: float, mark: "_Mark") -> None:
        self.y += gap if self.pages[-1] else 0.0
        width = self.frame.width
        if mark.anchor:
            self.anchors.setdefault(mark.anchor, len(self.pages))
        self.pages[-1].append(Placed(block, self.frame.x, self.y, width, mark.title))
        self.y += block.height(width)

    def draw(self, ink: Ink, furnish: Callable[[Ink, int, int], None]) -> None:
        """Draw all pages; `furnish(ink, page, total)` draws what stands on every page, under the Blocks."""
        ink.pages = self.anchors
        for number, placed in enumerate(self.pages, 1):
            ink.begin_page()
            furnish(ink, number, len(self.pages))
            for item in placed:
                if item.title:
                    ink.bookmark(item.title, item.y)
                item.block.draw(ink, item.x, item.y, item.width)
            ink.end_page()
