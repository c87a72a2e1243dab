"""Reads Photos: what hangs on a visit, in the order it was taken in."""

from dataclasses import fields

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from inspector_app.domain.photo import Photo
from inspector_app.store.schema import photo_row

_COLUMNS = tuple(photo_row.c[field.name] for field in fields(Photo))


def of_inspection(session: Session, inspection: str) -> list[Photo]:
    """Photos of one visit without those taken off it; ids sort by the time of taking in."""
    query = select(*_COLUMNS).where(photo_row.c.inspection == inspection).order_by(photo_row.c.id)
    return [_photo(row) for row in session.execute(query)]


def get(session: Session, photo: str) -> Photo | None:
    """One Photo by id."""
    row = session.execute(select(*_COLUMNS).where(photo_row.c.id == photo)).one_or_none()
    return _photo(row) if row else None


def _photo(row: Row[tuple[object, ...]]) -> Photo:
    return Photo(**row._mapping)  # type: ignore[arg-type]
