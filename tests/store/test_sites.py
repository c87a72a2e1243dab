"""Search finds what an inspector types, one character at a time, and treats it as plain text."""

import pytest

from inspector_app.domain.changeset import DELETED, Edit
from inspector_app.domain.ids import new_id
from inspector_app.store import log, sites
from inspector_app.store.database import Store
from tests.store.conftest import save

ROWS = (
    ("海珠飯店", "赤崗", "FB", "91440105MA59ABCD12", "新港東路１２號", 7),
    ("珠江新材料廠", "南石頭", "IN", "91440101MA5XYZ9876", "工業大道南 8 號之二", 8),
    ("琶洲會展中心 A館", "琶洲", "EX", "", "閱江中路380號", 7),
    ("百佳超市(客村店)", "赤崗", "RT", "91440105MA59ABCE99", "新港中路", 9),
    ('"OR" * NEAR(飯店)', "瑞寶", "FB", "", "昌崗 AND 江南", 7),
    ("林𠮷明餐廳", "琶洲", "FB", "", "", 0),
)


@pytest.fixture
def registry(store: Store) -> Store:
    edits = [
        Edit(
            "site",
            new_id(),
            dict(zip(("name", "street", "type", "code", "address", "team"), row, strict=True)),
            "district",
        )
        for row in ROWS
    ]
    with store.writing() as session:
        log.append(session, edits)
    return store


def found(store: Store, words: str, **filters: object) -> list[str]:
    with store.reading() as session:
        ids = sites.search_ids(session, words, **filters)  # type: ignore[arg-type]
        return [site.name for site in sites.many(session, ids)]


NAMES = [row[0] for row in ROWS]
HOTEL, PLANT, HALL, SHOP, ODD, RARE = NAMES


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("", NAMES),
        ("   ", NAMES),
        ("\ud800", NAMES),
        ("珠 " * 3_000, [HOTEL, PLANT]),
        ("珠", [PLANT, HOTEL]),
        ("珠飯", [HOTEL]),
        ("海珠飯", [HOTEL]),
        ("海珠飯店", [HOTEL]),
        ("新港", [HOTEL, SHOP]),
        ("赤崗", [HOTEL, SHOP]),
        ("飯店", [HOTEL, ODD]),
        ("91440105", [HOTEL, SHOP]),
        ("914401", [PLANT, HOTEL, SHOP]),
        ("9144 0105-MA59ABCD", [HOTEL]),
        ("ma59", []),
        ("91440105ma59abce", [SHOP]),
        ("12號", [HOTEL]),
        ("１２號", [HOTEL]),
        ("380", [HALL]),
        ("38", [HALL]),
        ("a館", [HALL]),
        ("飯店 赤崗", [HOTEL]),
        ("飯店 琶洲", []),
        ("琶", [HALL, RARE]),
        ("𠮷", [RARE]),
        ("客村店)", [SHOP]),
        ("不存在", []),
    ],
)
def test_search(registry: Store, words: str, names: list[str]) -> None:
    assert found(registry, words) == names


@pytest.mark.parametrize(
    "words",
    ['"', "'", "*", "(", ")", "OR", "AND", "NOT", "NEAR(", "name:", "-", "^", "+", "{name}:", '"OR" *', "a\0b", "x\ud800y", "_",
     "飯店 OR", "' OR 1=1 --", "%", "facet", "typex4642", "x" * 5_000, " ".join(map(str, range(50_000, 53_000)))],
)  # fmt: skip
def test_operators_are_plain_text(registry: Store, words: str) -> None:
    assert set(found(registry, words)) <= {ODD}


def test_filters_and_limit(registry: Store) -> None:
    assert found(registry, "", type="FB") == [HOTEL, ODD, RARE]
    assert found(registry, "", type="FB", street="赤崗") == [HOTEL]
    assert found(registry, "", team=7, limit=2) == [HOTEL, HALL]
    assert found(registry, "飯店", team=7) == [HOTEL, ODD]
    assert found(registry, "914401", type="IN") == [PLANT]
    assert found(registry, "914401", type="EX") == []
    assert found(registry, "海珠", street="琶洲") == []
    assert len(found(registry, "", limit=1)) == 1


def test_a_beginning_comes_before_a_middle(registry: Store) -> None:
    save(registry, "site", {"name": "新港碼頭", "street": "新港", "type": "WM"})
    assert found(registry, "新港") == ["新港碼頭", HOTEL, SHOP]


def test_changes_are_searched_at_once(registry: Store) -> None:
    with registry.reading() as session:
        hotel = sites.by_name(session, HOTEL)[0].id
    save(registry, "site", {"name": "東方賓館"}, hotel)
    assert found(registry, "海珠") == []
    assert found(registry, "賓館") == ["東方賓館"]
    save(registry, "site", {"street": "琶洲", "team": 3}, hotel)
    assert found(registry, "", street="赤崗") == [SHOP]
    assert found(registry, "賓館", team=3) == ["東方賓館"]
    save(registry, "site", {DELETED: True}, hotel)
    assert found(registry, "賓館") == []
    assert found(registry, "", team=3) == []
    save(registry, "site", {DELETED: False}, hotel)
    assert found(registry, "賓館") == ["東方賓館"]


def test_lookups_of_an_import(registry: Store) -> None:
    with registry.reading() as session:
        hotel = sites.find_match(session, " 91440105 ma59abcd12", "", "")
        assert hotel is not None and hotel.name == HOTEL
        assert sites.find_match(session, "", HOTEL, "赤崗") == hotel
        assert sites.find_match(session, "", HOTEL, "琶洲") is None
        assert sites.find_match(session, "", "", "") is None
        by_code, by_place = sites.match_index(session)
        assert by_code[hotel.code] == by_place[HOTEL, "赤崗"] == hotel.id
        assert "" not in by_code
        assert sites.count(session) == len(ROWS)
        assert sites.many(session, ["no", hotel.id]) == [hotel]
        assert sites.get(session, "no") is None


def test_more_places_than_a_statement_has_parameters(store: Store) -> None:
    edits = [Edit("site", new_id(), {"name": f"海{i}", "street": "", "type": "PK"}, "district") for i in range(34_000)]
    with store.writing() as session:
        log.append(session, edits)
    with store.reading() as session:
        assert len(sites.search_ids(session, "海", limit=1_000_000)) == len(edits)
        assert len(sites.many(session, [edit.entity for edit in edits])) == len(edits)
