"""A visit by keyboard and mouse on the real store: every answer is durable, in place, and taken back by undo."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDateTimeEdit, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.desktop.driving import Driver
from inspector_app.desktop.inspections.page import InspectionPage
from inspector_app.desktop.inspections.section import Section
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.jobs import Lanes
from inspector_app.domain.clock import CHINA, milliseconds
from inspector_app.domain.inspection import Inspection
from inspector_app.operations import inspecting, keeping
from inspector_app.store import inspections
from inspector_app.store.database import Store
from tests.desktop.conftest import NOW, PASSWORD
from tests.desktop.inspections.conftest import complete, key, part, press

A01, A04 = "/data/A/A01", "/data/A/A04"


def saved(store: Store, visit_id: str) -> Inspection:
    with store.reading() as session:
        found = inspections.get(session, visit_id)
    assert found is not None
    return found


def test_it_opens_at_the_first_open_item(page: InspectionPage, store: Store, visit_id: str) -> None:
    assert page.current_item() == "A01"
    inspecting.answer(store, inspecting.open_visit(store, visit_id), A01, "pass")
    page.open("")
    page.open(visit_id)
    assert page.current_item() == "A02"


def test_no_part_is_ever_a_window_of_its_own(page: InspectionPage) -> None:
    """A part shown before it has a parent flashes up as a window and takes the keys away."""
    assert page.isActiveWindow()
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible()] == [page]


def test_a_visit_by_keyboard(page: InspectionPage, store: Store, visit_id: str) -> None:
    key(page, Qt.Key.Key_1)
    key(page, Qt.Key.Key_Down)
    key(page, Qt.Key.Key_3)
    key(page, Qt.Key.Key_Return)
    assert page.current_item() == "A03"
    key(page, Qt.Key.Key_2)
    answers = saved(store, visit_id).answers
    assert [answers[f"/data/A/A0{n}"] for n in (1, 2, 3)] == ["pass", "na", "fail"]
    assert page.is_idle()


def test_up_goes_back_and_ctrl_enter_to_the_next_open_one(page: InspectionPage) -> None:
    key(page, Qt.Key.Key_1)
    key(page, Qt.Key.Key_Down)
    key(page, Qt.Key.Key_Up)
    assert page.current_item() == "A01"
    key(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.current_item() == "A02"
    key(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert page.current_item() == "A01"


def test_letters_belong_to_a_text_field_that_has_the_focus(page: InspectionPage, store: Store, visit_id: str) -> None:
    key(page, Qt.Key.Key_N)
    note = part(page, "note-A01")
    assert note.hasFocus()
    for letter in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_P):
        key(page, letter)
    page.flush()
    answers = saved(store, visit_id).answers
    assert A01 not in answers
    assert answers["/data/A/A01_note"] == "12p"


def test_a_note_written_before_the_verdict_stays_in_sight(
    page: InspectionPage, hand: Driver, store: Store, visit_id: str
) -> None:
    key(page, Qt.Key.Key_N)
    hand.type("note-A01", "待查")
    page.flush()
    hand.until(page.is_idle, "the saved note")
    note = part(page, "note-A01")
    assert isinstance(note, QPlainTextEdit)
    assert note.toPlainText() == "待查"
    page.open("")
    page.open(visit_id)
    assert page.shown().find("A01").note == "待查"


def test_a_click_answers_and_makes_its_item_current(page: InspectionPage, store: Store, visit_id: str) -> None:
    press(page, "verdict-fail-A04")
    assert saved(store, visit_id).answers[A04] == "fail"
    assert page.current_item() == "A04"
    assert "一票否決" in visible_text(part(page, "item-A04"))
    assert part(page, "verdict-reasons").text() == "A04 一票否決"


def test_failing_opens_note_and_deadline_with_the_focus_on_the_phrases(page: InspectionPage) -> None:
    press(page, "verdict-fail-A04")
    assert part(page, "phrase-none-A04").hasFocus()
    assert part(page, "note-A04").isVisible()
    deadline = part(page, "deadline-A04")
    assert isinstance(deadline, QDateTimeEdit)
    assert deadline.isVisible()
    assert deadline.text() == "2020年3月6日 10:30"


def test_a_phrase_becomes_the_note_at_once(page: InspectionPage, store: Store, visit_id: str) -> None:
    press(page, "verdict-fail-A04")
    press(page, "phrase-none-A04")
    assert saved(store, visit_id).answers["/data/A/A04_note"] == "現場未能出示"
    assert part(page, "note-A04").hasFocus()


def test_chinese_typed_in_a_note_is_saved_when_the_field_is_left(
    page: InspectionPage, hand: Driver, store: Store, visit_id: str
) -> None:
    press(page, "verdict-fail-A04")
    hand.type("note-A04", "未見應急預案")
    part(page, "verdict-fail-A04").setFocus()
    assert saved(store, visit_id).answers["/data/A/A04_note"] == "未見應急預案"
    assert page.is_idle()


def test_a_note_is_saved_while_typing(
    page: InspectionPage, hand: Driver, store: Store, visit_id: str, qtbot: object
) -> None:
    press(page, "verdict-fail-A04")
    hand.type("note-A04", "未見")
    hand.until(lambda: saved(store, visit_id).answers.get("/data/A/A04_note") == "未見", "the saved note")


def test_a_deadline_set_by_hand_is_kept_and_given_back(page: InspectionPage, store: Store, visit_id: str) -> None:
    press(page, "verdict-fail-A04")
    deadline = part(page, "deadline-A04")
    assert isinstance(deadline, QDateTimeEdit)
    deadline.setDateTime(deadline.dateTime().addDays(2))
    page.flush()
    assert saved(store, visit_id).deadlines["A04"] == "2020-03-08T10:30:00+08:00"
    press(page, "deadline-rule-A04")
    assert not saved(store, visit_id).deadlines.get("A04")
    assert deadline.text() == "2020年3月6日 10:30"


def test_a_measure_is_cleaned_and_a_wrong_one_stays_unsaved_in_its_field(
    page: InspectionPage, hand: Driver, store: Store, visit_id: str
) -> None:
    name = "measure-" + next(m for row in page_rows(page) for m in row if "A05" in m).rpartition("/")[2]
    field = part(page, name)
    assert isinstance(field, QLineEdit)
    hand.type(name, "３月１日")
    page.flush()
    path = f"/data/A/{name.removeprefix('measure-')}"
    assert saved(store, visit_id).answers[path] == "2020-03-01"
    field.clear()
    hand.type(name, "昨天")
    page.flush()
    assert field.text() == "昨天"
    assert saved(store, visit_id).answers[path] == "2020-03-01"
    assert "2020-03-05" in visible_text(part(page, "item-A05"))


def page_rows(page: InspectionPage) -> list[list[str]]:
    shown = page.shown()
    assert shown is not None
    return [[measure.path for measure in row.measures] for row in shown.flat]


def test_undo_and_redo_of_answers(page: InspectionPage, store: Store, visit_id: str) -> None:
    key(page, Qt.Key.Key_1)
    key(page, Qt.Key.Key_2)
    key(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert saved(store, visit_id).answers[A01] == "pass"
    key(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not saved(store, visit_id).answers.get(A01)
    assert page.current_item() == "A01"
    key(page, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert saved(store, visit_id).answers[A01] == "pass"


def test_zero_takes_a_verdict_away(page: InspectionPage, store: Store, visit_id: str) -> None:
    key(page, Qt.Key.Key_1)
    key(page, Qt.Key.Key_0)
    assert not saved(store, visit_id).answers.get(A01)


def test_a_second_press_changes_nothing(page: InspectionPage, store: Store, visit_id: str) -> None:
    press(page, "verdict-pass-A01")
    press(page, "verdict-pass-A01")
    assert saved(store, visit_id).answers[A01] == "pass"
    assert is_checked(page, "verdict-pass-A01")


def is_checked(page: InspectionPage, name: str) -> bool:
    button = part(page, name)
    return isinstance(button, QAbstractButton) and button.isChecked()


def test_answers_are_there_after_the_store_was_closed(
    page: InspectionPage, context: Context, store: Store, visit_id: str
) -> None:
    press(page, "verdict-na-A02")
    folder = store.folder
    store.close()
    again = keeping.open_laptop(folder, PASSWORD, clock=lambda: milliseconds(NOW))
    try:
        visit = inspecting.open_visit(again, visit_id)
        assert [item.verdict for item in visit.state().items[:2]] == [None, "na"]
    finally:
        again.close()


def test_a_failed_save_keeps_the_value_and_says_why_until_it_works(
    page: InspectionPage, store: Store, visit_id: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    key(page, Qt.Key.Key_1)
    with monkeypatch.context() as broken:
        broken.setattr(type(store), "writing", refuse)
        press(page, "verdict-fail-A02")
        press(page, "phrase-none-A02")
        assert is_checked(page, "verdict-fail-A02")
        assert not page.is_idle()
        said = part(page, "saved")
        assert isinstance(said, QLabel)
        assert "磁碟無法寫入" in said.text()
        assert said.property("role") == "fail"
        assert part(page, "retry-save").isVisible()
    assert "/data/A/A02" not in saved(store, visit_id).answers
    press(page, "retry-save")
    answers = saved(store, visit_id).answers
    assert answers["/data/A/A02"] == "fail"
    assert answers["/data/A/A02_note"] == "現場未能出示"
    assert page.is_idle()
    assert not part(page, "retry-save").isVisible()
    assert said.text().startswith("已保存")


def refuse(store: Store) -> None:
    from inspector_app.domain.errors import WorldError

    raise WorldError("disk_write", "The disk cannot be written.")


def test_the_next_answer_carries_what_could_not_be_saved(
    page: InspectionPage, store: Store, visit_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(type(store), "writing", refuse)
        press(page, "verdict-pass-A01")
    press(page, "verdict-pass-A02")
    answers = saved(store, visit_id).answers
    assert (answers[A01], answers["/data/A/A02"]) == ("pass", "pass")
    assert page.is_idle()


def test_the_search_finds_across_dimensions_and_enter_goes_there(page: InspectionPage, hand: Driver) -> None:
    page.frame.search.setFocus()
    hand.type(page.frame.search.objectName() or name_it(page.frame.search), "C0")
    hand.until(lambda: page.frame.checklist.results.count() > 0, "matches")
    key(page, Qt.Key.Key_Down)
    wanted = page.frame.checklist.results.currentItem().text().split()[0]
    key(page, Qt.Key.Key_Return)
    assert page.current_item() == wanted
    assert page.frame.checklist.currentWidget() is not page.frame.checklist.results


def name_it(widget: QWidget) -> str:
    widget.setObjectName("the-search")
    return "the-search"


def test_a_dimension_opens_at_its_first_open_item(page: InspectionPage) -> None:
    press(page, "dimension-B")
    assert page.current_item() == "B01"


def test_rows_of_a_dimension_are_built_once_and_updated_in_place(page: InspectionPage, hand: Driver) -> None:
    row = part(page, "item-A01")
    press(page, "verdict-pass-A01")
    press(page, "verdict-fail-A01")
    assert part(page, "item-A01") is row
    others = page.findChildren(Section)
    assert len(others) == 1, "only the Dimension that is shown has widgets"


def test_a_language_switch_reaches_everything_shown(page: InspectionPage, context: Context) -> None:
    press(page, "verdict-fail-A04")
    context.settings.language.put("en")
    assert visible_text(part(page, "item-A04")).isascii()
    hidden = ("廣州琶洲會展園區", "琶洲", "李婉儀", "陳志強")
    text = visible_text(page)
    for words in hidden:
        text = text.replace(words, "")
    chinese = [each for each in text.split("\n") if any("\u3400" < c < "\u9fff" for c in each)]
    assert not chinese
    assert part(page, "verdict-pass-A01").text() == "Pass"  # type: ignore[attr-defined]


def visible_text(widget: QWidget) -> str:
    """Everything a person reads or hears of a widget's visible parts."""
    said: list[str] = []
    for each in (widget, *widget.findChildren(QWidget)):
        if not each.isVisibleTo(widget):
            continue
        said += [each.accessibleName(), each.toolTip()]
        if isinstance(each, QLabel | QAbstractButton | QLineEdit | QDateTimeEdit):
            said.append(each.text())
        if isinstance(each, QPlainTextEdit):
            said += [each.toPlainText(), each.placeholderText()]
    return "\n".join(filter(None, said))


