"""The only writer of records: an Edit becomes Changeset, merged state, projected rows and Outbox entry at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from inspector_app.domain.changeset import DELETED, Edit, Touched, Value
from inspector_app.domain.errors import UserError
from inspector_app.domain.ids import new_id
from inspector_app.domain.seal import KIND as SEAL
from inspector_app.store import incarnation, leaving, schema
from inspector_app.store.author import Author, author_of
from inspector_app.store.states import Entity
from inspector_app.store.taking import Taking
from inspector_app.sync import envelope, merge
from inspector_app.sync.ports import PulledRow
from inspector_app.sync.pulling import unread_row
from inspector_app.sync.wire import StateRow

MARKING = frozenset((DELETED, "status", "signed"))
"""Fields whose author must have seen everything: their Changesets carry `saw` (sync.md §4)."""
SCHEMA_VERSION = 1


def append(session: Session, edits: Sequence[Edit]) -> Touched:
    """Save each Edit as one Changeset, all in the caller's transaction; what changed is returned.

    Raises UserError for a value no record can carry (a NUL or broken character, more than 256 KiB).
    """
    edits = [edit for edit in edits if edit.values]
    if not edits:
        return Touched()
    writing = _Writing(session)
    writing.load(edits)
    for edit in edits:
        writing.add(edit)
    return writing.finish()


@dataclass(frozen=True)
class Recovery:
    """A head of which only the value is known: written again as a replacement of it, and of all that this laptop has
    seen replaced, since the lost body may have been what replaced it (docs/decisions/0056)."""

    entity: str
    kind: str
    scope: str
    values: Mapping[str, Value]
    prev: Mapping[str, list[str]]


def recover(session: Session, lost: Sequence[Recovery]) -> Touched:
    """Own Changesets with the same values in place of lost ones (sync.md §10)."""
    if not lost:
        return Touched()
    writing = _Writing(session)
    writing.taking.load_whole({one.entity for one in lost})
    for one in lost:
        known = writing.taking.find(one.entity)
        if known is not None:
            writing.write(Edit(one.kind, one.entity, one.values, one.scope), known.state, one.prev, None)
    return writing.finish()


def apply_remote(session: Session, rows: Sequence[PulledRow]) -> Touched:
    """Merge pulled rows in the caller's transaction; known ones change nothing, unreadable ones are kept.

    Rows of one kind go together; their order does not matter to merge, but an entity that leaves and enters again does.
    """
    touched = Touched()
    for kind, batch in groupby(rows, key=lambda row: row.kind):
        touched |= _KINDS.get(kind, _keep_unknown)(session, list(batch))
    return touched


def _apply_changesets(session: Session, rows: Sequence[PulledRow]) -> Touched:
    taking = Taking(session)
    parsed = taking.read(rows)
    taking.load({found.id for _, found in parsed}, {p for _, f in parsed for heads in f.prev.values() for p in heads})
    for row, found in parsed:
        entity = taking.entity(found.id, found.e, found.sc or row.scope)
        taking.take(entity, found, row.raw, row.scope)
    head = session.execute(select(schema.device.c.id, schema.device.c.n)).one()
    if any(found.dev == head.id and found.n > head.n for _, found in parsed):
        incarnation.note_copy(session)
    return taking.finish()


def _apply_entered(session: Session, rows: Sequence[PulledRow]) -> Touched:
    _keep_unknown(session, [row for row in rows if row.state is None])
    return apply_states(session, [row.state for row in rows if row.state is not None])


def apply_states(session: Session, states: Sequence[StateRow]) -> Touched:
    """Join carried states (a snapshot page, entities that moved in); their Changesets are known by id from now on."""
    taking = Taking(session)
    taking.load_whole({one.id for one in states})
    for one in states:
        taking.join(one)
    return taking.finish()


def _apply_left(session: Session, rows: Sequence[PulledRow]) -> Touched:
    return leaving.leave(session, [(row.entity, row.scope) for row in rows])


def _keep_unknown(session: Session, rows: Sequence[PulledRow]) -> Touched:
    taking = Taking(session)
    for row in rows:
        taking.keep_unread(row, "kind")
    return Touched()


_KINDS: Mapping[str, Callable[[Session, Sequence[PulledRow]], Touched]] = {
    "cs": _apply_changesets,
    "enter": _apply_entered,
    "leave": _apply_left,
}


def reread(session: Session) -> Touched:
    """Try again what an earlier version could not apply; what still cannot be stays where it is (sync.md §13)."""
    kept = session.execute(select(schema.unread).where(schema.unread.c.why != "other_content")).all()
    if not kept:
        return Touched()
    session.execute(delete(schema.unread).where(schema.unread.c.why != "other_content"))
    return apply_remote(session, [unread_row(row.scope, row.seq, row.kind, row.raw) for row in kept])


def unsent_since(session: Session, entity: str) -> int | None:
    """Stamp in ms of the oldest Changeset of this entity or its children that the hub has not acknowledged."""
    children = select(schema.entity.c.id).where(schema.entity.c.parent == entity, schema.entity.c.kind != SEAL)
    mine = or_(schema.outbox.c.ent == entity, schema.outbox.c.ent.in_(children))
    found: int | None = session.execute(select(func.min(schema.outbox.c.t)).where(mine)).scalar()
    return found


@dataclass
class _Head:
    """End of this device's chain."""

    n: int
    hash: str


