"""Laptops on one table without the hub: work passes on, is forwarded later, and only the hub's word frees anything."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from inspector_app.domain.errors import UserError, WorldError
from inspector_app.hub import status
from inspector_app.hub.settings import HubSettings
from inspector_app.operations import tabling
from inspector_app.store.database import Store
from inspector_app.store.ledger import StoreLedger
from inspector_app.sync import wire
from inspector_app.sync.ports import RoundOutcome
from inspector_app.sync.table import Table, TableLine, new_code
from inspector_app.table.server import TableServer
from tests.hub.trial import Trial, trial
from tests.sync.fault_proxy import Faults, fault_proxy
from tests.sync.laptops import edit, laptop, photograph, sync
from tests.sync.test_reborn import docs


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Trial]:
    with trial(HubSettings(tmp_path / "hub", port=0)) as made:
        yield made


@contextmanager
def table_of(store: Store, told: list[RoundOutcome] | None = None) -> Iterator[Table]:
    heard = told if told is not None else []
    server = TableServer(tabling.StoreHost(store, heard.append), ("127.0.0.1", 0), tabling.who(store))
    server.start()
    try:
        yield server.table
    finally:
        server.stop()


def known(store: Store) -> set[str]:
    return set(StoreLedger(store).known_ids())


def test_three_laptops_meet_and_any_of_them_carries_it_all_to_the_hub(hub: Trial, tmp_path: Path) -> None:
    host, b, c = (laptop(hub, tmp_path / name) for name in "abc")
    shas = []
    for number, store in enumerate((host, b, c)):
        visit = edit(store, {"by": number})
        shas.append(photograph(store, visit, random.Random(number).randbytes(700_000)))
    told: list[RoundOutcome] = []
    with table_of(host, told) as table:
        first = tabling.visit(b, table)
        assert (first.pushed, first.blobs_up, first.pulled, first.blobs_down) == (2, 1, 2, 1)
        tabling.visit(c, table)
        tabling.visit(b, table)
        nothing = tabling.visit(b, table)
        assert (nothing.pushed, nothing.pulled, nothing.blobs_up, nothing.blobs_down) == (0, 0, 0, 0)
    assert known(host) == known(b) == known(c) and docs(host) == docs(b) == docs(c)
    assert sum(one.pulled for one in told) == 4 and any(one.touched.inspections for one in told)
    assert all(store.blobs.has(sha) for store in (host, b, c) for sha in shas)
    for store in (host, b, c):
        pending = StoreLedger(store).pending()
        assert (pending.changesets, pending.blobs) == (6, 3), "a colleague is not the hub: nothing is freed"
    sync(hub, c)
    counts = status.status(hub.settings)
    assert (counts["changesets"], counts["blobs"], counts["quarantined"]) == (6, 3, 0), (
        "forwarded with its authors' names"
    )
    sync(hub, host, b)
    assert status.status(hub.settings)["changesets"] == 6
    assert all(StoreLedger(store).pending().changesets == 0 for store in (host, b, c))
    for store in (host, b, c):
        store.close()


def test_a_line_that_breaks_costs_one_bundle_and_the_next_visit_goes_on(
    hub: Trial, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tabling, "BATCH", 200_000)
    host, b = laptop(hub, tmp_path / "a"), laptop(hub, tmp_path / "b")
    edit(host, {"note": "CANARY" * 50})
    visit = edit(b, {"q": 1})
    shas = [photograph(b, visit, random.Random(number).randbytes(150_000)) for number in range(5)]
    with table_of(host) as table, fault_proxy(f"http://{table.address}", Faults(kill_after=400_000)) as proxy:
        with pytest.raises(WorldError) as caught:
            tabling.visit(b, Table(proxy.url, table.code))
        assert caught.value.key == "table_away"
        assert 0 < sum(host.blobs.has(sha) for sha in shas) < 5
        proxy.faults.kill_after = 0
        with TableLine(table) as line:
            assert line.fetch(tabling.holding(b), tmp_path / "seen")
        assert b"CANARY" not in (tmp_path / "seen").read_bytes(), "what passes the line is sealed"
        tabling.visit(b, Table(proxy.url, table.code))
        assert all(host.blobs.has(sha) for sha in shas)
    for store in (host, b):
        store.close()


def test_only_who_knows_the_code_of_a_laptop_of_the_same_team_and_hub(hub: Trial, tmp_path: Path) -> None:
    host, other = laptop(hub, tmp_path / "a"), laptop(hub, tmp_path / "b", team=8)
    edit(host, {"secret": "CANARY"})
    with table_of(host) as table:
        for wrong in (Table(table.address, new_code()), Table(table.address, "")):
            with pytest.raises(UserError) as caught:
                tabling.visit(other, wrong)
            assert caught.value.key == "table_key"
        with pytest.raises(UserError) as caught:
            tabling.visit(other, Table(table.address, table.code.lower().replace("-", " ").replace("0", "o")))
        assert caught.value.key == "table_team"
        ours = tabling.holding(other)
        bare = httpx2.Client(base_url=f"http://{table.address}", trust_env=False)
        for method, path in (("POST", "/bundle"), ("POST", "/lacking"), ("PUT", "/bundle"), ("GET", "/lacking")):
            reply = bare.request(method, path, content=wire.pack(ours))
            assert reply.status_code in (403, 405) and b"CANARY" not in reply.content
        bare.close()
        ledger = StoreLedger(other)
        link = ledger.hub()
        assert link is not None
        ledger.save_hub(replace(link, hub_id="0" * 32))
        with pytest.raises(UserError) as caught:
            tabling.visit(other, table)
        assert caught.value.key == "bundle_foreign"
    with pytest.raises(WorldError) as gone, TableLine(table) as line:
        line.greet()
    assert gone.value.key == "table_away", "nothing listens afterwards"
    for store in (host, other):
        store.close()
