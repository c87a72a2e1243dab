"""The part of the ledger one push touches: loaded under lock, changed in memory,
written back once per entity (sync.md §9)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, delete, select, update

from inspector_app.hub.heads import pack, unpack
from inspector_app.hub.offers import Offer
from inspector_app.hub.tables import chain, changeset, entity, gone, insert_new
from inspector_app.sync import merge
from inspector_app.sync.merge import EntityState

T = TypeVar("T")
_STEP = 500


def steps(values: Iterable[T]) -> Iterator[list[T]]:
    """Lists of at most 500, so that a statement's parameters stay bounded."""
    ordered = list(values)
    for start in range(0, len(ordered), _STEP):
        yield ordered[start : start + _STEP]


@dataclass
class Entity:
    """One entity under lock; `scope` is None until its creating Changeset is accepted."""

    id: str
    type: str = ""
    scope: str | None = None
    cs0: str = ""
    t0: int = 0
    state: EntityState = field(default_factory=EntityState)
    had_gone: bool = False
    dirty: bool = False


@dataclass
class Book:
    """Known content hashes by Changeset, chain hashes by (device, n), entities by id."""

    contents: dict[str, str] = field(default_factory=dict)
    chain: dict[tuple[str, int], str] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)

    def scope_of(self, entity_id: str) -> str | None:
        """The Scope of an entity, touched by this push or not."""
        touched = self.entities.get(entity_id)
        return touched.scope if touched and touched.scope else self.parents.get(entity_id)

    def accept(self, offer: Offer, scope: str) -> None:
        """Merge one accepted Changeset into memory."""
        one = offer.envelope
        home = self.entities[one.id]
        if home.scope is None:
            home.scope, home.type, home.cs0, home.t0 = scope, one.e, one.cs, one.t
        merge.apply(home.state, one.cs, one.t, one.set, one.prev)
        home.dirty = True
        self.contents[one.cs] = offer.content
        self.chain.setdefault((one.dev, one.n), offer.hash)


def parent_of(offer: Offer) -> str | None:
    """The Inspection a Finding or Photo hangs on: a child lives in its parent's Scope (sync.md §4)."""
    parent = offer.envelope.set.get("inspection")
    return parent if isinstance(parent, str) and parent != offer.envelope.id else None


def open_book(connection: Connection, offers: Sequence[Offer]) -> Book:
    """Create missing entity rows, lock all touched ones in id order, load what merge and judgement need."""
    book = Book()
    ids = sorted({offer.envelope.id for offer in offers})
    for step in steps(ids):
        insert_new(connection, entity, [{"id": one, "conflict": False, "last_seq": 0} for one in step])
    for step in steps(ids):
        locked = select(entity).where(entity.c.id.in_(step)).order_by(entity.c.id).with_for_update()
        for row in connection.execute(locked):
            book.entities[row.id] = _entity(row)
    _load_gone(connection, book, ids)
    _load_known(connection, book, offers)
    _load_chain(connection, book, offers)
    parents = {parent for offer in offers if (parent := parent_of(offer))}
    for step in steps(parents):
        scopes = select(entity.c.id, entity.c.scope).where(entity.c.id.in_(step) & entity.c.scope.is_not(None))
        book.parents.update((row.id, row.scope) for row in connection.execute(scopes))
    return book


def _entity(row: Any) -> Entity:
    if row.scope is None:
        return Entity(row.id)
    return Entity(row.id, row.type, row.scope, row.cs0, row.t0, unpack(row.doc, row.heads, row.cs0, row.t0))


def _load_gone(connection: Connection, book: Book, ids: Sequence[str]) -> None:
    for step in steps(ids):
        for row in connection.execute(select(gone).where(gone.c.ent.in_(step))):
            home = book.entities[row.ent]
            home.state.gone.setdefault(row.field, set()).add(row.cs)
            home.had_gone = True


def _load_known(connection: Connection, book: Book, offers: Sequence[Offer]) -> None:
    """`seen` needs only the ids this push mentions, not an entity's whole history."""
    mentioned = {offer.envelope.cs for offer in offers}
    for offer in offers:
        mentioned.update(parent for parents in offer.envelope.prev.values() for parent in parents)
    for step in steps(sorted(mentioned)):
        known = select(changeset.c.cs, changeset.c.content_hash, changeset.c.ent).where(changeset.c.cs.in_(step))
        for row in connection.execute(known):
            book.contents[row.cs] = row.content_hash
            if row.ent in book.entities:
                book.entities[row.ent].state.seen.add(row.cs)


def _load_chain(connection: Connection, book: Book, offers: Sequence[Offer]) -> None:
    wanted: dict[str, set[int]] = {}
    for offer in offers:
        wanted.setdefault(offer.envelope.dev, set()).update((offer.envelope.n, offer.envelope.n - 1))
    for dev, numbers in wanted.items():
        for step in steps(sorted(numbers)):
            taken = select(chain.c.n, chain.c.hash).where((chain.c.dev == dev) & chain.c.n.in_(step))
            book.chain.update(((dev, row.n), row.hash) for row in connection.execute(taken))


def close_book(connection: Connection, book: Book, last_seq: dict[str, int]) -> None:
    """Write every changed entity back; rows that stayed empty disappear."""
    dirty = [one for one in book.entities.values() if one.dirty]
    rows = []
    for one in dirty:
        packed = pack(one.state, one.cs0)
        row = {"key": one.id, "type": one.type, "scope": one.scope, "cs0": one.cs0, "t0": one.t0}
        rows.append(
            {**row, "doc": packed.doc, "heads": packed.heads, "conflict": packed.conflict, "last_seq": last_seq[one.id]}
        )
    if rows:
        names = [name for name in rows[0] if name != "key"]
        values: dict[str, Any] = {name: bindparam(name) for name in names}
        connection.execute(update(entity).where(entity.c.id == bindparam("key")).values(values), rows)
    for one in dirty:
        _write_gone(connection, one)
    empty = [one.id for one in book.entities.values() if one.scope is None]
    for step in steps(empty):
        connection.execute(delete(entity).where(entity.c.id.in_(step) & entity.c.scope.is_(None)))


def _write_gone(connection: Connection, one: Entity) -> None:
    if one.had_gone:
        connection.execute(delete(gone).where(gone.c.ent == one.id))
    rows = [{"ent": one.id, "field": name, "cs": cs} for name, ids in one.state.gone.items() for cs in sorted(ids)]
    if rows:
        connection.execute(gone.insert(), rows)
