"""Reads Findings: by status, visit, Site, Deadline or words."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, TypedDict, Unpack

from sqlalchemy import ColumnElement, Row, Select, case, func, or_, select
from sqlalchemy.orm import Session

from inspector_app.domain.finding import UNFINISHED, Finding, FindingStatus, Level
from inspector_app.store.schema import finding_row, site_row
from inspector_app.store.taking import any_of

_COLUMNS = tuple(finding_row.c[field.name] for field in fields(Finding))


class Wanted(TypedDict, total=False):
    """Filters of a list; what is absent or empty does not filter. `overdue_at` is a moment in ms, `text` plain words."""

    status: Sequence[str]
    inspection: str
    site: str
    overdue_at: int | None
    text: str


def ids(session: Session, *, limit: int = 10_000, **wanted: Unpack[Wanted]) -> list[str]:
    """Ids, the most urgent first: by Deadline, those without one last."""
    query = _narrowed(select(finding_row.c.id), wanted)
    undated = case((finding_row.c.due_ms == 0, 1), else_=0)
    ordered = query.order_by(undated, finding_row.c.due_ms, finding_row.c.item, finding_row.c.id)
    return list(session.execute(ordered.limit(limit)).scalars())


def count(session: Session, **wanted: Unpack[Wanted]) -> int:
    """How many Findings the filters leave."""
    return session.execute(_narrowed(select(func.count(finding_row.c.id)), wanted)).scalar_one()


def _narrowed(query: Select[Any], wanted: Wanted) -> Select[Any]:
    if statuses := wanted.get("status"):
        query = query.where(finding_row.c.status.in_([str(status) for status in statuses]))
    if inspection := wanted.get("inspection"):
        query = query.where(finding_row.c.inspection == inspection)
    if site := wanted.get("site"):
        query = query.where(finding_row.c.site == site)
    if (now := wanted.get("overdue_at")) is not None:
        unfinished = finding_row.c.status.in_([status.value for status in UNFINISHED])
        query = query.where(unfinished, finding_row.c.due_ms > 0, finding_row.c.due_ms < now)
    for word in wanted.get("text", "").split():
        query = query.where(_holds(word))
    return query


def _holds(word: str) -> ColumnElement[bool]:
    """The word in requirement, observation, Item or owner, or in the name of the Site."""
    named = select(site_row.c.id).where(site_row.c.name.contains(word, autoescape=True))
    columns = (finding_row.c.requirement, finding_row.c.observation, finding_row.c.item, finding_row.c.owner)
    return or_(*(column.contains(word, autoescape=True) for column in columns), finding_row.c.site.in_(named))


def get(session: Session, finding: str) -> Finding | None:
    """One Finding by id."""
    row = session.execute(select(*_COLUMNS).where(finding_row.c.id == finding)).one_or_none()
    return _finding(row) if row else None


def many(session: Session, ids: Sequence[str]) -> list[Finding]:
    """Findings in the order of `ids`; unknown ids are left out."""
    rows = session.execute(select(*_COLUMNS).where(any_of(finding_row.c.id, ids)))
    found = {row.id: _finding(row) for row in rows}
    return [found[one] for one in ids if one in found]


def _finding(row: Row[tuple[object, ...]]) -> Finding:
    values = dict(row._mapping)
    level, status = values.pop("level"), values.pop("status")
    return Finding(
        **values,  # type: ignore[arg-type]
        level=Level(level) if level in set(Level) else Level.NORMAL,
        status=FindingStatus(status) if status in set(FindingStatus) else FindingStatus.OPEN,
    )
