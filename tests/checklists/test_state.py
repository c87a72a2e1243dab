"""A visit on the shipped checklist: applicable Items, Verdicts, vetoes, gaps, suggestions, Result."""

from random import Random
from time import perf_counter

import pytest

from inspector_app.checklists.model import Checklist
from inspector_app.checklists.state import Following, ItemState, VisitState, derive_visit
from inspector_app.domain.inspection import Result, Verdict
from inspector_app.domain.photo import Photo
from inspector_app.xforms import Session
from tests.checklists.conftest import NOW, Begin
from tests.checklists.source import LANGUAGES, items

TOTALS = {
    "PK": (70, 68), "IN": (71, 65), "OF": (68, 66), "CS": (72, 66),
    "WM": (72, 69), "FB": (64, 62), "RT": (65, 62), "EX": (66, 64),
}  # fmt: skip
"""domain.md §3: applicable Items with and without F, A10 included."""


def picture(item: str) -> Photo:
    return Photo("p-" + item, "v", item, "0" * 64, 1, "image/jpeg", 4, 3, "2020-03-15T09:30:00+08:00", "exif")


def item(state: VisitState, ident: str) -> ItemState:
    return next(found for found in state.items if found.item.id == ident)


def good_values(checklist: Checklist, session: Session) -> None:
    """Every applicable Item passes, with measures that keep every threshold."""
    for state in derive_visit(checklist, session, ()).items:
        session.set_answer(state.item.path, "pass")
        for measure in state.item.measures:
            value = {"date": "2020-03-10", "text": "街道", "decimal": "36.5", "integer": "10"}[measure.kind]
            session.set_answer(measure.path, value)
    for ident, role, value in (("C01", "stock", "50"), ("C14", "people", "4"), ("C02", "stock", "200")):
        found = checklist.items_by_id[ident]
        if session.state(found.path).relevant:
            session.set_answer(f"{found.path}_{role}", value)


def photographed(checklist: Checklist) -> list[Photo]:
    return [picture(ident) for ident, found in checklist.items_by_id.items() if found.photo == "required"]


@pytest.mark.parametrize("site_type", TOTALS)
def test_each_type_of_site_has_its_own_items(checklist: Checklist, begin: Begin, site_type: str) -> None:
    state = derive_visit(checklist, begin(site_type), ())
    without = sum(len(d.items) for d in state.dimensions if d.dimension.counted)
    assert (state.total, without) == TOTALS[site_type]
    assert [i.item.id for i in state.items] == [raw["id"] for raw in items() if site_type in raw["sites"]]


def test_without_a_type_nothing_applies(checklist: Checklist) -> None:
    state = derive_visit(checklist, checklist.form.begin(now=lambda: NOW), ())
    assert (state.total, state.items, state.judgement.result) == (0, (), Result.OPEN)
    assert state.missing == (("", "verdict"),)


@pytest.mark.parametrize(("tier", "applies"), [("", True), ("high", True), ("medium", True), ("low", False)])
def test_filing_is_not_asked_in_a_low_risk_district(
    checklist: Checklist, begin: Begin, tier: str, applies: bool
) -> None:
    session = begin("OF")
    session.set_answer(checklist.risk_tier_path, tier)
    assert ("A10" in [i.item.id for i in derive_visit(checklist, session, ()).items]) is applies


def test_nothing_checked_never_passes(checklist: Checklist, begin: Begin) -> None:
    state = derive_visit(checklist, begin("PK"), photographed(checklist))
    assert state.judgement.result is Result.OPEN
    assert state.answered == 0 and state.tally.rate is None
    assert state.missing == tuple((i.item.id, "verdict") for i in state.items)


@pytest.mark.parametrize("site_type", TOTALS)
def test_everything_in_place_passes_and_lacks_nothing(checklist: Checklist, begin: Begin, site_type: str) -> None:
    session = begin(site_type)
    good_values(checklist, session)
    state = derive_visit(checklist, session, photographed(checklist))
    assert state.missing == ()
    assert state.judgement.result is Result.PASSES
    assert state.answered == state.total == state.tally.passed
    assert [i.item.id for i in state.items if i.suggested is Verdict.FAIL] == []


def test_one_key_item_unchecked_keeps_the_result_open(checklist: Checklist, begin: Begin) -> None:
    session = begin("OF")
    good_values(checklist, session)
    session.set_answer("/data/A/A01", "")
    state = derive_visit(checklist, session, photographed(checklist))
    assert state.judgement.result is Result.OPEN
    assert state.missing == (("A01", "verdict"),)


