"""Text in progress: kept at once, turned into one Changeset when the field is left (security.md §6.1)."""

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from inspector_app.store.schema import draft


def keep(session: Session, entity: str, field: str, text: str) -> None:
    """Remember the unfinished text of a field."""
    statement = insert(draft).values(entity=entity, field=field, text=text)
    session.execute(statement.on_conflict_do_update(index_elements=["entity", "field"], set_={"text": text}))


def forget(session: Session, entity: str, field: str) -> None:
    """The text has become an Answer, or was given up."""
    session.execute(delete(draft).where(draft.c.entity == entity, draft.c.field == field))


def of_entity(session: Session, entity: str) -> dict[str, str]:
    """Field → unfinished text."""
    rows = session.execute(select(draft.c.field, draft.c.text).where(draft.c.entity == entity))
    return {row.field: row.text for row in rows}