@pytest.mark.parametrize("state", ["open", "failed", "lacks", "sign"])
def test_every_control_has_a_name(
    page: InspectionPage, store: Store, visit_id: str, picture: Callable[[str], Path], state: str
) -> None:
    press(page, "verdict-fail-A04")
    if state == "sign":
        complete(store, visit_id, picture("a.jpg"))
        page.open(visit_id)
    if state in ("lacks", "sign"):
        press(page, "finish-button")
    nameless = [
        f"{type(each).__name__} {each.objectName()}"
        for each in page.findChildren(QWidget)
        if each.focusPolicy() != Qt.FocusPolicy.NoFocus
        and each.isVisibleTo(page)
        and not (each.accessibleName() or getattr(each, "text", str)())
        and not each.objectName().startswith("qt_")
        and type(each) is not QWidget
    ]
    assert not nameless


def test_news_from_elsewhere_is_shown(page: InspectionPage, context: Context, store: Store, visit_id: str) -> None:
    touched = inspecting.answer(store, inspecting.open_visit(store, visit_id), A01, "na")
    context.bulletin.announce(touched)
    assert is_checked(page, "verdict-na-A01")


def test_the_deadline_counts_from_now_until_it_is_signed(page: InspectionPage) -> None:
    press(page, "verdict-fail-A04")
    shown = page.shown()
    row = shown.find("A04") if shown else None
    assert row is not None and row.deadline is not None
    assert datetime.fromisoformat(row.deadline.due) == datetime(2020, 3, 6, 10, 30, tzinfo=CHINA)


