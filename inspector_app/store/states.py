"""Merge state of one entity in its compact form: one row instead of one row per field (sync.md §4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import RowMapping

from inspector_app.domain.changeset import DELETED, Value
from inspector_app.sync.heads import Heads
from inspector_app.sync.merge import EntityState, all_heads, conflicts, displayed

Doc = Mapping[str, Value]
"""The displayed value of every field."""

_encoder = msgspec.json.Encoder()


@dataclass
class Entity:
    """One entity while a transaction works on it. `doc` is what was stored until `packed` is asked for the new one."""

    id: str
    kind: str
    scope: str
    parent: str = ""
    cs0: str = ""
    t0: int = 0
    state: EntityState = field(default_factory=EntityState)


def unpack(row: RowMapping, gone: Iterable[tuple[str, str]]) -> Entity:
    """An entity from its row and its (field, cs) pairs of `gone`; `seen` holds nothing yet, the caller fills it."""
    doc = msgspec.json.decode(row["doc"])
    several = msgspec.json.decode(row["heads"])
    cs0, t0 = row["cs0"], row["t0"]
    heads = Heads(cs0, t0, doc)
    for name, listed in several.items():
        if name in doc:
            heads[name] = {head[0]: (head[1], head[2] if len(head) > 2 else doc[name]) for head in listed}
    state = EntityState(heads)
    for name, cs in gone:
        state.gone.setdefault(name, set()).add(cs)
    return Entity(row["id"], row["kind"], row["scope"], row["parent"], cs0, t0, state)


def pack(entity: Entity) -> tuple[dict[str, Value], dict[str, object]]:
    """The displayed document and the row to store. `heads` names only fields not simply set by the first Changeset."""
    doc = displayed(entity.state)
    sparse: dict[str, list[list[Value]]] = {}
    for name, heads in entity.state.heads.beside(entity.cs0):
        if len(heads) > 1:
            sparse[name] = [[cs, stamp, value] for cs, (stamp, value) in sorted(heads.items())]
        elif heads and entity.cs0 not in heads:
            sparse[name] = [[cs, stamp] for cs, (stamp, _) in heads.items()]
    row: dict[str, object] = {
        "id": entity.id,
        "kind": entity.kind,
        "scope": entity.scope,
        "parent": entity.parent,
        "doc": _encoder.encode(doc).decode(),
        "cs0": entity.cs0,
        "t0": entity.t0,
        "heads": _encoder.encode(sparse).decode(),
        "conflict": len(conflicts(entity.state)),
    }
    return doc, row


def latest_stamp(state: EntityState) -> int:
    """The newest stamp among the heads, 0 for none."""
    return max((stamp for _, (stamp, _) in state.heads.each()), default=0)


def deletion_markers(state: EntityState) -> tuple[str, ...]:
    """Changesets that say the entity is deleted; empty when any of them was answered by an undo."""
    heads = state.heads.get(DELETED, {})
    return tuple(heads) if heads and all(value is True for _, value in heads.values()) else ()


def is_alive(state: EntityState, saw: Mapping[str, Iterable[str]]) -> bool:
    """False only if whoever deleted it had seen every other head: delete beside edit is shown alive (sync.md §4).

    `saw` maps each deletion marker to the heads its author had seen.
    """
    markers = deletion_markers(state)
    if not markers:
        return True
    known = set(markers).union(*(saw.get(cs, ()) for cs in markers))
    return not all_heads(state) <= known
