"""What was asked beside the Items: sections, numbered blocks of repeats, every answered question in words."""

from inspector_app.reports.blocks import Block, Paragraph
from inspector_app.reports.case import Case
from inspector_app.reports.facts import Answered, Section
from inspector_app.reports.grid import Grid, Row
from inspector_app.reports.ink import MM
from inspector_app.reports.palette import CELL, CELL_BOLD, CELL_MUTED, HEAD, NAVY, PALE
from inspector_app.reports.text import Span

_COLUMNS = (82 * MM, 90 * MM)
_GROUP = CELL_BOLD._replace(colour=NAVY)
_STEP = "　"
"""One level of indentation."""


def answers(case: Case) -> Grid:
    """One Grid over all Sections; a Section that goes on says so at the top of the next page."""
    words = case.words
    head = Row(tuple(case.text(words[key], HEAD) for key in ("answers.question", "answers.answer")))
    rows = [row for at, section in enumerate(case.facts.sections) for row in _section(case, section, is_first=not at)]
    return Grid(_COLUMNS, head, rows or [Row((case.text(words["answers.none"], CELL_MUTED), None))])


def count(case: Case) -> int:
    """How many questions were answered."""
    return sum(entry.kind == "question" for section in case.facts.sections for entry in section.entries)


def _section(case: Case, section: Section, *, is_first: bool) -> list[Row]:
    """With a heading, unless the record begins with questions outside of groups."""
    label = section.label or ("" if is_first else case.words["answers.more"])
    found = [_heading(case, label)] if label else []
    return found + [_row(case, section, entry) for entry in section.entries]


def _heading(case: Case, label: str) -> Row:
    def row(text: str, again: Row | None) -> Row:
        return Row((Paragraph(Span(text, _GROUP), justify=False), None), tint=PALE, again=again)

    return row(label, row(case.words("again", label), None))


def _row(case: Case, section: Section, entry: Answered) -> Row:
    if entry.kind == "question":
        label: Block = Paragraph(Span(_STEP * entry.depth + entry.label, CELL_MUTED), justify=False)
        return Row((label, _answer(case, entry)))
    name = entry.label
    if entry.kind == "instance":
        name = f"{entry.number}. {entry.label or section.label}"
    return Row((Paragraph(Span(_STEP * entry.depth + name, CELL_BOLD), justify=False), None), ruled=False, held=True)


def _answer(case: Case, entry: Answered) -> Block:
    shown = "、".join(case.words("photo", number) for number in entry.photos)
    return Paragraph(Span(" · ".join(part for part in (shown, entry.text) if part), CELL), justify=False)
