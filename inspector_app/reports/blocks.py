"""Blocks: things that know their height at a width, may be split at a height, and draw themselves."""

from collections.abc import Callable, Sequence
from typing import Protocol

from inspector_app.reports.ink import Ink
from inspector_app.reports.text import Line, Span, break_lines


class Block(Protocol):
    """Anything that stands in a column. All lengths are points; `y` is the top edge and grows downwards."""

    def height(self, width: float) -> float:
        """Height at `width`."""

    def split(self, width: float, room: float) -> "tuple[Block, Block] | None":
        """A part no higher than `room` and the rest, or None where this Block should rather move to the next page."""

    def draw(self, ink: Ink, x: float, y: float, width: float) -> None:
        """Draw at the top left corner `x`, `y`."""


def baseline(size: float, leading: float) -> float:
    """Distance from a line's top to its baseline: Chinese glyphs stand in the middle of the leading."""
    return leading / 2 + 0.38 * size


class Paragraph:
    """Lines of text; a split leaves at least two lines on either side."""

    def __init__(self, *spans: Span, justify: bool = True, align: str = "left") -> None:
        self.spans = spans
        self.justify = justify and align == "left"
        self.align = align
        self.leading = max(span.style.leading for span in spans)
        self.size = max(span.style.size for span in spans)
        self._lines: dict[float, list[Line]] = {}

    def lines(self, width: float) -> list[Line]:
        """The broken lines, measured once per width."""
        if width not in self._lines:
            self._lines[width] = break_lines(self.spans, width, justify=self.justify)
        return self._lines[width]

    def height(self, width: float) -> float:
        """Lines times leading."""
        return len(self.lines(width)) * self.leading

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Cut between lines."""
        lines = self.lines(width)
        fitting = min(int((room + 0.01) // self.leading), len(lines) - 2)
        if fitting < 2:
            return None
        return self._part(width, lines[:fitting]), self._part(width, lines[fitting:])

    def _part(self, width: float, lines: list[Line]) -> "Paragraph":
        part = Paragraph(*self.spans, justify=self.justify, align=self.align)
        part._lines[width] = lines
        return part

    def draw(self, ink: Ink, x: float, y: float, width: float) -> None:
        """Set the lines."""
        lines = self.lines(width)
        top = y + baseline(self.size, self.leading)
        if self.align == "left":
            ink.lines(lines, x, top, self.leading)
            return
        share = 1.0 if self.align == "right" else 0.5
        for i, line in enumerate(lines):
            ink.lines([line], x + (width - line.width) * share, top + i * self.leading, self.leading)


class Drawn:
    """A picture of fixed height, drawn by a function (ink, x, y, width)."""

    def __init__(self, height: float, paint: Callable[[Ink, float, float, float], None]) -> None:
        self._height = height
        self._paint = paint

    def height(self, width: float) -> float:
        """As given."""
        return self._height

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Never."""
        return None

    def draw(self, ink: Ink, x: float, y: float, width: float) -> None:
        """Call the function."""
        self._paint(ink, x, y, width)


class Stack:
    """Blocks under each other with `gap` points between; split between or inside them."""

    def __init__(self, parts: Sequence[Block], gap: float = 0.0) -> None:
        self.parts = tuple(parts)
        self.gap = gap

    def height(self, width: float) -> float:
        """Sum of the parts and gaps."""
        return sum(part.height(width) for part in self.parts) + self.gap * max(len(self.parts) - 1, 0)

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """As many parts as fit; the part that does not is asked to split."""
        used = 0.0
        for i, part in enumerate(self.parts):
            height = part.height(width)
            if used + height > room:
                halves = part.split(width, room - used)
                if halves:
                    head, rest = (*self.parts[:i], halves[0]), (halves[1], *self.parts[i + 1 :])
                elif i:
                    head, rest = self.parts[:i], self.parts[i:]
                else:
                    return None
                return Stack(head, self.gap), Stack(rest, self.gap)
            used += height + self.gap
        return None

    def draw(self, ink: Ink, x: float, y: float, width: float) -> None:
        """Draw the parts downwards."""
        for part in self.parts:
            part.draw(ink, x, y, width)
            y += part.height(width) + self.gap


class Kept(Stack):
    """A Stack that moves to the next page as a whole; split only where it is higher than `page` points."""

    def __init__(self, parts: Sequence[Block], gap: float, page: float) -> None:
        super().__init__(parts, gap)
        self.page = page

    def closer(self) -> "Kept":
        """The same with less air between its parts."""
        return Kept(self.parts, self.gap / 4, self.page)

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """As a Stack, if no page could hold it."""
        return super().split(width, room) if self.height(width) > self.page else None


class Nothing:
    """The rest of a cell that ended on the page before."""

    def height(self, width: float) -> float:
        """Nothing."""
        return 0.0

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Never."""
        return None

    def draw(self, ink: Ink, x: float, y: float, width: float) -> None:
        """Nothing."""


class Columns:
    """Blocks side by side, each with its offset and width in points; all are cut at one height."""

    def __init__(self, cells: Sequence[tuple[float, float, Block]]) -> None:
        self.cells = tuple(cells)

    def height(self, width: float) -> float:
        """The highest."""
        return max(cell.height(room) for _, room, cell in self.cells)

    def split(self, width: float, room: float) -> "tuple[Columns, Columns] | None":
        """Each cell by its own lines."""
        heads: list[tuple[float, float, Block]] = []
        rests: list[tuple[float, float, Block]] = []
        for x, inner, cell in self.cells:
            halves = (cell, Nothing()) if cell.height(inner) <= room else cell.split(inner, room)
            if halves is None:
                return None
            heads.append((x, inner, halves[0]))
            rests.append((x, inner, halves[1]))
        return Columns(heads), Columns(rests)

    def draw(self, ink: Ink, x: float, y: float, width: float) -> None:
        """All from the same top edge."""
        for offset, inner, cell in self.cells:
            cell.draw(ink, x + offset, y, inner)
