"""What travels between laptop and hub: media type, limits, packed lines,
the shapes of requests and replies (sync.md §7, §8)."""

import hashlib
import io
import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec
import zstandard

from inspector_app.domain.errors import UserError
from inspector_app.sync.envelope import canonical, check_depth, unsigned_bytes

MEDIA = "application/vnd.inspector-app.sync+zstd"
BYTES = "application/octet-stream"
SPOKEN: tuple[int, ...] = (1,)
"""Versions of the protocol this build speaks; once there is an N, its predecessor stays beside it (sync.md §8)."""
SPEAKS = "X-Protocol"
"""Header of a request: the version it is written in; without it the first."""
MAX_BODY = 512 * 1024
"""Bytes of one request on the wire."""
MAX_PLAIN = 2 * 1024 * 1024
"""Bytes of one request after inflating."""
MAX_ITEMS = 500
MAX_IDS = 8_000
MAX_PAGE = 1024 * 1024
"""Raw bytes of one pulled page; a single larger record still fits MAX_PLAIN."""
MAX_BLOB = 200 * 1024 * 1024
MAX_QUARANTINE_PARTS = 16
WINDOW = 8 * 1024 * 1024
T = TypeVar("T")


class Hello(msgspec.Struct, frozen=True):
    """Who the hub is; `sig` over the rest, `client` repeats the caller's nonce, `nonce` is for the token request."""

    hub_id: str
    epoch: int
    now: int
    proto: list[int]
    min_app: str
    limits: dict[str, int]
    nonce: str
    client: str
    alg: str
    sig: str


class EnrollRequest(msgspec.Struct, frozen=True):
    """A one-time code and the new device's key, signed by that key (proof of possession)."""

    code: str
    pubkey: str
    name: str
    app: str
    alg: str
    sig: str


class EnrollReply(msgspec.Struct, frozen=True):
    """What the hub made of the device; `letter` is unique in its Team."""

    device_id: str
    hub_id: str
    hub_pubkey: str
    epoch: int
    scopes: list[str]
    letter: str
    team: int
    role: str


class TokenRequest(msgspec.Struct, frozen=True):
    """A fresh nonce of the hub, signed by the device."""

    device_id: str
    nonce: str
    alg: str
    sig: str


class TokenReply(msgspec.Struct, frozen=True):
    """An opaque token and the hub's time at which it ends, in ms."""

    token: str
    expires: int
    now: int


class PushLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """The hub's word on one item, or (last line) the head of the pushing device's chain."""

    cs: str = ""
    line: int = -1
    st: str = ""
    scope: str = ""
    seq: int = 0
    code: str = ""
    dev_head: dict[str, Any] | None = None


class RotateRequest(msgspec.Struct, frozen=True):
    """A new key for a device: `sig` is the old key's over all of it (purpose `rotate`), `proof` the new key's over all
    but both signatures (purpose `rotate-proof`). `reason` is rotate, fork or fingerprint; the answer is an EnrollReply."""

    device_id: str
    pubkey: str
    reason: str
    app: str
    alg: str
    proof: str
    sig: str
    host: str = ""


class Held(msgspec.Struct, frozen=True):
    """Rows of a Scope from its cursor to `last` that the laptop pushed itself; `ids` is `digest_of` their Changesets."""

    last: int
    ids: str


def digest_of(ids: Iterable[str]) -> str:
    """SHA-256 in hex over Changeset ids in the order of their rows."""
    return hashlib.sha256("\n".join(ids).encode()).hexdigest()


class PullRequest(msgspec.Struct, frozen=True, omit_defaults=True):
    """Cursors per Scope, how many raw bytes the laptop wants at most, and how many seconds it waits for news.

    With a `nonce` the trailer carries the hub's signed Hello, so that a Round with nothing to do is this one request.
    Rows named in `held` do not travel if the hub's log says the same; its trailer repeats up to where.
    """

    cursors: dict[str, int]
    want: int = MAX_PAGE
    wait: int = 0
    nonce: str = ""
    held: dict[str, Held] = {}


class StateRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """The whole merge state of one entity: a row of a snapshot, or what `enter` brings (sync.md §4, §7).

    `heads` is sparse: only fields that have not exactly one head written by `cs0`; `seen` leaves out `cs0` and the
    ids in `heads`.
    """

    id: str
    e: str
    scope: str
    doc: dict[str, Any]
    cs0: str
    t0: int
    parent: str = ""
    heads: dict[str, list[list[Any]]] = {}
    gone: dict[str, list[str]] = {}
    seen: list[str] = []


class PullLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """One row of a Scope's log, or (last line) the trailer, known by its `cursors`.

    `kind` cs carries `env`, enter carries `state`, leave only `ent`.
    """

    scope: str = ""
    seq: int = 0
    kind: str = ""
    env: msgspec.Raw = msgspec.Raw()
    ent: str = ""
    state: StateRow | None = None
    cursors: dict[str, int] | None = None
    heads: dict[str, int] | None = None
    more: bool = False
    scopes_added: list[str] = []
    scopes_removed: list[str] = []
    dev_head: dict[str, Any] | None = None
    hello: Hello | None = None
    held: dict[str, int] = {}


class SnapshotPage(msgspec.Struct, frozen=True):
    """One page of a snapshot: a Blob (`GET /v1/blobs/{sha}`) of compressed NDJSON StateRows."""

    sha: str
    size: int
    rows: int


class Snapshot(msgspec.Struct, frozen=True):
    """A Scope's state as content-addressed pages; pull from `as_of` when all of them are applied."""

    scope: str
    as_of: int
    pages: list[SnapshotPage]


class MoveRequest(msgspec.Struct, frozen=True):
    """A supervisor gives the record `id` and its children to another Scope."""

    id: str
    scope: str


class History(msgspec.Struct, frozen=True):
    """One entity with its authors' envelopes in the order they were received."""

    state: StateRow
    envelopes: list[msgspec.Raw]


class HaveRequest(msgspec.Struct, frozen=True):
    """Exact Changeset ids, at most MAX_IDS."""

    cs: list[str]


class HaveReply(msgspec.Struct, frozen=True):
    """Those of the asked ids which the hub lacks."""

    missing: list[str]


class KeysRequest(msgspec.Struct, frozen=True):
    """Device ids, at most MAX_ITEMS."""

    dev: list[str]


class KeysReply(msgspec.Struct, frozen=True):
    """Public keys of those devices the hub knows; each proves itself, since the id is its hash."""

    keys: list[str]


class BlobSize(msgspec.Struct, frozen=True):
    """Bytes and 512 KiB chunks of one Blob."""

    size: int
    chunks: int


class Refused(msgspec.Struct, frozen=True, omit_defaults=True):
    """Every error body; `device`, `at`, `sig` only in a signed revocation."""

    code: str
    msg: str = ""
    retry: bool = False
    device: str = ""
    at: int = 0
    alg: str = ""
    sig: str = ""


def pack(value: object) -> bytes:
    """One JSON value, compressed."""
    return compress(msgspec.json.encode(value))


def compress(plain: bytes) -> bytes:
    """zstd at level 3 with the size in the frame."""
    return _packing.compressor.compress(plain)


class _Packing(threading.local):
    """A compressor for each thread: making one takes as long as compressing a record."""

    def __init__(self) -> None:
        self.compressor = zstandard.ZstdCompressor(level=3)


_packing = _Packing()


def inflate(body: bytes, cap: int = MAX_PLAIN) -> bytes:
    """Streaming inflate; raises UserError `body_compression` or, above `cap` bytes, `body_too_large`."""
    try:
        unpacker = zstandard.ZstdDecompressor(max_window_size=WINDOW)
        with unpacker.stream_reader(io.BytesIO(body)) as stream:
            plain: bytes = stream.read(cap + 1)
    except zstandard.ZstdError:
        raise UserError("body_compression", "The message is not compressed as agreed.") from None
    if len(plain) > cap:
        raise UserError("body_too_large", "The message is larger than allowed.")
    return plain


