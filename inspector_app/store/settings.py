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


def starting_with(session: Session, prefix: str) -> list[str]:
    """Values of all keys that begin with `prefix`, in order of the keys."""
    query = select(setting.c.value).where(setting.c.key.startswith(prefix, autoescape=True)).order_by(setting.c.key)
    return list(session.execute(query).scalars())
