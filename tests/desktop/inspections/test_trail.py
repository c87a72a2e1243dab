"""ODK's audit trail through the real window: begun, continued, with values where the form says so, in the submission."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector_app.desktop.inspections.page import InspectionPage
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.questions.typed import Field
from inspector_app.operations import auditing, inspecting
from inspector_app.store.database import Store
from tests.desktop.inspections.conftest import key, part, press
from tests.operations.house_form import HOUSE, install

WATCHED = """
| survey |
| | type | name | label | required | appearance | parameters |
| | text | who | Who lives here? | yes | | |
| | begin_group | body | Body | | field-list | |
| | decimal | heat | Heat | | | |
| | text | cough | Cough | | | |
| | end_group | | | | | |
| | begin_repeat | room | Room | | | |
| | text | name | Name of the room | | | |
| | end_repeat | | | | | |
| | audit | audit | | | | track-changes=true identify-user=true |
| settings |
| | form_id | version | form_title |
| | watched | 1 | Watched |
"""
ITEMS = """
| survey |
| | type | name | label | parameters | {0}dimension | {0}critical | {0}photo | {0}deadline | {0}note |
| | begin_group | A | Mechanism | | A | | | | |
| | select_one pf | A01 | A group is in charge | | | key | optional | 3d | |
| | text | A01_note | Note | | | | | | A01 |
| | end_group | | | | | | | | |
| | audit | audit | | track-changes=true | | | | | |
| choices |
| | list_name | name | label |
| | pf | pass | Pass |
| | pf | fail | Fail |
| | pf | na | N/A |
| settings |
| | form_id | version | form_title | namespaces |
| | watched | 1 | Watched | app="urn:inspector-app:checklist" |
""".format("bind::app:")
Begin = Callable[..., InspectionPage]


@pytest.fixture
def begin(qtbot: QtBot, context: Context, store: Store, site_id: str, tmp_path: Path) -> Begin:
    """Installs a form, starts a visit with it and shows it in a window of its own."""

    def made(table: str, form: str = "watched") -> InspectionPage:
        install(store, tmp_path, table)
        visit, _ = inspecting.start(store, site_id, form=form, inspectors=("李婉儀", "陳志強"))
        return shown(qtbot, context, visit)

    return made


def shown(qtbot: QtBot, context: Context, visit: str) -> InspectionPage:
    page = InspectionPage(context)
    qtbot.addWidget(page)
    page.resize(1092, 760)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.open(visit)
    QApplication.processEvents()
    return page


def typed(page: InspectionPage, path: str, text: str) -> None:
    page._go(path)
    field = part(page, f"question-{path}").findChild(Field)
    assert field is not None
    field.enter(text)
    QApplication.processEvents()


def kept(store: Store, page: InspectionPage) -> list[dict[str, str]]:
    visit = inspecting.open_visit(store, page.visiting.id)
    return list(csv.DictReader(io.StringIO(auditing.read(store, visit))))


def told(lines: list[dict[str, str]]) -> list[tuple[str, ...]]:
    return [(line["event"], line["node"], line["old-value"], line["new-value"]) for line in lines]


def test_what_is_seen_and_answered_is_kept_when_the_visit_is_left(begin: Begin, store: Store) -> None:
    page = begin(WATCHED)
    typed(page, "/data/who", "林家")
    typed(page, "/data/body/heat", "36.5")
    typed(page, "/data/body/cough", "=no")
    page.hide()
    lines = kept(store, page)
    assert told(lines) == [
        ("form start", "", "", ""),
        ("question", "/data/who", "", "林家"),
        ("group questions", "/data/body", "", ""),
        ("question", "/data/body/heat", "", "36.5"),
        ("question", "/data/body/cough", "", "'=no"),
        ("form save", "", "", ""),
        ("form exit", "", "", ""),
    ]
    assert {line["user"] for line in lines} == {store.me.name}
    assert all(int(line["start"]) > 0 for line in lines)
    assert all(int(line["end"]) >= int(line["start"]) for line in lines if line["node"])


def test_it_goes_on_where_it_ended_in_this_window_and_the_next(
    qtbot: QtBot, context: Context, begin: Begin, store: Store
) -> None:
    page = begin(WATCHED)
    page.hide()
    page.show()
    page.close()
    again = shown(qtbot, context, page.visiting.id)
    typed(again, "/data/who", "甲")
    again.close()
    events = [line["event"] for line in kept(store, again)]
    assert events == [
        "form start", "question", "form save", "form exit",
        "form resume", "question", "form save", "form exit",
        "form resume", "question", "form save", "form exit",
    ]  # fmt: skip


def test_repeats_and_jumps_are_told(qtbot: QtBot, begin: Begin, store: Store) -> None:
    page = begin(WATCHED)
    press(page, "dimension-/data/body")
    page.frame.questions.repeat_added.emit("/data/room")
    qtbot.waitUntil(lambda: page.current_item().startswith("/data/room["))
    place = page.current_item().rpartition("/")[0]
    with qtbot.waitSignal(page.visiting.shrunk):
        page.frame.questions.repeat_removed.emit(place)
    page.hide()
    events = [(line["event"], line["node"]) for line in kept(store, page)]
    assert ("jump", "") in events
    assert ("question", f"{place}/name") in events
    assert ("delete repeat", place) in events


def test_the_finished_submission_holds_it(begin: Begin, store: Store) -> None:
    page = begin(WATCHED)
    typed(page, "/data/who", "林家")
    press(page, "finish-button")
    part(page, "head-name").setProperty("text", "林")
    press(page, "confirm-finish")
    visit = inspecting.open_visit(store, page.visiting.id)
    assert visit.inspection.number
    assert visit.session.value("/data/meta/audit") == "audit.csv"
    assert b"<audit>audit.csv</audit>" in visit.session.draft_xml()
    events = [line["event"] for line in kept(store, page)]
    assert events == ["form start", "question", "end screen", "form finalize"]
    page.close()
    assert len(kept(store, page)) == 4, "nothing is written about a finished visit"


def test_an_item_is_a_screen_with_its_note(begin: Begin, store: Store) -> None:
    page = begin(ITEMS)
    key(page, Qt.Key.Key_2)
    page.visiting.answer("A01", {"/data/A/A01_note": "門口無人"})
    page.hide()
    assert told(kept(store, page))[:3] == [
        ("form start", "", "", ""),
        ("question", "/data/A/A01", "", "fail"),
        ("question", "/data/A/A01_note", "", "門口無人"),
    ]


def test_a_form_that_asks_for_none_keeps_none(begin: Begin, store: Store) -> None:
    page = begin(HOUSE, "house")
    typed(page, "/data/who", "林家")
    page.hide()
    visit = inspecting.open_visit(store, page.visiting.id)
    assert auditing.place(visit.checklist.form) == ""
    assert not visit.files
