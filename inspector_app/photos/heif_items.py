"""Looks through a HEIC's item table before the decoder does: pi-heif 1.4 dies of an item type that is not text."""

import struct
from collections.abc import Iterator

_TEXT_FROM = {0: 8, 1: 8, 2: 8, 3: 10}
"""Version of an `infe` box → where types and names begin (ISO/IEC 14496-12 §8.11.6)."""


def names_are_text(original: bytes) -> bool:
    """Whether every item type, name and content type is UTF-8.

    pi-heif turns them into Python strings without asking whether that worked, and the process ends with a segmentation
    fault. Everything outside the picture data is searched, wherever a hostile file may have put its table.
    """
    return all(_is_text(entry) for part in _tables(original) for entry in _entries(part))


def _tables(original: bytes) -> Iterator[bytes]:
    """The top-level boxes except `mdat`; what cannot be walked is given as it is."""
    at = 0
    while at + 8 <= len(original):
        size, kind = struct.unpack_from(">I4s", original, at)
        if size == 1 and at + 16 <= len(original):
            (size,) = struct.unpack_from(">Q", original, at + 8)
        end = at + size if size >= 8 else len(original)
        if kind != b"mdat":
            yield original[at:end]
        at = end


def _entries(part: bytes) -> Iterator[bytes]:
    """Bodies of the `infe` boxes, from their version on."""
    at = part.find(b"infe")
    while at >= 0:
        size = struct.unpack_from(">I", part, at - 4)[0] if at >= 4 else 0
        yield part[at + 4 : max(at + 4, at - 4 + size)]
        at = part.find(b"infe", at + 4)


def _is_text(entry: bytes) -> bool:
    if not entry:
        return False
    try:
        entry[_TEXT_FROM.get(entry[0], 8) :].decode()
    except UnicodeDecodeError:
        return False
    return True
