"""A few hundred hostile requests on both engines, and proof that the fuzz would notice a leak and a crash."""

from pathlib import Path

import pytest

from inspector_app.hub import pictures, reading, snapshots
from tests.hub.engines import Engine
from tests.hub.fuzz import GROWTH, run


def test_hostile_requests_get_neither_a_crash_nor_a_word(engine: Engine, tmp_path: Path) -> None:
    found = run(engine.settings(tmp_path), 400, seed=7)
    assert found.faults == []
    assert found.grown < GROWTH
    assert found.statuses[200] > 50 and found.statuses[422] > 50, "both what is allowed and what is not is tried"


@pytest.mark.parametrize("room", [reading, pictures, snapshots], ids=lambda room: room.__name__.rpartition(".")[2])
def test_a_planted_leak_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(room, "may", lambda *_: True)
    found = run(Engine("sqlite").settings(tmp_path), 400, seed=7)
    assert any("another Team" in fault for fault in found.faults)


def test_a_planted_crash_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "states_of", None)
    assert any("status 500" in fault for fault in run(Engine("sqlite").settings(tmp_path), 400, seed=7).faults)
