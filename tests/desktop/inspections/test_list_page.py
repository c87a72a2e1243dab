"""The list of visits: drafts first, chips, search by Site and number, Enter opens."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from inspector_app.desktop.inspections.list_page import InspectionsPage
from inspector_app.desktop.inspections.list_state import derive_look, progress_text
from inspector_app.desktop.inspections.models import visit_model
from inspector_app.desktop.kit.context import Context
from inspector_app.domain.inspection import Signing
from inspector_app.operations import inspecting
from inspector_app.store.database import Store
from tests.desktop.conftest import Ways
from tests.desktop.inspections.conftest import complete


@pytest.fixture
def finished_id(store: Store, site_id: str, picture: Callable[[str], Path]) -> str:
    made = inspecting.start(store, site_id, inspectors=("李婉儀", "陳志強"))[0]
    complete(store, made, picture("a.jpg"))
    inspecting.finish(store, inspecting.open_visit(store, made), Signing("王建國"))
    return made


@pytest.fixture
def listed(qtbot: QtBot, context: Context, finished_id: str, visit_id: str) -> InspectionsPage:
    made = InspectionsPage(context)
    qtbot.addWidget(made)
    made.resize(1092, 700)
    made.show()
    return made


def ids(page: InspectionsPage) -> list[str]:
    model = page._model
    return [model.id_at(row) for row in range(model.rowCount())]


def test_the_model_keeps_its_promises(context: Context, visit_id: str, finished_id: str) -> None:
    model = visit_model(context)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_ids([visit_id, finished_id])
    model.refresh()
    model.show_ids([])


def test_drafts_come_first(listed: InspectionsPage, visit_id: str, finished_id: str) -> None:
    assert ids(listed) == [visit_id, finished_id]
    model = listed._model
    assert model.index(0, 0).data() == "廣州琶洲會展園區"
    assert model.index(0, 3).data() == "草稿"
    assert model.index(1, 3).data() == "合格"


def test_chips_narrow_and_are_remembered(
    listed: InspectionsPage, qtbot: QtBot, context: Context, finished_id: str
) -> None:
    chip = listed.findChild(QAbstractButton, "chip-finished")
    assert chip is not None and chip.text() == "已完成 1"
    chip.click()
    assert ids(listed) == [finished_id]
    again = InspectionsPage(context)
    qtbot.addWidget(again)
    assert ids(again) == [finished_id]


def test_the_search_reads_sites_and_numbers(
    listed: InspectionsPage, qtbot: QtBot, visit_id: str, finished_id: str
) -> None:
    number = listed._model.index(1, 4).data()
    listed.search.setText("琶洲會展")
    qtbot.waitUntil(lambda: ids(listed) == [visit_id, finished_id])
    listed.search.setText(number)
    qtbot.waitUntil(lambda: ids(listed) == [finished_id])
    listed.search.setText("沒有這個場所")
    qtbot.waitUntil(lambda: ids(listed) == [])


def test_enter_opens(listed: InspectionsPage, ways: Ways, visit_id: str) -> None:
    listed.open(visit_id)
    QTest.keyClick(listed.table, Qt.Key.Key_Return)
    assert ways.gone == [("inspection", visit_id)]


@pytest.mark.parametrize(
    ("status", "result", "key"),
    [
        ("draft", "open", "result.draft"),
        ("finished", "rectify", "result.rectify"),
        ("finished", "from a newer program", "result.open"),
    ],
)
def test_looks(status: str, result: str, key: str) -> None:
    assert derive_look(status, result)[2] == key


def test_progress_without_a_known_total() -> None:
    assert (progress_text(3, 70), progress_text(3, 0)) == ("3/70", "3")
