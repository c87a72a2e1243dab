"""Work that was set aside: shown with its reason, tried again when a person says so, never dropped (sync.md §8)."""

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from inspector_app.store.schema import entity, outbox


@dataclass(frozen=True)
class Parked:
    """One Changeset: `state` parked (refused or failed five times) or held (in the hub's quarantine); `code` is why."""

    cs: str
    entity: str
    kind: str
    at_ms: int
    state: str
    code: str
    tries: int


def parked(session: Session) -> list[Parked]:
    """Everything that is neither ready nor acknowledged."""
    query = (
        select(outbox, entity.c.kind)
        .join(entity, entity.c.id == outbox.c.ent, isouter=True)
        .where(outbox.c.state != "ready")
        .order_by(outbox.c.t, outbox.c.cs)
    )
    return [
        Parked(row["cs"], row["ent"], row["kind"] or "", row["t"], row["state"], row["code"], row["tries"])
        for row in session.execute(query).mappings()
    ]


def retry(session: Session, cs: str = "") -> None:
    """Parked items are ready again; what the hub holds in quarantine stays there."""
    chosen = update(outbox).where(outbox.c.state == "parked").values(state="ready", tries=0, code="")
    session.execute(chosen.where(outbox.c.cs == cs) if cs else chosen)
