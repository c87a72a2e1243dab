"""The sync page over a real store: joining, a Round with a hub that cannot be reached, chip and journal."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.desktop.driving import Driver
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.notify import Fault
from inspector_app.desktop.syncing.page import SyncingPage
from inspector_app.desktop.syncing.rounds import Rounds
from inspector_app.domain.changeset import DISTRICT, Edit, Touched, Value, team_scope
from inspector_app.domain.ids import new_id
from inspector_app.domain.team import Inspector, Role
from inspector_app.operations import registering, tabling
from inspector_app.store import log
from inspector_app.store.database import create_store
from inspector_app.store.ledger import StoreLedger
from inspector_app.sync.identity import new_identity
from inspector_app.sync.ports import HubLink, Pending, RoundOutcome
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


def figures(page: SyncingPage) -> list[str]:
    QApplication.processEvents()
    return [figure.text() for _, figure, _ in page._deliveries._figures]


def test_each_photo_is_here_on_a_stick_or_at_the_hub_and_those_not_there_are_named(
    joined: SyncingPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = joined._context.store
    ledger = StoreLedger(store)
    hub = new_identity()
    ledger.save_hub(HubLink(NOBODY, "hub", hub.public.hex(), 1, store.identity.device))
    site, visit = new_id(), new_id()
    with store.writing() as session:
        edits = [Edit("site", site, {"name": "琶洲某園區"}, DISTRICT)]
        edits += [Edit("inspection", visit, {"site": site, "team": 7}, team_scope(7))]
        for number in range(3):
            blob: Value = {"sha": store.blobs.put(bytes(1_000 + number)), "size": 1_000 + number, "mime": "image/jpeg"}
            values: dict[str, Value] = {"inspection": visit, "item": f"A0{number}", "blob": blob}
            edits.append(Edit("photo", new_id(), values, team_scope(7)))
        log.append(session, edits)
    joined._context.bulletin.announce(Touched(sync=True))
    assert figures(joined) == ["3", "0", "0", "0"]
    assert {"琶洲某園區 · A00", "琶洲某園區 · A02", "還沒有到服務器：3 份，共 3 KB"} <= texts(joined)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "stick.zip"), ""))
    ledger.blobs_confirmed([ledger.blobs_to_send()[0].sha])
    button(joined, "stick_write").click()
    assert (tmp_path / "stick.zip").exists()
    assert figures(joined) == ["0", "2", "1", "0"], "a stick is no receipt"
    assert "琶洲某園區 · A00" not in texts(joined) and "2020年3月5日 10:30 寫入隨身碟" in texts(joined)
    ledger.blobs_confirmed([one.sha for one in ledger.blobs_to_send()])
    joined._context.bulletin.announce(Touched(sync=True))
    assert figures(joined) == ["0", "0", "3", "0"]
    assert not any("還沒有到服務器" in text for text in texts(joined))


def test_a_bundle_that_is_none_is_refused_in_words(
    joined: SyncingPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults: list[Fault] = []
    joined._context.notify.faulted.connect(faults.append)
    (tmp_path / "torn.zip").write_bytes(b"PK torn")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "torn.zip"), ""))
    button(joined, "stick_read").click()
    assert [fault.kind for fault in faults] == ["user"]
    assert button(joined, "stick_read").isEnabled()


def test_colleagues_at_the_table_exchange_through_their_pages(
    joined: SyncingPage, tmp_path: Path, qtbot: QtBot
) -> None:
    store = joined._context.store
    with store.writing() as session:
        log.append(session, [Edit("inspection", new_id(), {"team": 7}, team_scope(7))])
    joined.table.networks = lambda: [("127.0.0.1", "Wi-Fi · 127.0.0.1")]
    joined.table._show()
    button(joined, "table_open").click()
    server = joined.table.server
    assert server is not None and {server.table.address, server.table.code} <= texts(joined)
    guest = create_store(tmp_path / "guest", "a long password", Inspector("黃婉儀", 7, Role.INSPECTOR))
    StoreLedger(guest).save_hub(HubLink(NOBODY, "hub", "00" * 32, 1, guest.identity.device))
    with guest.writing() as session:
        log.append(session, [Edit("inspection", new_id(), {"team": 7}, team_scope(7))])
    assert tabling.visit(guest, server.table).pulled == 1
    qtbot.waitUntil(lambda: "剛從同事收到 1 條記錄、0 份照片和檔案" in texts(joined))
    driver = Driver(joined)
    driver.type("table_address", server.table.address)
    driver.type("table_typed", "WRONG-CODE")
    driver.click("table_visit")
    assert any("代碼不對或已失效" in text for text in texts(joined))
    button(joined, "table_open").click()
    assert joined.table.server is None and server.table.code not in texts(joined)
    guest.close()


def test_a_full_day_says_what_to_do(joined: SyncingPage) -> None:
    joined._rounds.outcome = RoundOutcome("partial", "quota", pushed=3)
    assert joined._rounds.status is not None
    joined._rounds.status = replace(joined._rounds.status, pending=Pending(0, 4))
    joined._rounds.changed.emit()
    said = texts(joined)
    assert any("明天自動繼續" in text and "隨身碟" in text for text in said)


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
