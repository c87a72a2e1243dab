"""One Changeset on the wire: canonical JSON, content hash, device chain and Ed25519 signature (sync.md §6)."""

import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Protocol

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from inspector_app.domain.changeset import Value
from inspector_app.domain.errors import UserError

MAX_BYTES = 256 * 1024
"""One Changeset (sync.md §8)."""
MAX_DEPTH = 64
SAFE_INTEGER = 2**53
FIRST_PARENT = "0" * 64
"""`ph` of a device's first envelope: 32 zero bytes in hex."""
_CONTENT = ("cs", "t", "u", "sv", "e", "id", "sc", "set", "prev", "saw")
_encoder = msgspec.json.Encoder(order="sorted")
_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
"""Possessive, closing quote optional: an unterminated text costs one pass, not one per quote."""
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


class Envelope(msgspec.Struct, frozen=True, forbid_unknown_fields=False):
    """The fields of sync.md §6; `ph`, `sig` are lower-case hex. Unknown fields live only in the author's bytes."""

    v: int
    cs: str
    dev: str
    n: int
    ph: str
    t: int
    u: str
    sv: int
    e: str
    id: str
    set: dict[str, Any]
    alg: str
    sig: str
    sc: str | None = None
    prev: dict[str, list[str]] = {}
    saw: list[str] | None = None


def canonical(value: object) -> bytes:
    """UTF-8, keys sorted by code point, no white space, no floats outside strings."""
    return _encoder.encode(value)


def sign_purpose(purpose: str, body: bytes) -> bytes:
    """Domain-separated message: a signature for one purpose is worthless for another (sync.md §5)."""
    return b"inspector-app/" + purpose.encode() + b"/1\0" + body


def verify(public_key: bytes, purpose: str, body: bytes, signature: bytes) -> bool:
    """Whether `signature` (64 bytes) over `body` was made with the raw 32-byte Ed25519 `public_key`."""
    try:
        _key(public_key).verify(signature, sign_purpose(purpose, body))
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=1_024)
def _key(public_key: bytes) -> Ed25519PublicKey:
    """A laptop signs many records: its key is read once."""
    return Ed25519PublicKey.from_public_bytes(public_key)


def seal(fields: Mapping[str, object], key: Ed25519PrivateKey) -> tuple[bytes, str]:
    """The author's bytes (signed, canonical) and their chain hash for envelope `fields` without `sig`."""
    unsigned = {name: value for name, value in fields.items() if value is not None}
    body = canonical(unsigned)
    signature = key.sign(sign_purpose("changeset", body)).hex()
    return canonical({**unsigned, "sig": signature}), hashlib.sha256(body).hexdigest()


def reseal(raw: bytes, number: int, parent: str, identity: "Signer") -> tuple[bytes, str]:
    """The same content in a new incarnation's envelope (sync.md §5): `dev, n, ph, sig` are new, unknown fields stay."""
    plain = msgspec.json.decode(raw)
    plain.pop("sig", None)
    return seal({**plain, "dev": identity.device, "n": number, "ph": parent, "alg": "ed25519"}, identity.key)


class Signer(Protocol):
    """A device's key and the id derived from it."""

    @property
    def device(self) -> str: ...
    @property
    def key(self) -> Ed25519PrivateKey: ...


def check_depth(raw: bytes) -> None:
    """Refuse JSON nested deeper than MAX_DEPTH before a parser sees it (security.md §10.2);
    brackets in texts do not count."""
    if raw.count(b"[") + raw.count(b"{") <= MAX_DEPTH:  # nearly every record: no need to look where they stand
        return
    depth = 0
    for byte in _STRINGS.sub(b"", raw).translate(None, _NOT_BRACKETS):
        depth += 1 if byte in b"[{" else -1
        if depth > MAX_DEPTH:
            raise UserError("envelope_depth", "The record is nested too deeply.")


def parse(raw: bytes) -> Envelope:
    """Read one envelope; raises UserError for anything malformed, too large, not canonical or with unsafe values."""
    return read(raw)[0]


