"""Joining a hub and one Round with it."""

from collections.abc import Callable
from dataclasses import dataclass

from inspector_app import __version__
from inspector_app.domain.errors import UserError
from inspector_app.domain.team import Inspector, Role
from inspector_app.store import delivery, journal, parking, settings
from inspector_app.store.database import Store
from inspector_app.store.delivery import Deliveries
from inspector_app.store.ledger import StoreLedger
from inspector_app.store.parking import Parked
from inspector_app.sync import client
from inspector_app.sync.ports import HubLink, Pending, Progress, RoundOutcome

LETTER = settings.LETTER
LISTED = 100
"""Photos named one by one; more are counted."""


@dataclass(frozen=True)
class SyncStatus:
    """What the sync page shows without asking the network."""

    link: HubLink | None
    pending: Pending
    conflicts: int
    journal: tuple[journal.Line, ...]
    set_aside: tuple[Parked, ...] = ()


@dataclass(frozen=True)
class Joined:
    """The result of an enrolment."""

    link: HubLink
    team: int
    role: Role
    letter: str
    scopes: tuple[str, ...]


def enroll(store: Store, url: str, code: str) -> Joined:
    """Join this laptop to a hub with a one-time code; the code decides Team and role. Raises UserError or WorldError."""
    ledger = StoreLedger(store)
    if ledger.hub() is not None:
        raise UserError("already_joined", "This laptop has already joined a hub.")
    answer = client.enroll(url.strip(), code.strip(), ledger.identity, store.me.name, __version__)
    ledger.save_hub(answer.link)
    role = Role(answer.role)
    with store.writing() as session:
        settings.put(session, LETTER, answer.letter)
    store.change_me(Inspector(store.me.name, answer.team, role, store.me.certificate))
    return Joined(answer.link, answer.team, role, answer.letter, tuple(answer.scopes))


def run_round(
    store: Store,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> RoundOutcome:
    """One exchange with the home hub: changes up, changes down, photos up, photos down. Never raises for the network."""
    ledger = StoreLedger(store)
    if ledger.hub() is None:
        raise UserError("not_joined", "This laptop has not joined a hub yet; enrol it with a code first.")
    return client.run_round(ledger, clock=store.clock, progress=progress, cancelled=cancelled)


def status(store: Store) -> SyncStatus:
    """Counts derive from the store, so they are the same after a restart."""
    ledger = StoreLedger(store)
    with store.reading() as session:
        lines = tuple(journal.latest(session, 100))
        aside = tuple(parking.parked(session))
    return SyncStatus(ledger.hub(), ledger.pending(), ledger.conflict_count(), lines, aside)


def deliveries(store: Store) -> Deliveries:
    """Where the photos and files are, and which of them the hub has not confirmed."""
    with store.reading() as session:
        return delivery.deliveries(session, LISTED)


def letter(store: Store) -> str:
    """This laptop's letter in its Team, '' before it joined."""
    with store.reading() as session:
        return settings.get(session, LETTER)


def parked(store: Store) -> tuple[Parked, ...]:
    """Records set aside after five tries or refused, and those a person at the hub must decide; oldest first."""
    with store.reading() as session:
        return tuple(parking.parked(session))


def retry(store: Store, cs: str = "") -> None:
    """Try parked records again with the next Round: one, or all."""
    with store.writing() as session:
        parking.retry(session, cs)
