"""Reads Findings: what must be put right, by when."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import RowMapping, func, or_, select
from sqlalchemy.orm import Session

from inspector_app.domain.clock import milliseconds
from inspector_app.domain.finding import UNFINISHED, Finding, FindingStatus, Level
from inspector_app.store.schema import finding_row, site_row
from inspector_app.store.taking import any_of

_OPEN = [status.value for status in UNFINISHED]


def _finding(row: RowMapping) -> Finding:
    known = {name: row[name] for name in row if name not in ("due_ms", "level", "status")}
    level = Level(row["level"]) if row["level"] in Level.__members__.values() else Level.NORMAL
    known_status = row["status"] in FindingStatus.__members__.values()
    return Finding(**known, level=level, status=FindingStatus(row["status"]) if known_status else FindingStatus.OPEN)


def get(session: Session, finding: str) -> Finding | None:
    """One Finding."""
    row = session.execute(select(finding_row).where(finding_row.c.id == finding)).mappings().first()
    return _finding(row) if row else None


def many(session: Session, wanted: Sequence[str]) -> list[Finding]:
    """Findings in the order of `wanted`; unknown ids are left out."""
    rows = session.execute(select(finding_row).where(any_of(finding_row.c.id, wanted))).mappings()
    by_id = {row["id"]: _finding(row) for row in rows}
    return [by_id[one] for one in wanted if one in by_id]


def ids(  # noqa: PLR0913 - the filters of one list, all by name
    session: Session,
    *,
    status: Sequence[str] = (),
    inspection: str = "",
    site: str = "",
    team: int = 0,
    overdue_at: datetime | None = None,
    due_before: datetime | None = None,
    text: str = "",
    limit: int = 500,
) -> list[str]:
    """Ids by Deadline, soonest first, those without one last.

    `overdue_at`: only unfinished ones whose Deadline lies before; `due_before`: only those due up to then;
    `text` is looked for in Item, requirement, observation, owner and the Site's name.
    """
    row = finding_row.c
    query = select(row.id).order_by(row.due_ms == 0, row.due_ms, row.item, row.id).limit(limit)
    if status:
        query = query.where(row.status.in_([str(one) for one in status]))
    if inspection:
        query = query.where(row.inspection == inspection)
    if site:
        query = query.where(row.site == site)
    if team:
        query = query.where(row.team == team)
    if overdue_at is not None:
        query = query.where(row.status.in_(_OPEN), row.due_ms > 0, row.due_ms < milliseconds(overdue_at))
    if due_before is not None:
        query = query.where(row.due_ms > 0, row.due_ms <= milliseconds(due_before))
    for word in text.split():
        columns = (row.item, row.requirement, row.observation, row.owner, site_row.c.name)
        query = query.where(or_(*(column.contains(word, autoescape=True) for column in columns)))
    if text.split():
        query = query.join(site_row, site_row.c.id == row.site, isouter=True)
    return list(session.execute(query).scalars())


def observations(session: Session, *, most: int = 6, longest: int = 80) -> dict[str, tuple[str, ...]]:
    """What was found of each Item, as written: most often first, then the newest; `most` an Item, long ones left out."""
    row = finding_row.c
    wanted = func.trim(row.observation).label("said")
    order = (row.item, func.count().desc(), func.max(row.due_ms).desc())
    query = select(row.item, wanted).group_by(row.item, wanted).order_by(*order)
    query = query.where(wanted != "", func.length(wanted) <= longest, wanted.not_like("%\n%"))
    found: dict[str, tuple[str, ...]] = {}
    for item, said in session.execute(query):
        known = found.get(item, ())
        if len(known) < most:
            found[item] = (*known, said)
    return found