def read(raw: bytes) -> tuple[Envelope, dict[str, Any]]:
    """As `parse`, with all its fields as they are, unknown ones included."""
    if len(raw) > MAX_BYTES:
        raise UserError("envelope_size", "The record is larger than 256 KiB.")
    check_depth(raw)
    try:
        plain = _exactly.decode(raw)
        envelope = msgspec.convert(plain, Envelope)
    except (msgspec.DecodeError, msgspec.ValidationError, RecursionError, UnicodeDecodeError, ValueError) as error:
        raise UserError("envelope_malformed", f"The record cannot be read: {error}") from None
    if canonical(plain) != raw:
        raise UserError("envelope_not_canonical", "The record is not in canonical form.")
    if b"\\u0000" in raw or _LONG in raw.translate(_DIGITS):
        _check_values(plain)
    if envelope.n < 1 or not 0 <= envelope.t < SAFE_INTEGER:
        raise UserError("envelope_range", "The record carries a number out of range.")
    return envelope, plain


def _no_float(text: str) -> float:
    raise UserError("envelope_number", "The record carries a number that is not an exact integer.")


_exactly = msgspec.json.Decoder(float_hook=_no_float)
_DIGITS = bytes.maketrans(b"123456789", b"0" * 9)
_LONG = b"0" * 16
"""Without so many digits in a row no integer of these bytes lies beyond ±2⁵³."""


def _check_values(value: object) -> None:
    """No integers beyond ±2⁵³, and no U+0000, which PostgreSQL cannot store."""
    rest: list[object] = [value]
    while rest:
        one = rest.pop()
        kind = type(one)
        if kind is dict and isinstance(one, dict):
            rest.extend(one.values())
            rest.extend(one)
        elif kind is list and isinstance(one, list):
            rest.extend(one)
        elif kind is float or (kind is int and isinstance(one, int) and abs(one) >= SAFE_INTEGER):
            raise UserError("envelope_number", "The record carries a number that is not an exact integer.")
        elif isinstance(one, str) and "\0" in one:
            raise UserError("envelope_nul", "The record carries a NUL character.")


_SIGNED = re.compile(rb',"sig":"[0-9a-f]{128}"')


def unsigned_bytes(raw: bytes) -> bytes:
    """The signed bytes: the canonical envelope without `sig`."""
    found = _SIGNED.findall(raw)
    if len(found) == 1 and raw.count(b'"sig":') == 1:  # canonical bytes: cutting is the same as encoding anew
        return raw.replace(found[0], b"")
    plain = msgspec.json.decode(raw)
    plain.pop("sig", None)
    return canonical(plain)


def chain_hash(raw: bytes) -> str:
    """SHA-256 of the envelope without `sig`, hex: what the next envelope of the device names as `ph`."""
    return hashlib.sha256(unsigned_bytes(raw)).hexdigest()


def content_hash(raw: bytes) -> str:
    """SHA-256 over content only, hex: equal for a re-enveloped Changeset (sync.md §6)."""
    return content_of(msgspec.json.decode(raw))


def content_of(plain: Mapping[str, Any]) -> str:
    """As `content_hash`, of an envelope that was read before."""
    return hashlib.sha256(canonical({name: plain[name] for name in _CONTENT if name in plain})).hexdigest()


def is_authentic(raw: bytes, public_key: bytes) -> bool:
    """Whether the author's signature over these bytes holds."""
    return is_signed(unsigned_bytes(raw), msgspec.json.decode(raw).get("sig", ""), public_key)


def is_signed(unsigned: bytes, text: str, public_key: bytes) -> bool:
    """Whether the signature `text` over the bytes without it is the author's."""
    try:
        signature = bytes.fromhex(text)
    except (ValueError, TypeError):
        return False
    if signature.hex() != text:  # one spelling only, or the same Changeset would have several author's bytes
        return False
    return verify(public_key, "changeset", unsigned, signature)


def fields_of(values: Mapping[str, Value]) -> dict[str, Value]:
    """A plain, sorted copy for the envelope's `set`."""
    return dict(sorted(values.items()))
