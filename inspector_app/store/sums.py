"""Sums over visits and Findings for reports: counts that finishing wrote down, never whole visits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from inspector_app.domain.inspection import Status
from inspector_app.domain.scoring import Tally
from inspector_app.store import projections
from inspector_app.store.schema import entity, finding_row, form, inspection_row, log, site_row, tally_row
from inspector_app.store.taking import any_of


@dataclass(frozen=True)
class Span:
    """Days as ISO dates, both included; times are stored at +08:00, so that texts compare as moments do."""

    first: str
    last: str

    def holds(self, column: ColumnElement[str]) -> ColumnElement[bool]:
        """The column's time lies on one of the days."""
        return func.substr(column, 1, 10).between(self.first, self.last)


def visits(session: Session, span: Span, *, team: int = 0) -> list[str]:
    """Ids of visits begun in a span, in order of time."""
    row = inspection_row.c
    query = select(row.id).where(span.holds(row.started)).order_by(row.started, row.id)
    return list(session.execute(query.where(row.team == team) if team else query).scalars())


def uncounted(session: Session, span: Span) -> list[str]:
    """Finished visits of a span for which no counts are kept."""
    row = inspection_row.c
    query = select(row.id).where(
        span.holds(row.started),
        row.status == Status.FINISHED.value,
        row.id.not_in(select(tally_row.c.inspection)),
    )
    return list(session.execute(query).scalars())


def keep(session: Session, inspection: str, counts: Mapping[str, Tally]) -> None:
    """Counts of a visit that was finished before counts were written down; none at all means it has no Items."""
    projections.drop_tallies(session, [inspection])
    rows = [_row(inspection, dimension, tally) for dimension, tally in counts.items()]
    projections.write_tallies(session, rows or [_row(inspection, "", Tally())])


def _row(inspection: str, dimension: str, tally: Tally) -> dict[str, object]:
    counts = {"passed": tally.passed, "failed": tally.failed, "na": tally.na, "unchecked": tally.unchecked}
    return {"inspection": inspection, "dimension": dimension, **counts}


_COUNTS = (tally_row.c.passed, tally_row.c.failed, tally_row.c.na, tally_row.c.unchecked)


def of_visits(session: Session, inspections: Sequence[str]) -> dict[str, Tally]:
    """Counts of each whole visit that is finished."""
    query = select(tally_row.c.inspection, *(func.sum(column) for column in _COUNTS))
    query = query.where(any_of(tally_row.c.inspection, inspections)).group_by(tally_row.c.inspection)
    return {row[0]: Tally(*row[1:]) for row in session.execute(query)}


def by_dimension(session: Session, span: Span, form_id: str) -> dict[tuple[int, str], Tally]:
    """(Team, Dimension) → counts of the visits of a span that were made on versions of one form."""
    row = inspection_row.c
    query = (
        select(row.team, tally_row.c.dimension, *(func.sum(column) for column in _COUNTS))
        .join(tally_row, tally_row.c.inspection == row.id)
        .join(form, form.c.hash == row.form_hash)
        .where(span.holds(row.started), form.c.form_id == form_id)
        .group_by(row.team, tally_row.c.dimension)
    )
    return {(found[0], found[1]): Tally(*found[2:]) for found in session.execute(query)}


def visited(session: Session, span: Span) -> dict[int, int]:
    """Team → distinct Sites with a finished visit in a span."""
    row = inspection_row.c
    query = select(row.team, func.count(row.site.distinct())).group_by(row.team)
    query = query.where(span.holds(row.started), row.status == Status.FINISHED.value)
    return {found[0]: found[1] for found in session.execute(query)}


def listed(session: Session) -> dict[int, tuple[int, tuple[str, ...]]]:
    """Team → Sites assigned to it, and their subdistricts, the one with most Sites first."""
    row = site_row.c
    query = select(row.team, row.street, func.count()).group_by(row.team, row.street).order_by(func.count().desc())
    found: dict[int, tuple[int, tuple[str, ...]]] = {}
    for team, street, count in session.execute(query):
        before = found.get(team, (0, ()))
        found[team] = (before[0] + count, (*before[1], street) if street else before[1])
    return found


def raised(session: Session, span: Span, *, team: int = 0) -> dict[int, int]:
    """Team → Findings of visits that were finished in a span."""
    row = finding_row.c
    query = select(row.team, func.count()).join(inspection_row, inspection_row.c.id == row.inspection)
    query = query.where(span.holds(inspection_row.c.finished)).group_by(row.team)
    return _counted(session, query.where(row.team == team) if team else query)


def moved(session: Session, span: Span, what: str, *, team: int = 0) -> dict[int, int]:
    """Team → Findings whose time `what` (closed, reported) lies in a span."""
    row = finding_row.c
    query = select(row.team, func.count()).where(span.holds(row[what])).group_by(row.team)
    return _counted(session, query.where(row.team == team) if team else query)


def _counted(session: Session, query: Select[int, int]) -> dict[int, int]:
    return {found[0]: found[1] for found in session.execute(query)}


def of_findings(session: Session, inspections: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Visit → its Findings and the vetoes among them."""
    row = finding_row.c
    veto = func.sum(row.level == "veto")
    query = select(row.inspection, func.count(), veto).where(any_of(row.inspection, inspections))
    return {found[0]: (found[1], int(found[2])) for found in session.execute(query.group_by(row.inspection))}


def latest(session: Session) -> dict[str, int]:
    """Scope → stamp in ms of the newest Changeset of its entities."""
    query = select(entity.c.scope, func.max(log.c.t)).join(log, log.c.ent == entity.c.id).group_by(entity.c.scope)
    return {found[0]: found[1] for found in session.execute(query)}
