"""督導檢查記錄: one Inspection's facts as a PDF, laid out in the order a reader asks (documents.md §3.2)."""

from collections.abc import Iterator

from inspector_app.domain.inspection import Result
from inspector_app.reports import album, amendments, answers, cards, closing, cover, listing, scores
from inspector_app.reports.blocks import Block, Kept
from inspector_app.reports.case import Case, furniture, section
from inspector_app.reports.facts import Document, InspectionFacts
from inspector_app.reports.flow import Flow
from inspector_app.reports.grid import Grid
from inspector_app.reports.page import COLUMN, FIRST, LATER
from inspector_app.reports.palette import BODY
from inspector_app.reports.press import Imprint, printed
from inspector_app.reports.record import record_digest, record_json
from inspector_app.reports.words import Words


def inspection_record(facts: InspectionFacts) -> Document:
    """The printable record. The same facts give the same bytes; a character no face has prints 〓 and is reported."""
    case = Case(facts, Words(facts.language), record_digest(record_json(facts)))
    flow = Flow(FIRST, LATER)
    _first_page(flow, case)
    _findings(flow, case)
    _end(flow, case)
    imprint = Imprint(f"{case.words['title']} {facts.number}", facts.issuer, facts.site.name)
    return printed(flow, furniture(case, "title").draw, imprint)


def _first_page(flow: Flow, case: Case) -> None:
    words = case.words
    flow.add(cover.head(case), title=words["title"])
    flow.add(cover.strip(case))
    rows = cover.fact_rows(case)
    for row in rows:
        flow.add(row, before=5.0 if row is rows[0] else 0.0)
    if _is_plain(case):
        flow.add(case.text(words["summary.end.recorded"], BODY), before=11)
        return
    flow.add(section(words.section(1, "scores"), words["scores.note"]), before=11, need=60)
    flow.add(scores.bars(case), before=5)
    flow.add(section(words.section(2, "summary")), before=7, need=40)
    flow.add(scores.summary(case), before=2)
    _glance(flow, case)


def _glance(flow: Flow, case: Case) -> None:
    """As many of the gravest Findings as page 1 holds, with the page where all of them begin."""
    words, findings = case.words, case.findings
    heading = words.section(3, "gravest")
    if not findings:
        flow.add(section(heading), before=8, need=20)
        flow.add(case.text(words["gravest.none"], BODY), before=2)
        return
    shown = scores.fitting(case, flow.room - 34)
    if not shown:
        shown = findings
    if len(shown) == len(findings):
        flow.add(section(heading, words("gravest.all", len(findings))), before=8, need=60)
    else:
        first = f"finding:{findings[0].item}"
        flow.add(
            section(heading, lambda ink: words("gravest.some", len(shown), len(findings), ink.pages[first])), before=8
        )
    flow.add(scores.glance(case, shown))


def _findings(flow: Flow, case: Case) -> None:
    findings = case.findings
    if not findings:
        return
    heading: Block | None = section(case.words.section(4, "cards"), case.words("cards.note", len(findings)))
    flow.end_page()
    for found in findings:
        card = cards.card(case, found)
        if heading is not None:
            flow.add(heading, need=160, title=case.words["cards"])
            heading = None
            flow.add(card, before=3, anchor=f"finding:{found.item}")
        else:
            flow.add(card, before=10, anchor=f"finding:{found.item}")


def _is_plain(case: Case) -> bool:
    """A form of questions only: nothing to score, no Findings."""
    return case.facts.result is Result.RECORDED


def _end(flow: Flow, case: Case) -> None:
    """Checklist, other questions, photographs, closing; the last page never holds signatures alone."""
    words, facts = case.words, case.facts
    number = 1 if _is_plain(case) else 5 if facts.findings else 4
    grids = list(_grids(case))
    rows = album.rows(case)
    closing_number = number + len(grids) + bool(rows)
    end = Kept([section(words.section(closing_number, "closing")), *closing.closing(case)], 8, flow.full)
    for at, (key, note, grid) in enumerate(grids, start=number):
        flow.add(section(words.section(at, key), note), before=16, need=110, title=words[key])
        if not rows and at == number + len(grids) - 1:
            flow.add_last(grid, end, before=16, title=words["closing"])
        else:
            flow.add(grid)
    if rows:
        _album(flow, case, number + len(grids), rows, end)
    if facts.amendments:
        _amendments(flow, case, closing_number + 1)


def _amendments(flow: Flow, case: Case, number: int) -> None:
    """After everything that was signed, on a page of its own."""
    words = case.words
    flow.end_page()
    note = words("amended.note", len(case.facts.amendments))
    flow.add(section(words.section(number, "amended"), note), need=110, title=words["amended"])
    flow.add(amendments.intro(case), before=6)
    flow.add(amendments.amendments(case), before=8)


def _grids(case: Case) -> Iterator[tuple[str, str, Grid]]:
    """The tables of the record: key of the heading, its note, the table."""
    words, facts = case.words, case.facts
    listed = f"{facts.checklist} {facts.checklist_version}".strip()
    if not _is_plain(case):
        yield "checklist", words("checklist.note", len(facts.items), listed), listing.checklist(case)
    if facts.sections or _is_plain(case):
        yield "answers", words("answers.note", answers.count(case), listed), answers.answers(case)


def _album(flow: Flow, case: Case, number: int, rows: list[album.Shots], end: Block) -> None:
    words = case.words
    heading = section(words.section(number, "photos"), words("photos.note", len(case.facts.pictures)))
    under = max(0.0, min(end.height(COLUMN) + 16, flow.full - rows[-1].height(COLUMN) - 20))
    alone = under if len(rows) == 1 and _is_plain(case) else 0.0
    flow.add(heading, before=16, need=rows[0].height(COLUMN) + 8 + min(alone, flow.full - 300), title=words["photos"])
    for row in rows[:-1]:
        flow.add(row, before=7)
    flow.add(rows[-1], before=7, need=under)
    flow.add(end, before=16, title=words["closing"])