class _Writing:
    """Own edits on their way into the log: enveloped, signed, checked as a stranger's would be, then merged."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.author: Author = author_of(session)
        self.taking = Taking(session)
        self.outbox: list[dict[str, object]] = []
        row = session.execute(select(schema.device.c.n, schema.device.c.hash)).one()
        self.head = _Head(row.n, row.hash)
        self.children: dict[str, set[str]] = {}

    def load(self, edits: Sequence[Edit]) -> None:
        """Everything the edits will look at, in few statements."""
        ids = {edit.entity for edit in edits}
        marked = {edit.entity for edit in edits if MARKING & edit.values.keys()}
        if marked:
            query = select(schema.entity.c.id, schema.entity.c.parent).where(schema.entity.c.parent.in_(marked))
            for row in self.session.execute(query):
                self.children.setdefault(row.parent, set()).add(row.id)
        self.taking.load(ids.union(*self.children.values()), set())

    def add(self, edit: Edit) -> None:
        """One Edit on everything known of its entity."""
        known = self.taking.find(edit.entity)
        if known is None and edit.scope is None:
            raise ValueError(f"The first edit of a {edit.kind} must name its Scope.")
        state = known.state if known else merge.EntityState()
        saw = self._saw(known) if MARKING & edit.values.keys() else None
        creating = edit if known is None else replace(edit, scope=None)
        self.write(creating, state, merge.parents(state, list(edit.values)), saw)

    def write(
        self, edit: Edit, state: merge.EntityState, prev: Mapping[str, list[str]], saw: Sequence[str] | None
    ) -> None:
        """Envelope, signature, merge, and a place in the Outbox."""
        fields: dict[str, object] = {
            "v": 1,
            "cs": new_id(),
            "dev": self.author.identity.device,
            "n": self.head.n + 1,
            "ph": self.head.hash,
            "t": merge.next_stamp(state, list(edit.values), self.author.clock()),
            "u": self.author.user,
            "sv": SCHEMA_VERSION,
            "e": edit.kind,
            "id": edit.entity,
            "sc": edit.scope,
            "set": envelope.fields_of(edit.values),
            "prev": prev or None,
            "saw": saw,
            "alg": "ed25519",
        }
        raw, chain = self._seal(fields)
        found = envelope.parse(raw)
        self.taking.take(self.taking.entity(edit.entity, edit.kind, edit.scope or ""), found, raw, "own")
        self.head = _Head(found.n, chain)
        self.outbox.append(
            {"cs": found.cs, "n": found.n, "t": found.t, "ent": found.id, "tries": 0, "state": "ready", "code": ""}
        )

    def _seal(self, fields: Mapping[str, object]) -> tuple[bytes, str]:
        try:
            return envelope.seal(fields, self.author.identity.key)
        except UnicodeEncodeError:
            raise UserError("text_broken", "The text holds a broken character; delete it and type it again.") from None

    def _saw(self, known: Entity | None) -> list[str] | None:
        """Heads of the entity and its children at this moment; None for something quite new."""
        if known is None:
            return None
        family = [known, *(self.taking.find(child) for child in self.children.get(known.id, ()))]
        return sorted(set().union(*(merge.all_heads(one.state) for one in family if one)))

    def finish(self) -> Touched:
        """Write the batch."""
        touched = self.taking.finish()
        self.session.execute(insert(schema.outbox), self.outbox)
        self.session.execute(update(schema.device).values(n=self.head.n, hash=self.head.hash))
        return touched
