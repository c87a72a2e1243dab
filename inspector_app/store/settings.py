"""What this laptop remembers and never syncs: one text per key."""

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from inspector_app.store.schema import setting

LETTER = "letter"
"""The laptop's letter in its Team, given by the hub (documents.md §2.2)."""


def get(session: Session, key: str, default: str = "") -> str:
    """The remembered text, or `default`."""
    found: str | None = session.execute(select(setting.c.value).where(setting.c.key == key)).scalar()
    return default if found is None else found


def put(session: Session, key: str, value: str) -> None:
    """Remember."""
    statement = insert(setting).values(key=key, value=value)
    session.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))
