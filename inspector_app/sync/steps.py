"""What the steps of one Round share: the ledger, the signed-in connection, the counts,
and the ways a Round can end early."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from inspector_app.domain.changeset import Touched
from inspector_app.domain.clock import Clock
from inspector_app.domain.errors import WorldError
from inspector_app.sync import wire
from inspector_app.sync.ports import Cancelled, HubLink, LocalLedger, Progress
from inspector_app.sync.signing_in import check_hello, fresh_token, greet, refusal
from inspector_app.sync.transport import Answer, Ask, Transport

TOKEN_MARGIN_MS = 60_000
CLOCK_TOLERANCE_MS = 120_000
OTHER_VERSION = 426
"""The hub does not speak the version of this request: its hello says which it speaks."""


class EpochChanged(WorldError):
    """The hub was restored from a backup; everything fetched since is void (sync.md §10)."""

    def __init__(self, epoch: int) -> None:
        super().__init__("epoch", "The hub was restored from a backup.")
        self.epoch = epoch


class Copied(WorldError):
    """The hub knows another history of this device: a cloned disk or a restored laptop (sync.md §5)."""

    def __init__(self) -> None:
        super().__init__("copied", "This laptop's data was copied or restored; it takes a new name and goes on.")


@dataclass
class Counts:
    """What a Round has done so far; `whys` are the problems it lived through, in order."""

    pushed: int = 0
    pulled: int = 0
    blobs_up: int = 0
    blobs_down: int = 0
    touched: Touched = Touched()
    whys: dict[str, str] = field(default_factory=dict)

    def note(self, why: str, detail: str) -> None:
        """Remember a problem that did not stop the Round."""
        self.whys.setdefault(why, detail)


@dataclass
class Exchange:
    """One Round under way."""

    ledger: LocalLedger
    transport: Transport
    link: HubLink
    clock: Clock
    progress: Callable[[Progress], None] | None
    cancelled: Cancelled
    counts: Counts = field(default_factory=Counts)
    clock_off_ms: int = 0
    stored: dict[str, dict[int, str]] = field(default_factory=dict)
    """Scope → number → Changeset: what this Round pushed and where the hub put it."""
    _place: tuple[str, int, int] = ("hello", 0, 1)
    _one: threading.Lock = field(default_factory=threading.Lock)

    def say(self, step: str, done: int, total: int) -> None:
        """Report progress; bytes moved are bodies both ways. Raises WorldError `cancelled` when the user stopped
        the Round."""
        self._place = (step, done, total)
        self.say_again()

    def say_again(self) -> None:
        """As `say`, at the same place with more bytes moved."""
        if self.cancelled():
            raise WorldError("cancelled", "Stopped; what was sent and received so far is kept.")
        if self.progress is not None:
            with self._one:
                self.progress(Progress(*self._place, self.transport.sent + self.transport.received))

    def sign_in(self) -> None:
        """Hello and a token only when the kept one ends: a Round with nothing to do is one request (sync.md §7)."""
        self.say("hello", 0, 1)
        if self.link.token and self.link.token_expires_ms - TOKEN_MARGIN_MS > self.clock():
            return
        word = greet(self.transport, self.link.hub_id, self.link.hub_key)
        self._hear(word)
        self._take_token(word.nonce)
        self._check_epoch(word.epoch)

    def recognise(self, plain: Mapping[str, Any] | None, nonce: str) -> None:
        """The signed Hello in a pulled page, where the hub sends one; raises WorldError `foreign_reply`."""
        if plain is not None:
            self._hear(check_hello(plain, nonce, self.link.hub_id, self.link.hub_key))

    def _hear(self, word: wire.Hello) -> None:
        self.clock_off_ms = self.clock() - word.now

    def compare(self, head: Mapping[str, Any] | None) -> None:
        """The hub's head of our chain against our own; raises EpochChanged or Copied (sync.md §10)."""
        if not head:
            return
        match self.ledger.compare_head(int(head.get("n", 0)), str(head.get("hash", ""))):
            case "hub_behind":
                raise EpochChanged(self.link.epoch)
            case "copied":
                raise Copied

    def _take_token(self, nonce: str) -> None:
        given = fresh_token(self.transport, self.link, self.ledger.identity, nonce)
        self.link = replace(given, token_expires_ms=self.clock() + given.token_expires_ms)
        kept = self.ledger.hub() or self.link  # its epoch stays: a new one is stored by requeue alone
        token, ends = self.link.token, self.link.token_expires_ms
        self.ledger.save_hub(replace(kept, token=token, token_expires_ms=ends))

    def ask(self, method: str, path: str, body: bytes = b"", *, accept: str = wire.MEDIA) -> Answer:
        """A signed-in exchange; takes one new token after a 401. Any status but 401 is returned.
        Raises WorldError, EpochChanged."""
        return self.ask_with(Ask(method, path, body, accept=accept))

    def ask_with(self, ask: Ask) -> Answer:
        """As `ask`, with headers."""
        token = self.link.token
        answer = self.transport.exchange(replace(ask, token=token))
        if answer.status == OTHER_VERSION:
            self._hear(greet(self.transport, self.link.hub_id, self.link.hub_key))
            answer = self.transport.exchange(replace(ask, token=token))
        if answer.status == 401:
            self._renew(token)
            answer = self.transport.exchange(replace(ask, token=self.link.token))
        if answer.hub_id != self.link.hub_id:
            raise WorldError("foreign_reply", "Another hub answered than the one this laptop joined.")
        self._check_epoch(answer.epoch)
        if answer.status == 409:
            raise EpochChanged(answer.epoch)
        if answer.status == 401:
            raise refusal(answer, self.link.hub_key)
        return answer

    def _renew(self, token: str) -> None:
        """Another token than `token`; once, when several photos under way are refused alike."""
        with self._one:
            if self.link.token == token:
                word = greet(self.transport, self.link.hub_id, self.link.hub_key)
                self._hear(word)
                self._take_token(word.nonce)

    def with_epoch(self, epoch: int) -> HubLink:
        """The link as it is from now on in this Round; the store keeps the epoch only when it has queued
        everything again."""
        return replace(self.link, epoch=epoch)

    def _check_epoch(self, epoch: int) -> None:
        if epoch != self.link.epoch:
            raise EpochChanged(epoch)

    def expect(self, answer: Answer, *statuses: int) -> Answer:
        """The answer itself, or its refusal as WorldError with a stable key."""
        if answer.status not in statuses:
            raise refusal(answer, self.link.hub_key)
        return answer
