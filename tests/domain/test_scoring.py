"""The result table of domain.md §4, row by row."""

from decimal import Decimal

import pytest

from inspector_app.domain.inspection import Result, Verdict
from inspector_app.domain.scoring import Marked, Tally, judge, percent, tally

P, F, N = Verdict.PASS, Verdict.FAIL, Verdict.NA


def item(name: str, verdict: Verdict | None, critical: str = "normal", **more: object) -> Marked:
    return Marked(name, name[0], critical, verdict, **more)  # type: ignore[arg-type]


CASES = [
    ([item("A04", F, "veto"), item("A01", P)], Result.FAILS),
    ([item("F02", F, "veto", counted=False), item("A01", P)], Result.FAILS),
    ([item("C01", F, "conditional_veto", condition_met=True), *[item(f"C{i}", P) for i in range(9)]], Result.FAILS),
    ([item("C01", F, "conditional_veto", condition_met=False), *[item(f"C{i}", P) for i in range(9)]], Result.PASSES),
    ([item("A01", F, "key"), *[item(f"A{i}", P) for i in range(9)]], Result.RECTIFY),
    ([item("A02", F), item("A03", P), item("A05", P)], Result.RECTIFY),
    ([item("A02", F), *[item(f"A{i}", P) for i in range(3, 7)]], Result.PASSES),
    ([item("F01", F, counted=False), item("A01", P)], Result.PASSES),
    ([item("A04", None, "veto"), item("A01", P)], Result.OPEN),
    ([item("A01", None), item("A02", P)], Result.PASSES),
    ([item("A01", None), item("A02", None)], Result.OPEN),
    ([item("A01", N), item("A02", N)], Result.OPEN),
    ([], Result.OPEN),
]


@pytest.mark.parametrize(("items", "result"), CASES)
def test_first_matching_row_wins(items: list[Marked], result: Result) -> None:
    assert judge(items).result is result


def test_not_applicable_and_unchecked_stay_out_of_the_rate() -> None:
    counts = tally([item("A1", P), item("A2", F), item("A3", N), item("A4", None)])
    assert counts == Tally(1, 1, 1, 1)
    assert counts.rate == Decimal("0.5")
    assert percent(tally([item("A1", N)]).rate) == "—"


def test_half_is_rounded_up() -> None:
    assert percent(Decimal("0.9245")) == "92.5"
    assert percent(Decimal(37) / 40) == "92.5"
