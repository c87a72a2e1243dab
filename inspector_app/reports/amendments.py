"""Corrections after sealing at the end of the record: the old value struck through, the new one beside it, who, why, when."""

from inspector_app.reports.blocks import Block, Paragraph, Stack, baseline
from inspector_app.reports.case import Case
from inspector_app.reports.facts import Amended
from inspector_app.reports.grid import Grid, Row
from inspector_app.reports.ink import MM, Ink
from inspector_app.reports.palette import BODY, CELL, CELL_BOLD, CELL_MUTED, HEAD, MUTED
from inspector_app.reports.text import Span

_COLUMNS = (15 * MM, 52 * MM, 52 * MM, 53 * MM)


class Struck:
    """A Paragraph with a drawn line through every line of it (documents.md §2.1 rule 8)."""

    def __init__(self, inner: Paragraph) -> None:
        self.inner = inner

    def height(self, width: float) -> float:
        """As the Paragraph."""
        return self.inner.height(width)

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Between lines; both parts stay struck."""
        halves = self.inner.split(width, room)
        if halves is None or not all(isinstance(half, Paragraph) for half in halves):
            return None
        first, rest = halves
        assert isinstance(first, Paragraph) and isinstance(rest, Paragraph)
        return Struck(first), Struck(rest)

    def draw(self, ink: Ink, x: float, y: float, width: float) -> None:
        """Text, then a line at the middle of the letters."""
        inner = self.inner
        inner.draw(ink, x, y, width)
        middle = y + baseline(inner.size, inner.leading) - 0.36 * inner.size
        for number, line in enumerate(inner.lines(width)):
            if line.width > 0:
                at = middle + number * inner.leading
                ink.rule((x, at), (x + line.width, at), MUTED, 0.7)


def intro(case: Case) -> Block:
    """That the pages before are what was signed, and the Result as corrected where it is another one."""
    words, facts = case.words, case.facts
    said = words["amended.intro"]
    if facts.amended_result is not None:
        parts = (words[f"result.{facts.result.value}"], words[f"result.{facts.amended_result.value}"])
        said += words("amended.result", *parts)
    return case.text(said, BODY)


def note(case: Case) -> str:
    """What other papers say of corrections to the record they refer to, '' where there are none."""
    count = len(case.facts.amendments)
    return case.words("amended.see", count) if count else ""


def amendments(case: Case) -> Grid:
    """One row each, oldest first."""
    words = case.words
    heads = ("item", "amended.what", "amended.values", "amended.why")
    head = Row(tuple(case.text(words[key], HEAD) for key in heads))
    return Grid(_COLUMNS, head, [_row(case, one) for one in case.facts.amendments])


def _row(case: Case, one: Amended) -> Row:
    words = case.words
    part = {"verdict": words["verdict"], "note": words["note"]}.get(one.part, "")
    what: list[Block] = [Paragraph(Span(one.label, CELL_MUTED), justify=False)]
    if part:
        what.insert(0, Paragraph(Span(part, CELL_BOLD), justify=False))
    old = Paragraph(Span(one.old or words["none"], CELL_MUTED), justify=False)
    values = Stack([Struck(old), Paragraph(Span(one.new or words["none"], CELL_BOLD), justify=False)], 2)
    who = f"{one.by} · {words.moment(one.at)}" if one.at else one.by
    why = Stack([Paragraph(Span(one.reason, CELL), justify=False), Paragraph(Span(who, CELL_MUTED), justify=False)], 2)
    return Row((Paragraph(Span(one.item or words["none"], CELL_MUTED), justify=False), Stack(what), values, why))
