"""Laying Blocks on pages first and drawing them afterwards, so that page totals and references ahead are known."""

from collections.abc import Callable
from dataclasses import dataclass

from inspector_app.reports.blocks import Block
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
        width = self.frame.width
        while True:
            empty = not self.pages[-1]
            gap = 0.0 if empty else before
            left = self.room - gap - block.height(width) + 0.01
            if left >= need or (left >= 0 and empty):
                break
            parts = block.split(width, self.room - gap) if left < 0 else None
            if parts is None:
                if empty:
                    break
                self.end_page()
                continue
            self._place(parts[0], gap, anchor, title)
            self.end_page()
            block, anchor, title = parts[1], "", ""
        self._place(block, gap, anchor, title)

    def add_last(self, block: Block, closing: Block, *, before: float) -> None:
        """Place `block` and the closing Block so that the last page never holds the closing alone."""
        height, width = block.height(self.frame.width), self.frame.width
        end = height + before + closing.height(width)
        if height <= self.room and end > self.room:
            parts = block.split(width, height - 1)
            if parts and parts[0].height(width) <= self.room:
                self.add(parts[0])
                self.end_page()
                block = parts[1]
        self.add(block)
        self.add(closing, before=before)

    def _place(self, block: Block, gap: float, anchor: str, title: str) -> None:
        self.y += gap
        width = self.frame.width
        if anchor:
            self.anchors.setdefault(anchor, len(self.pages))
        self.pages[-1].append(Placed(block, self.frame.x, self.y, width, title))
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
