"""Planned visits repeat, mostly pass, and fail with a note and figures that miss the threshold."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

import pytest

from inspector_app.demo.district import sites
from inspector_app.demo.district_notes import COUNTS, FAIL_NOTES, NA_NOTES
from inspector_app.demo.district_visits import FIELD_DAY, Reply, plan_visit, scene_for
from inspector_app.domain.inspection import Verdict
from inspector_app.domain.site import SITE_TYPES
from inspector_app.photos.drawn import SCENES

BARRED = re.compile("責令|處罰|複產|複查|複工|行政復議|行政訴訟")


@dataclass(frozen=True)
class Figure:
    path: str
    kind: str = "integer"


@dataclass(frozen=True)
class Item:
    id: str
    critical: str = "normal"
    answer: str = "pf"
    measures: tuple[Figure, ...] = ()


IDS = [
    f"{letter}{n:02d}"
    for letter, most in zip("ABCDEF", (15, 17, 18, 37, 11, 6), strict=True)
    for n in range(1, most + 1)
]
RATIO = (Figure("n"), Figure("d"))
ITEMS = [Item(name) for name in IDS]
ROWS = sites()


def replies(item: Item, verdict: Verdict) -> list[Reply]:
    found = [plan_visit(row, seed, [item])[item.id] for row in ROWS for seed in range(4)]
    return [reply for reply in found if reply.verdict is verdict]


def test_a_visit_repeats_and_differs_by_site_and_seed() -> None:
    first = plan_visit(ROWS[0], 1, ITEMS)
    assert plan_visit(ROWS[0], 1, ITEMS) == first
    assert list(first) == IDS
    assert any(plan_visit(ROWS[n], 1, ITEMS) != first for n in range(1, 5))
    assert any(plan_visit(ROWS[0], seed, ITEMS) != first for seed in range(2, 6))


def test_most_items_pass_some_fail_few_do_not_apply() -> None:
    counts = Counter(reply.verdict for row in ROWS for reply in plan_visit(row, 7, ITEMS).values())
    total = sum(counts.values())
    assert counts[Verdict.PASS] > 0.88 * total
    assert 0.01 * total < counts[Verdict.FAIL] < 0.08 * total
    assert 0.005 * total < counts[Verdict.NA] < 0.05 * total


def test_a_fail_has_a_note_and_a_pass_has_none() -> None:
    for row in ROWS[:60]:
        for name, reply in plan_visit(row, 3, ITEMS).items():
            assert bool(reply.note) == (reply.verdict is not Verdict.PASS)
            if reply.verdict is Verdict.FAIL:
                assert reply.note in FAIL_NOTES[name]


def test_grave_items_fail_less_often() -> None:
    veto, normal = (len(replies(Item("F02", critical), Verdict.FAIL)) for critical in ("veto", "normal"))
    assert 0 < veto < normal / 2


def test_notes_cover_enough_items_and_use_no_barred_word() -> None:
    assert len(FAIL_NOTES) >= 40
    assert {*FAIL_NOTES, *NA_NOTES, *COUNTS} <= set(IDS)
    for note in (*(note for notes in FAIL_NOTES.values() for note in notes), *NA_NOTES.values()):
        assert note.endswith("。")
        assert not BARRED.search(note)


@pytest.mark.parametrize(
    ("name", "answer"),
    [("B02", "ratio=100%"), ("B05", "sample"), ("C02", "days>=3 (target 5-7)"), ("D25", "pf+ratio<=50%(tier III)")],
)
def test_figures_meet_or_miss_the_threshold(name: str, answer: str) -> None:
    item = Item(name, answer=answer, measures=RATIO)
    for verdict in (Verdict.PASS, Verdict.FAIL):
        for reply in replies(item, verdict):
            part, whole = int(reply.measures["n"]), int(reply.measures["d"])
            share = part / whole
            meets = {"days": share >= 3, "rati": share == 1, "samp": share >= 0.95, "pf+r": share <= 0.5}[answer[:4]]
            assert meets == (verdict is Verdict.PASS)
        assert replies(item, verdict)


def test_due_back_and_absent_add_up_or_not() -> None:
    item = Item("B01", answer="count x3", measures=(Figure("due"), Figure("back"), Figure("absent")))
    for verdict in (Verdict.PASS, Verdict.FAIL):
        for reply in replies(item, verdict):
            due, back, absent = (int(reply.measures[path]) for path in ("due", "back", "absent"))
            assert (due == back + absent) == (verdict is Verdict.PASS)


def test_three_pairs_are_whole_where_in_place() -> None:
    item = Item("B14", "veto", "ratio x3=100%", tuple(Figure(path) for path in "abcdef"))
    for reply in replies(item, Verdict.PASS):
        a, b, c, d, e, f = (int(reply.measures[path]) for path in "abcdef")
        assert (a, c, e) == (b, d, f)


def test_every_number_asked_for_is_given() -> None:
    for answer in ("count x2", "count x4", "temp<37.3", "count+sample", "sample>=80%*", "pf+text", "text", "date"):
        item = Item(
            "B09",
            answer=answer,
            measures=(Figure("a"), Figure("b", "decimal"), Figure("t", "text"), Figure("d", "date")),
        )
        for reply in replies(item, Verdict.PASS)[:20]:
            assert [path for path, value in reply.measures.items() if value] == ["a", "b", "t", "d"]
            assert all(float(reply.measures[path]) >= 0 for path in "ab")


def test_dates_are_recent_enough_or_too_old() -> None:
    item = Item("C10", answer="date<=30d*", measures=(Figure("when", "date"),))
    for verdict, near in ((Verdict.PASS, True), (Verdict.FAIL, False)):
        days = [(FIELD_DAY - date.fromisoformat(reply.measures["when"])).days for reply in replies(item, verdict)]
        assert days and all((0 < day <= 30) == near for day in days)


def test_temperatures_stay_below_fever() -> None:
    item = Item("B07", "conditional_veto", "temp<37.3", (Figure("count"), Figure("highest", "decimal")))
    assert all(float(reply.measures["highest"]) < 37.3 for reply in replies(item, Verdict.PASS))


def test_what_does_not_apply_has_no_figures() -> None:
    assert all(not reply.measures for reply in replies(Item("C14", measures=RATIO), Verdict.NA))


@pytest.mark.parametrize("kind", SITE_TYPES)
def test_every_item_has_a_scene(kind: str) -> None:
    assert {scene_for(name, kind) for name in IDS} <= set(SCENES)
