"""Bundles at the hub: a laptop's stick is a Round without a wire, answered by a signed bundle (sync.md §12)."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import select

from inspector_app.domain.clock import Clock, system_clock
from inspector_app.domain.errors import UserError, WorldError
from inspector_app.domain.team import Role
from inspector_app.hub import pictures, records
from inspector_app.hub.access import Member
from inspector_app.hub.app import build
from inspector_app.hub.calls import Call, Hub
from inspector_app.hub.ledger import blob_digests
from inspector_app.hub.settings import HubSettings
from inspector_app.hub.tables import device
from inspector_app.sync import bundles, wire
from inspector_app.sync.bundles import Address, Bundle, Change, Parcel, Receipt
from inspector_app.sync.identity import device_id
from inspector_app.sync.sealed import CHUNK, chunk_count


@dataclass
class Taken:
    """What a stick brought and what goes back."""

    member: Member
    key: str
    receipts: list[Receipt] = field(default_factory=list)
    have: frozenset[str] = frozenset()
    blobs: int = 0


def take_file(
    settings: HubSettings, path: Path, answer_to: Path | None, *, clock: Clock = system_clock
) -> dict[str, Any]:
    """One stick at the hub's desk, beside a running hub or without one; gives counts. Raises as `take`."""
    hub: Hub = build(settings, clock=clock).state.hub
    try:
        taken = take(hub, path)
        back = answer(hub, taken, answer_to) if answer_to is not None else 0
        counts = Counter(one.st for one in taken.receipts if one.cs)
        return {"device": taken.member.device, **counts, "blobs": taken.blobs, "back": back}
    finally:
        hub.mark.note(at_once=True)
        hub.desk.database.close()


def take(hub: Hub, path: Path) -> Taken:
    """Import one volume as its sender's push; again changes nothing. Raises UserError bundle_…, unauthorized."""
    bundle = bundles.open_bundle(path, hub.desk.home.identity, hub.desk.home.hub_id)
    try:
        taken = Taken(_sender(hub, bundle), bundle.manifest.sender, have=frozenset(bundle.have()))
        for batch in _batches([bytes(one.env) for one in bundle.changes()]):
            taken.receipts += _push(hub, taken.member, batch)
        for sha in bundle.blobs():
            if _put(hub, taken.member, sha, bundle.blob(sha)):
                taken.receipts.append(Receipt("stored", sha=sha))
                taken.blobs += 1
        return taken
    finally:
        bundle.close()


def answer(hub: Hub, taken: Taken, path: Path) -> int:
    """Write what goes back: receipts, what the laptop lacks of its Scopes, photos named there. Gives the Changesets."""
    changes = [one for one in _readable(hub, taken.member) if msgspec.json.decode(one.env)["cs"] not in taken.have]
    shas = sorted({sha for one in changes for sha in blob_digests(msgspec.json.decode(one.env)["set"])})
    home = hub.desk.home
    address = Address(home.hub_id, home.epoch, taken.key, hub.desk.clock())
    blobs = ((sha, plain) for sha in shas if (plain := _get(hub, taken.member, sha)) is not None)
    bundles.write(path, address, home.identity, Parcel(changes, [], taken.receipts), blobs)
    return len(changes)


def _sender(hub: Hub, bundle: Bundle) -> Member:
    """The enrolled, not revoked laptop that wrote the bundle."""
    sender = device_id(bytes.fromhex(bundle.manifest.sender))
    with hub.desk.database.reading() as connection:
        row = connection.execute(select(device).where(device.c.id == sender)).one_or_none()
    if row is None or row.revoked_at is not None:
        raise UserError("unauthorized", "The laptop that wrote this bundle is not known here, or was shut out.")
    return Member(row.id, row.team, Role(row.role))


def _batches(raws: Sequence[bytes]) -> Iterator[list[bytes]]:
    for start in range(0, len(raws), 100):
        yield list(raws[start : start + 100])


def _call(member: Member, body: bytes = b"", path: dict[str, str] | None = None, **more: Any) -> Call:
    return Call(member, path or {}, more.get("query", {}), more.get("headers", {}), body, "stick")


def _push(hub: Hub, member: Member, raws: list[bytes]) -> list[Receipt]:
    plain = sum(len(raw) + 1 for raw in raws)
    if plain > wire.MAX_PLAIN and len(raws) > 1:
        middle = len(raws) // 2
        return _push(hub, member, raws[:middle]) + _push(hub, member, raws[middle:])
    reply = records.push(hub, _call(member, wire.ndjson(raws)))
    said = [wire.decode(line, wire.PushLine) for line in wire.lines(wire.inflate(_bytes(reply.body)))]
    return [Receipt(one.st, cs=one.cs, code=one.code) for one in said if one.cs]


def _put(hub: Hub, member: Member, sha: str, plain: bytes) -> bool:
    count, status = chunk_count(len(plain)), 0
    for number in range(count):
        piece = plain[number * CHUNK : (number + 1) * CHUNK]
        place, headers = {"sha": sha, "number": str(number)}, {"x-sha256": hashlib.sha256(piece).hexdigest()}
        call = _call(member, piece, place, query={"of": str(count)}, headers=headers)
        try:
            status = pictures.put_chunk(hub, call).status
        except WorldError as error:
            if error.key != "hub_full":
                raise
            return False  # records and receipts are worth taking all the same
    return status in (200, 201)


def _get(hub: Hub, member: Member, sha: str) -> bytes | None:
    try:
        return _bytes(pictures.get_blob(hub, _call(member, path={"sha": sha})).body)
    except UserError:
        return None


def _readable(hub: Hub, member: Member) -> Iterator[Change]:
    """Every Changeset in the sender's Scopes, page by page."""
    cursors: dict[str, int] = {}
    while True:
        reply = records.pull(hub, _call(member, wire.pack(wire.PullRequest(cursors))))
        lines = [wire.decode(line, wire.PullLine) for line in wire.lines(wire.inflate(_bytes(reply.body)))]
        trailer = lines.pop()
        rows = [line for line in lines if line.kind == "cs"]
        for line, raw in zip(rows, wire.restore([bytes(line.env) for line in rows]), strict=True):
            yield Change(line.scope, msgspec.Raw(raw))
        cursors = dict(trailer.cursors or {})
        if not trailer.more:
            return


def _bytes(body: bytes | Iterator[bytes]) -> bytes:
    return body if isinstance(body, bytes) else b"".join(body)
