"""Hostile files: each is refused with its own key before it costs memory, and never with another exception."""

import random
import struct
import zlib

import pytest
from PIL import Image, ImageFile

from inspector_app.photos import opening
from inspector_app.photos.intake import accept
from inspector_app.photos.opening import PhotoRefused, load, open_checked
from tests.photos.pictures import HEIC, drawing, encoded, noisy, png_header

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning", "error::PIL.Image.DecompressionBombWarning")


def refused(data: bytes) -> PhotoRefused:
    with pytest.raises(PhotoRefused) as caught:
        accept(data)
    assert str(caught.value).endswith(".")
    return caught.value


def vp8x(width: int, height: int) -> bytes:
    head = (
        b"VP8X"
        + struct.pack("<I", 10)
        + bytes(4)
        + (width - 1).to_bytes(3, "little")
        + (height - 1).to_bytes(3, "little")
    )
    return b"RIFF" + struct.pack("<I", len(head) + 4) + b"WEBP" + head


def png_with(name: bytes, body: bytes) -> bytes:
    plain = encoded(drawing(), "PNG")
    chunk = struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    return plain[:33] + chunk + plain[33:]


NOT_PICTURES = {
    "text called .jpg": ("這是一份文字說明。\n" * 20).encode(),
    "zip": b"PK\x03\x04" + bytes(200),
    "html": b"<!DOCTYPE html><html></html>",
    "one byte": b"\xff",
    "movie": b"\0\0\0\x18ftypmp42" + bytes(64),
}
UNSUPPORTED = {
    "GIF": encoded(drawing(), "GIF"),
    "BMP": encoded(drawing(), "BMP"),
    "TIFF": encoded(drawing(), "TIFF"),
    "EPS": encoded(drawing(), "EPS"),
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    "PDF": b"%PDF-1.7\n",
    "AVIF": b"\0\0\0\x18ftypavif" + bytes(64),
}
TOO_MANY = {
    "PNG 60,000 square": png_header(60_000, 60_000),
    "PNG 12,000 square": png_header(12_000, 12_000),
    "PNG thin": png_header(20_001, 1),
    "WebP 16,383 square": vp8x(16_383, 16_383),
    "WebP 33 megapixels": vp8x(6_600, 5_000),
    "JPEG header lies": encoded(drawing()).replace(struct.pack(">HH", 64, 96), struct.pack(">HH", 65_500, 65_500), 1),
}
DAMAGED = {
    "JPEG head only": encoded(noisy((800, 600)))[:200],
    "PNG claims more": png_header(4_000, 3_000),
    "PNG text bomb": png_with(b"zTXt", b"a\0\0" + zlib.compress(bytes(50_000_000))),
    "PNG profile bomb": png_with(b"iCCP", b"a\0\0" + zlib.compress(bytes(50_000_000))),
    "WebP head only": encoded(noisy((80, 60)), "WEBP")[:28],
    "WebP unknown chunk": b"RIFF\x20\0\0\0WEBPXXXX" + bytes(20),
    "HEIC head only": HEIC[:40],
    "endless scans": encoded(noisy((64, 64)), progressive=True)[:-2] + b"\xff\xda" * 201 + b"\xff\xd9",
}


@pytest.mark.parametrize("name", NOT_PICTURES)
def test_what_is_no_picture_is_refused(name: str) -> None:
    assert refused(NOT_PICTURES[name]).key == "photo_not_image"


@pytest.mark.parametrize("name", UNSUPPORTED)
def test_other_formats_are_named(name: str) -> None:
    error = refused(UNSUPPORTED[name])
    assert error.key == "photo_unsupported"
    assert error.args_by_name == {"format": name}


@pytest.mark.parametrize("name", TOO_MANY)
def test_pixel_bombs_are_refused_by_their_header(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda _self: pytest.fail("decoded"))
    assert refused(TOO_MANY[name]).key == "photo_too_many_pixels"


@pytest.mark.parametrize("name", DAMAGED)
def test_broken_files_are_damaged(name: str) -> None:
    assert refused(DAMAGED[name]).key == "photo_damaged"


def test_empty_and_oversized_files() -> None:
    assert refused(b"").key == "photo_empty"
    assert refused(b"\xff\xd8\xff" + bytes(opening.MAX_BYTES)).key == "photo_too_large"


FILES = {
    "JPEG": encoded(noisy((1600, 1200)), quality=90),
    "progressive JPEG": encoded(noisy((1600, 1200)), quality=90, progressive=True),
    "PNG": encoded(noisy((400, 300)), "PNG"),
    "interlaced-free 16-bit PNG": encoded(noisy((400, 300)).convert("L").convert("I;16"), "PNG"),
    "WebP": encoded(noisy((400, 300)), "WEBP"),
    "lossless WebP": encoded(noisy((400, 300)), "WEBP", lossless=True),
    "HEIC": HEIC,
}


@pytest.mark.parametrize("tenth", range(1, 10))
@pytest.mark.parametrize("name", FILES)
def test_truncation_is_noticed_at_every_tenth(name: str, tenth: int) -> None:
    data = FILES[name]
    assert refused(data[: len(data) * tenth // 10]).key == "photo_damaged"


@pytest.mark.parametrize("name", FILES)
def test_the_whole_file_is_taken(name: str) -> None:
    assert accept(FILES[name]).size == len(FILES[name])


@pytest.mark.parametrize("lost", [3, 8, 100, 2_000])
def test_a_jpeg_that_lacks_only_its_last_bytes_is_damaged(lost: int) -> None:
    assert refused(FILES["JPEG"][:-lost]).key == "photo_damaged"


@pytest.mark.parametrize("name", FILES)
def test_mutated_files_are_taken_or_refused_but_never_crash(name: str) -> None:
    chance = random.Random(name)
    outcomes = set()
    data = FILES[name] if name == "HEIC" else encoded(*_small(name))
    for _ in range(60):
        bent = bytearray(data)
        for _ in range(chance.randint(1, 8)):
            bent[chance.randrange(len(bent))] = chance.randrange(256)
        try:
            outcomes.add(accept(bytes(bent)).mime)
        except PhotoRefused as error:
            outcomes.add(error.key)
    assert outcomes & {"photo_damaged"} or name.endswith("JPEG")
    assert outcomes <= {*opening.MIMES.values(), "photo_damaged", "photo_not_image", "photo_too_many_pixels"}


def _small(name: str) -> tuple[Image.Image, str]:
    image, kind = noisy((120, 90)), name.split()[-1]
    return (image.convert("L").convert("I;16") if "16-bit" in name else image), kind


def test_a_polyglot_is_taken_and_only_its_picture_passes_on() -> None:
    data = encoded(noisy((400, 300))) + b"PK\x03\x04 evil.html <script>"
    assert b"script" not in accept(data).report


def test_a_swollen_exif_block_is_not_read_into_anything() -> None:
    accepted = accept(png_with(b"eXIf", b"MM\0*\0\0\0\x08\xff\xff" + random.Random(1).randbytes(5_000_000)))
    assert (accepted.taken, accepted.gps) == (None, None)
    assert len(accepted.report) < 10_000


def test_opening_does_not_decode() -> None:
    image, kind = open_checked(FILES["JPEG"])
    assert (kind, image.size) == ("JPEG", (1600, 1200))
    load(image)
    assert image.getpixel((0, 0))
