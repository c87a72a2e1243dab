"""An open store per test, and the edits tests make in it."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from inspector_app.domain.changeset import Edit, Value
from inspector_app.domain.ids import new_id
from inspector_app.domain.team import Inspector
from inspector_app.store import log
from inspector_app.store.database import Store, create_store

PASSWORD = "五個到位 2020"
NOW = 1_583_371_800_000
Make = Callable[[str], Store]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Makes stores by name below the test's folder; all are closed at the end."""
    made: list[Store] = []

    def _make(name: str) -> Store:
        ticks = count(NOW, 1_000)
        made.append(create_store(tmp_path / name, PASSWORD, Inspector("林曉嵐", 7), clock=lambda: next(ticks)))
        return made[-1]

    yield _make
    for store in made:
        store.close()


@pytest.fixture
def store(make: Make) -> Store:
    """One open store."""
    return make("laptop")


def save(store: Store, kind: str, values: dict[str, Value], entity: str = "") -> str:
    """One Edit in one transaction; gives the entity's id."""
    entity = entity or new_id()
    with store.writing() as session:
        log.append(session, [Edit(kind, entity, values, "district" if kind == "site" else "team:07")])
    return entity


def site(store: Store, name: str = "海珠飯店", **values: Value) -> str:
    """A Site of the registry."""
    return save(store, "site", {"name": name, "street": "赤崗", "type": "FB", "code": "", **values})


def visit(store: Store, site_id: str = "", **values: Value) -> str:
    """A draft of a visit."""
    head: dict[str, Value] = {"site": site_id, "team": 7, "status": "draft", "started": "2020-03-05T09:30:00+08:00"}
    return save(store, "inspection", {**head, "inspectors": ["林曉嵐", "陳志強"], **values})
