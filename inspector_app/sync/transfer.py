"""Photo bytes both ways in chunks of 512 KiB; every chunk is kept, so a broken line costs at most one (sync.md §11)."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial

from inspector_app.domain.errors import WorldError
from inspector_app.sync import wire
from inspector_app.sync.flows import in_flows
from inspector_app.sync.ports import BlobInfo
from inspector_app.sync.sealed import CHUNK, chunk_count
from inspector_app.sync.steps import Exchange
from inspector_app.sync.transport import Ask

_ASKED = 2_000
"""Digests per `missing` request: about 200 KB before compression."""
_TOGETHER = 16
_LATER = ("hub_full", "quota")
"""The hub takes no photo at the moment: they wait here, everything else goes on."""


def send(exchange: Exchange) -> None:
    """Every Blob of ours that the hub lacks, chunk by chunk. A damaged photo is noted and does not stop the others."""
    try:
        _send_all(exchange, list(exchange.ledger.blobs_to_send()))
    except WorldError as error:
        if error.key not in _LATER:
            raise
        exchange.counts.note(error.key, str(error))


def _send_all(exchange: Exchange, blobs: Sequence[BlobInfo]) -> None:
    done = 0
    with _confirming(exchange) as confirmed:
        for part in _parts(blobs):
            missing = _missing(exchange, part)
            exchange.say("photos_up", done, len(blobs))
            sending = partial(_send_one, exchange, missing)
            for blob, stored in in_flows(exchange.transport.flows, part, sending):
                if stored:
                    exchange.counts.blobs_up += 1
                    confirmed(blob.sha)
                done += 1
                exchange.say("photos_up", done, len(blobs))
    if blobs:
        exchange.say("photos_up", done, len(blobs))


@contextmanager
def _confirming(exchange: Exchange) -> Iterator[Callable[[str], None]]:
    """Receipts are written down many at a time, and when a line breaks; one that is lost is asked for again."""
    waiting: list[str] = []

    def flush() -> None:
        if waiting:
            exchange.ledger.blobs_confirmed(waiting)
            waiting.clear()

    def confirmed(sha: str) -> None:
        waiting.append(sha)
        if len(waiting) >= _TOGETHER:
            flush()

    try:
        yield confirmed
    finally:
        flush()


def _send_one(exchange: Exchange, lacking: Mapping[str, Sequence[int]], blob: BlobInfo) -> bool:
    """True when the hub holds it whole; `lacking` names its missing chunks, all of them for one it does not name."""
    count = chunk_count(blob.size)
    missing = lacking.get(blob.sha, range(count))
    stored = not missing
    for number in missing:
        exchange.say_again()
        try:
            plain = exchange.ledger.blob_chunk(blob.sha, number)
        except WorldError as error:
            exchange.counts.note("blob_damaged", str(error))
            return False
        # of a single chunk the promise is the Blob's own address
        promised = blob.sha if count == 1 else hashlib.sha256(plain).hexdigest()
        headers = {"X-Sha256": promised, "Content-Type": wire.BYTES}
        answer = exchange.ask_with(Ask("PUT", f"/v1/blobs/{blob.sha}/{number}?of={count}", plain, headers=headers))
        if answer.status in (413, 422):
            exchange.counts.note("blob_refused", "The hub refused a photo; it is kept here and tried again.")
            return False
        exchange.expect(answer, 200, 201, 202)
        stored = answer.status in (200, 201)
    return stored


def fetch(exchange: Exchange) -> None:
    """Every Blob named in our Scopes that has arrived at the hub; the others come in a later Round."""
    wanted = list(exchange.ledger.blobs_wanted())
    done = 0
    with _confirming(exchange) as confirmed:
        for part in _parts(wanted):
            missing = _missing(exchange, part)
            there = [blob for blob in part if missing.get(blob.sha) == []]
            done += len(part) - len(there)
            exchange.say("photos_down", done, len(wanted))
            for blob, kept in in_flows(exchange.transport.flows, there, partial(_fetch_one, exchange)):
                if kept:
                    exchange.counts.blobs_down += 1
                    confirmed(blob.sha)
                done += 1
                exchange.say("photos_down", done, len(wanted))
    if wanted:
        exchange.say("photos_down", done, len(wanted))


def _fetch_one(exchange: Exchange, blob: BlobInfo) -> bool:
    """True when its bytes are here and have the promised digest."""
    ledger, count = exchange.ledger, chunk_count(blob.size)
    for number in range(ledger.wanted_parts(blob.sha) if count > 1 else 0, count):
        exchange.say_again()
        start = number * CHUNK
        length = min(CHUNK, blob.size - start)
        plain = _range(exchange, blob.sha, start, length) if length else b""
        if plain is None:
            exchange.counts.note("blob_damaged", "A photo on the hub does not have the promised size.")
            return False
        if count == 1:
            return _right(exchange, ledger.keep_whole(blob.sha, plain))
        ledger.keep_chunk(blob.sha, number, plain)
    return _right(exchange, ledger.finish_blob(blob.sha))


def _right(exchange: Exchange, kept: bool) -> bool:
    if not kept:
        exchange.counts.note("blob_damaged", "A photo arrived damaged; it is fetched again in the next Round.")
    return kept


def _range(exchange: Exchange, sha: str, start: int, length: int) -> bytes | None:
    headers = {"Range": f"bytes={start}-{start + length - 1}"}
    answer = exchange.ask_with(Ask("GET", f"/v1/blobs/{sha}", headers=headers, accept=wire.BYTES))
    if answer.status in (404, 416):
        return None
    exchange.expect(answer, 206)
    return answer.body if len(answer.body) == length else None


def _parts(blobs: Sequence[BlobInfo]) -> Iterator[Sequence[BlobInfo]]:
    for start in range(0, len(blobs), _ASKED):
        yield blobs[start : start + _ASKED]


def _missing(exchange: Exchange, blobs: Sequence[BlobInfo]) -> dict[str, list[int]]:
    """Per Blob the chunks the hub lacks, [] when it is stored; numbers that cannot be are dropped."""
    asked = {blob.sha: wire.BlobSize(blob.size, chunk_count(blob.size)) for blob in blobs}
    answer = exchange.expect(exchange.ask("POST", "/v1/blobs/missing", wire.pack(asked)), 200)
    said = answer.read(dict[str, list[int]])
    if any(not 0 <= n < asked[sha].chunks for sha, ns in said.items() if sha in asked for n in ns):
        raise WorldError("hub_defect", "The hub asked for a part of a photo that does not exist.")
    return said
