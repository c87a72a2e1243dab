"""Many Items at one press, and the last visit's answer: marked, undone as one, never over what must be looked at."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from inspector_app.desktop.inspections.page import InspectionPage
from inspector_app.domain.inspection import Inspection
from inspector_app.operations import inspecting
from inspector_app.store import inspections
from inspector_app.store.database import Store
from tests.desktop.inspections.conftest import complete, key, part, press
from tests.desktop.inspections.test_page import A01, saved


def marked(store: Store, visit_id: str) -> dict[str, str]:
    return dict(saved(store, visit_id).given)


def verdicts(found: Inspection) -> dict[str, str]:
    return {path: value for path, value in found.answers.items() if value in ("pass", "fail", "na")}


def label_of(page: InspectionPage, name: str) -> QLabel:
    found = part(page, name)
    assert isinstance(found, QLabel)
    return found


def test_one_key_passes_the_rest_of_the_dimension_and_says_so(
    page: InspectionPage, store: Store, visit_id: str
) -> None:
    key(page, Qt.Key.Key_2)
    rest = inspecting.open_visit(store, visit_id).state()
    wanted = [i for i in rest.items if i.item.dimension == "A" and i.item.critical != "veto" and not i.measures]
    wanted = [i for i in wanted if i.item.photo != "required" and i.verdict is None]
    button = part(page, "pass-rest")
    assert isinstance(button, QPushButton)
    assert str(len(wanted)) in button.text()
    part(page, "verdict-pass-A01").setFocus()
    key(page, Qt.Key.Key_A)
    found = saved(store, visit_id)
    assert verdicts(found) == {A01: "fail"} | {i.item.path: "pass" for i in wanted}
    assert found.given == {i.item.path: "rest" for i in wanted}
    assert "整批合格" in label_of(page, f"given-{wanted[0].item.id}").text()
    assert button.isHidden()
    assert page.shown().find(page.current_item()).verdict is None


def test_undo_takes_all_of_them_back_at_once_and_redo_brings_them(
    page: InspectionPage, store: Store, visit_id: str
) -> None:
    press(page, "pass-rest")
    before = saved(store, visit_id)
    assert len(verdicts(before)) > 1
    key(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not verdicts(saved(store, visit_id))
    assert not marked(store, visit_id)
    key(page, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    after = saved(store, visit_id)
    assert (verdicts(after), after.given) == (verdicts(before), before.given)


@pytest.mark.parametrize("hand", ["key", "mouse"])
def test_a_verdict_of_its_own_takes_the_mark_away(page: InspectionPage, store: Store, visit_id: str, hand: str) -> None:
    press(page, "pass-rest")
    path = next(iter(marked(store, visit_id)))
    item = path.rpartition("/")[2]
    page.frame.checklist.go_to(item, take_focus=True)
    if hand == "key":
        key(page, Qt.Key.Key_1)
    else:
        press(page, f"verdict-pass-{item}")
    assert path not in marked(store, visit_id)
    assert verdicts(saved(store, visit_id))[path] == "pass"
    assert label_of(page, f"given-{item}").isHidden()


@pytest.fixture
def earlier(store: Store, site_id: str, picture: object, tmp_path: Path) -> str:
    """A finished visit of the same Site, two months before."""
    made, _ = inspecting.start(store, site_id, inspectors=("李婉儀", "陳志強"), started_ms=1_578_000_000_000)
    complete(store, made, picture("a.jpg"), failing=("A01",))  # type: ignore[operator]
    inspecting.finish(store, inspecting.open_visit(store, made), finished_ms=1_578_003_600_000)
    return made


def test_the_last_visits_answer_is_taken_over_with_its_note_and_a_mark(
    earlier: str, page: InspectionPage, store: Store, visit_id: str, qtbot: object
) -> None:
    with store.reading() as session:
        last = inspections.get(session, earlier)
    assert last is not None
    key(page, Qt.Key.Key_L)
    found = saved(store, visit_id)
    assert (found.answers[A01], found.answers[f"{A01}_note"]) == ("fail", last.answers[f"{A01}_note"])
    assert found.given[A01] == "last"
    assert "沿用上次" in label_of(page, "given-A01").text()
    assert part(page, "take-over").isHidden()
    key(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not verdicts(saved(store, visit_id))


def test_a_first_visit_has_nothing_to_take_over(page: InspectionPage, store: Store, visit_id: str) -> None:
    key(page, Qt.Key.Key_L)
    assert not saved(store, visit_id).answers.get(A01)
