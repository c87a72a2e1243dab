"""Copied disks, restored laptops, moved records and first syncs, with real stores and a real hub."""

import json
import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from inspector_app.domain.team import Role
from inspector_app.hub import moving, status
from inspector_app.store import schema, settings
from inspector_app.store.database import Store, open_store
from inspector_app.store.ledger import StoreLedger
from inspector_app.sync import client, snapshots
from inspector_app.sync.transport import Answer, Ask, HttpTransport
from tests.hub.trial import Trial
from tests.sync.laptops import PASSWORD, edit, laptop, photograph, sync


def docs(store: Store) -> dict[str, object]:
    with store.reading() as session:
        return {row.id: json.loads(row.doc) for row in session.execute(select(schema.entity))}


def settle(hub: Trial, *stores: Store) -> None:
    """Rounds until every one is done without a remark."""
    for _ in range(2):
        for store in stores:
            outcome = client.run_round(StoreLedger(store), clock=hub.clock)
            assert outcome.why in ("", "copied"), outcome
    sync(hub, *stores)


def test_a_cloned_disk_takes_a_new_name_and_both_keep_their_work(hub: Trial, tmp_path: Path) -> None:
    first = laptop(hub, tmp_path / "a")
    visit = edit(first, {"q1": "yes"})
    sync(hub, first)
    first.close()
    shutil.copytree(tmp_path / "a", tmp_path / "clone")
    first, clone = open_store(tmp_path / "a", PASSWORD), open_store(tmp_path / "clone", PASSWORD)
    before = clone.identity.device
    edit(first, {"q2": "no"}, visit)
    edit(clone, {"q3": "na"}, visit)
    edit(clone, {"q4": "yes"}, visit)
    settle(hub, first, clone)
    settle(hub, first, clone)
    assert docs(first) == docs(clone)
    assert clone.identity.device != before, "the clone came second"
    assert StoreLedger(first).pending().changesets == StoreLedger(clone).pending().changesets == 0
    assert status.status(hub.settings)["changesets"] == 4
    with clone.reading() as session:
        assert settings.get(session, settings.LETTER) not in ("", "A"), "a letter of its own for its papers"
    for store in (first, clone):
        store.close()


@pytest.mark.parametrize("edits_first", [True, False])
def test_a_restored_laptop_gets_its_own_records_back(hub: Trial, tmp_path: Path, edits_first: bool) -> None:
    laptop(hub, tmp_path / "a").close()
    shutil.copytree(tmp_path / "a", tmp_path / "backup")
    store = open_store(tmp_path / "a", PASSWORD)
    visit = edit(store, {"q1": "yes"})
    sha = photograph(store, visit, b"picture")
    sync(hub, store)
    known, device = set(StoreLedger(store).known_ids()), store.identity.device
    store.close()
    restored = open_store(tmp_path / "backup", PASSWORD)
    if edits_first:
        edit(restored, {"q2": "no"})
    settle(hub, restored)
    edit(restored, {"q3": "no"})
    settle(hub, restored)
    assert known < set(StoreLedger(restored).known_ids())
    assert restored.blobs.get(sha) == b"picture"
    assert restored.identity.device != device
    assert StoreLedger(restored).pending().changesets == 0
    restored.close()


def test_a_record_that_moves_leaves_one_team_and_enters_the_other_whole(hub: Trial, tmp_path: Path) -> None:
    old, new = laptop(hub, tmp_path / "a", 7), laptop(hub, tmp_path / "b", 8)
    boss = laptop(hub, tmp_path / "c", 0, Role.SUPERVISOR)
    visit = edit(old, {"q1": "yes"})
    sha = photograph(old, visit, b"picture")
    sync(hub, old, boss)
    moving.move_in(hub.settings, visit, 8)
    late = edit(old, {"q2": "later"}, visit)
    sync(hub, new, boss)
    assert visit in docs(new) and new.blobs.get(sha) == b"picture"
    assert docs(boss) == docs(new)
    for _ in range(2):
        client.run_round(StoreLedger(old), clock=hub.clock)
    assert visit not in docs(old) and late == visit
    for store in (old, new, boss):
        store.close()


class Cuts(HttpTransport):
    """Breaks once before the second page of a snapshot."""

    pages = 0

    def exchange(self, ask: Ask) -> Answer:
        if ask.path.startswith("/v1/blobs/") and ask.method == "GET":
            Cuts.pages += 1
            if Cuts.pages == 2:
                raise client.WorldError("no_network", "cut")
        return super().exchange(ask)


def test_a_first_sync_comes_as_states_and_resumes(hub: Trial, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "WORTH", 10)
    full = laptop(hub, tmp_path / "a", 7)
    boss = laptop(hub, tmp_path / "c", 0, Role.SUPERVISOR)
    for number in range(30):
        edit(full, {"q": "x" * 200, "n": number})
        edit(boss, {"name": f"飯店{number}"}, kind="site")
    sync(hub, full, boss, full)
    visit = next(iter(docs(full)))
    edit(full, {"q": "changed"}, visit)
    sync(hub, full)
    fresh = laptop(hub, tmp_path / "b", 7)
    with Cuts(hub.url) as transport:
        assert client.run_round(StoreLedger(fresh), clock=hub.clock, transport=transport).why == "no_network"
        outcome = client.run_round(StoreLedger(fresh), clock=hub.clock, transport=transport)
        assert outcome.outcome == "done", outcome
    assert Cuts.pages == 3, "a page that was applied is not fetched again"
    assert docs(fresh) == docs(full)
    edit(fresh, {"q": "by the new one"}, visit)
    sync(hub, fresh, full)
    assert docs(fresh) == docs(full) and StoreLedger(full).conflict_count() == 0
    for store in (full, fresh, boss):
        store.close()
