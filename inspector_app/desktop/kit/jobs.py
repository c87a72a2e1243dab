"""The only module that knows threads: Lanes run blocking work and deliver its outcome on the GUI thread."""

import gc
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Event
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

T = TypeVar("T")
_TURN = 0.0005
"""Seconds after which a busy thread lets the window's go on: with Python's 0.005 each call into Qt may wait that long."""


class Token(QObject):
    """Steers one running job: the page cancels, the job asks `is_cancelled` and calls `report`.

    `progressed` arrives on the GUI thread with the tuple of what was reported.
    """

    progressed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = Event()

    def cancel(self) -> None:
        """Ask the job to stop at its next safe point."""
        self._stop.set()

    def is_cancelled(self) -> bool:
        """For the job, from any thread."""
        return self._stop.is_set()

    def report(self, *facts: object) -> None:
        """For the job, from any thread."""
        if isValid(self):
            self.progressed.emit(facts)


@dataclass(frozen=True)
class _Outcome:
    """What a job came to: `deliver` is run on the GUI thread with `value`."""

    deliver: Callable[[Any], None] | None
    value: object
    failure: BaseException | None = None
    on_failed: Callable[[Exception], None] | None = None


class _Crew(Protocol):
    """Who does the work: threads, or in tests nobody else."""

    def submit(self, fn: Callable[..., None], /, *args: Any) -> object: ...
    def shutdown(self, *, wait: bool, cancel_futures: bool) -> None: ...


class _AtOnce:
    """Does a job where it is submitted; what tests use instead of threads."""

    def submit(self, fn: Callable[..., None], /, *args: Any) -> object:
        fn(*args)
        return None

    def shutdown(self, *, wait: bool, cancel_futures: bool) -> None:
        """Nothing runs."""


def _threads(name: str, count: int) -> _Crew:
    from concurrent.futures import ThreadPoolExecutor  # with the first job, not before the first paint

    return ThreadPoolExecutor(count, thread_name_prefix=name)


class Lane(QObject):
    """Background work in order. `failed` carries the exception of a job that was given no `on_failed`."""

    failed = Signal(object)
    idle = Signal()
    _finished = Signal(object)

    def __init__(self, hire: Callable[[], _Crew], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hire = hire
        self._crew: _Crew | None = None
        self._waiting = 0
        self._is_closed = False
        self._finished.connect(self._on_finished, Qt.ConnectionType.AutoConnection)

    @property
    def is_busy(self) -> bool:
        """Something was started and not yet delivered."""
        return self._waiting > 0

    def run(
        self,
        job: Callable[[], T],
        on_done: Callable[[T], None] | None = None,
        on_failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Start `job` off the GUI thread; `on_done(result)` or `on_failed(error)` follows on the GUI thread.

        Give bound methods: a callback of a page that is gone by then is dropped.
        """
        if self._is_closed:
            return
        self._waiting += 1
        if self._crew is None:
            self._crew = self._hire()
        self._crew.submit(self._work, job, on_done, on_failed)

    def close(self, *, drain: bool) -> None:
        """Wait for what runs; what has not begun is done too with `drain`, else forgotten. Later jobs are not taken."""
        self._is_closed = True
        if self._crew is not None:
            self._crew.shutdown(wait=True, cancel_futures=not drain)

    def _work(
        self,
        job: Callable[[], T],
        on_done: Callable[[T], None] | None,
        on_failed: Callable[[Exception], None] | None,
    ) -> None:
        try:
            outcome = _Outcome(on_done, job())
        except Exception as error:
            outcome = _Outcome(None, None, error, on_failed)
        if isValid(self):
            self._finished.emit(outcome)

    @Slot(object)
    def _on_finished(self, outcome: _Outcome) -> None:
        self._waiting -= 1
        if isinstance(outcome.failure, Exception):
            if outcome.on_failed is None:
                self.failed.emit(outcome.failure)
            elif _is_alive(outcome.on_failed):
                outcome.on_failed(outcome.failure)
        elif outcome.deliver is not None and _is_alive(outcome.deliver):
            outcome.deliver(outcome.value)
        if not self._waiting:
            self.idle.emit()


def _is_alive(callback: Callable[..., object]) -> bool:
    """Whether the object behind a bound method, or a partial of one, still exists."""
    bound = getattr(callback, "func", callback)
    owner = getattr(bound, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)


@dataclass(frozen=True)
class Lanes:
    """`write`: one job at a time, all that changes the store or uses a Visit. `wide`: reading, drawing, long work."""

    write: Lane
    wide: Lane

    @classmethod
    def threaded(cls, parent: QObject | None = None) -> "Lanes":
        """For the running window."""
        sys.setswitchinterval(_TURN)
        return cls(
            Lane(partial(_threads, "write", 1), parent),
            Lane(partial(_threads, "wide", 4), parent),
        )

    @classmethod
    def at_once(cls, parent: QObject | None = None) -> "Lanes":
        """For tests: every job is done and delivered before `run` returns."""
        return cls(Lane(_AtOnce, parent), Lane(_AtOnce, parent))

    def close(self) -> None:
        """Before the store is closed and the process ends: everything that changes data is still done."""
        self.write.close(drain=True)
        self.wide.close(drain=False)


def set_aside() -> None:
    """Before long work: the collector looks no more at what lives now. To look at a quarter of a million objects takes a
    fifth of a second, in which no thread goes on. What becomes garbage still goes, unless it is a ring."""
    gc.collect(1)
    gc.freeze()