def test_not_applicable_everywhere_decides_nothing(checklist: Checklist, begin: Begin) -> None:
    session = begin("OF")
    for state in derive_visit(checklist, session, ()).items:
        session.set_answer(state.item.path, "na")
    state = derive_visit(checklist, session, ())
    assert state.missing == ()
    assert state.judgement.result is Result.OPEN
    assert state.tally.na == state.total


@pytest.mark.parametrize(
    ("ident", "result", "veto"),
    [
        ("A04", Result.FAILS, True),
        ("F02", Result.FAILS, True),
        ("A01", Result.RECTIFY, False),
        ("A02", Result.PASSES, False),
    ],
)
def test_one_failure_weighs_as_its_class(
    checklist: Checklist, begin: Begin, ident: str, result: Result, veto: bool
) -> None:
    session = begin("OF")
    good_values(checklist, session)
    session.set_answer(checklist.items_by_id[ident].path, "fail")
    state = derive_visit(checklist, session, photographed(checklist))
    assert state.judgement.result is result
    assert item(state, ident).is_veto_now is veto
    assert state.missing == ((ident, "note"),)


@pytest.mark.parametrize(
    ("ident", "role", "value", "veto"),
    [
        ("C01", "stock", "9", True),
        ("C01", "stock", "10", False),
        ("D03", "masked", "7", True),
        ("D03", "masked", "8", False),
        ("B07", "max", "37.5", True),
    ],
)
def test_a_conditional_veto_needs_its_condition(
    checklist: Checklist, begin: Begin, ident: str, role: str, value: str, veto: bool
) -> None:
    session = begin("OF")
    good_values(checklist, session)
    path = checklist.items_by_id[ident].path
    session.set_answer(f"{path}_{role}", value)
    assert item(derive_visit(checklist, session, ()), ident).suggested is Verdict.FAIL
    session.set_answer(path, "fail")
    state = derive_visit(checklist, session, ())
    assert item(state, ident).is_veto_now is veto
    assert (state.judgement.result is Result.FAILS) is veto


def test_a_low_counted_dimension_forces_rectification_and_safety_does_not(checklist: Checklist, begin: Begin) -> None:
    session = begin("IN")
    good_values(checklist, session)
    session.set_answer("/data/F/F04", "fail")
    session.set_answer("/data/F/F05", "fail")
    session.set_answer("/data/F/F06", "fail")
    assert derive_visit(checklist, session, ()).judgement.result is Result.PASSES
    for ident in ("E02", "E03", "E04"):
        session.set_answer(f"/data/E/{ident}", "fail")
    judgement = derive_visit(checklist, session, ()).judgement
    assert judgement.result is Result.RECTIFY
    assert judgement.reasons == (("dimension", "E"),)


def missing(checklist: Checklist, session: Session, ident: str, photos: tuple[Photo, ...] = ()) -> tuple[str, ...]:
    return item(derive_visit(checklist, session, photos), ident).missing


def test_a_failure_needs_a_note_that_says_something(checklist: Checklist, begin: Begin) -> None:
    session = begin("OF")
    session.set_answer("/data/A/A04", "fail")
    session.set_answer("/data/A/A04_note", "  ")
    assert missing(checklist, session, "A04") == ("note",)
    session.set_answer("/data/A/A04_note", "無預案")
    assert missing(checklist, session, "A04") == ()
    assert item(derive_visit(checklist, session, ()), "A04").note == "無預案"


@pytest.mark.parametrize(
    ("ident", "verdict", "photos", "lacks"),
    [
        ("F02", "pass", (), True),
        ("F02", "fail", (), True),
        ("F02", "na", (), False),
        ("F02", "", (), False),
        ("F02", "pass", (picture("F02"),), False),
        ("F02", "pass", (picture("F05"),), True),
        ("A04", "pass", (), False),
        ("B12", "pass", (), False),
    ],
)
def test_required_photos(
    checklist: Checklist, begin: Begin, ident: str, verdict: str, photos: tuple[Photo, ...], lacks: bool
) -> None:
    session = begin("OF")
    session.set_answer(checklist.items_by_id[ident].path, verdict)
    assert ("photo" in missing(checklist, session, ident, photos)) is lacks


def test_numbers_are_needed_unless_not_applicable(checklist: Checklist, begin: Begin) -> None:
    session = begin("OF")
    assert missing(checklist, session, "B02") == ("verdict",)
    session.set_answer("/data/B/B02", "fail")
    assert missing(checklist, session, "B02") == ("note", "measure")
    session.set_answer("/data/B/B02", "na")
    assert missing(checklist, session, "B02") == ()
    assert item(derive_visit(checklist, session, ()), "B02").measures == ()


