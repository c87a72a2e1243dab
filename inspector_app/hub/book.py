"""The part of the ledger one push touches: loaded under lock, changed in memory,
written back once per entity (sync.md §9)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import BindParameter, Connection, bindparam, delete, select

from inspector_app.hub.access import Action, may
from inspector_app.hub.bulk import among, insert_all, keys, update_all
from inspector_app.hub.heads import pack, unpack
from inspector_app.hub.offers import Offer
from inspector_app.hub.reviewing import markers, needs_review, saws_of
from inspector_app.hub.tables import chain, changeset, device, entity, gone, scope_log
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
    """One entity, under lock if it has a row; `scope` is None until its creating Changeset is accepted."""

    id: str
    type: str = ""
    scope: str | None = None
    parent: str = ""
    cs0: str = ""
    t0: int = 0
    state: EntityState = field(default_factory=EntityState)
    had_gone: bool = False
    dirty: bool = False
    is_stored: bool = False

    def shown(self, names: Iterable[str]) -> dict[str, Any]:
        """The displayed values of those fields."""
        values = merge.displayed(self.state)
        return {name: values[name] for name in names if name in values}


@dataclass
class Book:
    """Known content hashes by Changeset, chain hashes by (device, n), entities by id, parents' Scopes; and of records
    that were taken from the author's Team: the Scopes they left, where Changesets were logged, who wrote them."""

    contents: dict[str, str] = field(default_factory=dict)
    chain: dict[tuple[str, int], str] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    left: dict[str, set[str]] = field(default_factory=dict)
    logged: dict[str, set[str]] = field(default_factory=dict)
    writers: dict[str, str] = field(default_factory=dict)
    saws: dict[str, Sequence[str] | None] = field(default_factory=dict)

    def scope_of(self, entity_id: str) -> str | None:
        """The Scope of an entity, touched by this push or not."""
        touched = self.entities.get(entity_id)
        return touched.scope if touched and touched.scope else self.parents.get(entity_id)

    def moved_on(self, parent: str, place: str) -> str | None:
        """Where a child written for `place` belongs, if its parent has left that Scope; otherwise nowhere."""
        return self.scope_of(parent) if place in self.left.get(parent, ()) else None

    def is_late(self, offer: Offer) -> bool:
        """An edit for which the author had access at its `prev`: every value it replaces was logged in a Scope that the
        record left and the author may write, or is by the same device (sync.md Part C, 21)."""
        one, member = offer.envelope, offer.author.member
        places = {place for place in self.left.get(one.id, ()) if may(member, Action.WRITE, place)}
        seen = {parent for parents in one.prev.values() for parent in parents}
        return bool(places) and all(
            self.logged.get(cs, set()) & places or self.writers.get(cs) == one.dev for cs in seen
        )

    def accept(self, offer: Offer, scope: str) -> None:
        """Merge one accepted Changeset into memory."""
        one = offer.envelope
        home = self.entities[one.id]
        if home.scope is None:
            home.scope, home.type, home.cs0, home.t0 = scope, one.e, one.cs, one.t
        home.parent = parent_of(offer) or home.parent
        merge.apply(home.state, one.cs, one.t, one.set, one.prev)
        home.dirty = True
        self.contents[one.cs] = offer.content
        self.writers[one.cs] = one.dev
        self.saws[one.cs] = one.saw
        self.chain.setdefault((one.dev, one.n), offer.hash)


def parent_of(offer: Offer) -> str | None:
    """The Inspection a Finding or Photo hangs on: a child lives in its parent's Scope (sync.md §4)."""
    parent = offer.envelope.set.get("inspection")
    return parent if isinstance(parent, str) and parent != offer.envelope.id else None


_LOCKED = select(entity).where(among(entity.c.id)).order_by(entity.c.id).with_for_update()
_GONE = select(gone).where(among(gone.c.ent))
_KNOWN = select(changeset.c.cs, changeset.c.content_hash, changeset.c.ent).where(among(changeset.c.cs))
_HEADS = select(device.c.id, device.c.head_n, device.c.head_hash).where(among(device.c.id))
_NUMBERS: BindParameter[Any] = bindparam("numbers", expanding=True)
_CHAIN = select(chain.c.n, chain.c.hash).where(chain.c.dev == bindparam("dev"), chain.c.n.in_(_NUMBERS))
"""What every push asks is put together once: that cost more than the answers."""


def open_book(connection: Connection, offers: Sequence[Offer]) -> Book:
    """Lock all touched entities and their parents in id order, load what merge and judgement need. A parent is locked too,
    or a child could be left behind while it moves."""
    book = Book()
    touched, parents = {offer.envelope.id for offer in offers}, {one for offer in offers if (one := parent_of(offer))}
    for step in steps(sorted(touched | parents)):
        for row in connection.execute(_LOCKED, {"ids": keys(step)}):
            if row.id in touched:
                book.entities[row.id] = _entity(row)
            elif row.scope is not None:
                book.parents[row.id] = row.scope
    for one in touched - book.entities.keys():
        book.entities[one] = Entity(one)
    _load_gone(connection, book, [one.id for one in book.entities.values() if one.scope is not None])
    _load_known(connection, book, offers)
    _load_chain(connection, book, offers)
    _load_past(connection, book, offers)
    return book


