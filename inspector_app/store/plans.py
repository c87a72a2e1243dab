"""Reads planned visits: those still to be made, by day or by Site."""

from sqlalchemy import RowMapping, select
from sqlalchemy.orm import Session

from inspector_app.domain.plan import Plan
from inspector_app.store.schema import plan_row


def get(session: Session, plan: str) -> Plan | None:
    """One plan, done or not."""
    row = session.execute(select(plan_row).where(plan_row.c.id == plan)).mappings().first()
    return _plan(row) if row else None


def waiting(session: Session, *, until: str = "9999", site: str = "", team: int = 0, limit: int = 200) -> list[Plan]:
    """Plans without a visit whose day is not after `until`, earliest first; of one Site or Team where given."""
    row = plan_row.c
    query = select(plan_row).where(row.visit == "", row.day <= until).order_by(row.day, row.id)
    if site:
        query = query.where(row.site == site)
    if team:
        query = query.where(row.team == team)
    return [_plan(found) for found in session.execute(query.limit(limit)).mappings()]


def _plan(row: RowMapping) -> Plan:
    return Plan(**{name: row[name] for name in row})
