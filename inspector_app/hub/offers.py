"""What a push brings, before the transaction: parsed envelopes with their authors, or the code of their refusal."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, select

from inspector_app.domain.errors import UserError
from inspector_app.domain.team import Role
from inspector_app.hub.access import Member
from inspector_app.hub.bulk import among, keys
from inspector_app.hub.tables import device
from inspector_app.sync import envelope
from inspector_app.sync.envelope import Envelope

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DEVICE = re.compile(r"[0-9a-f]{32}")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")
_SCOPE = re.compile(r"[a-z][a-z0-9:_-]{0,63}")


@dataclass(frozen=True)
class Author:
    """The device that wrote a Changeset, as the hub knows it; `head_n` is its highest accepted number."""

    member: Member
    key: bytes
    head_n: int
    revoked: bool


@dataclass(frozen=True)
class Offer:
    """A well-formed, authentic envelope on line `line` of the body."""

    line: int
    raw: bytes
    envelope: Envelope
    author: Author
    content: str
    hash: str


@dataclass(frozen=True)
class Refusal:
    """An item that never reaches the transaction; `cs` is '' when it cannot be read."""

    line: int
    raw: bytes
    cs: str
    code: str


@dataclass(frozen=True)
class Parsed:
    """A well-formed envelope whose author is not checked yet."""

    line: int
    raw: bytes
    envelope: Envelope
    content: str


def parse(raws: Sequence[bytes]) -> tuple[list[Parsed], list[Refusal]]:
    """Check form and shape of every line; pure."""
    parsed: list[Parsed] = []
    refusals: list[Refusal] = []
    for line, raw in enumerate(raws):
        try:
            one, plain = envelope.read(raw)
            _check_shape(one)
            parsed.append(Parsed(line, raw, one, envelope.content_of(plain)))
        except UserError as error:
            refusals.append(Refusal(line, raw, _readable_id(raw), error.key))
    return parsed, refusals


def authenticate(parsed: Sequence[Parsed], authors: Mapping[str, Author]) -> tuple[list[Offer], list[Refusal]]:
    """Check every author's signature; pure."""
    offers: list[Offer] = []
    refusals: list[Refusal] = []
    for one in parsed:
        read, author = one.envelope, authors.get(one.envelope.dev)
        unsigned = envelope.unsigned_bytes(one.raw)
        if author is None or read.alg != "ed25519" or not envelope.is_signed(unsigned, read.sig, author.key):
            refusals.append(Refusal(one.line, one.raw, read.cs, "signature"))
            continue
        offers.append(Offer(one.line, one.raw, read, author, one.content, hashlib.sha256(unsigned).hexdigest()))
    return offers, refusals


def _check_shape(parsed: Envelope) -> None:
    ids = [parsed.cs, *(parent for parents in parsed.prev.values() for parent in parents)]
    shaped = (
        all(_UUID.fullmatch(one) for one in ids)
        and _DEVICE.fullmatch(parsed.dev)
        and _NAME.fullmatch(parsed.e)
        and 0 < len(parsed.id) <= 64
        and (parsed.sc is None or _SCOPE.fullmatch(parsed.sc))
        and parsed.v == 1
    )
    if not shaped:
        raise UserError("envelope_shape", "The record carries an identifier of the wrong form.")


def _readable_id(raw: bytes) -> str:
    try:
        envelope.check_depth(raw)
        found = msgspec.json.decode(raw)["cs"]
    except (UserError, msgspec.DecodeError, RecursionError, UnicodeDecodeError, ValueError, KeyError, TypeError):
        return ""
    return found if isinstance(found, str) and _UUID.fullmatch(found) else ""


_AUTHORS = select(device).where(among(device.c.id))


def load_authors(connection: Connection, ids: set[str]) -> dict[str, Author]:
    """The known devices among `ids`."""
    rows = connection.execute(_AUTHORS, {"ids": keys(ids)})
    return {
        row.id: Author(
            Member(row.id, row.team, Role(row.role)), bytes.fromhex(row.pubkey), row.head_n, row.revoked_at is not None
        )
        for row in rows
    }