def _load_past(connection: Connection, book: Book, offers: Sequence[Offer]) -> None:
    """Only for records that now live where their author may not write: rare, so the common push pays nothing."""
    foreign: set[str] = set()
    for offer in offers:
        for one in (offer.envelope.id, parent_of(offer)):
            place = book.scope_of(one) if one else None
            if one and place and not may(offer.author.member, Action.WRITE, place):
                foreign.add(one)
    for step in steps(sorted(foreign)):
        rows = select(scope_log.c.scope, scope_log.c.kind, scope_log.c.cs, scope_log.c.ent)
        for row in connection.execute(rows.where(scope_log.c.ent.in_(step) & (scope_log.c.kind != "enter"))):
            if row.kind == "leave":
                book.left.setdefault(row.ent, set()).add(row.scope)
            else:
                book.logged.setdefault(row.cs, set()).add(row.scope)
        writers = select(changeset.c.cs, changeset.c.dev).where(changeset.c.ent.in_(step))
        book.writers.update((row.cs, row.dev) for row in connection.execute(writers))


def _entity(row: Any) -> Entity:
    if row.scope is None:  # left by an earlier version's push that was refused
        return Entity(row.id, is_stored=True)
    state = unpack(row.doc, row.heads, row.cs0, row.t0)
    return Entity(row.id, row.type, row.scope, row.parent or "", row.cs0, row.t0, state, is_stored=True)


def _load_gone(connection: Connection, book: Book, ids: Sequence[str]) -> None:
    for step in steps(ids):
        for row in connection.execute(_GONE, {"ids": keys(step)}):
            home = book.entities[row.ent]
            home.state.gone.setdefault(row.field, set()).add(row.cs)
            home.had_gone = True


def _load_known(connection: Connection, book: Book, offers: Sequence[Offer]) -> None:
    """`seen` needs only the ids this push mentions, not an entity's whole history."""
    mentioned = {offer.envelope.cs for offer in offers}
    for offer in offers:
        mentioned.update(parent for parents in offer.envelope.prev.values() for parent in parents)
    for step in steps(sorted(mentioned)):
        for row in connection.execute(_KNOWN, {"ids": keys(step)}):
            book.contents[row.cs] = row.content_hash
            if row.ent in book.entities:
                book.entities[row.ent].state.seen.add(row.cs)


def _load_chain(connection: Connection, book: Book, offers: Sequence[Offer]) -> None:
    """Of numbers up to a device's head the chain is asked; behind the head there is nothing, and most pushes begin there."""
    wanted: dict[str, set[int]] = {}
    for offer in offers:
        wanted.setdefault(offer.envelope.dev, set()).update((offer.envelope.n, offer.envelope.n - 1))
    for head in connection.execute(_HEADS, {"ids": keys(wanted)}):
        book.chain[head.id, head.head_n] = head.head_hash
        before = sorted(number for number in wanted[head.id] if number <= head.head_n)
        for step in steps(before if before != [head.head_n] else ()):
            taken = connection.execute(_CHAIN, {"dev": head.id, "numbers": step})
            book.chain.update(((head.id, row.n), row.hash) for row in taken)


def close_book(connection: Connection, book: Book, last_seq: dict[str, int]) -> None:
    """Write every changed entity back. Raises IntegrityError when another push has begun one of them meanwhile: there
    was no row to lock, so this push must look again."""
    dirty = [one for one in book.entities.values() if one.dirty]
    _load_saws(connection, book, dirty)
    rows = {one.id: _row(one, book.saws, last_seq[one.id]) for one in dirty}
    insert_all(connection, entity, [rows[one.id] for one in sorted(dirty, key=_id_of) if not one.is_stored])
    update_all(connection, entity, [rows[one.id] for one in dirty if one.is_stored])
    for one in dirty:
        _write_gone(connection, one)


def _id_of(one: Entity) -> str:
    return one.id


def _load_saws(connection: Connection, book: Book, dirty: Sequence[Entity]) -> None:
    """What the authors of the current markers had seen, from their own bytes."""
    unknown = {cs for one in dirty for cs in markers(one.state)} - book.saws.keys()
    for step in steps(sorted(unknown)):
        bodies = connection.execute(select(changeset.c.cs, changeset.c.body).where(changeset.c.cs.in_(step)))
        book.saws.update(saws_of((row.cs, row.body) for row in bodies))


def _row(one: Entity, saws: Mapping[str, Sequence[str] | None], last_seq: int) -> dict[str, Any]:
    packed = pack(one.state, one.cs0)
    row: dict[str, Any] = {
        "id": one.id,
        "type": one.type,
        "scope": one.scope,
        "parent": one.parent or None,
        "cs0": one.cs0,
    }
    row |= {"t0": one.t0, "doc": packed.doc, "heads": packed.heads, "conflict": packed.conflict}
    return row | {"review": needs_review(one.state, saws), "last_seq": last_seq}


def _write_gone(connection: Connection, one: Entity) -> None:
    if one.had_gone:
        connection.execute(delete(gone).where(gone.c.ent == one.id))
    rows = [{"ent": one.id, "field": name, "cs": cs} for name, ids in one.state.gone.items() for cs in sorted(ids)]
    if rows:
        insert_all(connection, gone, rows)
