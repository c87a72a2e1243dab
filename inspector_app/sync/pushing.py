"""The push step: batches within the limits, one acknowledgement per item,
bisection around a poison record (sync.md §7, §8)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from inspector_app.domain.errors import WorldError
from inspector_app.sync import wire
from inspector_app.sync.ports import OutboxItem, PushOutcome, PushStatus
from inspector_app.sync.steps import Copied, Exchange
from inspector_app.sync.transport import Answer

_LEAVES: tuple[PushStatus, ...] = ("ok", "dup", "held")
_STATUSES: tuple[PushStatus, ...] = ("ok", "dup", "held", "rejected", "fork")
_REFUSED = (400, 413, 422)


def push(exchange: Exchange) -> None:
    """Empty the Outbox as far as the hub acknowledges; items that fail are counted, never dropped,
    and never block others."""
    tried: set[str] = set()
    total = exchange.ledger.pending().changesets
    while True:
        items = exchange.ledger.outbox(wire.MAX_ITEMS, wire.MAX_PLAIN)
        fresh = [item for item in items if item.cs not in tried]
        if not fresh:
            return
        for batch in batches(fresh):
            exchange.say("push", exchange.counts.pushed, max(total, exchange.counts.pushed))
            tried.update(item.cs for item in batch)
            _send(exchange, batch)


def batches(items: Sequence[OutboxItem]) -> Iterator[list[OutboxItem]]:
    """Cut into batches of at most 500 items and 2 MiB raw, line ends included."""
    batch: list[OutboxItem] = []
    size = 0
    for item in items:
        length = len(item.raw) + 1
        if batch and (len(batch) == wire.MAX_ITEMS or size + length > wire.MAX_PLAIN):
            yield batch
            batch, size = [], 0
        batch.append(item)
        size += length
    if batch:
        yield batch


def _send(exchange: Exchange, batch: list[OutboxItem]) -> None:
    broken = [item for item in batch if b"\n" in item.raw or not item.raw]
    if broken and len(batch) > 1:
        _bisect(exchange, batch)
        return
    body = wire.ndjson(wire.elide([item.raw for item in batch]))
    if broken or (len(body) > wire.MAX_BODY and len(batch) == 1):
        _set_aside(exchange, batch[0], "envelope_size" if not broken else "envelope_malformed")
    elif len(body) > wire.MAX_BODY:
        _bisect(exchange, batch)
    else:
        _settle(exchange, batch, exchange.ask("POST", "/v1/push", body))


def _bisect(exchange: Exchange, batch: list[OutboxItem]) -> None:
    middle = len(batch) // 2
    _send(exchange, batch[:middle])
    _send(exchange, batch[middle:])


def _settle(exchange: Exchange, batch: list[OutboxItem], answer: Answer) -> None:
    if answer.status in _REFUSED:
        if len(batch) > 1:
            _bisect(exchange, batch)
        else:
            _set_aside(exchange, batch[0], answer.read(wire.Refused).code)
        return
    exchange.expect(answer, 200)
    outcomes, head = read_outcomes(batch, answer)
    _note(exchange, outcomes)
    exchange.ledger.acknowledge([one for one in outcomes if one.status != "fork"])
    exchange.counts.pushed += sum(one.status in _LEAVES for one in outcomes)
    for one in outcomes:
        if one.status == "ok" and one.seq:
            exchange.stored.setdefault(one.scope, {})[one.seq] = one.cs
    answered = {one.cs for one in outcomes}
    for item in batch:
        if item.cs not in answered:
            exchange.ledger.count_try(item.cs, "no_answer")
            exchange.counts.note("rejected", "The hub did not answer for one record.")
    if any(one.status == "fork" for one in outcomes):
        raise Copied
    exchange.compare(head)


def read_outcomes(batch: Sequence[OutboxItem], answer: Answer) -> tuple[list[PushOutcome], Mapping[str, Any]]:
    """The hub's words on items of this batch only, and its head of our chain; raises WorldError `foreign_reply` when
    the trailer is missing."""
    sent = {item.cs for item in batch}
    outcomes: list[PushOutcome] = []
    head: Mapping[str, Any] | None = None
    for line in answer.read_lines(wire.PushLine):
        head = line.dev_head
        cs = line.cs or (batch[line.line].cs if 0 <= line.line < len(batch) else "")
        status = next((known for known in _STATUSES if known == line.st), None)
        if cs in sent and status is not None:
            outcomes.append(PushOutcome(cs, status, line.code, line.scope, line.seq))
    if head is None:
        raise WorldError("foreign_reply", "The hub's reply was cut off.")
    return outcomes, head


def _note(exchange: Exchange, outcomes: Sequence[PushOutcome]) -> None:
    if any(one.status == "rejected" for one in outcomes):
        exchange.counts.note("rejected", "The hub refused some records; they are kept here and shown.")


def _set_aside(exchange: Exchange, item: OutboxItem, code: str) -> None:
    """Count a try of a record that cannot be pushed, and leave its raw bytes with the hub for a person to look at."""
    exchange.ledger.count_try(item.cs, code)
    exchange.counts.note("rejected", "One record cannot be sent; it is kept here and shown.")
    parts = [item.raw[start : start + wire.MAX_BODY] for start in range(0, len(item.raw), wire.MAX_BODY)]
    if 0 < len(parts) <= wire.MAX_QUARANTINE_PARTS:
        for number, part in enumerate(parts):
            exchange.ask("POST", f"/v1/quarantine?id={item.cs}&part={number}&of={len(parts)}", part)
