"""Photo bytes both ways in chunks of 512 KiB; every chunk is kept, so a broken line costs at most one (sync.md §11)."""

import hashlib
from collections.abc import Iterator, Sequence

from inspector_app.domain.errors import WorldError
from inspector_app.sync import wire
from inspector_app.sync.ports import BlobInfo
from inspector_app.sync.sealed import CHUNK, chunk_count
from inspector_app.sync.steps import Exchange
from inspector_app.sync.transport import Ask

_ASKED = 2_000
"""Digests per `missing` request: about 200 KB before compression."""


def send(exchange: Exchange) -> None:
    """Every Blob of ours that the hub lacks, chunk by chunk. A damaged photo is noted and does not stop the others."""
    blobs = list(exchange.ledger.blobs_to_send())
    done = 0
    for part in _parts(blobs):
        missing = _missing(exchange, part)
        for blob in part:
            exchange.say("photos_up", done, len(blobs))
            _send_one(exchange, blob, missing.get(blob.sha, list(range(chunk_count(blob.size)))))
            done += 1
    if blobs:
        exchange.say("photos_up", done, len(blobs))


def _send_one(exchange: Exchange, blob: BlobInfo, missing: Sequence[int]) -> None:
    stored = not missing
    count = chunk_count(blob.size)
    for number in missing:
        exchange.say_again()
        try:
            plain = exchange.ledger.blob_chunk(blob.sha, number)
        except WorldError as error:
            exchange.counts.note("blob_damaged", str(error))
            return
        headers = {"X-Sha256": hashlib.sha256(plain).hexdigest(), "Content-Type": wire.BYTES}
        answer = exchange.ask_with(Ask("PUT", f"/v1/blobs/{blob.sha}/{number}?of={count}", plain, headers=headers))
        if answer.status in (413, 422):
            exchange.counts.note("blob_refused", "The hub refused a photo; it is kept here and tried again.")
            return
        exchange.expect(answer, 200, 201, 202)
        stored = answer.status in (200, 201)
    if stored:
        exchange.ledger.blob_confirmed(blob.sha)
        exchange.counts.blobs_up += 1


def fetch(exchange: Exchange) -> None:
    """Every Blob named in our Scopes that has arrived at the hub; the others come in a later Round."""
    wanted = list(exchange.ledger.blobs_wanted())
    done = 0
    for part in _parts(wanted):
        missing = _missing(exchange, part)
        for blob in part:
            exchange.say("photos_down", done, len(wanted))
            if missing.get(blob.sha) == []:
                _fetch_one(exchange, blob)
            done += 1
    if wanted:
        exchange.say("photos_down", done, len(wanted))


def _fetch_one(exchange: Exchange, blob: BlobInfo) -> None:
    for number in range(exchange.ledger.wanted_parts(blob.sha), chunk_count(blob.size)):
        exchange.say_again()
        start = number * CHUNK
        length = min(CHUNK, blob.size - start)
        plain = _range(exchange, blob.sha, start, length) if length else b""
        if plain is None:
            exchange.counts.note("blob_damaged", "A photo on the hub does not have the promised size.")
            return
        exchange.ledger.keep_chunk(blob.sha, number, plain)
    if exchange.ledger.finish_blob(blob.sha):
        exchange.counts.blobs_down += 1
    else:
        exchange.counts.note("blob_damaged", "A photo arrived damaged; it is fetched again in the next Round.")


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
