"""The sites page over a real store: import, search, filters, detail, beginning a visit."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTreeWidget
from pytestqt.qtbot import QtBot

from inspector_app.desktop.driving import Driver
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.notify import Toast
from inspector_app.desktop.sites.page import SitesPage
from inspector_app.desktop.today.page import TodayPage
from inspector_app.operations import planning
from inspector_app.store import inspections, sites
from tests.desktop.conftest import Ways

ROWS = (
    ("新港紡織輔料有限公司", "工業企業", "新港", "91350100M000100Y43"),
    ("琶洲會展創新園", "園區", "琶洲", ""),
    ("海幢餐飲服務有限公司", "餐飲", "海幢", ""),
    ("江南中商業廣場", "商務樓宇", "江南中", ""),
    ("江南印刷廠", "工業企業", "江南中", ""),
)


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> SitesPage:
    made = SitesPage(context)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    return made


@pytest.fixture
def filled(page: SitesPage, registry: Callable[..., Path]) -> SitesPage:
    page.importing.run(registry(*ROWS))
    return page


def names(page: SitesPage) -> list[str]:
    model = page.table.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def search(page: SitesPage, qtbot: QtBot, text: str) -> list[str]:
    with qtbot.waitSignal(page.filters.search.searched):
        page.filters.search.setText(text)
    return names(page)


def test_an_empty_registry_says_what_belongs_here(page: SitesPage) -> None:
    titles = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert "還沒有場所" in titles
    assert not page.table.isVisible()


def test_an_import_shows_its_rows_and_refusals(page: SitesPage, registry: Callable[..., Path]) -> None:
    file = registry(*ROWS, ("", "園區", "琶洲", ""), ("不明單位", "礦山", "琶洲", ""), ("某店", "餐飲", "天河", ""))
    page.importing.run(file)
    assert len(names(page)) == 6
    title, listed = page.findChild(QLabel, "import_title"), page.findChild(QTreeWidget, "import_remarks")
    assert title is not None
    assert listed is not None
    assert title.text() == "匯入完成"
    items = [listed.topLevelItem(row) for row in range(listed.topLevelItemCount())]
    found = [(item.text(0), item.text(2)) for item in items if item is not None]
    assert found == [
        ("7", "不可留空"),
        ("8", "不是八種場所類型之一"),
        ("9", "已收下；不是海珠區的 18 條街道之一"),
    ]
    page._context.language.switch("en")
    assert title.text() == "Import finished"
    assert "6 sites" in page.head.where.text()


def test_a_broken_file_changes_nothing(page: SitesPage, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "registry.xlsx"
    file.write_bytes(b"PK\x03\x04 not a workbook")
    with qtbot.waitSignal(page._context.notify.faulted) as raised:
        page.importing.run(file)
    assert raised.args is not None
    assert raised.args[0].kind == "user"
    assert not page.importing.is_running
    assert names(page) == []


def test_search_narrows_by_name_code_and_street(filled: SitesPage, qtbot: QtBot) -> None:
    assert len(names(filled)) == 5
    assert search(filled, qtbot, "會展") == ["琶洲會展創新園"]
    assert search(filled, qtbot, "91350100m") == ["新港紡織輔料有限公司"]
    assert set(search(filled, qtbot, "江南")) == {"江南中商業廣場", "江南印刷廠"}
    assert filled.head.where.text() == "2 / 5 個場所"
    assert search(filled, qtbot, "沒有這個") == []
    assert not filled.table.isVisible()


def test_chips_and_street_narrow_and_are_remembered(filled: SitesPage, context: Context, qtbot: QtBot) -> None:
    driver = Driver(filled)
    driver.click("type_IN")
    assert names(filled) == ["新港紡織輔料有限公司", "江南印刷廠"]
    driver.choose("street", "江南中")
    assert names(filled) == ["江南印刷廠"]
    again = SitesPage(context)
    qtbot.addWidget(again)
    assert names(again) == ["江南印刷廠"]
    driver.click("type_OF")
    assert names(filled) == ["江南中商業廣場"]
    driver.click("type_OF")
    assert len(names(filled)) == 2


def test_the_detail_masks_the_phone(filled: SitesPage, qtbot: QtBot) -> None:
    search(filled, qtbot, "會展")
    shown = [label.text() for label in filled.detail.findChildren(QLabel)]
    assert "138****1234" in shown
    assert not any("13826001234" in text for text in shown)


def test_enter_begins_a_visit_and_then_continues_it(filled: SitesPage, ways: Ways, qtbot: QtBot) -> None:
    search(filled, qtbot, "會展")
    filled.table.setFocus()
    qtbot.keyClick(filled.table, Qt.Key.Key_Return)
    with filled._context.store.reading() as session:
        [visit] = inspections.ids(session)
    assert ways.gone == [("inspection", visit)]
    button = filled.findChild(QPushButton, "start_visit")
    assert button is not None
    assert button.text() == "繼續檢查"
    button.click()
    qtbot.keyClick(filled.table, Qt.Key.Key_Return)
    assert ways.gone == [("inspection", visit)] * 3


def test_a_site_can_be_opened_whatever_narrows_the_list(filled: SitesPage, qtbot: QtBot) -> None:
    wanted = filled._model.id_at(3)
    search(filled, qtbot, "會展")
    filled.open(wanted)
    qtbot.waitUntil(lambda: filled.table.current_id() == wanted)
    assert len(names(filled)) == 5


def test_names_stand_in_the_chosen_order_until_one_searches(filled: SitesPage, context: Context, qtbot: QtBot) -> None:
    context.settings.name_order.put("pinyin")
    assert [name[0] for name in names(filled)] == ["海", "江", "江", "琶", "新"]
    context.settings.name_order.put("stroke")
    assert [name[:2] for name in names(filled)] == ["江南", "江南", "海幢", "琶洲", "新港"]
    assert search(filled, qtbot, "jn") == ["江南中商業廣場", "江南印刷廠"]


def test_a_day_is_chosen_seen_cancelled_and_put_back(filled: SitesPage, context: Context) -> None:
    toasts: list[Toast] = []
    context.notify.toasted.connect(toasts.append)
    filled.table.choose(filled._model.id_at(0))
    line = filled.detail.plan
    line.plan(date(2020, 3, 9))
    words = filled.detail.findChild(QLabel, "planned-days")
    assert words is not None and words.text() == "已計劃：3月9日"
    line.cancel.click()
    assert words.text() == ""
    undo = toasts[-1].undo
    assert undo is not None
    undo()
    assert words.text() == "已計劃：3月9日"


def test_a_planned_visit_is_begun_from_today(filled: SitesPage, context: Context, ways: Ways, qtbot: QtBot) -> None:
    with context.store.reading() as session:
        (site,) = sites.search_ids(session, "琶洲", limit=1)
    planning.plan(context.store, site, date(2020, 3, 5))
    today = TodayPage(context)
    qtbot.addWidget(today)
    today.show()
    QApplication.processEvents()
    (row,) = today.plans.findChildren(QPushButton, "today_row")
    assert "今日" in row.accessibleName() and "琶洲會展創新園" in row.accessibleName()
    row.click()
    (gone,) = ways.gone
    with context.store.reading() as session:
        head = inspections.get(session, gone[1] or "")
    assert gone[0] == "inspection" and head is not None and head.site == site
    QApplication.processEvents()
    assert not [each for each in today.plans.findChildren(QPushButton, "today_row") if each.isVisible()]
