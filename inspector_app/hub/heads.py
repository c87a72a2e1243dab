"""How an entity's merge state lies in its row: displayed values in `doc`, the rest sparse in `heads` (sync.md §4).
Pure."""

from dataclasses import dataclass
from typing import Any

import msgspec

from inspector_app.sync.heads import Head, Heads
from inspector_app.sync.merge import EntityState, conflicts, displayed


@dataclass(frozen=True)
class Packed:
    """The columns of one entity row; `doc` and `heads` are JSON texts."""

    doc: str
    heads: str
    conflict: bool


def pack(state: EntityState, cs0: str) -> Packed:
    """A field is named in `heads` only if it has not exactly one head written by the creating Changeset `cs0`."""
    sparse: dict[str, list[list[Any]]] = {}
    for name, heads in state.heads.beside(cs0):
        if len(heads) == 1:
            if cs0 not in heads:
                sparse[name] = [[cs, stamp] for cs, (stamp, _) in heads.items()]
        else:
            sparse[name] = [[cs, stamp, value] for cs, (stamp, value) in sorted(heads.items())]
    return Packed(_text(displayed(state)), _text(sparse), bool(conflicts(state)))


def unpack(doc: str, heads: str, cs0: str, t0: int) -> EntityState:
    """The heads of a row; `gone` and `seen` come from their own tables."""
    values: dict[str, Any] = msgspec.json.decode(doc)
    sparse: dict[str, list[list[Any]]] = msgspec.json.decode(heads)
    state = EntityState(Heads(cs0, t0, values))
    for name, listed in sparse.items():
        state.heads[name] = _heads(values.get(name), listed)
    return state


def _heads(value: Any, listed: list[list[Any]]) -> dict[str, Head]:
    if len(listed) == 1:
        return {listed[0][0]: (listed[0][1], value)}
    return {cs: (stamp, inner) for cs, stamp, inner in listed}


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()
