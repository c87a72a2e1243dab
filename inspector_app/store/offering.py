"""After the hub was restored: what it lacks is offered again, and heads known only by their value are written anew
(sync.md §10)."""

from collections.abc import Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Session

from inspector_app.domain.changeset import Value
from inspector_app.store import log, schema, settings
from inspector_app.store.log import Recovery
from inspector_app.store.taking import Taking, any_of
from inspector_app.sync.ports import HubLink

OFFERED = "hub.offered"
"""Settings key: epoch and moment of the last full offer."""
ONCE_IN_MS = 3_600_000


def may_offer_again(session: Session, epoch: int, now_ms: int) -> bool:
    """False if all was offered for this epoch within the hour; else the moment is noted."""
    last, _, moment = settings.get(session, OFFERED, "0:0").partition(":")
    if int(last) == epoch and 0 <= now_ms - int(moment) < ONCE_IN_MS:
        return False
    settings.put(session, OFFERED, f"{epoch}:{now_ms}")
    return True


def requeue(session: Session, link: HubLink, ids: Sequence[str], epoch: int) -> None:
    """Cursors to 0, missing Changesets into the Outbox, recovery Changesets, Blobs to be offered, the new epoch."""
    table = schema.log.c
    session.execute(delete(schema.cursor).where(schema.cursor.c.hub == link.hub_id))
    query = select(table.cs, table.n, table.t, table.ent).where(any_of(table.cs, ids), table.body.is_not(None))
    rows = [{**row, "tries": 0, "state": "ready", "code": ""} for row in session.execute(query).mappings()]
    if rows:
        session.execute(upsert(schema.outbox).on_conflict_do_nothing(index_elements=["cs"]), rows)
    lost = any_of(schema.outbox.c.cs, ids) & (schema.outbox.c.state == "held")  # the quarantine was lost with the hub
    session.execute(update(schema.outbox).where(lost).values(state="ready", tries=0, code=""))
    log.recover(session, _recoveries(session, ids))
    session.execute(update(schema.blob).where(schema.blob.c.state == "confirmed").values(state="here"))
    session.execute(update(schema.device).values(acked_n=0))
    session.execute(update(schema.hub).values(epoch=epoch, token="", token_expires_ms=0))


def _recoveries(session: Session, ids: Sequence[str]) -> list[Recovery]:
    """Per lost Changesets without body: the values that are still heads."""
    table = schema.log.c
    query = select(table.cs, table.ent).where(any_of(table.cs, ids), table.body.is_(None)).order_by(table.pos)
    lost = [(row.cs, row.ent) for row in session.execute(query)]
    if not lost:
        return []
    taking = Taking(session)
    taking.load_whole({entity for _, entity in lost})
    found = []
    for cs, name in lost:
        entity = taking.find(name)
        if entity is None:
            continue
        heads = {field: each for field, each in entity.state.heads.items() if cs in each}
        values: dict[str, Value] = {field: each[cs][1] for field, each in heads.items()}
        prev = {field: [cs, *sorted(entity.state.seen - each.keys())] for field, each in heads.items()}
        if values:
            found.append(Recovery(entity.id, entity.kind, entity.scope, values, prev))
    return found
