"""Makes merged state and every projected row anew from the log: the proof that nothing else was ever written there."""

from collections.abc import Sequence

from sqlalchemy import Row, delete, select, text
from sqlalchemy.orm import Session

from inspector_app.store.schema import PROJECTIONS, entity, gone, log
from inspector_app.store.taking import Taking
from inspector_app.sync import envelope

BATCH = 1_000


def rebuild(session: Session) -> int:
    """Replay the log in the caller's transaction; gives the number of Changesets. Memory is one batch.

    An entity of which some body is missing (it came by snapshot, or was pruned) keeps its merged state.
    """
    carried = select(log.c.ent).where(log.c.body.is_(None))
    session.execute(delete(entity).where(entity.c.id.not_in(carried)))
    session.execute(delete(gone).where(gone.c.ent.not_in(carried)))
    for table in PROJECTIONS:
        session.execute(delete(table))
    session.execute(text("INSERT INTO site_text (site_text) VALUES ('delete-all')"))
    done, place = 0, 0
    query = select(log.c.pos, log.c.body, log.c.origin).order_by(log.c.pos).limit(BATCH)
    query = query.where(log.c.ent.not_in(carried))
    _project_again(session)
    while rows := session.execute(query.where(log.c.pos > place)).all():
        _replay(session, rows)
        place = rows[-1].pos
        done += len(rows)
    return done


def _project_again(session: Session) -> None:
    """Entities that came as states have no history here to replay: their rows are made from the merged state."""
    ids = list(session.execute(select(entity.c.id).order_by(entity.c.id)).scalars())
    for start in range(0, len(ids), BATCH):
        taking = Taking(session)
        taking.load(ids[start : start + BATCH], ())
        taking.touch_all()
        taking.finish()


def _replay(session: Session, rows: Sequence[Row[int, bytes | None, str]]) -> None:
    taking = Taking(session)
    found = [(envelope.parse(row.body or b""), row.origin) for row in rows]
    parents = {cs for one, _ in found for heads in one.prev.values() for cs in heads}
    taking.load({one.id for one, _ in found}, parents, before=rows[0].pos)
    for one, origin in found:
        taking.merge(taking.entity(one.id, one.e, one.sc or origin), one)
    taking.finish()
