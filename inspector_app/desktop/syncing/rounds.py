"""The one Round that may run, whoever starts it: by key, from the sync page, from the chip. Knows what still waits."""

import random
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QNetworkInformation

from inspector_app.desktop.kit.chip_state import ChipState
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.jobs import Token
from inspector_app.desktop.syncing.state import derive_chip
from inspector_app.domain.changeset import Touched
from inspector_app.operations import syncing
from inspector_app.operations.syncing import SyncStatus
from inspector_app.sync.pacing import LAST_MS, Pace, after, network_changed
from inspector_app.sync.ports import Progress, RoundOutcome

BEGIN_MS = 30_000
"""A window that has just opened lets people look first."""
LOOK_MS = 250
"""The chip may lag an answer by this much, so that counting never stands in its way."""


class Rounds(QObject):
    """`changed` when status, progress or outcome differ. Runs in the wide lane: each step is its own transaction."""

    changed = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._token: Token | None = None
        self.status: SyncStatus | None = None
        self.progress: Progress | None = None
        self.outcome: RoundOutcome | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(LOOK_MS)
        self._soon.timeout.connect(self.look)
        context.bulletin.touched.connect(self._on_touched)
        self._pace = Pace(0, context.store.clock() + BEGIN_MS)
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._on_time)
        self._is_listening = False
        self._schedule()

    @property
    def is_running(self) -> bool:
        """A Round is under way."""
        return self._token is not None

    @property
    def next_ms(self) -> int | None:
        """When the next Round starts by itself; None = only by hand."""
        return self._pace.next_ms

    def chip(self) -> ChipState:
        """What the chip in the head says."""
        return derive_chip(self.status, self.outcome, self.is_running)

    def look(self) -> None:
        """Read the status afresh."""
        self._context.lanes.wide.run(partial(syncing.status, self._context.store), self._on_status)

    def start(self) -> None:
        """Begin a Round; on a laptop that has not joined, open the page where one joins."""
        if self.is_running:
            return
        if self.status is None or self.status.link is None:
            self._context.go("syncing", None)
            return
        self._token = Token(self)
        self._token.progressed.connect(self._on_progressed)
        self.progress, self.outcome = None, None
        self.changed.emit()
        job = partial(syncing.run_round, self._context.store, self._token.report, self._token.is_cancelled)
        self._context.lanes.wide.run(job, self._on_done, self._on_failed)

    def cancel(self) -> None:
        """Stop at the next safe point; what was exchanged stays exchanged."""
        if self._token is not None:
            self._token.cancel()

    def _on_progressed(self, facts: tuple[Progress]) -> None:
        self.progress = facts[0]
        self.changed.emit()

    def network_changed(self, reachability: object = None) -> None:
        """Another network: what failed before may work now."""
        self._pace = network_changed(self._pace)
        self._schedule()

    def _schedule(self) -> None:
        if self._pace.next_ms is None:
            self._next.stop()
        else:
            pause = self._pace.next_ms - self._context.store.clock()
            self._next.start(max(0, min(pause, LAST_MS)))

    def _listen(self) -> None:
        """Hear of networks that come and go, where the system tells; asked once, after the window has settled."""
        self._is_listening = True
        if QNetworkInformation.loadDefaultBackend():
            QNetworkInformation.instance().reachabilityChanged.connect(self.network_changed)

    def _on_time(self) -> None:
        """The timer's turn: the same Round as the button's, and none on a laptop that has not joined."""
        if not self._is_listening:
            self._listen()
        if self.status is not None and self.status.link is not None and not self.is_running:
            self.start()
        elif not self.is_running:
            self._next.start(BEGIN_MS)

    def _on_done(self, outcome: RoundOutcome) -> None:
        self.outcome = outcome
        self._pace = after(self._pace, outcome, self._context.store.clock(), random.random)
        self._schedule()
        self._over()
        self._context.bulletin.announce(outcome.touched | Touched(sync=True))

    def _on_failed(self, error: Exception) -> None:
        self._over()
        self._context.notify.fail(error)

    def _over(self) -> None:
        if self._token is not None:
            self._token.deleteLater()
        self._token = None
        self.progress = None
        self.look()

    def _on_touched(self, touched: Touched) -> None:
        if touched and not self._soon.isActive():
            self._soon.start()

    def _on_status(self, status: SyncStatus) -> None:
        self.status = status
        self.changed.emit()
