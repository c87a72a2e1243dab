"""What happened on this laptop, in plain words: Rounds, repairs, things a person should look at."""

from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from inspector_app.store.schema import event

KEPT = 2_000
"""Older lines are dropped."""


@dataclass(frozen=True)
class Line:
    """One line; `at_ms` is the laptop's clock."""

    at_ms: int
    kind: str
    text: str


def write(session: Session, at_ms: int, kind: str, text: str) -> None:
    """Add a line."""
    session.execute(insert(event).values(at=at_ms, kind=kind, text=text))
    session.execute(delete(event).where(event.c.pos <= select(func.max(event.c.pos) - KEPT).scalar_subquery()))


def latest(session: Session, count: int) -> list[Line]:
    """The newest lines, newest first."""
    rows = session.execute(select(event).order_by(event.c.pos.desc()).limit(count))
    return [Line(row.at, row.kind, row.text) for row in rows]
