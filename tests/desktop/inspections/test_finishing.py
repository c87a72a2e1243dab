"""Finishing: refused with a way to everything that is missing; signed or refused; then read only."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit

from inspector_app.desktop.driving import Driver
from inspector_app.desktop.inspections.page import InspectionPage
from inspector_app.domain.inspection import Inspection, Result, Status
from inspector_app.store import findings, inspections
from inspector_app.store.database import Store
from tests.desktop.conftest import Ways
from tests.desktop.inspections.conftest import complete, key, part, press


def saved(store: Store, visit_id: str) -> Inspection:
    with store.reading() as session:
        found = inspections.get(session, visit_id)
    assert found is not None
    return found


def test_what_is_missing_is_listed_and_a_line_leads_there(page: InspectionPage, store: Store, visit_id: str) -> None:
    press(page, "verdict-fail-A04")
    press(page, "dimension-B")
    press(page, "finish-button")
    assert saved(store, visit_id).status is Status.DRAFT
    assert part(page, "lack-A01-verdict").isVisible()
    press(page, "lack-A04-note")
    assert page.current_item() == "A04"
    assert part(page, "note-A04").hasFocus()


def test_one_inspector_is_not_enough(page: InspectionPage, hand: Driver, store: Store, visit_id: str) -> None:
    press(page, "inspectors-button")
    press(page, "remove-inspector-1")
    assert saved(store, visit_id).inspectors == ("李婉儀",)
    press(page, "finish-button")
    press(page, "lack--inspectors")
    hand.type("inspector-name", "陳志強")
    press(page, "add-inspector")
    assert saved(store, visit_id).inspectors == ("李婉儀", "陳志強")


def test_signed_and_finished(
    page: InspectionPage, hand: Driver, store: Store, visit_id: str, picture: Callable[[str], Path], ways: Ways
) -> None:
    complete(store, visit_id, picture("a.jpg"), failing=("A04",))
    page.open(visit_id)
    press(page, "finish-button")
    confirm = part(page, "confirm-finish")
    assert not confirm.isEnabled()
    ahead = part(page, "outlook-before-signing")
    assert isinstance(ahead, QLabel) and ahead.text() == "A04 改為合格，結論即為「合格」。"
    hand.type("head-name", "王建國")
    hand.type("head-post", "安全主任")
    hand.click("confirm-finish")
    head = saved(store, visit_id)
    assert head.status is Status.FINISHED
    assert head.result is Result.FAILS
    assert (head.signing.head_name, head.signing.head_post) == ("王建國", "安全主任")
    with store.reading() as session:
        found = findings.many(session, findings.ids(session, inspection=visit_id))
    assert [finding.item for finding in found] == ["A04"]
    conclusion = part(page, "conclusion")
    assert isinstance(conclusion, QLabel)
    assert conclusion.text() == "不合格（建議暫停並移交主管部門）"
    assert head.number in part(page, "inspection-number").text()  # type: ignore[attr-defined]
    assert "2020年3月6日 10:30 前" in part(page, "finding-A04").accessibleName()
    press(page, "today")
    assert ways.gone == [("today", None)]


def test_a_refusal_needs_its_reason(
    page: InspectionPage, hand: Driver, store: Store, visit_id: str, picture: Callable[[str], Path]
) -> None:
    complete(store, visit_id, picture("a.jpg"))
    page.open(visit_id)
    press(page, "finish-button")
    refused = part(page, "refused")
    assert isinstance(refused, QCheckBox)
    refused.setChecked(True)
    hand.type("head-name", "王建國")
    assert not part(page, "confirm-finish").isEnabled()
    hand.type("refused-reason", "不同意結論")
    hand.type("witness", "街道辦 劉先生")
    hand.click("confirm-finish")
    signing = saved(store, visit_id).signing
    assert (signing.refused, signing.witness) == ("不同意結論", "街道辦 劉先生")


def test_a_finished_visit_takes_no_answers(
    page: InspectionPage, hand: Driver, store: Store, visit_id: str, picture: Callable[[str], Path]
) -> None:
    complete(store, visit_id, picture("a.jpg"), failing=("A04",))
    page.open(visit_id)
    press(page, "finish-button")
    hand.type("head-name", "王建國")
    hand.click("confirm-finish")
    page.open("")
    page.open(visit_id)
    assert not part(page, "verdict-fail-A01").isEnabled()
    key(page, Qt.Key.Key_2)
    assert saved(store, visit_id).answers["/data/A/A01"] == "pass"
    assert not part(page, "add-photo-A01").isEnabled()
    press(page, "dimension-A")
    page.frame.checklist.go_to("A04")
    note = part(page, "note-A04")
    assert note.isReadOnly()  # type: ignore[attr-defined]
    fields = page.frame.checklist.row("A05").findChildren(QLineEdit)  # type: ignore[union-attr]
    assert fields and all(field.isReadOnly() for field in fields)
    press(page, "finish-button")
    assert page.frame.outcome.isVisible()


def test_what_is_typed_last_is_saved_before_finishing_is_judged(
    page: InspectionPage, hand: Driver, store: Store, visit_id: str
) -> None:
    press(page, "verdict-fail-A04")
    hand.type("note-A04", "未見預案")
    press(page, "finish-button")
    assert saved(store, visit_id).answers["/data/A/A04_note"] == "未見預案"
    assert not page.findChildren(QLabel, "lack-A04-note")