def test_a_failure_may_lack_the_date_it_fails_for(checklist: Checklist, begin: Begin) -> None:
    session = begin("OF")
    session.set_answer("/data/A/A05", "fail")
    assert missing(checklist, session, "A05") == ("note",)
    session.set_answer("/data/A/A05", "pass")
    assert missing(checklist, session, "A05") == ("measure",)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/data/B/B02_filed", "11"),
        ("/data/B/B02_filed", "-1"),
        ("/data/B/B02_staff", "0"),
        ("/data/B/B07_max", "29.9"),
        ("/data/B/B07_max", "45.1"),
        ("/data/C/C02_daily", "0"),
        ("/data/A/A05_date", "2020-03-16"),
    ],
)
def test_impossible_entries_are_invalid_and_say_why(checklist: Checklist, begin: Begin, path: str, value: str) -> None:
    session = begin("OF")
    good_values(checklist, session)
    session.set_answer(path, value)
    ident = path.split("/")[-1].split("_")[0]
    found = item(derive_visit(checklist, session, photographed(checklist)), ident)
    broken = [m for m in found.measures if not m.valid]
    assert "invalid" in found.missing
    assert path in [m.measure.path for m in broken] and all(m.message for m in broken)


def test_a_part_may_be_entered_before_its_whole(checklist: Checklist, begin: Begin) -> None:
    session = begin("OF")
    session.set_answer("/data/B/B02", "pass")
    session.set_answer("/data/B/B02_filed", "12")
    assert missing(checklist, session, "B02") == ("measure",)
    session.set_answer("/data/B/B02_staff", "10")
    assert "invalid" in missing(checklist, session, "B02")


def test_a_value_that_is_no_verdict_is_unchecked(checklist: Checklist, begin: Begin) -> None:
    session = begin("OF")
    session.set_answer("/data/A/A04", "1 or 1=1")
    found = item(derive_visit(checklist, session, ()), "A04")
    assert found.verdict is None and "verdict" in found.missing


def test_dates_are_judged_by_the_day_of_the_visit(checklist: Checklist, begin: Begin) -> None:
    session = begin("OF")
    assert session.value(checklist.visit_date_path) == "2020-03-15"
    session.set_answer("/data/A/A05_date", "2020-01-10")
    assert item(derive_visit(checklist, session, ()), "A05").suggested is Verdict.FAIL
    session.set_answer(checklist.visit_date_path, "2020-03-01")
    assert item(derive_visit(checklist, session, ()), "A05").suggested is Verdict.PASS


def test_a_resumed_visit_is_the_same_visit(checklist: Checklist, begin: Begin) -> None:
    session = begin("WM")
    good_values(checklist, session)
    session.set_answer("/data/D/D24", "fail")
    session.set_answer("/data/D/D24_note", "無批覆")
    kept = {path: value for path in session.paths() if (value := session.value(path))}
    again = checklist.form.resume(kept, now=lambda: NOW)
    photos = photographed(checklist)
    assert derive_visit(checklist, again, photos) == derive_visit(checklist, session, photos)


def test_labels_follow_the_language(checklist: Checklist, begin: Begin) -> None:
    session = begin("OF")
    shown = []
    for language in LANGUAGES:
        session.set_language(language)
        state = derive_visit(checklist, session, ())
        found = item(state, "B02")
        shown.append((state.dimensions[1].label, found.label, found.measures[0].label))
    assert shown[0] == ("員工排查到位", "員工健康檔案「一人一檔」覆蓋率", "已建檔人數")
    assert shown[1][0] == "员工排查到位" and shown[1][2] == "已建档人数"
    assert shown[2] == ("Staff screening in place", "One health file per employee (coverage)", "Employees with a file")


def test_speed_is_told(checklist: Checklist, begin: Begin) -> None:
    session = begin("IN")
    good_values(checklist, session)
    photos = photographed(checklist)
    took = []
    for _ in range(30):
        started = perf_counter()
        state = derive_visit(checklist, session, photos)
        took.append((perf_counter() - started) * 1000)
    print(f"derive_visit of {state.total} items: {sorted(took)[len(took) // 2]:.2f} ms")
    assert state.total == TOTALS["IN"][0]


def test_following_a_session_equals_looking_afresh(checklist: Checklist, begin: Begin) -> None:
    session = begin("WM")
    following = Following(checklist, session)
    random = Random(4)
    every = list(checklist.items_by_id.values())
    shots: list[Photo] = []
    for step in range(150):
        one = random.choice(every)
        path = random.choice(one.paths)
        value = random.choice(("pass", "fail", "na", "") if path == one.path else ("3", "2020-03-01", "x", ""))
        if session.state(path).readonly:
            continue
        following.take(session.set_answer(path, value))
        if step % 9 == 0:
            shots.append(picture(one.id))
        if step % 50 == 49:
            following.take(session.set_language(random.choice(session.form.translations.languages)))
        assert following.state(shots) == derive_visit(checklist, session, shots), (step, path, value)
