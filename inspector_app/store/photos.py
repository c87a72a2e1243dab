"""Reads Photos: the meaning; the bytes are in `Store.blobs`."""

from sqlalchemy import RowMapping, select
from sqlalchemy.orm import Session

from inspector_app.domain.photo import Photo
from inspector_app.store.schema import photo_row


def _photo(row: RowMapping) -> Photo:
    return Photo(**dict(row))


def of_inspection(session: Session, inspection: str) -> list[Photo]:
    """Photos of one visit in the order they were attached."""
    query = select(photo_row).where(photo_row.c.inspection == inspection).order_by(photo_row.c.id)
    return [_photo(row) for row in session.execute(query).mappings()]


def get(session: Session, photo: str) -> Photo | None:
    """One Photo."""
    row = session.execute(select(photo_row).where(photo_row.c.id == photo)).mappings().first()
    return _photo(row) if row else None
