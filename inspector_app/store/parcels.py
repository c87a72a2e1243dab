"""What a stick carries away from this laptop, and what it brings (sync.md §12)."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Session

from inspector_app.domain.changeset import Touched
from inspector_app.store import log, schema
from inspector_app.store.taking import any_of
from inspector_app.sync.ports import PulledRow


def bodies(session: Session, *, unsent: bool) -> list[tuple[str, bytes]]:
    """(Scope, author's bytes): what the hub has not acknowledged, or everything, in the log's order."""
    rows = select(schema.entity.c.scope, schema.log.c.body).join(schema.entity, schema.entity.c.id == schema.log.c.ent)
    query = rows.where(schema.log.c.body.is_not(None)).order_by(schema.log.c.pos)
    if unsent:
        query = query.where(schema.log.c.cs.in_(select(schema.outbox.c.cs)))
    return [(row.scope, row.body) for row in session.execute(query)]


def ids_with_bodies(session: Session) -> list[str]:
    """Every Changeset that can be given away, in the log's order."""
    query = select(schema.log.c.cs).where(schema.log.c.body.is_not(None)).order_by(schema.log.c.pos)
    return list(session.execute(query).scalars())


def chosen(session: Session, ids: Iterable[str]) -> list[tuple[str, bytes]]:
    """(Scope, author's bytes) of these, in the log's order; those without a body here are left out."""
    rows = select(schema.entity.c.scope, schema.log.c.body).join(schema.entity, schema.entity.c.id == schema.log.c.ent)
    query = rows.where(any_of(schema.log.c.cs, ids), schema.log.c.body.is_not(None)).order_by(schema.log.c.pos)
    return [(row.scope, row.body) for row in session.execute(query)]


def blobs_among(session: Session, shas: Iterable[str], most: int) -> list[tuple[str, int]]:
    """(Digest, bytes) of those whose bytes are here, small ones first, about `most` bytes in all and at least one."""
    found: list[tuple[str, int]] = []
    query = select(schema.blob.c.sha, schema.blob.c.size).where(any_of(schema.blob.c.sha, shas))
    for row in session.execute(
        query.where(schema.blob.c.state != "wanted").order_by(schema.blob.c.size, schema.blob.c.sha)
    ):
        most -= row.size
        if found and most < 0:
            break
        found.append((row.sha, row.size))
    return found


def take(session: Session, rows: Sequence[PulledRow], *, forward: bool) -> Touched:
    """Apply Changesets from a stick. `forward`: what is new here goes on to the home hub with the next Round."""
    ids = select(schema.log.c.cs)
    before = set(session.execute(ids).scalars()) if forward else set()
    touched = log.apply_remote(session, rows)
    if forward:
        _forward(session, set(session.execute(ids).scalars()) - before)
    return touched


def _forward(session: Session, fresh: Iterable[str]) -> None:
    table = schema.log.c
    query = select(table.cs, table.n, table.t, table.ent).where(any_of(table.cs, fresh), table.body.is_not(None))
    rows = [{**row, "tries": 0, "state": "ready", "code": ""} for row in session.execute(query).mappings()]
    if rows:
        session.execute(upsert(schema.outbox).on_conflict_do_nothing(index_elements=["cs"]), rows)


def blobs_here(session: Session, *, unsent: bool) -> list[tuple[str, int]]:
    """(Digest, bytes) of photos whose bytes are here; `unsent` leaves out those the hub has."""
    states = ("here",) if unsent else ("here", "confirmed")
    query = select(schema.blob.c.sha, schema.blob.c.size).where(schema.blob.c.state.in_(states))
    return [(row.sha, row.size) for row in session.execute(query.order_by(schema.blob.c.size, schema.blob.c.sha))]


def blobs_wanted(session: Session, among: Iterable[str]) -> set[str]:
    """Those of `among` that records here name and whose bytes are not here."""
    found = select(schema.blob.c.sha).where(any_of(schema.blob.c.sha, among), schema.blob.c.state == "wanted")
    return set(session.execute(found).scalars())
