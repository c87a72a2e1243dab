"""The made-up district is complete, well-formed, repeatable, and nothing in it belongs to anybody."""

import csv
import io
import re
from collections import Counter

import pytest

from inspector_app.demo.district import inspectors, registry_csv, sites, street_of
from inspector_app.demo.district_words import BRAND_FIRST, BRAND_SECOND, DEPARTMENTS, TRADES
from inspector_app.domain.site import SITE_TYPES, STREETS, credit_code_problem, mask_phone
from inspector_app.domain.team import TEAMS

ROWS = sites()


def test_it_repeats_and_the_seed_changes_it() -> None:
    assert sites() == ROWS
    assert sites(seed=1) != ROWS
    assert len(ROWS) == 350


def test_every_team_street_type_and_department_occurs() -> None:
    assert {row["team"] for row in ROWS} == set(TEAMS)
    assert {row["street"] for row in ROWS} == set(STREETS) == {street_of(team) for team in TEAMS}
    assert {row["type"] for row in ROWS} == set(SITE_TYPES) == set(TRADES)
    assert {row["department"] for row in ROWS} == set(DEPARTMENTS)
    assert len(DEPARTMENTS) == 14
    assert min(Counter(row["team"] for row in ROWS).values()) >= 8


def test_eight_types_even_in_the_smallest_district() -> None:
    assert {row["type"] for row in sites(8)} == set(SITE_TYPES)


@pytest.mark.parametrize("count", [1, 39, 350, 2_000])
def test_names_and_codes_never_repeat(count: int) -> None:
    rows = sites(count)
    codes = [row["code"] for row in rows if row["code"]]
    assert len({row["name"] for row in rows}) == len(rows) == count
    assert len(set(codes)) == len(codes)


def test_codes_are_well_formed_with_both_check_characters() -> None:
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    for code in (row["code"] for row in ROWS if row["code"]):
        assert credit_code_problem(code) is None
        entity = code[8:17]
        total = sum(letters.index(c) * w for c, w in zip(entity[:8], (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
        assert "0123456789X0"[11 - total % 11] == entity[8]


def test_phones_are_well_formed_masked_and_nobodys() -> None:
    assert len({row["phone"] for row in ROWS}) == len(ROWS)
    for row in ROWS:
        assert re.fullmatch(r"1990000\d{4}|020-0000\d{4}", row["phone"])
        assert "*" in mask_phone(row["phone"])


def test_a_site_lies_in_the_street_of_its_team() -> None:
    for row in ROWS:
        assert row["street"] == street_of(row["team"])
        assert f"{row['street']}街" in row["address"]
        assert row["headcount"] >= TRADES[row["type"]].heads[0]


def test_streets_have_two_or_three_teams() -> None:
    assert set(Counter(street_of(team) for team in TEAMS).values()) == {2, 3}


def test_brands_are_pairs_and_shares_add_up() -> None:
    assert len(set(BRAND_FIRST)) == len(set(BRAND_SECOND)) == 15
    assert sum(trade.share for trade in TRADES.values()) == 100


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans", "en"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_the_registry_file_reads_back(language: str, encoding: str) -> None:
    data = registry_csv(ROWS, language=language, encoding=encoding)  # type: ignore[arg-type]
    lines = list(csv.reader(io.StringIO(data.decode(encoding), newline="")))
    assert len(lines) == len(ROWS) + 1
    assert len(set(lines[0])) == 14
    kinds = {"en": ROWS[0]["type"]}.get(language, SITE_TYPES[ROWS[0]["type"]])
    assert lines[1] == [ROWS[0]["name"], ROWS[0]["code"], ROWS[0]["street"], kinds, *lines[1][4:]]
    assert lines[-1][-2:] == [str(ROWS[-1]["team"]), str(ROWS[-1]["headcount"])]


def test_the_registry_file_uses_the_importers_words() -> None:
    registry_file = pytest.importorskip("inspector_app.operations.registry_file")
    for language in ("zh-Hant", "zh-Hans", "en"):
        header = next(csv.reader([registry_csv((), language=language).decode("utf-8-sig")]))
        for field, word in zip(ROWS[0], header, strict=True):
            assert word in registry_file.HEADERS[field]


@pytest.mark.parametrize("team", TEAMS)
def test_a_team_has_two_to_four_inspectors(team: int) -> None:
    names = inspectors(team)
    assert 2 <= len(set(names)) == len(names) <= 4
    assert inspectors(team) == names
