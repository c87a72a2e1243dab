"""A sealed visit in its window: E corrects the current Item, the sealed answer stays, the line and the result say both."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit

from inspector_app.desktop.driving import Driver
from inspector_app.desktop.inspections.amend_state import Part, is_correction, read_entry
from inspector_app.desktop.inspections.page import InspectionPage
from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.notify import Toast
from inspector_app.operations import inspecting
from inspector_app.store.database import Store
from tests.desktop.conftest import NOW
from tests.desktop.inspections.conftest import complete, key, part, press


@pytest.fixture
def sealed(page: InspectionPage, store: Store, visit_id: str, picture: Callable[[str], Path]) -> InspectionPage:
    """Signed and finished by another page of the program; this one shows it."""
    complete(store, visit_id, picture("a.jpg"))
    inspecting.finish(store, inspecting.open_visit(store, visit_id))
    page.open("")
    page.open(visit_id)
    return page


def words(page: InspectionPage, name: str) -> str:
    found = part(page, name)
    assert isinstance(found, QLabel)
    return found.text()


def correct(page: InspectionPage, hand: Driver, item: str, value: str, reason: str) -> None:
    page.frame.checklist.go_to(item, take_focus=False)
    page.setFocus()
    key(page, Qt.Key.Key_E)
    assert page.frame.centre.currentWidget() is page.frame.amend
    press(page, f"amend-option-{value}")
    assert not part(page, "save-amendment").isEnabled(), "a reason is asked for"
    hand.type("amend-reason", reason)
    press(page, "save-amendment")


def test_a_correction_by_key_is_shown_beside_the_sealed_answer_and_taken_back(
    sealed: InspectionPage, hand: Driver, kit: Kit, store: Store, visit_id: str
) -> None:
    toasts: list[Toast] = []
    kit.notify.toasted.connect(toasts.append)
    correct(sealed, hand, "A04", "fail", "覆核照片後發現預案過期")
    assert part(sealed, "verdict-pass-A04").isChecked(), "what was signed stays"  # type: ignore[attr-defined]
    line = part(sealed, "amendment-A04")
    assert "合格 → 不合格" in line.accessibleName() and "覆核照片" in line.accessibleName()
    press(sealed, "finish-button")
    assert words(sealed, "conclusion") == "合格"
    assert words(sealed, "outlook").startswith("任何一個否決項或關鍵項不合格，或「")
    assert words(sealed, "amended-result") == "更正後結論：不合格（建議暫停並移交主管部門）"
    kit.settings.language.put("en")
    assert words(sealed, "amended-result").startswith("Result as corrected: ")
    kit.settings.language.put("zh-Hant")
    (toast,) = toasts
    assert toast.undo is not None
    toast.undo()
    assert not inspecting.open_visit(store, visit_id).amendments
    assert part(sealed, "amended-result").isHidden()
    _a_measure_is_typed_as_people_write_it_and_withdrawn_on_its_line(sealed, hand, store, visit_id)


def _a_measure_is_typed_as_people_write_it_and_withdrawn_on_its_line(
    sealed: InspectionPage, hand: Driver, store: Store, visit_id: str
) -> None:
    sealed.frame.show_items()
    sealed.frame.checklist.go_to("A05")
    press(sealed, "amend")
    press(sealed, "amend-part-2")
    entry = part(sealed, "amend-text")
    assert isinstance(entry, QPlainTextEdit)
    entry.setPlainText("3月4日")
    hand.type("amend-reason", "日期看錯")
    press(sealed, "save-amendment")
    (one,) = inspecting.open_visit(store, visit_id).amendments
    assert one.new == "2020-03-04" and one.item == "A05"
    press(sealed, "withdraw-amendment")
    assert not inspecting.open_visit(store, visit_id).amendments


def test_a_draft_offers_no_correction(page: InspectionPage) -> None:
    assert part(page, "amend").isHidden()
    key(page, Qt.Key.Key_E)
    assert page.frame.shows_items


def test_only_another_value_with_a_reason_is_a_correction() -> None:
    day = Part("/d", "answer", "日期", "date", "2020-03-05")
    assert read_entry(day, "3月4日", NOW.date()) == "2020-03-04"
    assert read_entry(day, "昨天", NOW.date()) is None
    assert not is_correction(day, None, "理由")
    assert not is_correction(day, "2020-03-05", "理由")
    assert not is_correction(day, "2020-03-04", " ")
    assert is_correction(day, "2020-03-04", "理由")
