"""Python's collector looks at everything only while nobody waits: after a visit was left, or behind another program."""

import gc
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

NEVER = 1_000_000_000
REST_MS = 3_000
"""After a visit was left one looks at what is shown now before one types again."""


class Collector(QObject):
    """While it lives, rings of garbage that have grown old wait for a moment of rest.

    To look at a whole visit takes the collector a tenth of a second, in which no thread goes on (ADR 0211, 0221); what is
    young is still looked at at once, in a millisecond or two.
    """

    def __init__(self, parent: QObject, *, rest_ms: int = REST_MS) -> None:
        super().__init__(parent)
        before = gc.get_threshold()
        gc.set_threshold(before[0], before[1], NEVER)
        self.destroyed.connect(partial(gc.set_threshold, *before))
        self._rest = QTimer(self, singleShot=True, interval=rest_ms)
        self._rest.timeout.connect(gc.collect)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._on_state)

    def soon(self) -> None:
        """Something large was left."""
        self._rest.start()

    def _on_state(self, state: Qt.ApplicationState) -> None:
        if state != Qt.ApplicationState.ApplicationActive:
            self.soon()
