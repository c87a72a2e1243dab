"""督導檢查記錄: one Inspection's facts as a PDF, laid out in the order a reader asks (documents.md §3.2)."""

from collections.abc import Iterator
from itertools import count

from inspector_app.domain.inspection import Result
from inspector_app.reports import album, amendments, answers, cards, closing, cover, listing, scores
from inspector_app.reports.blocks import Block, Kept
from inspector_app.reports.case import Case, furniture, section
from inspector_app.reports.facts import Document, InspectionFacts
from inspector_app.reports.flow import Flow
from inspector_app.reports.grid import Grid
from inspector_app.reports.masthead import masthead
from inspector_app.reports.page import COLUMN, FIRST, LATER
from inspector_app.reports.palette import BODY
from inspector_app.reports.press import Imprint, printed
from inspector_app.reports.record import record_digest, record_json
from inspector_app.reports.words import Words

_Table = tuple[str, str, Grid]
"""Key of the heading, its note, the table."""
_WORTH = 0.3
"""Share of a page that must be left under the head for the cards to begin there."""


def inspection_record(facts: InspectionFacts) -> Document:
    """The printable record. The same facts give the same bytes; a character no face has prints 〓 and is reported."""
    case = Case(facts, Words(facts.language), record_digest(record_json(facts)))
    flow, numbers = Flow(FIRST, LATER), count(1)
    grids = list(_grids(case))
    rows = album.rows(case) if facts.brand.shows("photos") else []
    closes = not grids and not rows
    _first_page(flow, case, numbers, closes=closes)
    if facts.findings:
        _findings(flow, case, numbers, closes=closes)
    if not closes:
        _end(flow, case, numbers, (grids, rows))
    if facts.amendments:
        _amendments(flow, case, next(numbers))
    imprint = Imprint(f"{case.words['title']} {facts.number}", facts.issuer, facts.site.name)
    return printed(flow, furniture(case, "title").draw, imprint, facts.brand.colour)


def _first_page(flow: Flow, case: Case, numbers: Iterator[int], *, closes: bool) -> None:
    """Head to summary. Without Findings and where nothing else follows (`closes`), the signatures stand here."""
    words, brand = case.words, case.facts.brand
    over = masthead(brand, case.facts.issuer)
    if over is not None:
        flow.add(over)
    flow.add(cover.head(case), title=words["title"])
    flow.add(cover.strip(case))
    rows = cover.fact_rows(case)
    for row in rows:
        flow.add(row, before=5.0 if row is rows[0] else 0.0)
    if _is_plain(case):
        flow.add(case.text(words["summary.end.recorded"], BODY), before=11)
        return
    if brand.shows("scores"):
        flow.add(section(words.section(next(numbers), "scores"), words["scores.note"]), before=11, need=60)
        flow.add(scores.bars(case), before=5)
    if brand.shows("summary"):
        flow.add(section(words.section(next(numbers), "summary")), before=7, need=40)
        flow.add(scores.summary(case), before=2)
    if closes and not case.findings:
        none = [section(words.section(next(numbers), "gravest")), case.text(words["gravest.none"], BODY)]
        flow.add(Kept([*none, _closing(flow, case, next(numbers))], 8, flow.full), before=8, title=words["closing"])
    else:
        _glance(flow, case, numbers)


def _glance(flow: Flow, case: Case, numbers: Iterator[int]) -> None:
    """As many of the gravest Findings as page 1 holds, with the page where all of them begin."""
    words, findings = case.words, case.findings
    shown = scores.fitting(case, flow.room - 34)
    if findings and not shown:  # the cards that follow say all of it
        return
    heading = words.section(next(numbers), "gravest")
    if not findings:
        flow.add(section(heading), before=8, need=20)
        flow.add(case.text(words["gravest.none"], BODY), before=2)
        return
    if len(shown) == len(findings):
        flow.add(section(heading, words("gravest.all", len(findings))), before=8, need=60)
    else:
        first = f"finding:{findings[0].item}"
        flow.add(
            section(heading, lambda ink: words("gravest.some", len(shown), len(findings), ink.pages[first])), before=8
        )
    flow.add(scores.glance(case, shown))


def _findings(flow: Flow, case: Case, numbers: Iterator[int], *, closes: bool) -> None:
    """The cards. Where nothing else follows (`closes`), the signatures stand under the last one."""
    findings = case.findings
    if flow.room < flow.full * _WORTH:
        flow.end_page()
    for found in findings:
        block: Block = cards.card(case, found)
        first, last = found is findings[0], closes and found is findings[-1]
        if first:
            heading = section(case.words.section(next(numbers), "cards"), case.words("cards.note", len(findings)))
            flow.add(heading, need=block.height(COLUMN) if last else 160, title=case.words["cards"])
        if last:
            block = Kept([block, _closing(flow, case, next(numbers))], 16, flow.full)
        flow.add(block, before=3 if first else 10, anchor=f"finding:{found.item}")


def _closing(flow: Flow, case: Case, number: int) -> Block:
    """Everything that is signed, under its heading."""
    return Kept([section(case.words.section(number, "closing")), *closing.closing(case)], 8, flow.full)


def _is_plain(case: Case) -> bool:
    """A form of questions only: nothing to score, no Findings."""
    return case.facts.result is Result.RECORDED


def _end(flow: Flow, case: Case, numbers: Iterator[int], parts: tuple[list[_Table], list[album.Shots]]) -> None:
    """Checklist, other questions, photographs, closing; the last page never holds signatures alone."""
    words = case.words
    grids, rows = parts
    for key, note, grid in grids:
        flow.add(section(words.section(next(numbers), key), note), before=16, need=110, title=words[key])
        if not rows and grid is grids[-1][2]:
            flow.add_last(grid, _closing(flow, case, next(numbers)), before=16, title=words["closing"])
        else:
            flow.add(grid)
    if rows:
        _album(flow, case, numbers, rows)


def _amendments(flow: Flow, case: Case, number: int) -> None:
    """After everything that was signed, on a page of its own."""
    words = case.words
    flow.end_page()
    note = words("amended.note", len(case.facts.amendments))
    flow.add(section(words.section(number, "amended"), note), need=110, title=words["amended"])
    flow.add(amendments.intro(case), before=6)
    flow.add(amendments.amendments(case), before=8)


def _grids(case: Case) -> Iterator[_Table]:
    """The tables of the record: key of the heading, its note, the table."""
    words, facts = case.words, case.facts
    listed = f"{facts.checklist} {facts.checklist_version}".strip()
    if not _is_plain(case) and facts.brand.shows("checklist"):
        yield "checklist", words("checklist.note", len(facts.items), listed), listing.checklist(case)
    if _is_plain(case) or (facts.sections and facts.brand.shows("answers")):
        yield "answers", words("answers.note", answers.count(case), listed), answers.answers(case)


def _album(flow: Flow, case: Case, numbers: Iterator[int], rows: list[album.Shots]) -> None:
    words = case.words
    heading = section(words.section(next(numbers), "photos"), words("photos.note", len(case.facts.pictures)))
    end = _closing(flow, case, next(numbers))
    if len(rows) == 1:
        flow.add_last(Kept([heading, rows[0]], 7, flow.full), end, before=16, gap=16, title=words["closing"])
        return
    flow.add(heading, before=16, need=rows[0].height(COLUMN) + 8, title=words["photos"])
    for row in rows[:-1]:
        flow.add(row, before=7)
    flow.add_last(rows[-1], end, before=16, gap=7, title=words["closing"])
