"""Facts of the 復查記錄: each Finding of a Notice with what the recheck saw, old photos beside new."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from inspector_app.domain.errors import UserError
from inspector_app.operations import issuing, reporting
from inspector_app.reports.facts import Found, Officer, Picture, RecheckFacts, RecheckLine
from inspector_app.store import findings, papers, photos
from inspector_app.store.database import Store
from inspector_app.store.papers import Paper


def recheck_facts(store: Store, subject: str, *, language: str = "zh-Hant") -> RecheckFacts:
    """`subject` is a visit's id, or `id#number` for the record that got this number; as things stand now without one.

    A state that no record has been issued for is a draft without number.
    """
    inspection_id, _, number = subject.partition("#")
    visit = reporting.inspection_facts(store, inspection_id, language=language)
    issuing.refuse_without_notice(store, inspection_id)
    now = issuing.seen_now(store, inspection_id)
    with store.reading() as session:
        notice = papers.of_inspection(session, inspection_id, "notice")[0]
        issued = papers.of_inspection(session, inspection_id, "recheck")
        known = findings.many(session, list(now))
    paper = _wanted(issued, number) if number else next((one for one in issued[-1:] if one.seen == now), None)
    seen = paper.seen if paper else now
    after = _after(store, [ident for facts in seen.values() for ident in facts.get("photos", "").split(",") if ident],
                   len(visit.pictures))  # fmt: skip
    founds = {found.item: found for found in visit.findings}
    lines = tuple(
        _line(founds[one.item], seen[one.id], after) for one in known if one.id in seen and one.item in founds
    )
    people = tuple(dict.fromkeys(line.by for line in lines if line.by)) or (store.me.name,)
    shown = {number for line in lines for number in line.found.photos}
    before = tuple(picture for picture in visit.pictures if picture.number in shown)
    return RecheckFacts(
        number=paper.number if paper else "",
        issued=datetime.fromisoformat(paper.issued) if paper else None,
        notice=notice.number,
        noticed=datetime.fromisoformat(notice.issued),
        visit=replace(visit, inspectors=tuple(Officer(name) for name in people), sections=(), pictures=before),
        lines=lines,
        after=tuple(after.values()),
    )


def _wanted(issued: list[Paper], number: str) -> Paper:
    found = next((one for one in issued if one.number == number), None)
    if found is None:
        raise UserError("recheck_unknown", f"There is no recheck record {number} on this laptop.", number=number)
    return found


def _after(store: Store, wanted: list[str], first: int) -> dict[str, Picture]:
    """Photo id → picture, numbered on from `first`."""
    with store.reading() as session:
        known = [photo for one in wanted if (photo := photos.get(session, one)) is not None]
    return {
        photo.id: reporting.picture(store, replace(photo, item=photo.item.partition(":")[2]), number)
        for number, photo in enumerate(known, first + 1)
    }


def _line(found: Found, seen: Mapping[str, str], after: Mapping[str, Picture]) -> RecheckLine:
    pictures = (after[ident] for ident in seen.get("photos", "").split(",") if ident in after)
    return RecheckLine(
        found=found,
        status=seen.get("status", "open"),
        by=seen.get("by", ""),
        at=_time(seen.get("at", "")),
        note=seen.get("note", ""),
        deadline=_time(seen.get("deadline", "")),
        after=tuple(picture.number for picture in pictures),
    )


def _time(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
