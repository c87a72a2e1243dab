"""Reads the papers that were issued for a visit: number, when, by whom, and what a recheck saw."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import RowMapping, func, select
from sqlalchemy.orm import Session

from inspector_app.store import plain
from inspector_app.store.schema import entity, paper_row


@dataclass(frozen=True)
class Paper:
    """A Notice or recheck record with its number. `seen` maps Finding ids to what the recheck found of them."""

    id: str
    inspection: str
    kind: str
    number: str
    issued: str
    issued_by: str
    seen: Mapping[str, Mapping[str, str]]
    wording: str = ""
    remedies: str = ""
    """What an order was issued with, whatever the organisation sets later."""


def of_inspection(session: Session, inspection: str, kind: str) -> list[Paper]:
    """Papers of one kind, oldest first."""
    row = paper_row.c
    query = _PAPERS.where(row.inspection == inspection, row.kind == kind).order_by(row.issued, row.id)
    return [_paper(found) for found in session.execute(query).mappings()]


def numbered(session: Session, number: str) -> list[Paper]:
    """Papers with this number: one, unless somebody made it up."""
    rows = session.execute(_PAPERS.where(paper_row.c.number == number)).mappings()
    return [_paper(found) for found in rows]


def is_sealed(session: Session, seal: str) -> bool:
    """Whether this laptop knows a seal (domain.seal) with this id."""
    return session.execute(select(entity.c.id).where(entity.c.id == seal)).first() is not None


def count(session: Session) -> int:
    """How many papers were issued on this laptop's visits."""
    return session.execute(select(func.count()).select_from(paper_row)).scalar_one()


_PAPERS = select(paper_row, entity.c.doc).join(entity, entity.c.id == paper_row.c.id)


def _paper(row: RowMapping) -> Paper:
    kept = {name: row[name] for name in row if name not in ("seen", "doc")}
    doc = msgspec.json.decode(row["doc"])
    worded = {name: plain.text(doc, name) for name in ("wording", "remedies")}
    seen = {name: _texts(value) for name, value in msgspec.json.decode(row["seen"]).items()}
    return Paper(**kept, seen=seen, **worded)


def _texts(value: Any) -> dict[str, str]:
    return {k: v for k, v in value.items() if isinstance(v, str)} if isinstance(value, dict) else {}
