"""The findings page on a real store: chips, the way to closure by two persons, words in three languages."""

from collections.abc import Mapping

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.desktop.findings.models import finding_model
from inspector_app.desktop.findings.page import FindingsPage
from inspector_app.desktop.kit.context import Context
from inspector_app.domain.finding import Finding, FindingStatus
from inspector_app.operations import following_up
from inspector_app.store import findings, papers
from inspector_app.store.database import Store
from tests.desktop.conftest import Ways


@pytest.fixture
def page(qtbot: QtBot, context: Context, by_item: Mapping[str, str]) -> FindingsPage:
    made = FindingsPage(context)
    qtbot.addWidget(made)
    made.resize(1092, 700)
    made.show()
    return made


def press(page: QWidget, name: str) -> None:
    widget = page.findChild(QWidget, name)
    assert isinstance(widget, QAbstractButton)
    assert widget.isVisible()
    widget.click()
    QApplication.processEvents()


def said(page: QWidget, name: str) -> str:
    widget = page.findChild(QLabel, name)
    assert widget is not None and widget.isVisible()
    return widget.text()


def saved(store: Store, finding_id: str) -> Finding:
    with store.reading() as session:
        found = findings.get(session, finding_id)
    assert found is not None
    return found


def texts(page: FindingsPage) -> list[list[str]]:
    model = page.table.model()
    return [[str(model.index(r, c).data()) for c in range(model.columnCount())] for r in range(model.rowCount())]


def test_the_model_keeps_its_promises(context: Context, by_item: Mapping[str, str]) -> None:
    model = finding_model(context)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_ids(list(by_item.values()))
    model.refresh()
    model.show_ids([])


def test_the_soonest_comes_first_and_late_ones_say_so(page: FindingsPage) -> None:
    rows = texts(page)
    assert [row[0][:3] for row in rows] == ["A10", "A04"]
    assert rows[0][2:] == ["3月5日 08:00", "逾期 2 小時"]
    assert rows[1][2:] == ["3月6日 10:30", "剩 24 小時"]
    assert rows[0][1] == "廣州琶洲會展園區"


def test_chips_narrow_and_count(page: FindingsPage) -> None:
    chip = page.findChild(QAbstractButton, "chip-overdue")
    assert chip is not None and chip.text() == "逾期 1"
    press(page, "chip-overdue")
    assert [row[0][:3] for row in texts(page)] == ["A10"]
    press(page, "chip-soon")
    assert [row[0][:3] for row in texts(page)] == ["A04"]
    press(page, "chip-closed")
    assert texts(page) == []


def test_reported_by_one_and_closed_by_another(page: FindingsPage, store: Store, by_item: Mapping[str, str]) -> None:
    finding = by_item["A04"]
    page.open(finding)
    assert said(page, "finding-observation") == "現場未能出示"
    press(page, "report-mended")
    assert saved(store, finding).status == "reported"
    press(page, "close-finding")
    assert said(page, "finding-error") == "報告整改的人不能銷號，須由另一名檢查員到場核實。"
    assert saved(store, finding).status == "reported"


def test_closing_what_somebody_else_reported(
    page: FindingsPage, context: Context, store: Store, by_item: Mapping[str, str]
) -> None:
    finding = by_item["A04"]
    context.bulletin.announce(following_up.report_mended(store, finding, by="陳志強"))
    page.open(finding)
    press(page, "close-finding")
    done = saved(store, finding)
    assert (done.status, done.closed_by) == ("closed", "李婉儀")
    assert [row[0][:3] for row in texts(page)] == ["A10"]
    press(page, "chip-closed")
    assert [row[0][:3] + row[3] for row in texts(page)] == ["A04已銷號"]


def test_opening_a_closed_one_switches_the_chip(page: FindingsPage, store: Store, by_item: Mapping[str, str]) -> None:
    following_up.report_mended(store, by_item["A04"], by="陳志強")
    following_up.close(store, by_item["A04"])
    page.open(by_item["A04"])
    assert page.table.current_id() == by_item["A04"]


def test_the_visit_is_one_press_away(page: FindingsPage, by_item: Mapping[str, str], ways: Ways, visit_id: str) -> None:
    page.open(by_item["A10"])
    press(page, "open-visit")
    assert ways.gone == [("inspection", visit_id)]


def test_the_search_narrows(page: FindingsPage, qtbot: QtBot) -> None:
    page.search.setText("A10")
    qtbot.waitUntil(lambda: [row[0][:3] for row in texts(page)] == ["A10"])
    page.search.setText("沒有這樣的事")
    qtbot.waitUntil(lambda: texts(page) == [])


def test_english_leaves_no_chinese_words(page: FindingsPage, context: Context, by_item: Mapping[str, str]) -> None:
    page.open(by_item["A04"])
    context.settings.language.put("en")
    words = [each.text() for each in page.findChildren(QAbstractButton) if each.isVisible()]
    words += [row[2] + row[3] for row in texts(page)]
    assert words and all(word.isascii() or "·" in word for word in words)
    assert not [word for word in words if any("\u3400" < c < "\u9fff" for c in word)]


def test_the_notice_of_the_visit_gets_its_number_from_the_paper_itself(
    page: FindingsPage, context: Context, by_item: Mapping[str, str]
) -> None:
    page.table.choose(by_item["A04"])
    press(page, "open-notice")
    assert page.paper is not None and page.paper.is_ready
    press(page.paper, "issue")
    issue = page.paper.findChild(QAbstractButton, "issue")
    assert issue is not None and not issue.isVisible()
    with context.store.reading() as session:
        assert papers.of_inspection(session, saved(context.store, by_item["A04"]).inspection, "notice")
    press(page.paper, "close-preview")
    assert page.table.isVisible()


def test_a_recheck_that_found_nothing_mended_is_noted(
    page: FindingsPage, context: Context, by_item: Mapping[str, str]
) -> None:
    page.table.choose(by_item["A04"])
    press(page, "keep-open")
    assert said(page, "finding-error")
    page.detail.recheck.note.setText("仍未設隔離觀察室")
    press(page, "keep-open")
    kept = saved(context.store, by_item["A04"])
    assert (kept.status, kept.recheck_note) == (FindingStatus.MENDING, "仍未設隔離觀察室")
    assert kept.rechecked_by == context.store.me.name
