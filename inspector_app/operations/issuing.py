"""Papers that follow a finished visit and carry a number of their own, given once and kept: the Notice."""

from dataclasses import replace
from datetime import datetime

from inspector_app.domain.changeset import Edit, Touched, team_scope
from inspector_app.domain.clock import iso, moment
from inspector_app.domain.errors import UserError
from inspector_app.domain.ids import derived_id
from inspector_app.operations import reporting
from inspector_app.reports.facts import NoticeFacts
from inspector_app.store import findings, inspections, log, numbers, papers
from inspector_app.store.database import Store
from inspector_app.store.papers import Paper

NUMBERED = ("notice",)
"""Papers that are issued: until then they print as drafts."""


def offered(store: Store, inspection_id: str) -> tuple[str, ...]:
    """Kinds of paper that make sense of a visit as it is now."""
    with store.reading() as session:
        found = findings.ids(session, inspection=inspection_id, limit=1)
    return ("inspection", *(("notice",) if found else ()))


def issue(store: Store, inspection_id: str, kind: str = "notice") -> tuple[Paper, Touched]:
    """The paper's number, drawn from a series of its own the first time and the same ever after."""
    with store.writing() as session:
        visit = inspections.get(session, inspection_id)
        if visit is None:
            raise UserError("visit_unknown", "This visit is not on this laptop.")
        if not visit.finished:
            raise UserError("visit_unfinished", "A notice is issued after the visit is finished; finish it first.")
        known = papers.of_inspection(session, inspection_id, kind)
        if known:
            return known[0], Touched()
        at = store.clock()
        number = numbers.next_paper_number(session, kind, moment(at).year, visit.team)
        paper = Paper(derived_id(inspection_id, kind), inspection_id, kind, number, iso(at), store.me.name, {})
        log.append(session, [_edit(paper, visit.team)])
    return paper, Touched(inspections=frozenset((inspection_id,)), sync=True)


def _edit(paper: Paper, team: int) -> Edit:
    names = ("inspection", "kind", "number", "issued", "issued_by")
    return Edit("paper", paper.id, {name: getattr(paper, name) for name in names}, team_scope(team))


def notice_facts(store: Store, inspection_id: str, *, language: str = "zh-Hant") -> NoticeFacts:
    """Everything on the 整改建議通知單; one that was never issued has no number and prints as a draft."""
    visit = reporting.inspection_facts(store, inspection_id, language=language)
    if visit.draft:
        raise UserError("visit_unfinished", "A notice is issued after the visit is finished; finish it first.")
    with store.reading() as session:
        known = papers.of_inspection(session, inspection_id, "notice")
    copies = tuple(name for name in (visit.site.street, visit.site.department) if name)
    number, issued = (known[0].number, datetime.fromisoformat(known[0].issued)) if known else ("", None)
    return NoticeFacts(number, issued, replace(visit, sections=(), pictures=()), copies)
