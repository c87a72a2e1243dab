"""What Enter means where the focus is: a name, a button, a figure, the next Item."""

from PySide6.QtCore import Qt

from inspector_app.desktop.driving import Driver
from inspector_app.desktop.inspections.page import InspectionPage
from inspector_app.store.database import Store
from tests.desktop.inspections.conftest import key, part, press
from tests.desktop.inspections.test_page import saved


def test_enter_in_the_field_of_a_name_adds_it(page: InspectionPage, hand: Driver, store: Store, visit_id: str) -> None:
    press(page, "inspectors-button")
    hand.type("inspector-name", "周敏")
    key(page, Qt.Key.Key_Return)
    assert saved(store, visit_id).inspectors[-1] == "周敏"
    assert page.current_item() == "A01"


def test_enter_presses_the_button_that_has_the_focus(page: InspectionPage, store: Store, visit_id: str) -> None:
    key(page, Qt.Key.Key_2)
    assert part(page, "phrase-none-A01").hasFocus()
    key(page, Qt.Key.Key_Return)
    assert saved(store, visit_id).answers["/data/A/A01_note"] == "現場未能出示"


def test_enter_goes_to_the_figure_that_lacks_before_the_next_item(page: InspectionPage) -> None:
    page.frame.checklist.go_to("A05", take_focus=True)
    key(page, Qt.Key.Key_1)
    key(page, Qt.Key.Key_Return)
    assert part(page, "measure-A05_date").hasFocus()
    key(page, Qt.Key.Key_Return)
    assert page.current_item() == "A06"
