"""Lanes: order, delivery on the GUI thread, failures, cancelling, callbacks of widgets that are gone."""

import gc
import sys
import threading
from functools import partial
from threading import Event, Timer

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector_app.desktop.kit.jobs import Lanes, Token, set_aside


class Page(QObject):
    """Notes what is delivered and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.got: list[object] = []
        self.threads: set[int] = set()

    def take(self, value: object) -> None:
        self.got.append(value)
        self.threads.add(threading.get_ident())


def test_the_write_lane_works_in_order_off_the_gui_thread(qapp: QApplication, qtbot: QtBot) -> None:
    lanes, page = Lanes.threaded(), Page()
    workers: list[int] = []

    def work(number: int) -> int:
        workers.append(threading.get_ident())
        return number

    for number in range(50):
        lanes.write.run(partial(work, number), page.take)
    assert lanes.write.is_busy
    qtbot.waitUntil(lambda: len(page.got) == 50)
    assert page.got == list(range(50))
    assert page.threads == {threading.get_ident()}
    assert len(set(workers)) == 1
    assert workers[0] != threading.get_ident()
    lanes.close()


def test_a_failure_goes_to_its_callback_or_to_the_lane(qapp: QApplication, qtbot: QtBot) -> None:
    lanes, page, unclaimed = Lanes.threaded(), Page(), Page()
    lanes.wide.failed.connect(unclaimed.take)

    def fail() -> None:
        raise ValueError("no")

    lanes.wide.run(fail, page.take, page.take)
    lanes.wide.run(fail, page.take)
    qtbot.waitUntil(lambda: not lanes.wide.is_busy)
    assert [type(x) for x in page.got] == [ValueError]
    assert [type(x) for x in unclaimed.got] == [ValueError]
    lanes.close()


def test_a_page_that_is_gone_is_not_called(qapp: QApplication, qtbot: QtBot) -> None:
    lanes, page = Lanes.threaded(), Page()
    gate = threading.Event()
    lanes.wide.run(gate.wait, page.take)
    lanes.wide.run(gate.wait, partial(page.take))
    page.deleteLater()
    qapp.sendPostedEvents(None, 52)  # DeferredDelete
    gate.set()
    qtbot.waitUntil(lambda: not lanes.wide.is_busy)
    assert page.got == []
    lanes.close()


def test_a_job_reports_and_is_cancelled(qapp: QApplication, qtbot: QtBot) -> None:
    lanes, page, token = Lanes.threaded(), Page(), Token()
    token.progressed.connect(page.take)
    begun = threading.Event()

    def work() -> str:
        token.report(1, 3)
        begun.set()
        while not token.is_cancelled():
            begun.wait(0.01)
        return "stopped"

    lanes.wide.run(work, page.take)
    qtbot.waitUntil(begun.is_set)
    token.cancel()
    qtbot.waitUntil(lambda: "stopped" in page.got)
    assert page.got == [(1, 3), "stopped"]
    assert page.threads == {threading.get_ident()}
    lanes.close()


def test_lanes_of_tests_deliver_before_run_returns(qapp: QApplication) -> None:
    lanes, page = Lanes.at_once(), Page()
    lanes.write.run(lambda: 42, page.take)
    assert page.got == [42]
    assert not lanes.write.is_busy


def test_what_was_asked_of_the_write_lane_before_closing_is_done(qtbot: QtBot) -> None:
    lanes = Lanes.threaded()
    gate, done = Event(), []
    lanes.write.run(gate.wait)
    for number in range(5):
        lanes.write.run(partial(done.append, number))
    Timer(0.05, gate.set).start()
    lanes.close()
    lanes.write.run(partial(done.append, 99))
    assert done == [0, 1, 2, 3, 4]


def test_busy_threads_let_the_window_go_on_and_the_collector_looks_at_little() -> None:
    Lanes.threaded().close()
    assert sys.getswitchinterval() <= 0.001
    try:
        set_aside()
        assert gc.get_freeze_count() > 10_000
        assert sum(gc.get_count()) < 1000
    finally:
        gc.unfreeze()
