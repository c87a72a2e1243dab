"""The first sync of a large Scope: states in content-addressed pages that resume, then pull from there (sync.md §13)."""

import hashlib
import threading

from inspector_app.domain.errors import WorldError
from inspector_app.sync import wire
from inspector_app.sync.steps import Exchange
from inspector_app.sync.transport import Answer, Ask

WORTH = 2_000
"""Changesets behind the head from which on the states are fetched instead of the history."""


TRIES, PAUSE_S = 90, 2.0
"""A hub that writes the pages says so: it is asked again, three minutes in all; the next Round goes on from there."""


def fetch(exchange: Exchange) -> None:
    """States of every large Scope, before the first pull of all. Raises WorldError; applied pages stay applied.

    Cursors are begun only when all Scopes have arrived, so that a broken line resumes here.
    """
    if exchange.ledger.cursors():
        return
    large = [scope for scope, head in sorted(_heads(exchange).items()) if head >= WORTH]
    begins = [(scope, as_of) for scope in large if (as_of := _fetch_scope(exchange, scope)) is not None]
    exchange.ledger.begin_at(dict(begins))


def _heads(exchange: Exchange) -> dict[str, int]:
    """How long each readable Scope's log is: a pull for one byte tells."""
    answer = exchange.expect(exchange.ask("POST", "/v1/pull", wire.pack(wire.PullRequest({}, want=1))), 200)
    lines = answer.read_lines(wire.PullLine)
    return (lines[-1].heads or {}) if lines else {}


def _fetch_scope(exchange: Exchange, scope: str) -> int | None:
    """All pages of one Scope; gives the number pull goes on from, None when the hub makes no snapshots."""
    answer = _listed(exchange, scope)
    if answer.status == 404:  # a hub without snapshots: the history does it as well
        return None
    snapshot = exchange.expect(answer, 200).read(wire.Snapshot)
    done = set(exchange.ledger.pages_done(scope))
    total = sum(page.rows for page in snapshot.pages)
    count = 0
    for page in snapshot.pages:
        exchange.say("pull", count, total)
        if page.sha not in done:
            exchange.counts.touched |= exchange.ledger.apply_states(scope, page.sha, _read(exchange, page))
            exchange.counts.pulled += page.rows
        count += page.rows
    return snapshot.as_of


def _listed(exchange: Exchange, scope: str) -> Answer:
    """The hub's word on the pages of a Scope, once it is more than "in a moment"."""
    for _ in range(TRIES):
        answer = exchange.ask("GET", f"/v1/scopes/{scope}/snapshot")
        if answer.status != 503:
            break
        exchange.say_again()
        threading.Event().wait(PAUSE_S)
    return answer


def _read(exchange: Exchange, page: wire.SnapshotPage) -> list[wire.StateRow]:
    answer = exchange.ask_with(Ask("GET", f"/v1/blobs/{page.sha}", accept=wire.BYTES))
    exchange.expect(answer, 200)
    if hashlib.sha256(answer.body).hexdigest() != page.sha:
        raise WorldError("foreign_reply", "A page of the first sync arrived damaged; it is fetched again.")
    return Answer(200, answer.body, answer.hub_id, answer.epoch).read_lines(wire.StateRow)
