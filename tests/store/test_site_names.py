"""The registry found by pinyin: names beginning so first, changes seen, filters kept, words before letters."""

from collections.abc import Callable

import pytest

from inspector_app.domain.changeset import Edit
from inspector_app.store import log
from inspector_app.store.database import Store

NAMES = ("新港飯店", "海珠印刷廠", "重慶火鍋", "海珠區新港小學", "HZ電子")


@pytest.fixture
def registry(store: Store) -> Store:
    with store.writing() as session:
        for number, name in enumerate(NAMES):
            kind = "FB" if number % 2 == 0 else "ED"
            log.append(
                session, [Edit("site", f"s{number}", {"name": name, "type": kind, "street": "新港"}, "district")]
            )
    return store


@pytest.fixture
def found(registry: Store) -> Callable[..., list[str]]:
    def find(typed: str, **wanted: object) -> list[str]:
        with registry.reading() as session:
            return registry.site_names.search(session, typed, **wanted)  # type: ignore[arg-type]

    return find


def test_letters_find_names_and_those_that_begin_so_come_first(found: Callable[..., list[str]]) -> None:
    assert found("xg") == ["s0", "s3"]
    assert found("zhongqing") == found("cqhg") == found("zqh") == ["s2"]
    assert found("qqqq") == []


def test_words_of_the_text_come_before_readings(found: Callable[..., list[str]]) -> None:
    assert found("hz") == ["s4", "s1", "s3"]
    assert found("新港小") == ["s3"]


def test_filters_and_limit_hold(found: Callable[..., list[str]]) -> None:
    assert found("xg", type="FB") == ["s0"]
    assert found("xg", street="赤崗") == []
    assert found("hz", limit=2) == ["s4", "s1"]


def test_a_changed_name_is_seen(registry: Store, found: Callable[..., list[str]]) -> None:
    assert found("lj") == []
    with registry.writing() as session:
        log.append(session, [Edit("site", "s0", {"name": "鷺江飯店"})])
    assert found("lj") == ["s0"]
    assert found("xg") == ["s3"]
