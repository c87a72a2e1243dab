"""Test pictures made on the spot; `phone.heic` is such a drawing through Debian's heif-enc (pi-heif only reads)."""

import io
import random
import struct
import zlib
from pathlib import Path

from PIL import Image, ImageDraw

RED, BLUE = (200, 40, 40), (40, 90, 160)
HEIC = Path(__file__).with_name("phone.heic").read_bytes()
"""96×64, red upper left quarter on blue, EXIF 2020-03-05 09:30 +08:00, 23°5'30"N 113°19'12"E; EXIF orientation 6 which
HEIF readers must ignore (ISO/IEC 23008-12: only `irot` and `imir` turn a picture)."""
TURNED_HEIC = Path(__file__).with_name("turned.heic").read_bytes()
"""The same picture as phones write it: pixels stored turned, an `irot` box (added by hand) and EXIF orientation 6."""


def drawing(size: tuple[int, int] = (96, 64)) -> Image.Image:
    """Blue with a red upper left quarter, so that every turn and flip shows."""
    image = Image.new("RGB", size, BLUE)
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2 - 1, size[1] // 2 - 1), fill=RED)
    return image


def noisy(size: tuple[int, int], seed: int = 1) -> Image.Image:
    """Incompressible enough that every tenth of the file carries picture."""
    small = (max(1, size[0] // 4), max(1, size[1] // 4))
    return Image.frombytes("RGB", small, random.Random(seed).randbytes(small[0] * small[1] * 3)).resize(size)


def encoded(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)  # type: ignore[arg-type]
    return out.getvalue()


def decoded(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data), formats=("JPEG",))
    image.load()
    return image


def near(image: Image.Image, at: tuple[int, int], colour: tuple[int, int, int]) -> bool:
    pixel = image.getpixel(at)
    assert isinstance(pixel, tuple)
    return all(abs(a - b) < 24 for a, b in zip(pixel, colour, strict=True))


def png_header(width: int, height: int) -> bytes:
    """A well-formed PNG that claims any size and carries a few bytes."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


def exif(time: str = "", offset: str = "", orientation: int = 1, gps: dict[int, object] | None = None) -> Image.Exif:
    tags = Image.Exif()
    tags[0x0112] = orientation
    if time:
        tags.get_ifd(0x8769)[0x9003] = time
    if offset:
        tags.get_ifd(0x8769)[0x9011] = offset
    tags.get_ifd(0x8825).update(gps or {})
    return tags
