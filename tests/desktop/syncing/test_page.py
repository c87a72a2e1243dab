"""The sync page over a real store: joining, a Round with a hub that cannot be reached, chip and journal."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.desktop.driving import Driver
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.syncing.page import SyncingPage
from inspector_app.desktop.syncing.rounds import Rounds
from inspector_app.operations import registering
from inspector_app.store.ledger import StoreLedger
from inspector_app.sync.ports import HubLink
from tests.desktop.conftest import Ways

NOBODY = "http://127.0.0.1:9"
"""The discard port of this computer: nothing answers."""


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> SyncingPage:
    made = SyncingPage(context, Rounds(context))
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    return made


@pytest.fixture
def joined(page: SyncingPage) -> SyncingPage:
    store = page._context.store
    StoreLedger(store).save_hub(HubLink(NOBODY, "hub", "00" * 32, 1, store.identity.device))
    page._rounds.look()
    return page


def texts(page: QWidget) -> set[str]:
    QApplication.processEvents()
    return {label.text() for label in page.findChildren(QLabel) if label.isVisible()}


def button(page: SyncingPage, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert found is not None
    return found


def test_a_laptop_on_its_own_is_offered_to_join(page: SyncingPage) -> None:
    assert "這台電腦還沒有加入同步" in texts(page)
    assert not button(page, "sync_now").isVisible()
    assert not button(page, "join").isEnabled()


def test_a_hub_that_does_not_answer_is_said_beside_the_form(page: SyncingPage) -> None:
    driver = Driver(page)
    driver.type("hub_url", NOBODY)
    driver.type("hub_code", "AAAA-BBBB")
    driver.click("join")
    error = driver.find("join_error")
    assert isinstance(error, QLabel)
    assert error.text()
    assert button(page, "join").isEnabled()
    assert page._join.url.text() == NOBODY


def test_without_a_network_nothing_is_lost_and_it_is_said(
    joined: SyncingPage, registry: Callable[..., Path], qtbot: QtBot
) -> None:
    outcome = registering.import_registry(joined._context.store, registry(("某園區", "園區", "琶洲", "")))
    joined._context.bulletin.announce(outcome.touched)
    qtbot.waitUntil(lambda: joined._rounds.chip().waiting == 1)
    button(joined, "sync_now").click()
    assert joined._rounds.chip().kind == "waiting"
    said = texts(joined)
    assert "這次沒有同步成功，資料安全保存在本機" in said
    assert "沒有成功" in said
    assert joined._rounds.chip().waiting == 1
    assert not joined._rounds.is_running


def test_the_key_on_a_lone_laptop_opens_the_page(page: SyncingPage, ways: Ways) -> None:
    page._rounds.start()
    assert ways.gone == [("syncing", None)]


def test_a_failed_round_is_tried_again_by_itself_and_at_once_on_another_network(
    joined: SyncingPage, qtbot: QtBot
) -> None:
    rounds = joined._rounds
    qtbot.waitUntil(lambda: rounds.status is not None and rounds.status.link is not None)
    assert rounds._next.isActive() and rounds._next.interval() > 20_000, "a window that opened lets people look first"
    with qtbot.waitSignal(rounds.changed, check_params_cb=None):
        rounds.start()
    qtbot.waitUntil(lambda: rounds.outcome is not None)
    assert rounds._next.isActive() and rounds._next.interval() <= 2_000
    rounds._pace = type(rounds._pace)(8, rounds._context.store.clock() + 600_000)
    rounds.network_changed()
    assert rounds._next.interval() == 0
    rounds._next.stop()
