"""The one-page record: head, result, every failed Item at least by its number and Deadline, signatures; the same record."""

from bisect import bisect_left
from itertools import groupby

from inspector_app.domain.finding import Level
from inspector_app.domain.inspection import Result
from inspector_app.reports import closing, cover
from inspector_app.reports.blocks import Block, Kept
from inspector_app.reports.case import LEVEL_COLOURS, SIGNS, Case, furniture, rate, section
from inspector_app.reports.facts import Document, Found, InspectionFacts
from inspector_app.reports.flow import Flow
from inspector_app.reports.grid import Grid, Row
from inspector_app.reports.ink import MM
from inspector_app.reports.masthead import masthead
from inspector_app.reports.page import COLUMN, FIRST, LATER
from inspector_app.reports.palette import BODY, CELL, CELL_BOLD, CELL_MUTED, DIGEST, HEAD, LABEL
from inspector_app.reports.press import Imprint, printed
from inspector_app.reports.record import record_digest, record_json
from inspector_app.reports.text import Span
from inspector_app.reports.words import Words

_COLUMNS = (18 * MM, 118 * MM, 36 * MM)
_TEXT = BODY._replace(size=9.2, leading=14.4)
_SMALL = LABEL._replace(size=8, leading=11.6)
_GAP = 5.0


def brief_record(facts: InspectionFacts) -> Document:
    """One page of the record `facts`, with its number and digest. What it has no room for it names."""
    case = Case(facts, Words(facts.language), record_digest(record_json(facts)))
    flow = Flow(FIRST, LATER)
    over = masthead(facts.brand, facts.issuer)
    if over is not None:
        flow.add(over)
    flow.add(cover.head(case), title=case.words["title"])
    flow.add(cover.strip(case))
    rows = cover.fact_rows(case)
    for row in (rows[0], rows[1], rows[4]):
        flow.add(row, before=4.0 if row is rows[0] else 0.0)
    end = Kept(_end(case), _GAP, flow.full)
    for block in _middle(case, flow.room - end.height(COLUMN) - 10):
        flow.add(block, before=_GAP)
    flow.add(end, before=8, title=case.words["closing"])
    imprint = Imprint(f"{case.words['title']} {facts.number}", facts.issuer, facts.site.name)
    return printed(flow, furniture(case, "title").draw, imprint, facts.brand.colour)


def _middle(case: Case, room: float) -> list[Block]:
    """Rates, then the failed Items as fully as `room` points allow: with what was seen, without, at last by number."""
    blocks: list[Block] = []
    words, findings = case.words, case.findings
    if case.facts.result is not Result.RECORDED:
        named = [f"{one.name} {rate(one.tally)}" for one in case.facts.dimensions]
        blocks.append(case.text(words("brief.rates", " · ".join(named)), _TEXT))
    if not findings:
        return [*blocks, case.text(words["gravest.none" if case.facts.items else "summary.end.recorded"], _TEXT)]
    blocks.append(section(words["cards"], words("cards.note", len(findings))))
    room -= sum(block.height(COLUMN) + _GAP for block in blocks) + _GAP
    for is_full in (True, False):
        grid = _grid(case, findings, is_full=is_full)
        if grid.height(COLUMN) <= room:
            return [*blocks, grid]

    def is_too_much(count: int) -> bool:
        return _height(_parted(case, findings, count)) > room

    count = bisect_left(range(1, len(findings)), True, key=is_too_much)
    parted = _parted(case, findings, count)
    return [*blocks, *(parted if _height(parted) <= room else [_referred(case, len(findings))])]


def _parted(case: Case, findings: tuple[Found, ...], count: int) -> list[Block]:
    """The first `count` as a table, the others by number."""
    rest = _rest(case, findings[count:])
    return [_grid(case, findings[:count], is_full=False), rest] if count else [rest]


def _height(blocks: list[Block]) -> float:
    return sum(block.height(COLUMN) for block in blocks) + _GAP * (len(blocks) - 1)


def _grid(case: Case, findings: tuple[Found, ...], *, is_full: bool) -> Grid:
    words = case.words
    head = Row(tuple(case.text(words[key], HEAD) for key in ("item", "problem", "deadline")))
    return Grid(_COLUMNS, head, [_row(case, found, is_full=is_full) for found in findings])


def _row(case: Case, found: Found, *, is_full: bool) -> Row:
    grave = found.level is not Level.NORMAL
    text = [Span(found.requirement, CELL_BOLD)]
    if is_full and found.observation:
        text.append(Span(f"\n{found.observation}", CELL))
    named = CELL_BOLD._replace(colour=LEVEL_COLOURS[found.level]) if grave else CELL_MUTED
    cells = (case.text(f"{found.item}{SIGNS[found.level]}", named), _spans(case, text))
    return Row((*cells, case.text(case.deadline(found), CELL)))


def _spans(case: Case, spans: list[Span]) -> Block:
    made = case.text("", CELL)
    return type(made)(*spans, justify=case.words.is_chinese)


def _rest(case: Case, findings: tuple[Found, ...]) -> Block:
    """The others by number, under their Deadlines."""
    words = case.words
    by_deadline = sorted(findings, key=case.deadline)
    parts = [
        f"{deadline}{words['brief.colon']}{words.joined([f'{one.item}{SIGNS[one.level]}' for one in several])}"
        for deadline, several in groupby(by_deadline, key=case.deadline)
    ]
    return case.text(words("brief.rest", len(findings), words["brief.semicolon"].join(parts)), _SMALL)


def _referred(case: Case, count: int) -> Block:
    """More failed Items than a page can name."""
    return case.text(case.words("brief.referred", count), _TEXT)


def _end(case: Case) -> list[Block]:
    """Photographs and corrections by their number, statements, boxes to sign, digest."""
    facts, words = case.facts, case.words
    counted = [words("brief.photos", len(facts.pictures))] if facts.pictures else []
    counted += [words("brief.amended", len(facts.amendments))] if facts.amendments else []
    note = words("brief.of", facts.number or words["none"]) + "".join(counted)
    groups = " ".join(case.digest[i : i + 8] for i in range(0, 64, 8))
    return [
        case.text(note, _SMALL),
        *(case.text(line, _SMALL) for line in facts.brand.sign_off),
        *closing.declared(case),
        *closing.signatures(case),
        case.text(words["copies"], _SMALL),
        case.text(f"SHA-256 {groups}", DIGEST),
    ]
