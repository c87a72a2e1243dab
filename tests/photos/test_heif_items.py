"""A HEIC whose item table is not text ends the process inside pi-heif; it must never get there."""

import struct

import pytest

from inspector_app.photos.heif_items import names_are_text
from inspector_app.photos.intake import PhotoRefused, accept
from tests.photos.pictures import HEIC, TURNED_HEIC

BAD_TYPE = HEIC.replace(b"Exif\0", b"\xc6xif\0", 1)
"""Found by mutation: `PyUnicode_FromString` fails on it and pi-heif 1.4.0 goes on with a null pointer."""


@pytest.mark.parametrize("data", [HEIC, TURNED_HEIC])
def test_phones_pass(data: bytes) -> None:
    assert names_are_text(data)


def test_a_type_that_is_no_text_is_refused_before_decoding() -> None:
    assert BAD_TYPE != HEIC
    with pytest.raises(PhotoRefused) as caught:
        accept(BAD_TYPE)
    assert caught.value.key == "photo_damaged"


def test_the_table_is_found_behind_a_large_box_and_in_a_broken_tail() -> None:
    free = struct.pack(">I4sQ", 1, b"free", 24) + bytes(8)
    assert not names_are_text(BAD_TYPE[:28] + free + BAD_TYPE[28:])
    assert names_are_text(HEIC[:28] + free + HEIC[28:])
    assert not names_are_text(b"\0\0\0\3" + BAD_TYPE[4:])


def test_picture_data_may_contain_anything() -> None:
    body = struct.pack(">I", 20) + b"infe\2\0\0\0\0\1\0\0\xff\xff\xff\xff"
    assert names_are_text(HEIC + struct.pack(">I4s", 8 + len(body), b"mdat") + body)


@pytest.mark.parametrize("entry", [b"\0\0\0\0infe", b"\0\0\0\1infe\2", b"infe"])
def test_an_entry_without_a_plain_size_is_refused(entry: bytes) -> None:
    assert not names_are_text(HEIC + struct.pack(">I4s", 8 + len(entry), b"free") + entry)
