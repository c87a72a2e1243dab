"""A copied or restored laptop goes on under a new key: un-acknowledged work is enveloped anew, content stays (sync.md §5)."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from inspector_app.store import schema, settings
from inspector_app.store.settings import put
from inspector_app.sync import envelope
from inspector_app.sync.envelope import FIRST_PARENT
from inspector_app.sync.identity import Identity

PARENT, COPY = "device.parent", "device.copy"
"""Settings keys: the sealed key the hub still knows this laptop by; records of this device arrived that it never wrote."""
Seal = Callable[[Identity], bytes]


def reincarnate(session: Session, old: Identity, new: Identity, seal: Seal) -> None:
    """Make `new` the device's key in the caller's transaction; the key the hub knows is kept until it is told."""
    if not settings.get(session, PARENT):
        put(session, PARENT, seal(old).hex())
    number, head = 0, FIRST_PARENT
    for row in session.execute(_unsent(old.device)).all():
        number += 1
        raw, head = envelope.reseal(row.body, number, head, new)
        values = {"dev": new.device, "n": number, "body": raw}
        session.execute(update(schema.log).where(schema.log.c.cs == row.cs).values(values))
        session.execute(update(schema.outbox).where(schema.outbox.c.cs == row.cs).values(n=number))
    session.execute(update(schema.device).values(id=new.device, key=seal(new), n=number, hash=head, acked_n=0))
    session.execute(delete(schema.setting).where(schema.setting.c.key == COPY))


def _unsent(device: str) -> Select[Any]:
    """Own Changesets that the hub has not acknowledged; what it holds in quarantine keeps its envelope."""
    box, log = schema.outbox.c, schema.log.c
    mine = (log.dev == device) & (box.state != "held")
    return select(log.cs, log.body).join(schema.outbox, box.cs == log.cs).where(mine).order_by(box.n)


def note_copy(session: Session) -> None:
    """Remember that this device wrote things it does not know of."""
    put(session, COPY, "1")


def is_copy(session: Session) -> bool:
    """Whether `note_copy` was called since the last incarnation."""
    return bool(settings.get(session, COPY))


def sealed_parent(session: Session) -> bytes:
    """The key the hub knows, sealed; empty when it knows the present one."""
    return bytes.fromhex(settings.get(session, PARENT))


def forget_parent(session: Session) -> None:
    """The hub was told."""
    session.execute(delete(schema.setting).where(schema.setting.c.key == PARENT))
