"""Entities that left this laptop's Scopes: forgotten once nothing of them waits to be sent (sync.md §7, trap 22)."""

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from inspector_app.domain.changeset import Touched, touched_by
from inspector_app.store import schema, settings
from inspector_app.store.projections import REGISTRY, Shown
from inspector_app.store.taking import any_of

_LEFT = "left:"
"""Settings keys `left:<entity>` with the Scope it left, while its Outbox is not empty."""


def leave(session: Session, left: Iterable[tuple[str, str]]) -> Touched:
    """Forget these (entity, Scope); unsent work keeps its entity until it is acknowledged."""
    for entity, scope in left:
        settings.put(session, _LEFT + entity, scope)
    return purge(session)


def lose_scopes(session: Session, hub: str, readable: set[str]) -> Touched:
    """Scopes that the hub no longer lets this laptop read: their entities leave, their cursors go."""
    cursor, entity = schema.cursor.c, schema.entity.c
    kept = set(session.execute(select(cursor.scope).where(cursor.hub == hub)).scalars())
    lost = kept - readable
    if not lost:
        return Touched()
    session.execute(delete(schema.cursor).where(cursor.hub == hub, cursor.scope.in_(sorted(lost))))
    rows = session.execute(select(entity.id, entity.scope).where(entity.scope.in_(sorted(lost)))).all()
    return leave(session, [(row.id, row.scope) for row in rows])


def purge(session: Session) -> Touched:
    """Take away what has left, came back nowhere else, and has nothing unsent."""
    setting = schema.setting.c
    rows = session.execute(select(setting.key, setting.value).where(setting.key.startswith(_LEFT))).all()
    if not rows:
        return Touched()
    left = {row.key.removeprefix(_LEFT): row.value for row in rows}
    waiting = set(session.execute(select(schema.outbox.c.ent).where(schema.outbox.c.state != "held")).scalars())
    found = session.execute(select(schema.entity).where(any_of(schema.entity.c.id, left))).mappings().all()
    gone = [one for one in found if one["scope"] == left[one["id"]] and one["id"] not in waiting]
    done = left.keys() - {one["id"] for one in found if one["id"] in waiting and one["scope"] == left[one["id"]]}
    session.execute(delete(schema.setting).where(any_of(setting.key, [_LEFT + one for one in done])))
    return _forget(session, [(one["kind"], one["id"]) for one in gone])


def _forget(session: Session, gone: list[tuple[str, str]]) -> Touched:
    """Rows, merge state and history: a later `enter` brings all of it again, so no id may stay behind as seen."""
    ids = [entity for _, entity in gone]
    for kind in {kind for kind, _ in gone}:
        if project := REGISTRY.get(kind):
            project(session, [Shown(entity, None, 0) for each, entity in gone if each == kind])
    for column in (schema.entity.c.id, schema.gone.c.ent, schema.log.c.ent):
        session.execute(delete(column.table).where(any_of(column, ids)))
    return touched_by(gone)
