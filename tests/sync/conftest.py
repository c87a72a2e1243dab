"""Fixtures: one hub per test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector_app.hub.settings import HubSettings
from inspector_app.store.database import Store
from tests.hub.trial import Trial, trial
from tests.sync.laptops import laptop


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Trial]:
    with trial(HubSettings(tmp_path / "hub", port=0)) as made:
        yield made


@pytest.fixture
def two(hub: Trial, tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """Two laptops of one Team that have joined."""
    stores = laptop(hub, tmp_path / "a"), laptop(hub, tmp_path / "b")
    yield stores
    for store in stores:
        store.close()
