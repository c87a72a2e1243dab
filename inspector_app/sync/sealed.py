"""The one sealed format for Blobs, bundles and backups: chunked AES-256-GCM (security.md §8)."""

import hashlib
import os
import struct
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from inspector_app.domain.errors import WorldError

CHUNK = 512 * 1024
"""Plain bytes per sealed chunk = one transfer chunk (sync.md §11)."""
TAG = 16
_HEAD = struct.Struct(">4sBB32sI")
_MAGIC, _VERSION, _AES_GCM = b"DWSB", 1, 1


def derive(key: bytes, purpose: str) -> bytes:
    """A 32-byte sub-key of a 32-byte key for one purpose, e.g. ``derive(dek, "db")`` (HKDF-SHA256)."""
    return HKDF(SHA256(), 32, None, b"inspector-app/" + purpose.encode()).derive(key)


def _cipher(key: bytes, salt: bytes, purpose: bytes) -> tuple[AESGCM, bytes]:
    material = HKDF(SHA256(), 39, salt, b"inspector-app/sealed/" + purpose).derive(key)
    return AESGCM(material[:32]), material[32:]


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + (b"\1" if last else b"\0")


def chunk_count(size: int) -> int:
    """Chunks of a file of `size` bytes; an empty file has one empty chunk."""
    return max(1, -(-size // CHUNK))


def seal_bytes(plain: bytes, key: bytes, purpose: bytes = b"blob") -> bytes:
    """Seal a whole file held in memory under a 32-byte `key`."""
    salt = os.urandom(32)
    head = _HEAD.pack(_MAGIC, _VERSION, _AES_GCM, salt, CHUNK)
    cipher, prefix = _cipher(key, salt, purpose)
    count = chunk_count(len(plain))
    view = memoryview(plain)
    parts = [head]
    for number in range(count):
        piece = view[number * CHUNK : (number + 1) * CHUNK]
        parts.append(cipher.encrypt(_nonce(prefix, number, number == count - 1), piece, head))
    return b"".join(parts)


def plain_size(sealed_size: int) -> int:
    """Plain bytes inside a sealed file of `sealed_size` bytes."""
    body = sealed_size - _HEAD.size
    return body - TAG * max(1, -(-body // (CHUNK + TAG)))


def open_chunk(sealed: bytes | memoryview, key: bytes, number: int, purpose: bytes = b"blob") -> bytes:
    """Chunk `number` of a sealed file; raises WorldError when it was damaged, cut or swapped."""
    view = memoryview(sealed)
    try:
        magic, version, alg, salt, size = _HEAD.unpack(view[: _HEAD.size])
        if (magic, version, alg, size) != (_MAGIC, _VERSION, _AES_GCM, CHUNK):
            raise ValueError("not a sealed file of this version")
        cipher, prefix = _cipher(key, salt, purpose)
        count = max(1, -(-(len(view) - _HEAD.size) // (CHUNK + TAG)))
        start = _HEAD.size + number * (CHUNK + TAG)
        piece = view[start : start + CHUNK + TAG]
        return cipher.decrypt(_nonce(prefix, number, number == count - 1), piece, view[: _HEAD.size])
    except (InvalidTag, ValueError, struct.error, OverflowError):
        raise WorldError("blob_damaged", "A stored photo is damaged and was not opened.") from None


def open_chunks(sealed: bytes, key: bytes, purpose: bytes = b"blob") -> Iterator[bytes]:
    """All chunks in order; raises WorldError as `open_chunk` does."""
    count = max(1, -(-(len(sealed) - _HEAD.size) // (CHUNK + TAG)))
    for number in range(count):
        yield open_chunk(sealed, key, number, purpose)


def open_bytes(sealed: bytes, key: bytes, purpose: bytes = b"blob") -> bytes:
    """The whole plain file; raises WorldError as `open_chunk` does."""
    return b"".join(open_chunks(sealed, key, purpose))


def digest(plain: bytes) -> str:
    """SHA-256 in hex: the address of a Blob."""
    return hashlib.sha256(plain).hexdigest()
