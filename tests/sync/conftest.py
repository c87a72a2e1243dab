"""Fixtures: one hub per test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hub.trial import Trial, trial


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Trial]:
    with trial(tmp_path) as made:
        yield made
