"""What the visit page shows follows from the visit and the pending values alone."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from inspector_app.checklists.model import Dimension, Item, Measure
from inspector_app.checklists.state import DimensionState, ItemState, MeasureState, VisitState
from inspector_app.desktop.inspections import state
from inspector_app.desktop.inspections.deriving import derive_shown
from inspector_app.desktop.inspections.reasons import reason_lines
from inspector_app.desktop.inspections.state import derive_row, matching, next_unanswered, step
from inspector_app.domain.clock import CHINA
from inspector_app.domain.inspection import Inspection, Result, Verdict
from inspector_app.domain.photo import Photo
from inspector_app.domain.scoring import Judgement, Tally
from inspector_app.operations import inspecting

NOW = datetime(2020, 3, 5, 9, 30, tzinfo=CHINA)
HEAD = Inspection("i", "s", 7, "f", "1", "h", "2020-03-05T09:00:00+08:00", ("甲", "乙"))
PHOTO = Photo("p", "i", "A04", "ab" * 32, 1200, "image/jpeg", 640, 480, "2020-03-05T09:01:00+08:00", "exif")


def item(name: str = "A04", **changes: object) -> Item:
    facts = Item(name, f"/d/{name}", "A", "veto", "required", "24h", "pf", (), f"/d/{name}_note", ("GD4",))
    return replace(facts, **changes)  # type: ignore[arg-type]


def item_state(name: str = "A04", verdict: Verdict | None = None, **changes: object) -> ItemState:
    plain = ItemState(item(name), f"要求 {name}", "", verdict, "", (), (), (), None, False)
    return replace(plain, **changes)  # type: ignore[arg-type]


def visit(*items: ItemState, missing: tuple[tuple[str, str], ...] = ()) -> VisitState:
    group = DimensionState(Dimension("A", "/d/A", True, tuple(i.item for i in items)), "防控機制", items, Tally())
    return VisitState((group,), Tally(), Judgement(Result.OPEN), missing)


def test_two_inspectors_are_needed_as_the_operation_decides() -> None:
    assert state.MIN_INSPECTORS == inspecting.MIN_INSPECTORS


def test_a_pending_verdict_shows_before_it_is_saved() -> None:
    row = derive_row(item_state(), HEAD, {"/d/A04": "fail"}, NOW)
    assert row.verdict is Verdict.FAIL
    assert row.note_missing
    assert row.is_veto
    assert row.deadline is not None
    assert datetime.fromisoformat(row.deadline.due) == NOW + timedelta(hours=24)


def test_a_pending_note_counts_as_written() -> None:
    row = derive_row(item_state(verdict=Verdict.FAIL), HEAD, {"/d/A04_note": "未見預案"}, NOW)
    assert row.note == "未見預案"
    assert not row.note_missing


def test_a_conditional_veto_waits_for_the_rules_before_it_is_called_one() -> None:
    shown = derive_row(item_state(item=item(critical="conditional_veto")), HEAD, {"/d/A04": "fail"}, NOW)
    assert not shown.is_veto


def test_a_deadline_set_by_hand_wins() -> None:
    head = replace(HEAD, deadlines={"A04": "2020-03-09T12:00:00+08:00"})
    row = derive_row(item_state(verdict=Verdict.FAIL), head, {}, NOW)
    assert row.deadline == state.DeadlineRow("24h", "2020-03-09T12:00:00+08:00", True)


def test_before_opening_has_no_time() -> None:
    row = derive_row(item_state(item=item(deadline="pre-open"), verdict=Verdict.FAIL), HEAD, {}, NOW)
    assert row.deadline == state.DeadlineRow("pre-open", "", False)


@pytest.mark.parametrize(
    ("rule", "verdict", "photos", "missing"),
    [
        ("required", Verdict.PASS, (), True),
        ("required", Verdict.PASS, (PHOTO,), False),
        ("required", Verdict.NA, (), False),
        ("required", None, (), False),
        ("optional", Verdict.FAIL, (), False),
        ("forbidden", Verdict.FAIL, (), False),
    ],
)
def test_when_a_photo_is_missing(rule: str, verdict: Verdict, photos: tuple[Photo, ...], missing: bool) -> None:
    shown = derive_row(item_state(item=item(photo=rule), verdict=verdict, photos=photos), HEAD, {}, NOW)
    assert shown.photo_missing is missing


def test_the_forms_sentence_goes_while_a_new_value_is_on_its_way() -> None:
    measure = MeasureState(Measure("/d/m", "integer", "n"), "人數", "", "-1", False, "不能小於 0", True)
    wrong = item_state(measures=(measure,))
    assert derive_row(wrong, HEAD, {}, NOW).measures[0].problem == "不能小於 0"
    pending = derive_row(wrong, HEAD, {"/d/m": "3"}, NOW).measures[0]
    assert (pending.problem, pending.value) == ("", "3")


def test_a_suggestion_equal_to_the_verdict_is_not_repeated() -> None:
    said = item_state(verdict=Verdict.PASS, suggested=Verdict.PASS)
    assert derive_row(said, HEAD, {}, NOW).suggested is None
    assert derive_row(said, HEAD, {"/d/A04": "fail"}, NOW).suggested is Verdict.PASS


def test_counts_include_what_is_pending() -> None:
    shown = derive_shown(visit(item_state("A01"), item_state("A02")), HEAD, {"/d/A01": "fail"}, NOW)
    assert (shown.answered, shown.total, shown.failed) == (1, 2, 1)
    assert shown.dimensions[0].failed == 1


def test_one_inspector_is_the_first_lack() -> None:
    head = replace(HEAD, inspectors=("甲",))
    lacks = derive_shown(visit(item_state("A01"), missing=(("A01", "verdict"),)), head, {}, NOW).lacks
    assert [(lack.item, lack.what) for lack in lacks] == [("", "inspectors"), ("A01", "verdict")]


def rows(*verdicts: Verdict | None) -> list[state.Row]:
    made = [item_state(f"A{n:02d}", verdict) for n, verdict in enumerate(verdicts, start=1)]
    return [derive_row(each, HEAD, {}, NOW) for each in made]


def test_the_next_unanswered_begins_again_at_the_top() -> None:
    some = rows(None, Verdict.PASS, Verdict.NA)
    assert next_unanswered(some, "A02") == "A01"
    assert next_unanswered(rows(Verdict.PASS), "A01") == ""
    assert next_unanswered([], "") == ""


def test_steps_stay_inside() -> None:
    some = rows(None, None)
    assert step(some, "A01", 1) == "A02"
    assert step(some, "A02", 1) == "A02"
    assert step(some, "A01", -1) == "A01"
    assert step(some, "gone", 1) == "A01"
    assert step([], "A01", 1) == ""


def test_the_search_reads_ids_and_texts() -> None:
    some = rows(None, None)
    assert [row.id for row in matching(some, "a02")] == ["A02"]
    assert [row.id for row in matching(some, "要求")] == ["A01", "A02"]
    assert matching(some, "   ") == ()


def test_reasons_put_unchecked_items_into_one_line() -> None:
    shown = derive_shown(visit(item_state("A01")), HEAD, {}, NOW)
    reasons = (("key", "A01"), ("unchecked", "A02"), ("unchecked", "A03"))
    lines = reason_lines(replace(shown, reasons=reasons), lambda key, **args: f"{key} {args}")
    assert lines == ["reason.key {'what': 'A01'}", "reason.unchecked {'n': 2}"]


def test_a_caption_names_the_source_of_time_and_place() -> None:
    said = state.photo_facts(PHOTO, lambda key, **args: key, "9:01", "1 KB")
    assert said[:2] == ("photo_time.exif", "photo.no_place")
    assert "SHA-256 abababab" in said
