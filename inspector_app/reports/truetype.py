"""A TrueType file as print needs it: which glyph a character has, how wide it is, and a font of only the glyphs used."""

import mmap
import os
import struct
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import cached_property, partial
from pathlib import Path
from sys import byteorder
from typing import NamedTuple
from weakref import finalize

_HIGH = 0xD800
"""Codes of characters beyond U+FFFF begin here: no character has a surrogate's number."""
_MOST = 0x800
_COMPOSITE_END = 0x20
_WORDS, _SCALE, _TWO_SCALES, _MATRIX = 0x1, 0x8, 0x40, 0x80


class Metrics(NamedTuple):
    """What a font descriptor says, in 1/1000 em."""

    box: tuple[int, ...]
    ascent: int
    descent: int
    cap: int


def _numbers(kind: str, raw: bytes) -> "array[int]":
    """Big-endian integers."""
    found = array(kind, raw)
    if byteorder == "little":
        found.byteswap()
    return found


def _packed(kind: str, numbers: Iterable[int]) -> bytes:
    found = array(kind, numbers)
    if byteorder == "little":
        found.byteswap()
    return found.tobytes()


class _Numbers(dict[str, int]):
    """Characters → number of the glyph, 0 where there is none; fills itself."""

    def __init__(self, ranges: "tuple[array[int], array[int], array[int]]") -> None:
        super().__init__()
        self._starts, self._ends, self._glyphs = ranges

    def __missing__(self, character: str) -> int:
        code = ord(character)
        at = bisect_right(self._starts, code) - 1
        is_there = at >= 0 and code <= self._ends[at]
        number = self[character] = self._glyphs[at] + code - self._starts[at] if is_there else 0
        return number


class TrueType:
    """One file of resources/fonts: 1000 units per em, glyf outlines, a cmap of format 12 or 4. Read where it is asked."""

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        self._read = _reader(self, path)
        count = struct.unpack(">H", self._read(2, 4))[0]
        entries = struct.iter_unpack(">4sIII", self._read(16 * count, 12))
        self._at = {tag.decode(): (start, length) for tag, _, start, length in entries}
        self._count = struct.unpack(">H", self._table("maxp")[4:6])[0]
        full = struct.unpack(">H", self._table("hhea")[34:36])[0]
        metrics = _numbers("H", self._table("hmtx")[: 4 * full])
        self._advances, self._bearings = metrics[::2], metrics[1::2]
        self._rest = _numbers("H", self._table("hmtx")[4 * full :])
        self._starts, self._ends, glyphs = self._ranges()
        self.numbers = _Numbers((self._starts, self._ends, glyphs))
        """Characters → number of the glyph, 0 where there is none."""

    def _table(self, tag: str) -> bytes:
        start, length = self._at[tag]
        return self._read(length, start)

    def _ranges(self) -> "tuple[array[int], array[int], array[int]]":
        """First and last character of each range, glyph of the first."""
        table = self._table("cmap")
        found: dict[int, int] = {}
        for at in range(struct.unpack(">H", table[2:4])[0]):
            start = struct.unpack(">I", table[8 + 8 * at : 12 + 8 * at])[0]
            found[struct.unpack(">H", table[start : start + 2])[0]] = start
        if 12 in found:
            start = found[12]
            count = struct.unpack(">I", table[start + 12 : start + 16])[0]
            groups = _numbers("I", table[start + 16 : start + 16 + 12 * count])
            return groups[::3], groups[1::3], groups[2::3]
        return _segments(table[found[4] :])

    def advance(self, glyph: int) -> int:
        """Width in 1/1000 em."""
        return self._advances[min(glyph, len(self._advances) - 1)]

    def code(self, character: str) -> int:
        """Two bytes that stand for the character in every document: its own number, or one of the surrogates'."""
        number = ord(character)
        return number if number <= 0xFFFF else _HIGH + self._high[number]

    @cached_property
    def _high(self) -> dict[int, int]:
        """Characters beyond U+FFFF in order of their numbers."""
        spans = zip(self._starts, self._ends, strict=True)
        numbers = [n for start, end in spans if end > 0xFFFF for n in range(max(start, 0x10000), end + 1)]
        if len(numbers) > _MOST:
            raise ValueError(f"{self.name} has {len(numbers)} characters beyond U+FFFF, more than {_MOST}")
        return {number: at for at, number in enumerate(numbers)}

    @cached_property
    def metrics(self) -> Metrics:
        """For the font descriptor."""
        head, hhea, os2 = self._table("head"), self._table("hhea"), self._table("OS/2")
        ascent, descent = struct.unpack(">hh", hhea[4:8])
        return Metrics(struct.unpack(">4h", head[36:44]), ascent, descent, struct.unpack(">h", os2[88:90])[0])

    @cached_property
    def _offsets(self) -> "array[int]":
        """Where each glyph's outline begins in the glyf table."""
        if struct.unpack(">h", self._table("head")[50:52])[0]:
            return _numbers("I", self._table("loca"))
        return array("I", (2 * half for half in _numbers("H", self._table("loca"))))

    def _outline(self, glyph: int) -> bytes:
        start, end = self._offsets[glyph], self._offsets[glyph + 1]
        return self._read(end - start, self._at["glyf"][0] + start)

    def subset(self, glyphs: Iterable[int]) -> tuple[bytes, dict[int, int]]:
        """A font of these glyphs and the empty one, and the new number of each; their parts come along."""
        order = [0, *sorted(set(glyphs) - {0})]
        numbers = {glyph: at for at, glyph in enumerate(order)}
        outlines: list[bytes] = []
        for glyph in order:  # grows while parts of composite glyphs are met
            outline = self._outline(glyph)
            if outline[:2] >= b"\x80":
                outline = _renumbered(outline, numbers, order)
            outlines.append(outline + b"\0" * (-len(outline) % 4))
        return self._font(order, outlines), numbers

    def _font(self, order: list[int], outlines: list[bytes]) -> bytes:
        offsets = [0]
        for outline in outlines:
            offsets.append(offsets[-1] + len(outline))
        pairs = array("H", bytes(4 * len(order)))
        pairs[::2] = array("H", map(self.advance, order))
        pairs[1::2] = array("H", map(self._bearing, order))
        head = bytearray(self._table("head"))
        head[8:12] = bytes(4)
        head[50:52] = b"\0\1"
        hhea, maxp = bytearray(self._table("hhea")), bytearray(self._table("maxp"))
        hhea[34:36] = maxp[4:6] = struct.pack(">H", len(order))
        tables = {
            "glyf": b"".join(outlines),
            "head": bytes(head),
            "hhea": bytes(hhea),
            "hmtx": _packed("H", pairs),
            "loca": _packed("I", offsets),
            "maxp": bytes(maxp),
        }
        for tag in ("cvt ", "fpgm", "prep"):
            if tag in self._at:
                tables[tag] = self._table(tag)
        return _file(tables)

    def _bearing(self, glyph: int) -> int:
        full = len(self._bearings)
        return self._bearings[glyph] if glyph < full else self._rest[glyph - full]


