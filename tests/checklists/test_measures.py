"""Thresholds: which kinds of answer are understood, what they suggest, and when a ☆ is grave."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from inspector_app.checklists.measures import (
    Part,
    Threshold,
    is_condition_met,
    parse_answer,
    parse_condition,
    parse_limit,
    parse_number,
)
from inspector_app.checklists.model import Item, Measure
from inspector_app.checklists.state import suggest
from inspector_app.domain.inspection import Verdict
from tests.checklists.source import items, measures

TODAY = date(2020, 3, 15)
PASS, FAIL, NONE = Verdict.PASS, Verdict.FAIL, None


def item_of(ident: str, condition: str = "") -> Item:
    """An Item of the shipped list, built from the sources."""
    raw: dict[str, Any] = next(item for item in items() if item["id"] == ident)
    path = f"/data/{ident[0]}/{ident}"
    return Item(
        id=ident,
        path=path,
        dimension=ident[0],
        critical=raw["critical"],
        photo=raw["photo"],
        deadline=raw["deadline"],
        answer=raw["answer"],
        measures=tuple(
            Measure(f"{path}_{m['role']}", m["kind"], m["role"], m.get("limit", ""))
            for m in measures()
            if m["item"] == ident
        ),
        note_path=f"{path}_note",
        sources=(),
        condition=condition,
    )


def said(ident: str, *values: str) -> Verdict | None:
    item = item_of(ident)
    return suggest(item, dict(zip((m.path for m in item.measures), values, strict=True)), TODAY)


SUGGESTIONS: list[tuple[str, tuple[str, ...], Verdict | None]] = [
    ("A04", (), NONE),
    ("A05", ("2020-01-15",), PASS),
    ("A05", ("2020-01-14",), FAIL),
    ("A05", ("2020-03-15",), PASS),
    ("A05", ("2020-03-16",), NONE),
    ("A05", ("soon",), NONE),
    ("A06", ("street office",), NONE),
    ("A11", ("2020-02-20",), NONE),
    ("A13", ("40", "40"), PASS),
    ("A13", ("39", "40"), FAIL),
    ("A13", ("41", "40"), NONE),
    ("A13", ("0", "0"), NONE),
    ("B01", ("10", "9", "1"), NONE),
    ("B04", ("3",), NONE),
    ("B05", ("3", "4"), NONE),
    ("B07", ("20", "37.2"), PASS),
    ("B07", ("20", "37.3"), FAIL),
    ("B09", ("1", "2"), NONE),
    ("B14", ("5", "5", "6", "6", "7", "7"), PASS),
    ("B14", ("5", "5", "6", "6", "6", "7"), FAIL),
    ("B14", ("5", "5", "6", "6", "", "7"), NONE),
    ("C01", ("300", "100"), PASS),
    ("C01", ("299", "100"), FAIL),
    ("C01", ("300", "0"), NONE),
    ("C02", ("7.5", "2.5"), PASS),
    ("C03", ("2", "2"), PASS),
    ("C03", ("1", "2"), FAIL),
    ("C03", ("1", ""), NONE),
    ("C10", ("2020-02-14",), PASS),
    ("C10", ("2020-02-13",), FAIL),
    ("C14", ("6", "2.5"), PASS),
    ("C14", ("7", "2.5"), FAIL),
    ("C14", ("6", "2.4"), FAIL),
    ("C14", ("7", ""), FAIL),
    ("C17", ("2",), NONE),
    ("D03", ("19", "20"), PASS),
    ("D03", ("18", "20"), FAIL),
    ("D03", ("949", "1000"), FAIL),
    ("D07", ("2", "3", "3"), NONE),
    ("D16", ("6",), NONE),
    ("D21", ("4", "3", "90", "80"), NONE),
    ("D23", ("10", "10"), PASS),
    ("D23", ("9", "10"), FAIL),
    ("D25", ("20", "20"), NONE),
    ("D27", ("10", "0"), PASS),
    ("D27", ("9", "10"), FAIL),
    ("D29", ("100", "100"), PASS),
    ("D29", ("101", "100"), FAIL),
    ("D29", ("101", ""), NONE),
    ("E05", ("4", "5"), PASS),
    ("E05", ("3", "5"), FAIL),
    ("E08", ("v3",), NONE),
    ("F01", ("2019-01-01",), NONE),
]


@pytest.mark.parametrize(("ident", "values", "expected"), SUGGESTIONS)
def test_suggestions(ident: str, values: tuple[str, ...], expected: Verdict | None) -> None:
    assert said(ident, *values) == expected


def test_an_age_needs_the_day_of_the_visit() -> None:
    item = item_of("A05")
    assert suggest(item, {item.measures[0].path: "2020-03-01"}) is None


@pytest.mark.parametrize("raw", items(), ids=lambda raw: raw["id"])
def test_every_answer_of_the_list_is_understood_and_has_its_measures(raw: dict[str, Any]) -> None:
    parts = parse_answer(raw["answer"])
    kinds = [m["kind"] for m in measures() if m["item"] == raw["id"]]
    assert sum(part.width for part in parts) == len(kinds)
    assert ("date" in kinds) == any(part.kind == "date" for part in parts)
    assert ("text" in kinds) == any(part.kind == "text" for part in parts)


def test_the_grammar() -> None:
    half = Threshold("<=", Decimal("0.5"))
    assert parse_answer("pf+ratio<=50%(tier III)") == (Part("pf"), Part("ratio", 1, half, scoped=True))
    assert parse_answer("days>=3 (target 5-7)") == (Part("days", 1, Threshold(">=", Decimal(3))),)
    assert parse_answer("count>=entrances") == (Part("count", 1, Threshold(">=", role="entrances")),)
    assert parse_answer("ratio x3=100%") == (Part("ratio", 3, Threshold("=", Decimal(1))),)
    assert parse_answer("sample>=95%*")[0].threshold == Threshold(">=", Decimal("0.95"))
    assert parse_answer("date<=30d*")[0].threshold == Threshold("<=", Decimal(30))
    assert parse_limit("") is None
    assert parse_limit("<=maximum") == Threshold("<=", role="maximum")
    assert parse_condition("always") is None


@pytest.mark.parametrize("answer", ["", "pff", "count x0", "ratio=", "pf+", "count>=", "__import__", "pf pf", "(pf)"])
def test_other_answers_are_refused(answer: str) -> None:
    with pytest.raises(ValueError, match="kind of answer"):
        parse_answer(answer)


@pytest.mark.parametrize("limit", ["6", "<=", "=<6", "<=6 people"])
def test_other_limits_are_refused(limit: str) -> None:
    with pytest.raises(ValueError, match="limit"):
        parse_limit(limit)


@pytest.mark.parametrize("condition", ["sometimes", "days", "days<", "days<one"])
def test_other_conditions_are_refused(condition: str) -> None:
    with pytest.raises(ValueError, match="condition"):
        parse_condition(condition)


@pytest.mark.parametrize(
    "text", ["", "-1", "1e9", "NaN", "Infinity", "1,000", "٣", "1" * 16, "0x10", "1_000", ".5", "5."]
)
def test_what_is_not_a_plain_number_counts_as_blank(text: str) -> None:
    assert parse_number(text) is None


def test_plain_numbers() -> None:
    assert parse_number(" 37.30 ") == Decimal("37.3")


@pytest.mark.parametrize(
    ("ident", "condition", "values", "met"),
    [
        ("C01", "days<1", ("99", "100"), True),
        ("C01", "days<1", ("100", "100"), False),
        ("C01", "days<1", ("200", "100"), False),
        ("C01", "days<1", ("", "100"), False),
        ("D03", "rate<0.8", ("79", "100"), True),
        ("D03", "rate<0.8", ("80", "100"), False),
        ("D03", "rate<0.8", ("", ""), False),
        ("B07", "always", ("", ""), True),
        ("B07", "max>=37.3", ("20", "37.3"), True),
        ("B07", "max>=37.3", ("20", "37.2"), False),
        ("B14", "rate<0.8", ("9", "10", "7", "10", "10", "10"), True),
    ],
)
def test_conditions(ident: str, condition: str, values: tuple[str, ...], met: bool) -> None:
    item = item_of(ident, condition)
    assert is_condition_met(item, dict(zip((m.path for m in item.measures), values, strict=True))) is met
