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


class Frames:
    """Every turn of the event loop as (what was going on, ms that passed, ms of processor time); waiting asleep is none.

    Needs Qt's own event dispatcher (QT_NO_GLIB=1). `skip` puts the work of the measuring itself to no account.
    """

    def __init__(self) -> None:
        self.turns: list[tuple[str, float, float]] = []
        self.what = ""
        self._is_asleep = False
        self._clock, self._busy = time.perf_counter(), time.thread_time()
        dispatcher = QAbstractEventDispatcher.instance(QThread.currentThread())
        dispatcher.awake.connect(self._on_awake)
        dispatcher.aboutToBlock.connect(self._on_about_to_block)

    def skip(self) -> None:
        """What happened since the last turn does not count."""
        self._clock, self._busy = time.perf_counter(), time.thread_time()

    def end(self) -> None:
        """A turn is over: what was called from outside the loop is one too."""
        clock, busy = time.perf_counter(), time.thread_time()
        self.turns.append((self.what, (clock - self._clock) * 1000, (busy - self._busy) * 1000))
        self._clock, self._busy = clock, busy

    def _on_awake(self) -> None:
        if not self._is_asleep:
            self.end()
        self._is_asleep = False
        self.skip()

    def _on_about_to_block(self) -> None:
        self.end()
        self._is_asleep = True
