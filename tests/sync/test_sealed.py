"""Sealed Blobs: every size comes back, every tampering is noticed."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.domain.errors import WorldError
from inspector_app.sync import sealed
from inspector_app.sync.sealed import CHUNK, TAG, chunk_count, open_bytes, open_chunk, plain_size, seal_bytes

KEY = bytes(range(32))
HEAD = len(seal_bytes(b"", KEY)) - TAG
SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 77)


@pytest.mark.parametrize("size", SIZES)
def test_every_size_comes_back(size: int) -> None:
    plain = os.urandom(size)
    shut = seal_bytes(plain, KEY)
    assert open_bytes(shut, KEY) == plain
    assert plain_size(len(shut)) == size
    assert open_chunk(shut, KEY, chunk_count(size) - 1) == plain[(chunk_count(size) - 1) * CHUNK :]


@given(st.integers(0, 10**6), st.integers(1, 255))
@settings(max_examples=200, deadline=None)
def test_any_altered_byte_is_noticed(place: int, mask: int) -> None:
    shut = bytearray(seal_bytes(b"a photo of a pump room", KEY))
    shut[place % len(shut)] ^= mask
    with pytest.raises(WorldError):
        open_bytes(bytes(shut), KEY)


def test_cutting_swapping_and_repeating_chunks_are_noticed() -> None:
    shut = seal_bytes(os.urandom(3 * CHUNK), KEY)
    step = CHUNK + TAG
    one, two, three = (shut[HEAD + number * step : HEAD + (number + 1) * step] for number in range(3))
    head = shut[:HEAD]
    for forged in (
        head + one + two,
        head + two + one + three,
        head + one + one + three,
        head + one,
        head,
        shut[:10],
        b"",
    ):
        with pytest.raises(WorldError):
            open_bytes(forged, KEY)


def test_another_key_or_purpose_opens_nothing() -> None:
    shut = seal_bytes(b"x", KEY)
    with pytest.raises(WorldError):
        open_bytes(shut, bytes(32))
    with pytest.raises(WorldError):
        open_bytes(shut, KEY, b"backup")
    assert sealed.derive(KEY, "db") != sealed.derive(KEY, "blob")


def test_the_same_bytes_never_look_the_same() -> None:
    assert seal_bytes(b"x", KEY) != seal_bytes(b"x", KEY)
