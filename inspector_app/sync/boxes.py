"""Sealing a key to somebody's Ed25519 identity: its X25519 twin and HPKE (docs/decisions/0055)."""

import hashlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from inspector_app.domain.errors import UserError
from inspector_app.sync.identity import Identity

_FIELD = 2**255 - 19
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_INFO = b"inspector-app/bundle/1"


def seal_key(key: bytes, public: bytes) -> bytes:
    """`key` readable only by the owner of the raw Ed25519 `public` key; raises UserError `recipient`."""
    try:
        return bytes(_SUITE.encrypt(key, X25519PublicKey.from_public_bytes(_twin(public)), _INFO))
    except ValueError:
        raise UserError("recipient", "This is not a key of a hub or a laptop.") from None


def open_key(sealed: bytes, identity: Identity) -> bytes:
    """The key sealed to us; raises UserError `bundle_not_for_us`."""
    seed = hashlib.sha512(identity.key.private_bytes_raw()).digest()[:32]
    try:
        return bytes(_SUITE.decrypt(sealed, X25519PrivateKey.from_private_bytes(seed), _INFO))
    except (InvalidTag, ValueError):
        raise UserError("bundle_not_for_us", "This bundle is sealed for somebody else.") from None


def _twin(public: bytes) -> bytes:
    """The Montgomery form u = (1 + y) / (1 - y) of an Edwards point (RFC 7748 §4.1)."""
    if len(public) != 32:
        raise ValueError("32 bytes are needed")
    y = int.from_bytes(public, "little") & (2**255 - 1)
    if y >= _FIELD or (1 - y) % _FIELD == 0:
        raise ValueError("no point")
    return ((1 + y) * pow(1 - y, -1, _FIELD) % _FIELD).to_bytes(32, "little")
