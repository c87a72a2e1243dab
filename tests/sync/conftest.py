"""Fixtures: one hub per test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector_app.hub.settings import HubSettings
from tests.hub.trial import Trial, trial


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Trial]:
    with trial(HubSettings(tmp_path / "hub", port=0)) as made:
        yield made
