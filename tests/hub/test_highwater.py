"""A hub that was restored from a backup says so, and every laptop offers again what it lacks."""

from dataclasses import replace
from pathlib import Path

from inspector_app.domain.ids import new_id
from inspector_app.hub import status
from inspector_app.hub.server import running
from inspector_app.sync import wire
from tests.hub.engines import Engine
from tests.hub.knocking import Knock
from tests.hub.trial import HandClock, Trial
from tests.sync.memory_ledger import MemoryLedger


def at(url: str, ledger: MemoryLedger) -> MemoryLedger:
    assert ledger.link is not None
    ledger.link = replace(ledger.link, url=url)
    return ledger


def test_everything_comes_back_after_a_restore(engine: Engine, tmp_path: Path) -> None:
    settings, clock = engine.settings(tmp_path / "hub"), HandClock()
    with running(settings, clock=clock) as url:
        trial = Trial(settings, url, clock)
        first, second = trial.laptop(7), trial.laptop(7)
        visit = new_id()
        first.edit(visit, {"a": 1}, scope="team:07")
        trial.rounds(first, second)
    restore = engine.backup(settings)
    with running(settings, clock=clock) as url:
        trial = Trial(settings, url, clock)
        at(url, first).edit(visit, {"a": 2})
        first.photograph(visit, b"taken after the backup", scope="team:07")
        trial.round(first)
    restore()
    with running(settings, clock=clock) as url:
        trial = Trial(settings, url, clock)
        # what others push first would hide the loss from a cursor alone
        at(url, second).edit(new_id(), {"b": 1}, scope="team:07")
        second.edit(new_id(), {"b": 2}, scope="team:07")
        trial.rounds(second, at(url, first), times=3)
        assert status.status(settings)["epoch"] == 2
        assert first.shown() == second.shown()
        assert first.blobs == second.blobs
        assert second.shown()[visit] == {"a": 2}


def test_a_cursor_ahead_raises_the_epoch_once_an_hour_for_every_process(hub: Trial) -> None:
    ledger = hub.laptop(7)
    ledger.edit(new_id(), {"a": 1}, scope="team:07")
    hub.round(ledger)
    knock = Knock(hub, ledger)
    ahead = wire.pack({"cursors": {"team:07": 99}})
    assert knock.raw("POST", "/v1/pull", ahead, epoch="2").status_code == 409
    assert status.status(hub.settings)["epoch"] == 2
    with running(replace(hub.settings, port=0), clock=hub.clock) as url:
        other = Knock(replace(hub, url=url), None)
        other.token = knock.token
        assert other.raw("POST", "/v1/pull", ahead, epoch="2").status_code == 409
    assert status.status(hub.settings)["epoch"] == 2, "not again within the hour"
    assert knock.raw("POST", "/v1/have", wire.pack({"cs": []}), epoch="2").status_code == 200


def test_an_ordinary_restart_changes_no_epoch(engine: Engine, tmp_path: Path) -> None:
    settings = engine.settings(tmp_path / "hub")
    for _ in range(3):
        with running(settings) as url:
            trial = Trial(settings, url, HandClock())
            ledger = trial.laptop(7)
            ledger.edit(new_id(), {"a": 1}, scope="team:07")
            assert trial.round(ledger).outcome == "done"
    assert status.status(settings)["epoch"] == 1
