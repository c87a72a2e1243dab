"""Papers that follow a finished visit and carry a number of their own, given once and kept: Notice, recheck record."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from inspector_app.domain.changeset import Edit, Touched, Value, team_scope
from inspector_app.domain.clock import iso, moment
from inspector_app.domain.errors import UserError
from inspector_app.domain.finding import Finding, FindingStatus
from inspector_app.domain.ids import derived_id
from inspector_app.operations import letterhead, reporting
from inspector_app.operations.photographing import RECHECK
from inspector_app.reports.facts import NoticeFacts
from inspector_app.store import findings, inspections, log, numbers, papers, photos
from inspector_app.store.database import Store
from inspector_app.store.papers import Paper

NUMBERED = ("notice", "recheck")
"""Papers that are issued: until then they print as drafts."""


def offered(store: Store, inspection_id: str) -> tuple[str, ...]:
    """Kinds of paper that make sense of a visit as it is now: no Notice without Findings, no recheck before a Notice."""
    with store.reading() as session:
        found = findings.ids(session, inspection=inspection_id, limit=1)
        noticed = papers.of_inspection(session, inspection_id, "notice")
    return ("inspection", "one-page", *(("notice",) if found else ()), *(("recheck",) if noticed else ()))


def issue(store: Store, inspection_id: str, kind: str = "notice") -> tuple[Paper, Touched]:
    """The paper's number, drawn from a series of its own the first time and the same ever after.

    A recheck record has a new one once something has happened to a Finding since the last.
    """
    if kind == "recheck":
        refuse_without_notice(store, inspection_id)
    seen = seen_now(store, inspection_id) if kind == "recheck" else {}
    with store.writing() as session:
        visit = inspections.get(session, inspection_id)
        if visit is None:
            raise UserError("visit_unknown", "This visit is not on this laptop.")
        if not visit.finished:
            raise UserError("visit_unfinished", "A notice is issued after the visit is finished; finish it first.")
        known = papers.of_inspection(session, inspection_id, kind)
        if known and known[-1].seen == seen:
            return known[-1], Touched()
        worded = _worded(store, visit.inspectors) if kind == "notice" else {}
        at = store.clock()
        number = numbers.next_paper_number(session, kind, moment(at).year, visit.team)
        ident = derived_id(inspection_id, f"{kind}:{len(known)}" if known else kind)
        paper = Paper(ident, inspection_id, kind, number, iso(at), store.me.name, seen, **worded)
        log.append(session, [_edit(paper, visit.team)])
    return paper, Touched(inspections=frozenset((inspection_id,)), sync=True)


def _worded(store: Store, inspectors: Sequence[str]) -> dict[str, str]:
    """How a Notice is worded from now on; raises UserError for an order without two numbers of certificates."""
    on_paper = letterhead.read(store, "zh-Hant")
    if on_paper.wording != letterhead.ENFORCEMENT:
        return {}
    bare = [name for name in inspectors if not reporting.certificate_of(store, on_paper, name)]
    if bare or len(inspectors) < 2:
        names = "、".join(bare)
        raise UserError(
            "order_certificates",
            f"An order needs two inspectors with certificate numbers; missing for: {names}. Enter them in Settings.",
            names=names,
        )
    return {"wording": on_paper.wording, "remedies": on_paper.remedies}


def refuse_without_notice(store: Store, inspection_id: str) -> None:
    """Raises UserError: a recheck refers to a Notice."""
    with store.reading() as session:
        noticed = papers.of_inspection(session, inspection_id, "notice")
    if not noticed:
        raise UserError("recheck_before_notice", "A recheck record refers to a notice; issue the notice first.")


def seen_now(store: Store, inspection_id: str) -> dict[str, dict[str, str]]:
    """What has become of each Finding, as a recheck record keeps it."""
    with store.reading() as session:
        taken = photos.of_inspection(session, inspection_id)
        found = findings.many(session, findings.ids(session, inspection=inspection_id, limit=10_000))
    pictures: dict[str, list[str]] = {}
    for photo in taken:
        if photo.item.startswith(RECHECK):
            pictures.setdefault(photo.item.removeprefix(RECHECK), []).append(photo.id)
    return {one.id: _seen(one, pictures.get(one.item, [])) for one in found}


def _seen(finding: Finding, pictures: list[str]) -> dict[str, str]:
    is_closed = finding.status is FindingStatus.CLOSED
    return {
        "status": finding.status.value,
        "by": finding.closed_by if is_closed else finding.rechecked_by,
        "at": finding.closed if is_closed else finding.rechecked,
        "note": finding.recheck_note,
        "deadline": "" if is_closed else finding.recheck_deadline,
        "photos": ",".join(pictures),
    }


def _edit(paper: Paper, team: int) -> Edit:
    names = ("inspection", "kind", "number", "issued", "issued_by")
    seen: dict[str, Value] = {name: dict(facts) for name, facts in paper.seen.items()}
    worded = {name: text for name in ("wording", "remedies") if (text := getattr(paper, name))}
    values = {name: getattr(paper, name) for name in names} | {"seen": seen} | worded
    return Edit("paper", paper.id, values, team_scope(team))


def notice_facts(store: Store, inspection_id: str, *, language: str = "zh-Hant") -> NoticeFacts:
    """Everything on the 整改建議通知單; one that was never issued has no number and prints as a draft."""
    visit = reporting.inspection_facts(store, inspection_id, language=language)
    if visit.draft:
        raise UserError("visit_unfinished", "A notice is issued after the visit is finished; finish it first.")
    with store.reading() as session:
        known = papers.of_inspection(session, inspection_id, "notice")
    copies = tuple(name for name in (visit.site.street, visit.site.department) if name)
    number, issued = (known[0].number, datetime.fromisoformat(known[0].issued)) if known else ("", None)
    on_paper = letterhead.read(store, language)
    orders = on_paper.wording == letterhead.ENFORCEMENT
    worded = (on_paper.wording, on_paper.remedies) if orders else ("", "")
    if known:
        worded = (known[0].wording, known[0].remedies)
    return NoticeFacts(number, issued, replace(visit, sections=(), pictures=()), copies, *worded)
