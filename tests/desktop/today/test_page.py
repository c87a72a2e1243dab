"""The today page over a real store: figures, quick start, drafts that appear at once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.today.page import TodayPage
from inspector_app.operations import registering
from tests.desktop.conftest import Ways


@pytest.fixture
def page(context: Context, registry: Callable[..., Path], qtbot: QtBot) -> TodayPage:
    rows = ("琶洲會展創新園", "園區", "琶洲", ""), ("某店", "餐飲", "海幢", "")
    registering.import_registry(context.store, registry(*rows))
    made = TodayPage(context)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    return made


def number(page: TodayPage, name: str) -> str:
    label = page.findChild(QLabel, name)
    assert label is not None
    return label.text()


def shown(within: QWidget, name: str) -> list[QPushButton]:
    """Buttons on screen; a layout shows what it was given at the next turn of the event loop."""
    QApplication.processEvents()
    return [button for button in within.findChildren(QPushButton, name) if button.isVisible()]


def test_the_day_is_named(page: TodayPage) -> None:
    assert page.head.where.text() == "2020年3月5日"
    page._context.language.switch("en")
    assert page.head.where.text() == "5 Mar 2020"


def test_a_visit_begins_by_typing_and_is_then_a_draft(page: TodayPage, ways: Ways, qtbot: QtBot) -> None:
    assert number(page, "today.drafts_figure") == "0"
    with qtbot.waitSignal(page.quick.search.searched):
        page.quick.search.setText("會展")
    choices = shown(page, "quick_choice")
    assert [choice.accessibleName() for choice in choices] == ["開始檢查 琶洲會展創新園"]
    qtbot.keyClick(page.quick.search, Qt.Key.Key_Return)
    [(name, visit)] = ways.gone
    assert name == "inspection"
    assert number(page, "today.drafts_figure") == "1"
    rows = shown(page.drafts, "today_row")
    assert len(rows) == 1
    rows[0].click()
    assert ways.gone[1] == ("inspection", visit)


def test_beginning_twice_at_one_site_opens_the_same_visit(page: TodayPage, ways: Ways, qtbot: QtBot) -> None:
    for _ in range(2):
        with qtbot.waitSignal(page.quick.search.searched):
            page.quick.search.setText("某店")
        with qtbot.waitSignal(page.quick.search.searched):
            qtbot.keyClick(page.quick.search, Qt.Key.Key_Return)
    assert len(ways.gone) == 2
    assert ways.gone[0] == ways.gone[1]
    assert number(page, "today.drafts_figure") == "1"
