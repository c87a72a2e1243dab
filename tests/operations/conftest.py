"""A laptop with a few sites, made once per test on the real store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector_app.demo import district
from inspector_app.domain.team import Inspector, Role
from inspector_app.operations import keeping, registering
from inspector_app.store.database import Store

PASSWORD = "correct horse"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = keeping.create_laptop(tmp_path / "laptop", PASSWORD, Inspector("陳志強", 1, Role.LEADER))
    yield made
    made.close()


@pytest.fixture
def registered(store: Store, tmp_path: Path) -> Store:
    file = tmp_path / "registry.csv"
    file.write_bytes(district.registry_csv(district.sites(39)))
    assert registering.import_registry(store, file).added == 39
    return store
