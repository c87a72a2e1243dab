"""Rings of old garbage wait until a visit was left; the collector is as before once the window is gone."""

import gc
import weakref

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from inspector_app.desktop.kit.collector import NEVER, Collector


class Ring:
    """Refers to itself."""

    def __init__(self) -> None:
        self.me = self


def test_old_rings_go_in_a_moment_of_rest(qtbot: QtBot) -> None:
    before = gc.get_threshold()
    owner = QObject()
    collector = Collector(owner, rest_ms=10)
    assert gc.get_threshold() == (*before[:2], NEVER)
    ring = Ring()
    gc.collect(1)  # it has grown old
    gone = weakref.ref(ring)
    del ring
    gc.collect(1)
    assert gone() is not None
    collector.soon()
    qtbot.waitUntil(lambda: gone() is None)
    owner.deleteLater()
    qtbot.waitUntil(lambda: gc.get_threshold() == before)
