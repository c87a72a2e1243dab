"""Vector marks: tick, cross, dash, pill, bars with the 80 line, the result block's shapes, QR codes."""

from itertools import groupby

from inspector_app.reports.blocks import Block, baseline
from inspector_app.reports.ink import Ink
from inspector_app.reports.palette import (
    BLACK,
    CELL,
    CELL_BOLD,
    FAIL,
    MUTED,
    NAVY,
    NOT_APPLICABLE,
    PASSED,
    TRACK,
    WARN,
    WHITE,
)
from inspector_app.reports.qr import modules
from inspector_app.reports.text import width_of


def tick(ink: Ink, x: float, y: float, size: float, colour: str) -> None:
    """A tick in the square whose top left corner is x, y."""
    s = size
    ink.path(
        [(x + 0.08 * s, y + 0.55 * s), (x + 0.38 * s, y + 0.84 * s), (x + 0.94 * s, y + 0.16 * s)], colour, weight=s / 6
    )


def cross(ink: Ink, x: float, y: float, size: float, colour: str) -> None:
    """A cross in the square whose top left corner is x, y."""
    near, far = 0.17 * size, 0.83 * size
    ink.path([(x + near, y + near), (x + far, y + far)], colour, weight=size / 6)
    ink.path([(x + near, y + far), (x + far, y + near)], colour, weight=size / 6)


def dash(ink: Ink, x: float, y: float, size: float, colour: str) -> None:
    """A dash in the square whose top left corner is x, y."""
    ink.path([(x + 0.12 * size, y + size / 2), (x + 0.88 * size, y + size / 2)], colour, weight=size / 7)


def ring(ink: Ink, x: float, y: float, size: float, colour: str) -> None:
    """An empty square: nothing was checked here."""
    ink.frame((x + 0.1 * size, y + 0.1 * size, 0.8 * size, 0.8 * size), colour, weight=0.7)


_WORD = CELL._replace(size=8.4)
_UNCHECKED = ring, WARN, _WORD._replace(colour=WARN)
_SHAPES = {
    "pass": (tick, PASSED, _WORD._replace(colour=PASSED)),
    "na": (dash, NOT_APPLICABLE, _WORD._replace(colour=MUTED)),
}


class VerdictMark:
    """One Verdict in a table cell: a shape and a word, told apart without colour. `kind` pass, fail, na, unchecked."""

    def __init__(self, kind: str, word: str) -> None:
        self.kind = kind
        self.word = word

    def height(self, width: float) -> float:
        """One line of a table."""
        return CELL.leading

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Never."""
        return None

    def draw(self, ink: Ink, x: float, y: float, width: float) -> None:
        """Shape, then word."""
        if self.kind == "fail":
            pill(ink, x - 1.5, y - 0.4, self.word)
            return
        shape, colour, style = _SHAPES.get(self.kind, _UNCHECKED)
        shape(ink, x + 2.5, y + 2.9, 7.2, colour)
        ink.write(self.word, x + 13, y + baseline(8.4, CELL.leading), style)


_PILL = CELL_BOLD._replace(colour=WHITE, size=8.2)


def pill_width(word: str) -> float:
    """Points that a pill with this word takes."""
    return width_of(word, _PILL) + 19


def pill(ink: Ink, x: float, y: float, word: str, colour: str = FAIL) -> None:
    """A filled pill with a white cross and word, 13.4 points high."""
    ink.rounded((x, y, pill_width(word), 13.4), colour, 2.2)
    cross(ink, x + 4.4, y + 3.4, 6.6, WHITE)
    ink.write(word, x + 14, y + 9.8, _PILL)


def bar(ink: Ink, box: tuple[float, float, float, float], share: float, *, low: bool) -> None:
    """A score bar; a low one is hatched, so that it differs in grey."""
    x, y, width, height = box
    ink.rect(box, TRACK)
    if share > 0:
        filled = (x, y, width * share, height)
        if low:
            ink.rect(filled, WHITE)
            ink.hatch(filled, FAIL)
        else:
            ink.rect(filled, NAVY)


def qr(ink: Ink, payload: str, x: float, y: float, size: float) -> None:
    """A QR code (level M, fixed mask) of `size` points with its quiet zone of 4 modules outside the given square."""
    rows = modules(payload)
    unit = size / len(rows)
    ink.rect((x - 4 * unit, y - 4 * unit, size + 8 * unit, size + 8 * unit), WHITE)
    ink.cells(
        (
            (x + at * unit, y + r * unit, run * unit, unit + 0.05)
            for r, row in enumerate(rows)
            for at, run in _runs(row)
        ),
        BLACK,
    )


def _runs(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Start and length of each stretch of dark modules."""
    runs: list[tuple[int, int]] = []
    at = 0
    for dark, group in groupby(row):
        length = len(list(group))
        if dark:
            runs.append((at, length))
        at += length
    return runs
