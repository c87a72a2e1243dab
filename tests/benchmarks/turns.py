"""How long the window's thread is busy between two looks at new input, in processor time, so that others do not count."""

import time

from PySide6.QtCore import QAbstractEventDispatcher, QThread


class Turns:
    """Turns of the event loop of the thread that makes it: `took` are milliseconds of processor time, in order.

    A turn ends where the loop waits or looks for input again; it may hold several events, so no event is longer. What is
    called from outside the loop counts with the turn that follows.
    """

    def __init__(self) -> None:
        self.took: list[float] = []
        self._since = time.thread_time()
        dispatcher = QAbstractEventDispatcher.instance(QThread.currentThread())
        dispatcher.awake.connect(self._end)
        dispatcher.aboutToBlock.connect(self._end)

    def begin(self) -> None:
        """Forget what was."""
        self.took.clear()
        self._since = time.thread_time()

    def longest(self) -> float:
        """Milliseconds of the longest turn since `begin`."""
        self._end()
        return max(self.took)

    def _end(self) -> None:
        now = time.thread_time()
        self.took.append((now - self._since) * 1000)
        self._since = now