def _reader(owner: object, path: Path) -> Callable[[int, int], bytes]:
    """Reads (length, start) of a file for as long as `owner` lives.

    Letters lie anywhere in 8 MB: to map a page for each costs ten times what it costs to ask for its bytes.
    """
    if hasattr(os, "pread"):
        held = os.open(path, os.O_RDONLY)
        finalize(owner, os.close, held)
        return partial(os.pread, held)
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return lambda length, start: mapped[start : start + length]


def _segments(table: bytes) -> "tuple[array[int], array[int], array[int]]":
    """A cmap of format 4 as ranges."""
    count = struct.unpack(">H", table[6:8])[0] // 2
    ends = _numbers("H", table[14 : 14 + 2 * count])
    words = _numbers("H", table[16 + 2 * count : len(table) // 2 * 2])
    starts, deltas, hops = words[:count], words[count : 2 * count], words[2 * count : 3 * count]
    found: tuple[array[int], array[int], array[int]] = (array("I"), array("I"), array("I"))
    for at, (start, end, delta, hop) in enumerate(zip(starts, ends, deltas, hops, strict=True)):
        if start == 0xFFFF:
            continue
        for code in (start,) if not hop else range(start, end + 1):
            glyph = words[2 * count + at + hop // 2 + code - start] if hop else code
            found[0].append(code)
            found[1].append(code if hop else end)
            found[2].append((glyph + delta) & 0xFFFF if glyph or not hop else 0)
    return found


def _renumbered(outline: bytes, numbers: dict[int, int], order: list[int]) -> bytes:
    """A glyph made of others, which get numbers in the new font where they have none."""
    made, at, flags = bytearray(outline), 10, _COMPOSITE_END
    while flags & _COMPOSITE_END:
        flags, part = struct.unpack(">HH", made[at : at + 4])
        if part not in numbers:
            numbers[part] = len(order)
            order.append(part)
        made[at + 2 : at + 4] = struct.pack(">H", numbers[part])
        at += 8 if flags & _WORDS else 6
        at += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _MATRIX else 0
    return bytes(made)


def _file(tables: dict[str, bytes]) -> bytes:
    """Tables under their directory, with checksums."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    directory = [struct.pack(">IHHHH", 0x10000, count, 16 * power, power.bit_length() - 1, 16 * (count - power))]
    at, total, head = 12 + 16 * count, 0, 0
    bodies = []
    for tag in sorted(tables):
        body = tables[tag] + b"\0" * (-len(tables[tag]) % 4)
        checksum = _checksum(body)
        directory.append(struct.pack(">4sIII", tag.encode(), checksum, at, len(tables[tag])))
        bodies.append(body)
        head = at if tag == "head" else head
        at += len(body)
        total += checksum
    total += _checksum(b"".join(directory))
    whole = bytearray(b"".join(directory + bodies))
    whole[head + 8 : head + 12] = struct.pack(">I", (0xB1B0AFBA - total) & 0xFFFFFFFF)
    return bytes(whole)


def _checksum(body: bytes) -> int:
    return sum(_numbers("I", body)) & 0xFFFFFFFF
