"""Changesets on their way into the tables: entities loaded once, merged in memory, written back in few statements."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, RowMapping, Select, bindparam, delete, insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Session

from inspector_app.domain.changeset import DELETED, Touched, touched_by
from inspector_app.domain.errors import UserError
from inspector_app.store import plain, schema
from inspector_app.store.author import author_of
from inspector_app.store.projections import REGISTRY, Shown, write_rows
from inspector_app.store.states import Doc, Entity, deletion_markers, is_alive, latest_stamp, pack, unpack
from inspector_app.sync import envelope, merge
from inspector_app.sync.carried import read_state
from inspector_app.sync.envelope import Envelope
from inspector_app.sync.ports import PulledRow
from inspector_app.sync.wire import StateRow

_PARENTS = ("photo", "finding", "paper", "amendment")
"""Kinds that belong to the Inspection they name."""


def any_of(column: ColumnElement[str], values: Iterable[str]) -> ColumnElement[bool]:
    """`column IN values` for any number of values, as one parameter."""
    listed = text("SELECT value FROM json_each(:listed)").bindparams(
        bindparam("listed", msgspec.json.encode(list(values)).decode(), unique=True)
    )
    return column.in_(listed)


class Taking:
    """One batch of Changesets inside one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._entities: dict[str, Entity] = {}
        self._changed: dict[str, Entity] = {}
        self._had_gone: set[str] = set()
        self._log: list[dict[str, object]] = []
        self._blobs: dict[str, tuple[int, str]] = {}

    def read(self, rows: Sequence[PulledRow]) -> list[tuple[PulledRow, Envelope]]:
        """The new ones with their Envelopes. Known ones are left out, the body kept if only the id was known;
        what this version cannot apply is kept unread."""
        parsed = [(row, found) for row in rows if (found := self._parse(row))]
        known = self._known({found.cs for _, found in parsed})
        fresh: list[tuple[PulledRow, Envelope]] = []
        for row, found in parsed:
            if found.cs not in known:
                known[found.cs] = row.raw
                fresh.append((row, found))
            else:
                self._compare(row, found, known[found.cs])
        return fresh

    def _parse(self, row: PulledRow) -> Envelope | None:
        try:
            return envelope.parse(row.raw)
        except (UserError, UnicodeError) as error:
            self.keep_unread(row, getattr(error, "key", "envelope_text"))
            return None

    def _known(self, ids: Iterable[str]) -> dict[str, bytes | None]:
        rows = self._session.execute(select(schema.log.c.cs, schema.log.c.body).where(any_of(schema.log.c.cs, ids)))
        return {row.cs: row.body for row in rows}

    def _compare(self, row: PulledRow, found: Envelope, known: bytes | None) -> None:
        if known is None:
            values = {"body": row.raw, "dev": found.dev, "n": found.n, "t": found.t, "u": found.u}
            self._session.execute(update(schema.log).where(schema.log.c.cs == found.cs).values(values))
        elif known != row.raw and envelope.content_hash(known) != envelope.content_hash(row.raw):
            self.keep_unread(row, "other_content")

    def _body(self, cs: str) -> bytes | None:
        found: bytes | None = self._session.execute(select(schema.log.c.body).where(schema.log.c.cs == cs)).scalar()
        return found

    def keep_unread(self, row: PulledRow, why: str) -> None:
        """Byte for byte, for a later version."""
        values = {"scope": row.scope, "seq": row.seq, "kind": row.kind, "why": why, "raw": row.raw}
        self._session.execute(insert(schema.unread).values(values))

    def load_whole(self, entities: Iterable[str]) -> None:
        """Read entities with every Changeset they have seen: what joining states needs."""
        wanted = set(entities)
        self.load(wanted, ())
        for row in self._rows(select(schema.log.c.cs, schema.log.c.ent).where(any_of(schema.log.c.ent, wanted))):
            if row["ent"] in self._entities:
                self._entities[row["ent"]].state.seen.add(row["cs"])

    def join(self, row: StateRow) -> None:
        """Join one carried state; ids that are new here go into the log without body."""
        entity = self.entity(row.id, row.e, row.scope)
        entity.scope = row.scope
        carried = read_state(row)
        fresh = sorted(carried.seen - entity.state.seen)
        merge.join(entity.state, carried)
        if not entity.cs0:
            entity.cs0, entity.t0 = row.cs0, row.t0
        self._changed[entity.id] = entity
        bare = {"dev": "", "n": 0, "t": 0, "u": "", "body": None, "origin": row.scope}
        self._log += [{"cs": cs, "ent": row.id, **bare} for cs in fresh]
        for value in row.doc.values():
            if named := plain.blob(value):
                self._blobs[named[0]] = named[1:]

    def load(self, entities: Iterable[str], parents: Iterable[str], *, before: int | None = None) -> None:
        """Read entities with their `gone`; of `parents` (Changeset ids) the log tells which entity has seen them.

        `before` is a place in the log: what lies there or later has not been seen yet (a rebuild).
        """
        wanted = set(entities)
        gone: dict[str, list[tuple[str, str]]] = {}
        for row in self._rows(select(schema.gone).where(any_of(schema.gone.c.ent, wanted))):
            gone.setdefault(row["ent"], []).append((row["field"], row["cs"]))
        self._had_gone |= gone.keys()
        for row in self._rows(select(schema.entity).where(any_of(schema.entity.c.id, wanted))):
            self._entities[row["id"]] = unpack(row, gone.get(row["id"], ()))
        named = set(parents)
        if named:
            query = select(schema.log.c.cs, schema.log.c.ent).where(any_of(schema.log.c.cs, named))
            for row in self._rows(query if before is None else query.where(schema.log.c.pos < before)):
                if row["ent"] in self._entities:
                    self._entities[row["ent"]].state.seen.add(row["cs"])

    def _rows(self, query: Select[Any]) -> Sequence[RowMapping]:
        return self._session.execute(query).mappings().all()

    def touch_all(self) -> None:
        """Write every loaded entity again at the end, changed or not."""
        self._changed = dict(self._entities)

    def find(self, entity: str) -> Entity | None:
        """An entity that was loaded or begun in this batch."""
        return self._entities.get(entity)

    def entity(self, entity: str, kind: str, scope: str) -> Entity:
        """The entity, begun if it was unknown."""
        return self._entities.setdefault(entity, Entity(entity, kind, scope))

    def take(self, entity: Entity, found: Envelope, raw: bytes, origin: str) -> None:
        """Merge one new Changeset and note its row of the log; `origin` is 'own' or the Scope it came from."""
        self.merge(entity, found)
        self._log.append(
            {
                "cs": found.cs,
                "dev": found.dev,
                "n": found.n,
                "t": found.t,
                "u": found.u,
                "ent": found.id,
                "body": raw,
                "origin": origin,
            }
        )

    def merge(self, entity: Entity, found: Envelope) -> None:
        """Merge one Changeset that the log holds already."""
        merge.apply(entity.state, found.cs, found.t, found.set, found.prev)
        if not entity.cs0:
            entity.cs0, entity.t0 = found.cs, found.t
        if found.sc:
            entity.scope = found.sc
        self._changed[entity.id] = entity
        for value in found.set.values():
            if isinstance(value, dict) and (named := plain.blob(value)):
                self._blobs[named[0]] = named[1:]

    def finish(self) -> Touched:
        """Write log, entities, projected rows and Blob rows; give what was touched."""
        if not self._changed:
            return Touched()
        if self._log:
            self._session.execute(insert(schema.log), self._log)
        packed = [(entity, *pack(entity)) for entity in self._changed.values()]
        for entity, doc, row in packed:
            if entity.kind in _PARENTS:
                entity.parent = row["parent"] = plain.text(doc, "inspection")
        write_rows(self._session, schema.entity, [row for _, _, row in packed])
        self._write_gone()
        self._project([(entity, doc) for entity, doc, _ in packed])
        self._write_blobs()
        return touched_by([*self._pairs()])

    def _pairs(self) -> Iterable[tuple[str, str]]:
        for entity in self._changed.values():
            yield entity.kind, entity.id
            if entity.parent:
                yield "inspection", entity.parent

    def _write_gone(self) -> None:
        stale = [{"e": one} for one in self._changed if one in self._had_gone]
        if stale:
            self._session.execute(delete(schema.gone).where(schema.gone.c.ent == bindparam("e")), stale)
        rows = [
            {"ent": entity.id, "field": name, "cs": cs}
            for entity in self._changed.values()
            for name, ids in entity.state.gone.items()
            for cs in ids
        ]
        if rows:
            self._session.execute(insert(schema.gone), rows)

    def _project(self, docs: Sequence[tuple[Entity, Doc]]) -> None:
        by_kind: dict[str, list[Shown]] = {}
        for entity, doc in docs:
            shown = doc if DELETED not in doc or is_alive(entity.state, self._saw(entity)) else None
            by_kind.setdefault(entity.kind, []).append(Shown(entity.id, shown, latest_stamp(entity.state)))
        for kind, batch in by_kind.items():
            if project := REGISTRY.get(kind):
                project(self._session, batch)

    def _saw(self, entity: Entity) -> dict[str, list[str]]:
        """What the authors of deletion markers had seen, from their own bytes."""
        found = {}
        for cs in deletion_markers(entity.state):
            body = self._body(cs)
            found[cs] = msgspec.json.decode(body).get("saw") or [] if body else []
        return found

    def _write_blobs(self) -> None:
        """A Blob whose bytes are here is to be sent, any other is wanted; a state once reached is kept."""
        has_blob = author_of(self._session).has_blob
        listed: dict[str, list[dict[str, object]]] = {"here": [], "wanted": []}
        for sha, (size, mime) in self._blobs.items():
            state = "here" if has_blob(sha) else "wanted"
            listed[state].append({"sha": sha, "size": size, "mime": mime, "state": state})
        fresh = upsert(schema.blob)
        waiting = schema.blob.c.state == "wanted"
        arrived = fresh.on_conflict_do_update(index_elements=["sha"], set_={"state": "here"}, where=waiting)
        for statement, rows in ((arrived, listed["here"]), (fresh.on_conflict_do_nothing(), listed["wanted"])):
            if rows:
                self._session.execute(statement, rows)
