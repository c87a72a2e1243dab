"""Reads Inspections: one with all Answers, lists of heads, values in conflict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from inspector_app.domain.changeset import Value
from inspector_app.domain.inspection import (
    ANSWER_PREFIX,
    DEADLINE_PREFIX,
    Inspection,
    Result,
    Signing,
    Status,
)
from inspector_app.store import plain
from inspector_app.store.schema import entity, form, inspection_row, site_row
from inspector_app.store.states import Doc, unpack
from inspector_app.store.taking import any_of
from inspector_app.sync import merge

MIN_PREFIX = 6


@dataclass(frozen=True)
class InspectionHead:
    """What a list shows of an Inspection. `total` is 0 where the number of applicable Items is not known."""

    id: str
    site: str
    site_name: str
    team: int
    started: str
    finished: str
    status: Status
    number: str
    result: Result
    answered: int
    total: int
    inspectors: tuple[str, ...]


def get(session: Session, inspection: str) -> Inspection | None:
    """One Inspection with its Answers."""
    query = select(entity.c.doc, inspection_row.c.saved_ms).join(inspection_row, inspection_row.c.id == entity.c.id)
    row = session.execute(query.where(entity.c.id == inspection)).one_or_none()
    return _inspection(inspection, msgspec.json.decode(row.doc), row.saved_ms) if row else None


def _inspection(inspection: str, doc: Doc, saved_ms: int) -> Inspection:
    texts = ("site", "form", "form_version", "form_hash", "started", "kind", "stage", "finished", "number")
    signature = plain.blob(doc.get("signature"))
    return Inspection(
        id=inspection,
        **{name: plain.text(doc, name) for name in texts},
        team=plain.number(doc, "team"),
        inspectors=plain.texts(doc, "inspectors"),
        status=_status(plain.text(doc, "status")),
        result=_result(plain.text(doc, "result")),
        signing=Signing(
            **{name: plain.text(doc, name) for name in ("head_name", "head_post", "refused", "witness")},
            signature=signature[0] if signature else "",
        ),
        answers=_beginning(doc, ANSWER_PREFIX),
        deadlines={name.removeprefix(DEADLINE_PREFIX): text for name, text in _beginning(doc, DEADLINE_PREFIX).items()},
        saved_ms=saved_ms,
    )


def _beginning(doc: Doc, prefix: str) -> Mapping[str, str]:
    return {name: plain.text(doc, name) for name, value in doc.items() if name.startswith(prefix) and value != ""}


def _status(text: str) -> Status:
    return Status.FINISHED if text == Status.FINISHED else Status.DRAFT


def _result(text: str) -> Result:
    return Result(text) if text in set(Result) else Result.OPEN


def ids(session: Session, *, status: str = "", site: str = "", team: int = 0, limit: int = 10_000) -> list[str]:
    """Ids, newest visit first; empty values do not filter."""
    query = select(inspection_row.c.id)
    for column, wanted in (
        (inspection_row.c.status, status),
        (inspection_row.c.site, site),
        (inspection_row.c.team, team),
    ):
        query = query.where(column == wanted) if wanted else query
    order = query.order_by(inspection_row.c.started.desc(), inspection_row.c.id.desc())
    return list(session.execute(order.limit(limit)).scalars())


def count(session: Session, *, status: str = "") -> int:
    """How many Inspections there are."""
    query = select(func.count()).select_from(inspection_row)
    return session.execute(query.where(inspection_row.c.status == status) if status else query).scalar_one()


def heads(session: Session, wanted: Sequence[str]) -> list[InspectionHead]:
    """Heads in the order of `wanted`; unknown ids are left out."""
    rows = session.execute(_heads().where(any_of(inspection_row.c.id, wanted)))
    found = {
        row.id: InspectionHead(
            id=row.id,
            site=row.site,
            site_name=row.site_name or "",
            team=row.team,
            started=row.started,
            finished=row.finished,
            status=_status(row.status),
            number=row.number,
            result=_result(row.result),
            answered=row.answered,
            total=msgspec.json.decode(row.totals or "{}").get(row.site_type, 0),
            inspectors=tuple(msgspec.json.decode(row.inspectors)),
        )
        for row in rows
    }
    return [found[one] for one in wanted if one in found]


def _heads() -> Select[tuple[object, ...]]:
    names = (site_row.c.name.label("site_name"), site_row.c.type.label("site_type"), form.c.totals)
    joined = inspection_row.outerjoin(site_row, site_row.c.id == inspection_row.c.site)
    return select(inspection_row, *names).select_from(joined.outerjoin(form, form.c.hash == inspection_row.c.form_hash))


def matching(session: Session, text: str) -> list[str]:
    """Ids of Inspections meant by an id, by the beginning of an id (6 characters or more), or by an exact number."""
    text = text.strip()
    if not text:
        return []
    meant = or_(inspection_row.c.id == text, inspection_row.c.number == text)
    if len(text) >= MIN_PREFIX:
        meant = or_(meant, inspection_row.c.id.startswith(text.lower(), autoescape=True))
    return list(session.execute(select(inspection_row.c.id).where(meant).order_by(inspection_row.c.id)).scalars())


def conflicts(session: Session, inspection: str) -> dict[str, list[dict[str, Value]]]:
    """Field → its different values, newest first, as {"cs", "t" (ms), "value"}."""
    row = (
        session.execute(select(entity).where(entity.c.id == inspection, entity.c.conflict > 0)).mappings().one_or_none()
    )
    if row is None:
        return {}
    found = merge.conflicts(unpack(dict(row), ()).state)
    return {
        name: [{"cs": cs, "t": stamp, "value": value} for cs, stamp, value in heads] for name, heads in found.items()
    }
