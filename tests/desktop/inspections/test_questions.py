"""Questions outside the Items in the visit page: answered, repeated, undone, missed, found; a form without any Item."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector_app.desktop.inspections.page import InspectionPage
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.questions.typed import Field
from inspector_app.operations import inspecting
from inspector_app.store.database import Store
from tests.desktop.inspections.conftest import key, part, press
from tests.operations.house_form import HOUSE, install

MIXED = """
| survey |
| | type | name | label | required | {0}dimension | {0}critical | {0}photo | {0}deadline | {0}note |
| | begin_group | A | Mechanism | | A | | | | |
| | select_one pf | A01 | A group is in charge | | | key | optional | 3d | |
| | text | A01_note | Note | | | | | | A01 |
| | end_group | | | | | | | | |
| | text | who | Who lives here? | yes | | | | | |
| | integer | n | How many? | | | | | | |
| choices |
| | list_name | name | label |
| | pf | pass | Pass |
| | pf | fail | Fail |
| | pf | na | N/A |
| settings |
| | form_id | version | form_title | namespaces |
| | mixed | 1 | Mixed | app="urn:inspector-app:checklist" |
""".format("bind::app:")
Begin = Callable[[str], InspectionPage]


@pytest.fixture
def begin(qtbot: QtBot, context: Context, store: Store, site_id: str, tmp_path: Path) -> Iterator[Begin]:
    """Installs a form, starts a visit with it and shows it."""

    def made(table: str) -> InspectionPage:
        install(store, tmp_path, table)
        form = "mixed" if table is MIXED else "house"
        visit, _ = inspecting.start(store, site_id, form=form, inspectors=("李婉儀", "陳志強"))
        page = InspectionPage(context)
        qtbot.addWidget(page)
        page.resize(1092, 760)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        page.open(visit)
        QApplication.processEvents()
        return page

    yield made


def typed(page: InspectionPage, path: str, text: str) -> None:
    field = part(page, f"question-{path}").findChild(Field)
    assert field is not None
    field.enter(text)
    QApplication.processEvents()


def saved(store: Store, page: InspectionPage) -> dict[str, str]:
    visit = inspecting.open_visit(store, page.visiting.id)
    return {path: value for path in visit.session.paths() if (value := visit.session.value(path))}


def test_a_plain_form_is_a_visit_of_questions(begin: Begin, store: Store) -> None:
    page = begin(HOUSE)
    shown = page.shown()
    assert shown is not None and not shown.has_items
    assert page.frame.is_asking
    assert page.current_item() == "/data/who"
    typed(page, "/data/who", "林家")
    typed(page, "/data/n", "2")
    assert saved(store, page)["/data/who"] == "林家"
    shown = page.shown()
    assert shown is not None
    assert shown.answered == 3, "two by hand, one by the form"
    assert [row.key for row in shown.sheet.rows() if row.kind == "instance" and "guest" in row.key] == [
        "/data/guest[1]",
        "/data/guest[2]",
    ]


def test_dimensions_and_questions_stand_in_the_order_of_the_form(begin: Begin) -> None:
    page = begin(MIXED)
    shown = page.shown()
    assert shown is not None
    assert [place.id for place in shown.dimensions][:2] == ["A", "/data/who"]
    assert not page.frame.is_asking
    key(page, Qt.Key.Key_1)
    assert page.shown().find("A01").verdict == "pass"  # type: ignore[union-attr]
    key(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.frame.is_asking
    assert page.current_item() == "/data/who"
    press(page, "dimension-A")
    assert page.current_item() == "A01"


def test_digits_are_for_the_question_while_one_is_asked(begin: Begin) -> None:
    page = begin(MIXED)
    key(page, Qt.Key.Key_2)
    press(page, "dimension-/data/who")
    key(page, Qt.Key.Key_1)
    assert page.shown().find("A01").verdict == "fail"  # type: ignore[union-attr]


def test_an_answer_is_undone_and_done_again(begin: Begin, store: Store) -> None:
    page = begin(HOUSE)
    typed(page, "/data/who", "甲")
    typed(page, "/data/n", "7")
    page.keys.undo()
    assert "/data/n" not in saved(store, page)
    assert page.current_item() == "/data/n"
    page.keys.redo()
    assert saved(store, page)["/data/n"] == "7"


def test_a_repeat_grows_shrinks_and_comes_back_with_its_answers(qtbot: QtBot, begin: Begin, store: Store) -> None:
    page = begin(HOUSE)
    before = sum(row.kind == "instance" for row in page.shown().sheet.rows())  # type: ignore[union-attr]
    page.frame.questions.repeat_added.emit("/data/room")
    qtbot.waitUntil(lambda: page.current_item().startswith("/data/room["))
    place = page.current_item()
    typed(page, place, "廚房")
    page.frame.questions.repeat_removed.emit(place.rpartition("/")[0])
    assert place not in saved(store, page)
    page.keys.undo()
    assert saved(store, page)[place] == "廚房"
    page.keys.undo()
    page.keys.undo()
    assert sum(row.kind == "instance" for row in page.shown().sheet.rows()) == before  # type: ignore[union-attr]


def test_what_is_required_keeps_the_visit_open_and_leads_there(begin: Begin) -> None:
    page = begin(HOUSE)
    typed(page, "/data/n", "-3")
    press(page, "finish-button")
    assert part(page, "lack-/data/who-answer").isVisible()
    assert part(page, "lack-/data/n-invalid").isVisible()
    press(page, "lack-/data/who-answer")
    assert page.current_item() == "/data/who"


def test_a_plain_form_finishes_without_a_conclusion(begin: Begin, store: Store) -> None:
    page = begin(HOUSE)
    typed(page, "/data/who", "林家")
    press(page, "finish-button")
    part(page, "head-name").setProperty("text", "林")
    press(page, "confirm-finish")
    shown = page.shown()
    assert shown is not None and shown.is_finished
    assert shown.result == "recorded"


def test_a_picture_answers_a_question(qtbot: QtBot, begin: Begin, store: Store, picture: Callable[[str], Path]) -> None:
    page = begin(HOUSE)
    page.frame.questions.file_given.emit("/data/front", ("front.jpg", picture("front.jpg")))
    assert saved(store, page)["/data/front"] == "front.jpg"
    assert page.files.original("/data/front", "front.jpg")
    qtbot.waitUntil(lambda: page.files.thumbnail("/data/front", "front.jpg") is not None)
    page.keys.undo()
    assert "/data/front" not in saved(store, page)


def test_search_finds_questions_too(begin: Begin) -> None:
    page = begin(MIXED)
    page._on_searched("lives")
    assert page.frame.checklist.results.count() == 1
    page.frame.checklist.choose_result()
    assert page.current_item() == "/data/who"
    assert page.frame.is_asking