def decode(plain: bytes, shape: type[T]) -> T:
    """Read one JSON value; raises UserError `body_malformed` for anything else, deep nesting included."""
    check_depth(plain)
    try:
        return msgspec.json.decode(plain, type=shape)
    except (msgspec.DecodeError, msgspec.ValidationError, RecursionError, UnicodeDecodeError, ValueError):
        raise UserError("body_malformed", "The message cannot be read.") from None


def unpack(body: bytes, shape: type[T], cap: int = MAX_PLAIN) -> T:
    """Inflate and read one JSON value without U+0000, which PostgreSQL cannot store; raises as `inflate` and `decode` do."""
    plain = inflate(body, cap)
    if b"\\u0000" in plain:
        raise UserError("body_malformed", "The message cannot be read.")
    return decode(plain, shape)


def lines(plain: bytes) -> list[bytes]:
    """The non-empty lines of NDJSON."""
    return [line for line in plain.split(b"\n") if line]


def ndjson(rows: Iterable[bytes]) -> bytes:
    """Rows joined by newlines, compressed."""
    return compress(b"\n".join(rows))


def signable(message: msgspec.Struct | Mapping[str, object]) -> bytes:
    """The canonical bytes a `sig` is over: the message without `sig`."""
    plain = dict(message) if isinstance(message, Mapping) else msgspec.to_builtins(message)
    plain.pop("sig", None)
    return canonical(plain)


def unpack_signed(body: bytes, shape: type[T]) -> tuple[T, bytes]:
    """A signed message and the bytes its `sig` is over, fields unknown to this version included. Raises as `unpack`."""
    plain = unpack(body, dict[str, object])
    try:
        return msgspec.convert(plain, shape), signable(plain)
    except (msgspec.ValidationError, ValueError, OverflowError):
        raise UserError("body_malformed", "The message cannot be read.") from None


def elide(raws: Sequence[bytes]) -> list[bytes]:
    """Leave `ph` out where the line before is the same device's previous envelope (sync.md §6)."""
    sent: list[bytes] = []
    last: tuple[object, object, str] = ("", 0, "")
    for raw in raws:
        plain = _plain(raw)
        if plain is None:
            sent.append(raw)
            last = ("", 0, "")
            continue
        dev, number, parent = plain.get("dev"), plain.get("n"), plain.get("ph")
        follows = dev == last[0] and isinstance(number, int) and number - 1 == last[1] and parent == last[2]
        last = (dev, number, _hash(raw))
        sent.append(canonical({k: v for k, v in plain.items() if k != "ph"}) if follows else raw)
    return sent


def restore(sent: Sequence[bytes]) -> list[bytes]:
    """The authors' bytes of elided lines; a line that cannot be restored stays as it is and fails when it is parsed."""
    raws: list[bytes] = []
    last: tuple[object, object, str] = ("", 0, "")
    for line in sent:
        plain = _plain(line)
        if plain is None:
            raws.append(line)
            last = ("", 0, "")
            continue
        dev, number = plain.get("dev"), plain.get("n")
        if "ph" not in plain and dev == last[0] and isinstance(number, int) and number - 1 == last[1]:
            plain["ph"] = last[2]
            line = canonical(plain)
        raws.append(line)
        last = (dev, number, _hash(line))
    return raws


def author_of(raw: bytes) -> str:
    """The device an envelope names, '' where it cannot be read; nothing else of it is looked at."""
    try:
        return msgspec.json.decode(raw, type=_Author).dev
    except (msgspec.DecodeError, msgspec.ValidationError, RecursionError, UnicodeDecodeError, ValueError):
        return ""


class _Author(msgspec.Struct):
    dev: str


def _plain(raw: bytes) -> dict[str, Any] | None:
    try:
        check_depth(raw)
        value = msgspec.json.decode(raw)
    except (UserError, msgspec.DecodeError, RecursionError, UnicodeDecodeError, ValueError):
        return None
    return value if isinstance(value, dict) else None


def _hash(raw: bytes) -> str:
    return hashlib.sha256(unsigned_bytes(raw)).hexdigest()
