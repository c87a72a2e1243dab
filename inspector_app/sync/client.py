"""The laptop's side: joining a hub, and one Round with it (sync.md §7)."""

from collections.abc import Callable
from contextlib import closing, nullcontext

from inspector_app.domain.clock import Clock
from inspector_app.domain.errors import UserError, WorldError
from inspector_app.sync import pulling, pushing, reborn, snapshots, transfer
from inspector_app.sync.identity import Identity
from inspector_app.sync.ports import Cancelled, LocalLedger, Progress, RoundOutcome, journal_text
from inspector_app.sync.signing_in import Enrolled, join, read_invitation
from inspector_app.sync.steps import CLOCK_TOLERANCE_MS, Copied, EpochChanged, Exchange
from inspector_app.sync.transport import HttpTransport, Transport


def enroll(url: str, code: str, identity: Identity, name: str, app_version: str) -> Enrolled:
    """Join the hub at `url`; `code` is the code as typed or the QR text, which also pins the hub's key.

    Raises UserError for a wrong address or a refused code, WorldError when the hub cannot be reached or is not one.
    """
    invitation = read_invitation(code)
    with HttpTransport(url) as transport:
        return join(transport, url, invitation, (identity, name, app_version))


def run_round(
    ledger: LocalLedger,
    *,
    clock: Clock,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Cancelled | None = None,
    transport: Transport | None = None,
) -> RoundOutcome:
    """One exchange: hello, token, push, pull, photos up, photos down. Never raises for the network;
    each step stays valid alone.

    Raises UserError `not_joined` without a hub.
    """
    link = ledger.hub()
    if link is None:
        raise UserError("not_joined", "This laptop has not joined a hub yet.")
    with closing(HttpTransport(link.url)) if transport is None else nullcontext(transport) as used:
        exchange = Exchange(ledger, used, link, clock, progress, cancelled or (lambda: False))
        outcome = _outcome(exchange, _run(exchange))
    ledger.journal(outcome.outcome, _facts(outcome, exchange.clock_off_ms))
    return outcome


_RESTARTS = 3
"""A Round starts over for a new epoch and for a new incarnation, each once, and once more for a hub seen behind."""


def _run(exchange: Exchange) -> WorldError | None:
    """The steps in order, started over when the hub's epoch changed or this laptop proved to be a copy;
    gives the error that ended them."""
    try:
        for _ in range(_RESTARTS):
            if _attempt(exchange):
                return None
    except WorldError as error:
        return error
    return WorldError("hub_unsteady", "The hub changed again and again; show this to your administrator.")


def _attempt(exchange: Exchange) -> bool:
    """False when the Round must begin again."""
    try:
        reborn.link(exchange)
        _steps(exchange)
    except EpochChanged as change:
        pulling.start_over(exchange, change.epoch)
        return False
    except Copied:
        reborn.take_new_name(exchange)
        return False
    return True


def _steps(exchange: Exchange) -> None:
    exchange.sign_in()
    pushing.push(exchange)
    snapshots.fetch(exchange)
    pulling.pull(exchange)
    if exchange.ledger.is_copy():
        raise Copied
    transfer.send(exchange)
    transfer.fetch(exchange)


def _outcome(exchange: Exchange, error: WorldError | None) -> RoundOutcome:
    counts = exchange.counts
    moved = counts.pushed + counts.pulled + counts.blobs_up + counts.blobs_down
    why, detail = next(iter(counts.whys.items()), ("", ""))
    if error is not None:
        why, detail = error.key, str(error)
    return RoundOutcome(
        outcome="done" if not why else "failed" if error is not None and not moved else "partial",
        why=why,
        detail=detail,
        pushed=counts.pushed,
        pulled=counts.pulled,
        blobs_up=counts.blobs_up,
        blobs_down=counts.blobs_down,
        bytes_up=exchange.transport.sent,
        bytes_down=exchange.transport.received,
        conflicts=exchange.ledger.conflict_count(),
        pending=exchange.ledger.pending(),
        touched=counts.touched,
    )


def _facts(outcome: RoundOutcome, clock_off_ms: int) -> str:
    """The journal line: facts, which the window puts into words of its language."""
    facts: dict[str, int | str] = {
        "up": outcome.pushed,
        "photos_up": outcome.blobs_up,
        "down": outcome.pulled,
        "photos_down": outcome.blobs_down,
        "bytes": outcome.bytes_up + outcome.bytes_down,
        "left": outcome.pending.changesets + outcome.pending.blobs,
        "why": outcome.why,
        "detail": outcome.detail,
    }
    if abs(clock_off_ms) > CLOCK_TOLERANCE_MS:
        facts["clock"] = round(clock_off_ms / 60_000)
    return journal_text(facts)
