"""A device's Ed25519 key: its id, its signatures, and the hub's answer to them (sync.md §5)."""

import hashlib
import os
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from inspector_app.sync.envelope import sign_purpose


@dataclass(frozen=True)
class Identity:
    """A private key with its public half and the id derived from it: first 128 bits of SHA-256(public key), hex."""

    key: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        """Raw 32 bytes."""
        return self.key.public_key().public_bytes_raw()

    @property
    def device(self) -> str:
        """32 hex characters."""
        return device_id(self.public)

    def sign(self, purpose: str, body: bytes) -> bytes:
        """64 bytes over the domain-separated message."""
        return self.key.sign(sign_purpose(purpose, body))


def device_id(public: bytes) -> str:
    """First 128 bits of SHA-256 of the raw public key, as hex."""
    return hashlib.sha256(public).hexdigest()[:32]


def new_identity() -> Identity:
    """A fresh key from the operating system's randomness."""
    return Identity(Ed25519PrivateKey.from_private_bytes(os.urandom(32)))


def identity_from(private: bytes) -> Identity:
    """Load the raw 32-byte private key."""
    return Identity(Ed25519PrivateKey.from_private_bytes(private))