def test_leaving_a_visit_saves_once_more_what_could_not_be_saved(
    page: InspectionPage, store: Store, visit_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(type(store), "writing", refuse)
        press(page, "verdict-pass-A01")
    page.open("")
    assert saved(store, visit_id).answers[A01] == "pass"


def test_closing_the_window_saves_what_was_typed_last(
    page: InspectionPage, hand: Driver, store: Store, visit_id: str
) -> None:
    press(page, "verdict-fail-A04")
    hand.type("note-A04", "未見預案")
    page.close()
    assert saved(store, visit_id).answers["/data/A/A04_note"] == "未見預案"


def test_another_page_saves_what_was_typed_last(
    page: InspectionPage, hand: Driver, store: Store, visit_id: str
) -> None:
    hand.click("open-note-A01")
    hand.type("note-A01", "補充")
    page.hide()
    assert saved(store, visit_id).answers["/data/A/A01_note"] == "補充"


def test_threads_save_every_answer_in_order(qtbot: QtBot, context: Context, store: Store, visit_id: str) -> None:
    threaded = Lanes.threaded()
    shown = InspectionPage(replace(context, lanes=threaded))
    qtbot.addWidget(shown)
    shown.show()
    shown.open(visit_id)
    qtbot.waitUntil(lambda: shown.current_item() == "A01")
    for number in range(30):
        shown.keys.verdict(("pass", "fail", "na")[number % 3])
    shown.keys.verdict("pass")
    qtbot.waitUntil(shown.is_idle)
    assert saved(store, visit_id).answers[A01] == "pass"
    threaded.close()


def test_a_larger_zoom_makes_the_verdicts_larger_at_once(page: InspectionPage, context: Context) -> None:
    before = part(page, "verdict-fail-A01").width()
    context.settings.zoom.put(1.3)
    after = part(page, "verdict-fail-A01")
    assert after.width() > before
    assert after.width() >= after.sizeHint().width()
