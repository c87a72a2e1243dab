"""The pull step: pages until nothing is left, each applied whole or not at all,
and the start over after an epoch change (sync.md §7, §10)."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inspector_app.domain.errors import UserError, WorldError
from inspector_app.sync import wire
from inspector_app.sync.identity import device_id
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
    hello: Mapping[str, Any] | None = None
    dev_head: Mapping[str, Any] | None = None


def pull(exchange: Exchange) -> None:
    """Fetch and apply pages until the hub has no more. Raises WorldError; pages applied before stay applied."""
    cursors = dict(exchange.ledger.cursors())
    authors: set[str] = set()
    while True:
        exchange.say("pull", exchange.counts.pulled, exchange.counts.pulled)
        nonce = os.urandom(16).hex()
        asked = wire.PullRequest(cursors, nonce=nonce, held=held_of(exchange.stored, cursors))
        answer = exchange.expect(exchange.ask("POST", "/v1/pull", wire.pack(asked)), 200)
        page = read_page(answer, asked)
        exchange.recognise(page.hello, nonce)
        if page.rows or page.cursors != cursors:
            exchange.counts.touched |= exchange.ledger.apply_page(page.rows, page.cursors)
        authors |= {wire.author_of(row.raw) for row in page.rows if row.kind == "cs"}
        exchange.counts.pulled += len(page.rows)
        cursors = dict(page.cursors)
        exchange.say("pull", exchange.counts.pulled, exchange.counts.pulled + page.ahead)
        if not page.more:
            _meet(exchange, authors)
            exchange.compare(page.dev_head)
            return


def held_of(stored: Mapping[str, Mapping[int, str]], cursors: Mapping[str, int]) -> dict[str, wire.Held]:
    """Per Scope the rows right behind the cursor that this Round pushed itself: they need not come back."""
    held = {}
    for name, rows in stored.items():
        first = last = cursors.get(name, 0)
        while last + 1 in rows:
            last += 1
        if last > first:
            held[name] = wire.Held(last, wire.digest_of(rows[seq] for seq in range(first + 1, last + 1)))
    return held


def _meet(exchange: Exchange, authors: set[str]) -> None:
    """Ask for the keys of authors that are new here; an older hub does not know the question."""
    strangers = list(exchange.ledger.strangers(sorted(authors - {""}))) if authors else []
    for start in range(0, len(strangers), wire.MAX_ITEMS):
        asked = wire.KeysRequest(strangers[start : start + wire.MAX_ITEMS])
        answer = exchange.ask("POST", "/v1/keys", wire.pack(asked))
        if answer.status == 200:
            exchange.ledger.keep_keys(own_keys(answer.read(wire.KeysReply).keys, set(asked.dev)))


def own_keys(keys: Sequence[str], asked: set[str]) -> list[str]:
    """Those keys whose hash is a device that was asked for: nobody can pass a key off as another device's."""
    return [key for key in keys if len(key) == 64 and device_of(key) in asked]


def device_of(key: str) -> str:
    """The device a key in hex belongs to, '' for what is no key."""
    try:
        return device_id(bytes.fromhex(key))
    except ValueError:
        return ""


def read_page(answer: Answer, asked: wire.PullRequest) -> Page:
    """Check a pulled page against what was asked; raises WorldError `foreign_reply` without its trailer,
    `hub_defect` for a hole. Unreadable rows and unknown kinds pass: the store keeps them."""
    sent = answer.lines()
    listed = [answer.line(one, wire.PullLine) for one in sent]
    if not listed or listed[-1].cursors is None:
        raise WorldError("foreign_reply", "The hub's reply was cut off.")
    trailer = listed.pop()
    raws = iter(wire.restore([bytes(line.env) for line in listed if line.kind == "cs"]))
    rows = tuple(
        PulledRow(line.scope, line.seq, line.kind, next(raws) if line.kind == "cs" else raw, line.state, line.ent)
        for line, raw in zip(listed, sent, strict=False)
    )
    cursors = {**asked.cursors, **_left_out(trailer, asked)}
    reached = _check_rows(rows, cursors)
    ends = trailer.cursors or {}
    if any(ends.get(name, -1) != seq for name, seq in reached.items()) or (trailer.more and not rows):
        raise WorldError("hub_defect", "The hub's page does not fit its own cursors.")
    kept = {name: reached.get(name, cursors.get(name, 0)) for name in ends}
    heads = trailer.heads or {}
    ahead = sum(max(0, heads.get(name, seq) - seq) for name, seq in kept.items())
    hello = answer.line(sent[-1], dict[str, Any]).get("hello")
    return Page(rows, kept, trailer.more, ahead, hello, trailer.dev_head)


def _left_out(trailer: wire.PullLine, asked: wire.PullRequest) -> Mapping[str, int]:
    """Up to where rows of ours did not travel: only what was named as held."""
    if any(name not in asked.held or asked.held[name].last != seq for name, seq in trailer.held.items()):
        raise WorldError("hub_defect", "The hub left out rows which this laptop does not hold.")
    return trailer.held


def unread_row(scope: str, seq: int, kind: str, raw: bytes) -> PulledRow:
    """A row that an earlier version kept unread, as this one reads it."""
    try:
        line = wire.decode(raw, wire.PullLine) if kind in ("enter", "leave") else wire.PullLine()
    except UserError:
        kind, line = "unreadable", wire.PullLine()
    return PulledRow(scope, seq, kind, raw, line.state, line.ent)


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
    if not exchange.ledger.may_offer_again(epoch):
        raise WorldError("hub_unsteady", "The hub was restored again within the hour; show this to your administrator.")
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
