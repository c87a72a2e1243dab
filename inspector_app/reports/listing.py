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
            rows += [_group(case, dimension), *(_row(case, item) for item in items)]
    rows += [_row(case, item) for item in case.facts.items if item.dimension not in known]
    return Grid(_COLUMNS, head, rows)


def _group(case: Case, dimension: Dimension) -> Row:
    words, tally = case.words, dimension.tally
    name = f"{dimension.id}　{dimension.name}"
    counts = [words("passed_of", tally.passed, tally.denominator) if tally.denominator else share(tally), rate(tally)]
    right = Paragraph(Span(" · ".join(dict.fromkeys(counts)), CELL._replace(colour=NAVY)), align="right")

    def row(text: str, again: Row | None) -> Row:
        return Row((Paragraph(Span(text, _GROUP)), None, right, None), tint=PALE, again=again)

    return row(name, row(words("again", name), None))


def _row(case: Case, item: Item) -> Row:
    failed = item.verdict is Verdict.FAIL
    kind = _KINDS[item.verdict]
    text = CELL_BOLD if failed else CELL_MUTED if item.verdict in (Verdict.NA, None) else CELL
    cells: tuple[Block | None, ...] = (
        Paragraph(
            Span(item.id, CELL._replace(colour=FAIL if failed else MUTED)), Span(SIGNS[item.level], CELL), justify=False
        ),
        case.text(item.text, text),
        VerdictMark(kind, case.words[kind]),
        _note(case, item),
    )
    return Row(cells, tint=FAIL_TINT if failed else "", bar=FAIL if failed else "")


def _note(case: Case, item: Item) -> Block:
    spans = [Span(item.measures, CELL_MUTED)] if item.measures else []
    if item.note:
        spans.append(Span(("\n" if spans else "") + item.note, CELL))
    return Paragraph(*(spans or [Span("", CELL)]), justify=case.words.is_chinese)
