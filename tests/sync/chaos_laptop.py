"""A laptop as a process: answers, photographs and syncs until it is killed; each ACK line is a promise."""

import os
import random
import sys
import time
from contextlib import closing
from pathlib import Path

from inspector_app.domain.changeset import Edit, team_scope
from inspector_app.domain.clock import system_clock
from inspector_app.domain.errors import DaoweiError
from inspector_app.domain.ids import new_id
from inspector_app.store import log
from inspector_app.store.database import Store, open_store
from inspector_app.store.ledger import StoreLedger
from inspector_app.sync import client
from inspector_app.sync.sealed import chunk_count
from inspector_app.sync.transport import HttpTransport

PASSWORD = "chaos of processes"


def main(folder: str, url: str) -> None:
    """Work for ever; a broken line or a busy hub is no reason to stop."""
    store = open_store(Path(folder), PASSWORD)
    dice = random.Random(os.urandom(8))
    print("READY", flush=True)
    while True:
        work(store, dice)
        with closing(HttpTransport(url, stall_seconds=5.0)) as transport:
            outcome = client.run_round(StoreLedger(store), clock=system_clock, transport=transport)
        print("ROUND", outcome.outcome, outcome.why, flush=True)
        if outcome.outcome == "failed":
            time.sleep(0.5 + dice.random())  # as a laptop backs off; six that do not would starve the hub's start


def work(store: Store, dice: random.Random) -> None:
    """One new visit or one more answer, sometimes with a photo; said only after the commit has returned."""
    scope = team_scope(store.me.team)
    with store.reading() as session:
        known = visits_of(session, scope)
    entity = dice.choice(known) if known and dice.random() < 0.7 else new_id()
    name, value = f"/data/A/A{dice.randrange(9):02d}", os.urandom(6).hex()
    edits = [Edit("inspection", entity, {name: value}, scope)]
    sha = ""
    if dice.random() < 0.4:
        plain = dice.randbytes(dice.choice((2_000, 90_000, 700_000)))
        sha = store.blobs.put(plain)
        blob = {"sha": sha, "size": len(plain), "mime": "image/jpeg", "chunks": chunk_count(len(plain))}
        edits.append(Edit("photo", new_id(), {"inspection": entity, "blob": blob}, scope))
    try:
        with store.writing() as session:
            log.append(session, edits)
    except DaoweiError as error:
        print("REFUSED", error.key, flush=True)
        return
    print("ACK", scope, entity, name, value, sha, flush=True)


def visits_of(session, scope: str) -> list[str]:  # type: ignore[no-untyped-def]
    """Visits of one Team that are here."""
    from sqlalchemy import select

    from inspector_app.store.schema import entity

    query = select(entity.c.id).where(entity.c.scope == scope, entity.c.kind == "inspection")
    return list(session.execute(query).scalars())


if __name__ == "__main__":
    main(*sys.argv[1:])
