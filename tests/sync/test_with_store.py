"""The same Round with two real, encrypted laptops."""

import random
from pathlib import Path

from inspector_app.domain.changeset import DISTRICT, Edit
from inspector_app.domain.ids import new_id
from inspector_app.domain.team import Inspector, Role
from inspector_app.store import log, sites
from inspector_app.store.database import Store, create_store
from inspector_app.store.ledger import StoreLedger
from inspector_app.sync import client
from inspector_app.sync.sealed import CHUNK, chunk_count, digest
from tests.hub.trial import Trial


def laptop(hub: Trial, folder: Path, role: Role) -> Store:
    store = create_store(folder, "correct horse", Inspector("陳大文", 7, role), clock=hub.clock)
    ledger = StoreLedger(store)
    ledger.save_hub(client.enroll(hub.url, hub.code(7, role), ledger.identity, "陳大文", "0.1.0").link)
    return store


def test_two_stores_end_equal(hub: Trial, tmp_path: Path) -> None:
    first, second = laptop(hub, tmp_path / "a", Role.LEADER), laptop(hub, tmp_path / "b", Role.INSPECTOR)
    site, visit, photo = new_id(), new_id(), new_id()
    plain = random.Random(6).randbytes(CHUNK + 99)
    first.blobs.put(plain)
    blob = {"sha": digest(plain), "size": len(plain), "mime": "image/jpeg", "chunks": chunk_count(len(plain))}
    with first.writing() as session:
        edits = [
            Edit("site", site, {"name": "珠江食品廠", "code": "HZ-001"}, DISTRICT),
            Edit("inspection", visit, {"site": site, "team": 7, "/data/A/A04": "fail"}, "team:07"),
            Edit("photo", photo, {"inspection": visit, "blob": blob}, "team:07"),
        ]
        log.append(session, edits)
    up = client.run_round(StoreLedger(first), clock=hub.clock)
    assert (up.outcome, up.pushed, up.blobs_up) == ("done", 3, 1), up
    down = client.run_round(StoreLedger(second), clock=hub.clock)
    assert (down.outcome, down.pulled, down.blobs_down) == ("done", 3, 1), down
    assert site in down.touched.sites and visit in down.touched.inspections
    with second.reading() as session:
        found = sites.get(session, site)
    assert found is not None and found.name == "珠江食品廠"
    assert StoreLedger(first).known_ids() == StoreLedger(second).known_ids()
    assert b"".join(StoreLedger(second).blob_chunk(digest(plain), number) for number in (0, 1)) == plain
    for store in (first, second):
        assert client.run_round(StoreLedger(store), clock=hub.clock).pending.changesets == 0
        store.close()
