"""Every Changeset of this laptop in order: who set which field of which record to what, and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspector_app.store.schema import log

STEP = 2_000


@dataclass(frozen=True)
class Saved:
    """One field of one Changeset. `value` is canonical JSON; all is '' where only the Changeset's id is known here."""

    changeset: str
    device: str
    stamp: int
    person: str
    kind: str
    entity: str
    field: str
    value: str


def count(session: Session) -> int:
    """How many Changesets there are."""
    return int(session.execute(select(func.count()).select_from(log)).scalar_one())


def saved(session: Session) -> Iterator[Saved]:
    """All fields of all Changesets, in the order in which they arrived here; a batch at a time."""
    place = 0
    columns = (log.c.pos, log.c.cs, log.c.dev, log.c.t.label("stamp"), log.c.u, log.c.ent, log.c.body)
    while rows := session.execute(select(*columns).where(log.c.pos > place).order_by(log.c.pos).limit(STEP)).all():
        place = rows[-1].pos
        for row in rows:
            body: dict[str, Any] = msgspec.json.decode(row.body) if row.body else {}
            fields = body.get("set") or {"": ""}
            for name, value in fields.items():
                text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
                yield Saved(row.cs, row.dev, row.stamp, row.u, str(body.get("e", "")), row.ent, name, text)
