"""Label over value, two in a row; a long value takes up to four lines instead of being cut off."""

from collections.abc import Sequence

from inspector_app.reports.blocks import Block, Drawn, Paragraph
from inspector_app.reports.ink import Ink
from inspector_app.reports.palette import LABEL
from inspector_app.reports.text import Span, Style, fit

_LINES = 3.6
"""Of text that no name or address of this world exceeds; what does ends in …"""


def few(text: str, style: Style, room: float) -> Paragraph:
    """A value of at most four lines."""
    return Paragraph(Span(fit(text, style, room * _LINES), style), justify=False)


def pairs(shown: Sequence[tuple[str, str]], style: Style, *, half: float, pitch: float) -> Block:
    """All of them; `half` is a column's width, `pitch` the height of a row whose values take one line."""
    room = half - 10
    cells = [(label, few(value, style, room)) for label, value in shown]
    rows = [cells[i : i + 2] for i in range(0, len(cells), 2)]
    tall = [pitch + max(text.height(room) for _, text in row) - style.leading for row in rows]

    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        for row, height in zip(rows, tall, strict=True):
            for at, (label, text) in enumerate(row):
                ink.write(label, x + at * half, y + 8, LABEL)
                text.draw(ink, x + at * half, y + 11, room)
            y += height

    return Drawn(sum(tall), paint)
