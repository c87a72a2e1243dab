"""Figures of a strip: a label above a large number with its unit, shrunk to its cell; strips of equal cells."""

from collections.abc import Sequence

from inspector_app.reports.blocks import Block, Drawn
from inspector_app.reports.ink import MM, Ink
from inspector_app.reports.palette import FIGURE, HAIR, INK, LABEL, UNIT
from inspector_app.reports.text import fit, width_of

_STRIP = 18 * MM


def figure(ink: Ink, at: tuple[float, float, float], what: tuple[str, str, str], colour: str) -> None:
    """`at` is x, y and width of the cell; `what` label, number and unit."""
    x, y, width = at
    label, figure, unit = what
    small = LABEL if width_of(label, LABEL) <= width - 9 else LABEL._replace(size=7.0)
    ink.write(fit(label, small, width - 8), x + 7, y + 17, small)
    style = FIGURE._replace(colour=colour)
    needed = width_of(figure, style) + (width_of(unit, UNIT) + 3 if unit else 0)
    if needed > width - 15:
        style = style._replace(size=max(9.0, style.size * (width - 15) / needed))
    end = ink.write(figure, x + 7, y + 40, style)
    if unit:
        ink.write(unit, x + 7 + end + 3, y + 40, UNIT)


def figures(cells: Sequence[tuple[str, str, str, str]]) -> Block:
    """A framed strip of equal cells: label, number, unit ('' for none), colour ('' for ink)."""

    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        ink.frame((x, y, width, _STRIP), HAIR, weight=0.7)
        each = width / len(cells)
        for number, (label, said, unit, colour) in enumerate(cells):
            left = x + number * each
            if number:
                ink.rule((left, y + 10), (left, y + _STRIP - 10), HAIR, 0.6)
            figure(ink, (left, y, each), (label, said, unit), colour or INK)

    return Drawn(_STRIP, paint)
