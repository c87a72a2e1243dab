"""Fixtures: every test of a hub runs on both engines, one hub per test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hub.engines import ENGINES, Engine, bucket, postgres
from tests.hub.trial import Trial, trial


@pytest.fixture(scope="session")
def big() -> Iterator[Engine]:
    """PostgreSQL and S3, started once."""
    with postgres() as base, bucket() as place:
        yield Engine("postgresql", base, place)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    if request.param == "sqlite":
        return Engine("sqlite")
    found: Engine = request.getfixturevalue("big")
    return found


@pytest.fixture
def hub(engine: Engine, tmp_path: Path) -> Iterator[Trial]:
    with trial(engine.settings(tmp_path / "hub")) as made:
        yield made
