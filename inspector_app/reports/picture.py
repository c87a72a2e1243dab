"""JPEG bytes as image objects: copied unchanged, stored once however often shown; broken ones are refused."""

from dataclasses import dataclass

from inspector_app.reports.paper import Image, Paper

_FRAMES = frozenset((0xC0, 0xC1, 0xC2))
"""Start-of-frame markers a PDF reader decodes: baseline, extended, progressive."""
_BARE = frozenset((0x01, *range(0xD0, 0xD9)))
"""Markers without a length."""


@dataclass(frozen=True)
class Jpeg:
    """Pixels and channels of a whole JPEG; `channels` 1 is grey, 3 is RGB or YCbCr."""

    width: int
    height: int
    channels: int


def read_jpeg(data: bytes) -> Jpeg | None:
    """Header of an 8-bit grey or colour JPEG that begins and ends as it should, else None (CMYK too: RGB intent)."""
    if len(data) < 128 or data[:3] != b"\xff\xd8\xff" or data[-2:] != b"\xff\xd9":
        return None
    at = 2
    while at + 10 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF or marker in _BARE:
            at += 1 if marker == 0xFF else 2
            continue
        if marker in _FRAMES:
            return _frame(data[at + 4 : at + 10])
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def _frame(head: bytes) -> Jpeg | None:
    height, width = int.from_bytes(head[1:3], "big"), int.from_bytes(head[3:5], "big")
    if head[0] != 8 or not height or not width or head[5] not in (1, 3):
        return None
    return Jpeg(width, height, head[5])


def embed(canvas: Paper, data: bytes) -> tuple[str, Image] | None:
    """Name and size of the picture on `canvas`, kept at first sight; None where the bytes are no usable JPEG."""
    held = canvas.image(data)
    if held is not None:
        return held
    jpeg = read_jpeg(data)
    if jpeg is None:
        return None
    image = Image(data, jpeg.width, jpeg.height, jpeg.channels)
    return canvas.add_image(image), image
