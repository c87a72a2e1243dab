"""Reads the amendments of a sealed visit from their merged documents; there are few, so they have no table of their own."""

from collections.abc import Iterable

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspector_app.domain.amendment import Amendment, in_order
from inspector_app.domain.changeset import DELETED
from inspector_app.store import plain
from inspector_app.store.schema import entity, outbox
from inspector_app.store.taking import any_of

KIND = "amendment"
_TEXTS = ("inspection", "item", "field", "old", "new", "reason", "by", "at")


def of_inspection(session: Session, inspection: str) -> tuple[Amendment, ...]:
    """Oldest first; those that were taken back are left out, what names no field is none."""
    query = select(entity.c.id, entity.c.doc).where(entity.c.parent == inspection, entity.c.kind == KIND)
    docs = {row.id: msgspec.json.decode(row.doc) for row in session.execute(query)}
    waiting = _waiting(session, docs)
    found = (
        Amendment(one, **{name: plain.text(doc, name) for name in _TEXTS}, is_sent=one not in waiting)
        for one, doc in docs.items()
        if doc.get(DELETED) is not True
    )
    return in_order(one for one in found if one.field)


def _waiting(session: Session, ids: Iterable[str]) -> set[str]:
    """Those of which no hub has anything yet."""
    return set(session.execute(select(outbox.c.ent).where(any_of(outbox.c.ent, ids))).scalars())
