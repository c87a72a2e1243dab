"""Compares journal and data at start: every record that waits to be sent must be there with its Changeset."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from inspector_app.store import journal, rebuilding
from inspector_app.store.schema import entity, log, outbox


def check(session: Session, now_ms: int) -> bool:
    """Whether all is as it was written. If not, records are made anew from the log in the caller's transaction and a line
    of the journal says so; the log itself is never altered."""
    lacking = session.execute(_lacking(entity.c.id.is_(None) & log.c.cs.is_not(None))).scalar_one()
    lost = session.execute(_lacking(log.c.cs.is_(None))).scalar_one()
    if lacking:
        rebuilding.rebuild(session)
        journal.write(
            session, now_ms, "rebuilt", f"{lacking} records differed from the log and were made anew from it."
        )
    if lost:
        journal.write(
            session, now_ms, "damaged", f"{lost} unsent changes are missing in the log; show this to somebody."
        )
    return not lacking and not lost


def _lacking(what: object) -> Select[int]:
    joined = outbox.join(log, log.c.cs == outbox.c.cs, isouter=True).join(
        entity, entity.c.id == outbox.c.ent, isouter=True
    )
    return select(func.count()).select_from(joined).where(what)  # type: ignore[arg-type]
