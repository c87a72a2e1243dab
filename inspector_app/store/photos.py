"""Reads Photos: the meaning; the bytes are in `Store.blobs`."""

import msgspec
from sqlalchemy import RowMapping, Select, select
from sqlalchemy.orm import Session

from inspector_app.domain.changeset import Value
from inspector_app.domain.photo import MARKS, Mark, Photo
from inspector_app.store import plain
from inspector_app.store.schema import entity, photo_row

_NOTED = ("received", "fingerprint", "flaw")
"""Texts that nobody lists or sorts by: read from the merged document, not from a row."""


def _query() -> Select[tuple[object, ...]]:
    return select(photo_row, entity.c.doc).join(entity, entity.c.id == photo_row.c.id)


def _photo(row: RowMapping) -> Photo:
    columns = dict(row)
    doc = msgspec.json.decode(columns.pop("doc"))
    columns.update({name: plain.text(doc, name) for name in _NOTED})
    copy = plain.blob(doc.get("copy"))
    return Photo(
        **columns, marks=_marks(doc.get("marks")), stamp=plain.texts(doc, "stamp"), copy=copy[0] if copy else ""
    )


def _marks(value: Value) -> tuple[Mark, ...]:
    """What a stranger wrote instead of marks is none."""
    found = (_mark(one) for one in value) if isinstance(value, list) else ()
    return tuple(mark for mark in found if mark is not None)


def _mark(value: Value) -> Mark | None:
    kind = plain.text(value, "kind") if isinstance(value, dict) else ""
    if not isinstance(value, dict) or kind not in MARKS:
        return None
    places = value.get("points")
    points = tuple(_place(one) for one in places) if isinstance(places, list) else ()
    if kind != "turn" and not points:
        return None
    return Mark(kind, points, plain.text(value, "text"))


def _place(value: Value) -> tuple[int, int]:
    x, y = value if isinstance(value, list) and len(value) == 2 else (0, 0)
    return (x if isinstance(x, int) else 0), (y if isinstance(y, int) else 0)


def of_inspection(session: Session, inspection: str) -> list[Photo]:
    """Photos of one visit in the order they were attached."""
    query = _query().where(photo_row.c.inspection == inspection).order_by(photo_row.c.id)
    return [_photo(row) for row in session.execute(query).mappings()]


def get(session: Session, photo: str) -> Photo | None:
    """One Photo."""
    row = session.execute(_query().where(photo_row.c.id == photo)).mappings().first()
    return _photo(row) if row else None
