"""Reads Photos: the meaning; the bytes are in `Store.blobs`."""

import msgspec
from sqlalchemy import RowMapping, Select, select
from sqlalchemy.orm import Session

from inspector_app.domain.photo import Photo
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
    return Photo(**columns)


def of_inspection(session: Session, inspection: str) -> list[Photo]:
    """Photos of one visit in the order they were attached."""
    query = _query().where(photo_row.c.inspection == inspection).order_by(photo_row.c.id)
    return [_photo(row) for row in session.execute(query).mappings()]


def get(session: Session, photo: str) -> Photo | None:
    """One Photo."""
    row = session.execute(_query().where(photo_row.c.id == photo)).mappings().first()
    return _photo(row) if row else None
