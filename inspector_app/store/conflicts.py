"""Fields that hold several values, and records marked finished by somebody who had not seen every change (sync.md §4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import RowMapping, case, func, select
from sqlalchemy.orm import Session

from inspector_app.domain.changeset import DELETED, Value
from inspector_app.store import schema
from inspector_app.store.states import unpack
from inspector_app.store.taking import any_of
from inspector_app.sync import merge

MARKERS = ("signed", "status", DELETED)


@dataclass(frozen=True)
class Head:
    """One of the values: who wrote it when on which device; `is_shown` for the one that is displayed meanwhile."""

    cs: str
    value: Value
    at_ms: int
    user: str
    device: str
    is_shown: bool


@dataclass(frozen=True)
class Conflict:
    """A field two people changed without knowing of each other; `inspection` is the visit it belongs to, '' for none."""

    entity: str
    kind: str
    inspection: str
    field: str
    heads: tuple[Head, ...]


@dataclass(frozen=True)
class Review:
    """Changes that whoever finished, signed or deleted the record had not seen."""

    entity: str
    kind: str
    marker: str
    unseen: tuple[str, ...]


def conflicts(session: Session, entity: str = "") -> list[Conflict]:
    """All of them, or those of one entity and its children; newest value first."""
    row = schema.entity.c
    query = select(schema.entity).where(row.conflict > 0).order_by(row.id)
    if entity:
        query = query.where((row.id == entity) | (row.parent == entity))
    rows = session.execute(query).mappings().all()
    found = [(one, merge.conflicts(unpack(one, ()).state)) for one in rows]
    authors = _authors(session, {head[0] for _, fields in found for heads in fields.values() for head in heads})
    return [
        Conflict(one["id"], one["kind"], _visit(one), field, tuple(_heads(heads, authors)))
        for one, fields in found
        for field, heads in sorted(fields.items())
    ]


def _visit(row: RowMapping) -> str:
    return str(row["id"] if row["kind"] == "inspection" else row["parent"])


def _heads(heads: tuple[tuple[str, int, Value], ...], authors: Mapping[str, tuple[str, str]]) -> list[Head]:
    return [
        Head(cs, value, stamp, *authors.get(cs, ("", "")), is_shown=place == 0)
        for place, (cs, stamp, value) in enumerate(heads)
    ]


def _authors(session: Session, ids: set[str]) -> dict[str, tuple[str, str]]:
    rows = session.execute(
        select(schema.log.c.cs, schema.log.c.u, schema.log.c.dev).where(any_of(schema.log.c.cs, ids))
    )
    return {row.cs: (row.u, row.dev) for row in rows}


def decided(session: Session, conflict: Conflict, device: str) -> dict[str, list[str]]:
    """What replaces this device's decision of `conflict` (field → Changeset); empty once others wrote after it."""
    row = session.execute(select(schema.entity).where(schema.entity.c.id == conflict.entity)).mappings().first()
    heads = list(unpack(row, ()).state.heads.get(conflict.field, {})) if row is not None else []
    (_, author) = _authors(session, set(heads)).get(heads[0], ("", "")) if len(heads) == 1 else ("", "")
    is_ours = author == device and heads[0] not in {head.cs for head in conflict.heads}
    return {conflict.field: heads} if is_ours else {}


def count_by_visit(session: Session, wanted: Sequence[str] = ()) -> dict[str, int]:
    """How many records of each visit (itself, its findings and photos) hold several values; `wanted` narrows."""
    row = schema.entity.c
    owner = case((row.kind == "inspection", row.id), else_=row.parent)
    query = select(owner, func.sum(row.conflict)).where(row.conflict > 0).group_by(owner)
    if wanted:
        query = query.where(any_of(row.id, wanted) | any_of(row.parent, wanted))
    return {str(visit): int(count) for visit, count in session.execute(query) if visit}


def reviews(session: Session, entity: str) -> list[Review]:
    """Per marker that is shown: the heads its author had not seen. Markers known only by id are left out."""
    row = session.execute(select(schema.entity).where(schema.entity.c.id == entity)).mappings().first()
    if row is None:
        return []
    state = unpack(row, ()).state
    found = []
    for name in MARKERS:
        heads = state.heads.get(name, {})
        cs = max(heads, key=lambda one: (heads[one][0], one), default="")
        body = session.execute(select(schema.log.c.body).where(schema.log.c.cs == cs)).scalar()
        if body and cs:
            unseen = merge.unseen(state, cs, msgspec.json.decode(body).get("saw") or [])
            if unseen:
                found.append(Review(entity, row["kind"], name, tuple(sorted(unseen))))
    return found
