"""The pull step: pages until nothing is left, each applied whole or not at all,
and the start over after an epoch change (sync.md §7, §10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inspector_app.domain.errors import WorldError
from inspector_app.sync import wire
from inspector_app.sync.ports import PulledRow
from inspector_app.sync.steps import Exchange
from inspector_app.sync.transport import Answer


@dataclass(frozen=True)
class Page:
    """A checked page: rows without holes after the cursors it was asked with."""

    rows: tuple[PulledRow, ...]
    cursors: Mapping[str, int]
    more: bool
    ahead: int


def pull(exchange: Exchange) -> None:
    """Fetch and apply pages until the hub has no more. Raises WorldError; pages applied before stay applied."""
    cursors = dict(exchange.ledger.cursors())
    while True:
        exchange.say("pull", exchange.counts.pulled, exchange.counts.pulled)
        asked = wire.PullRequest(cursors)
        answer = exchange.expect(exchange.ask("POST", "/v1/pull", wire.pack(asked)), 200)
        page = read_page(answer, cursors)
        if page.rows or page.cursors != cursors:
            exchange.counts.touched |= exchange.ledger.apply_page(page.rows, page.cursors)
        exchange.counts.pulled += len(page.rows)
        cursors = dict(page.cursors)
        exchange.say("pull", exchange.counts.pulled, exchange.counts.pulled + page.ahead)
        if not page.more:
            return


def read_page(answer: Answer, cursors: Mapping[str, int]) -> Page:
    """Check a pulled page; raises WorldError `foreign_reply` without its trailer,
    `hub_defect` for a hole. Unreadable rows pass: the store keeps them."""
    lines = answer.read_lines(wire.PullLine)
    if not lines or lines[-1].cursors is None:
        raise WorldError("foreign_reply", "The hub's reply was cut off.")
    trailer, listed = lines[-1], lines[:-1]
    if any(line.kind != "cs" for line in listed):
        raise WorldError("upgrade_needed", "The hub sends records of a newer kind; update this program to sync again.")
    raws = wire.restore([bytes(line.env) for line in listed])
    rows = tuple(PulledRow(line.scope, line.seq, line.kind, raw) for line, raw in zip(listed, raws, strict=True))
    reached = _check_rows(rows, cursors)
    ends = trailer.cursors or {}
    if any(ends.get(name, -1) != seq for name, seq in reached.items()) or (trailer.more and not rows):
        raise WorldError("hub_defect", "The hub's page does not fit its own cursors.")
    kept = {name: reached.get(name, cursors.get(name, 0)) for name in ends}
    heads = trailer.heads or {}
    ahead = sum(max(0, heads.get(name, seq) - seq) for name, seq in kept.items())
    return Page(rows, kept, trailer.more, ahead)


def _check_rows(rows: Sequence[PulledRow], cursors: Mapping[str, int]) -> dict[str, int]:
    """Per Scope the last sequence number; a hole would be a lost record, so nothing of such a page is applied."""
    reached: dict[str, int] = {}
    for row in rows:
        if row.seq != reached.get(row.scope, cursors.get(row.scope, 0)) + 1:
            raise WorldError("hub_defect", f"The hub left a hole in {row.scope} before {row.seq}; nothing was applied.")
        reached[row.scope] = row.seq
    return reached


def start_over(exchange: Exchange, epoch: int) -> None:
    """Epoch changed: ask which of all known Changesets the hub lacks, queue those again,
    begin all cursors at 0 (sync.md §10)."""
    exchange.link = exchange.with_epoch(epoch)
    lacking: list[str] = []
    known = list(exchange.ledger.known_ids())
    for start in range(0, len(known), wire.MAX_IDS):
        exchange.say("push", start, len(known))
        body = wire.pack(wire.HaveRequest(known[start : start + wire.MAX_IDS]))
        answer = exchange.expect(exchange.ask("POST", "/v1/have", body), 200)
        lacking.extend(answer.read(wire.HaveReply).missing)
    ours = set(known)
    exchange.ledger.requeue([one for one in lacking if one in ours], epoch)
