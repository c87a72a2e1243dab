"""Real, encrypted laptops that joined a hub under test."""

from pathlib import Path
from typing import Any

from inspector_app.domain.changeset import DISTRICT, Edit, Value, team_scope
from inspector_app.domain.ids import new_id
from inspector_app.domain.team import Inspector, Role
from inspector_app.store import log
from inspector_app.store.database import Store, create_store
from inspector_app.store.ledger import StoreLedger
from inspector_app.sync import client
from inspector_app.sync.sealed import chunk_count
from tests.hub.trial import Trial

PASSWORD = "correct horse"


def laptop(hub: Trial, folder: Path, team: int = 7, role: Role = Role.INSPECTOR, *, name: str = "陳大文") -> Store:
    """A new laptop that has joined."""
    store = create_store(folder, PASSWORD, Inspector(name, team, role), clock=hub.clock)
    ledger = StoreLedger(store)
    ledger.save_hub(client.enroll(hub.url, hub.code(team, role), ledger.identity, name, "0.1.0").link)
    return store


def edit(store: Store, values: dict[str, Value], entity: str = "", kind: str = "inspection") -> str:
    """One save; gives the entity."""
    entity = entity or new_id()
    scope = DISTRICT if kind == "site" else team_scope(store.me.team)
    with store.writing() as session:
        log.append(session, [Edit(kind, entity, values, scope)])
    return entity


def photograph(store: Store, inspection: str, plain: bytes) -> str:
    """Bytes first, then the record that names them; gives the digest."""
    sha = store.blobs.put(plain)
    blob: dict[str, Any] = {"sha": sha, "size": len(plain), "mime": "image/jpeg", "chunks": chunk_count(len(plain))}
    edit(store, {"inspection": inspection, "blob": blob}, kind="photo")
    return sha


def sync(hub: Trial, *stores: Store) -> None:
    """One Round each, which must be done."""
    for store in stores:
        outcome = client.run_round(StoreLedger(store), clock=hub.clock)
        assert outcome.outcome == "done", outcome
