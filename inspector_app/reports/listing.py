"""The whole checklist grouped by Dimension, every Item with its Verdict, measures and note."""

from inspector_app.domain.inspection import Verdict
from inspector_app.reports.blocks import Block, Paragraph
from inspector_app.reports.case import SIGNS, Case, rate, share
from inspector_app.reports.facts import Dimension, Item
from inspector_app.reports.grid import Grid, Row
from inspector_app.reports.ink import MM
from inspector_app.reports.marks import VerdictMark
from inspector_app.reports.palette import CELL, CELL_BOLD, CELL_MUTED, FAIL, FAIL_TINT, HEAD, MUTED, NAVY, PALE
from inspector_app.reports.text import Span

_COLUMNS = (15 * MM, 78 * MM, 22 * MM, 57 * MM)
_KINDS = {Verdict.PASS: "pass", Verdict.FAIL: "fail", Verdict.NA: "na", None: "unchecked"}
_LONG = 240
"""Letters of a note that the narrow column takes."""
_GROUP = CELL_BOLD._replace(colour=NAVY)


def checklist(case: Case) -> Grid:
    """One Grid over all Dimensions."""
    words = case.words
    head = Row(tuple(case.text(words[key], HEAD) for key in ("item", "requirement", "verdict", "note")))
    rows: list[Row] = []
    known = {dimension.id for dimension in case.facts.dimensions}
    for dimension in case.facts.dimensions:
        items = [item for item in case.facts.items if item.dimension == dimension.id]
        if items:
            rows.append(_group(case, dimension))
            rows += [row for item in items for row in _rows(case, item)]
    rows += [row for item in case.facts.items if item.dimension not in known for row in _rows(case, item)]
    return Grid(_COLUMNS, head, rows)


def _group(case: Case, dimension: Dimension) -> Row:
    words, tally = case.words, dimension.tally
    name = f"{dimension.id}　{dimension.name}"
    counts = [words("passed_of", tally.passed, tally.denominator) if tally.denominator else share(tally), rate(tally)]
    right = Paragraph(Span(" · ".join(dict.fromkeys(counts)), CELL._replace(colour=NAVY)), align="right")

    def row(text: str, again: Row | None) -> Row:
        return Row((Paragraph(Span(text, _GROUP)), None, right, None), tint=PALE, again=again)

    return row(name, row(words("again", name), None))


def _rows(case: Case, item: Item) -> list[Row]:
    """One row; a long note gets a second one over the full width."""
    failed = item.verdict is Verdict.FAIL
    kind = _KINDS[item.verdict]
    text = CELL_BOLD if failed else CELL_MUTED if item.verdict in (Verdict.NA, None) else CELL
    tint, bar = (FAIL_TINT, FAIL) if failed else ("", "")
    long = len(item.note) > _LONG
    cells: tuple[Block | None, ...] = (
        Paragraph(
            Span(item.id, CELL._replace(colour=FAIL if failed else MUTED)), Span(SIGNS[item.level], CELL), justify=False
        ),
        case.text(item.text, text),
        VerdictMark(kind, case.words[kind]),
        _note(case, item.measures, "" if long else item.note),
    )
    rows = [Row(cells, tint=tint, bar=bar, ruled=not long)]
    if long:
        rows.append(Row((None, case.text(item.note, CELL), None, None), tint=tint, bar=bar))
    return rows


def _note(case: Case, measures: str, note: str) -> Block:
    spans = [Span(measures, CELL_MUTED)] if measures else []
    if note:
        spans.append(Span(("\n" if spans else "") + note, CELL))
    return Paragraph(*(spans or [Span("", CELL)]), justify=case.words.is_chinese)
