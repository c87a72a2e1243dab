"""A real hub in uvicorn on loopback, laptops that joined it, and a clock that tests move by hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from inspector_app.domain.clock import system_clock
from inspector_app.domain.team import Role
from inspector_app.hub import invites
from inspector_app.hub.server import running
from inspector_app.hub.settings import HubSettings
from inspector_app.sync import client
from inspector_app.sync.ports import RoundOutcome
from tests.sync.memory_ledger import MemoryLedger


@dataclass
class HandClock:
    """Milliseconds, moved by tests only."""

    now: int = field(default_factory=system_clock)

    def __call__(self) -> int:
        return self.now

    def forward(self, *, hours: float = 0, minutes: float = 0) -> None:
        self.now += round((hours * 60 + minutes) * 60_000)


@dataclass(frozen=True)
class Trial:
    """The hub under test."""

    settings: HubSettings
    url: str
    clock: HandClock

    def code(self, team: int, role: Role = Role.INSPECTOR) -> str:
        return invites.invite(self.settings, team, role, clock=self.clock).code

    def laptop(self, team: int, role: Role = Role.INSPECTOR) -> MemoryLedger:
        """A laptop that has joined."""
        ledger = MemoryLedger()
        joined = client.enroll(self.url, self.code(team, role), ledger.identity, f"inspector {team}", "0.1.0")
        ledger.save_hub(joined.link)
        return ledger

    def round(self, ledger: MemoryLedger) -> RoundOutcome:
        return client.run_round(ledger, clock=self.clock)

    def rounds(self, *ledgers: MemoryLedger, times: int = 2) -> None:
        for _ in range(times):
            for ledger in ledgers:
                outcome = self.round(ledger)
                assert outcome.outcome == "done", outcome


@contextmanager
def trial(settings: HubSettings) -> Iterator[Trial]:
    clock = HandClock()
    with running(settings, clock=clock) as url:
        yield Trial(settings, url, clock)
