"""Entities with their whole merge state, as snapshots, moves and refetches carry it (sync.md §4)."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from inspector_app.hub.book import steps
from inspector_app.hub.tables import changeset, entity, gone
from inspector_app.sync import wire


def states_of(connection: Connection, ids: Iterable[str]) -> dict[str, wire.StateRow]:
    """The states of those entities that exist, by id."""
    found: dict[str, wire.StateRow] = {}
    for step in steps(ids):
        rows = connection.execute(select(entity).where(entity.c.id.in_(step) & entity.c.scope.is_not(None))).all()
        found.update((one.id, one) for one in state_rows(connection, rows))
    return found


def state_rows(connection: Connection, rows: Sequence[Any]) -> list[wire.StateRow]:
    """The states behind rows of `entity`, in the same order. Without `gone` and `seen` an old Changeset from a stick
    would bring a replaced value back."""
    ids = [row.id for row in rows]
    replaced: dict[str, dict[str, list[str]]] = {}
    seen: dict[str, list[str]] = {}
    for step in steps(ids):
        for one in connection.execute(select(gone).where(gone.c.ent.in_(step))):
            replaced.setdefault(one.ent, {}).setdefault(one.field, []).append(one.cs)
        known = select(changeset.c.ent, changeset.c.cs).where(changeset.c.ent.in_(step)).order_by(changeset.c.cs)
        for one in connection.execute(known):
            seen.setdefault(one.ent, []).append(one.cs)
    return [_row(row, replaced.get(row.id, {}), seen.get(row.id, [])) for row in rows]


def _row(row: Any, replaced: dict[str, list[str]], seen: list[str]) -> wire.StateRow:
    heads: dict[str, list[list[Any]]] = msgspec.json.decode(row.heads)
    named = {row.cs0, *(head[0] for listed in heads.values() for head in listed)}
    return wire.StateRow(
        id=row.id, e=row.type, scope=row.scope, parent=row.parent or "", cs0=row.cs0, t0=row.t0,
        doc=msgspec.json.decode(row.doc), heads=heads, gone={name: sorted(ids) for name, ids in replaced.items()},
        seen=[cs for cs in seen if cs not in named],
    )  # fmt: skip
