"""Takes a foreign picture in: one hash, one scaled decode to the last byte, and the copies shown instead of it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from PIL import Image

from inspector_app.photos import pixels, stamps
from inspector_app.photos.looks import Look, look
from inspector_app.photos.opening import MIMES, PhotoRefused, open_checked

__all__ = ["REPORT_BOX", "THUMBNAIL_EDGE", "Accepted", "PhotoRefused", "accept", "report_copy", "thumbnail"]

THUMBNAIL_EDGE = 320
REPORT_BOX = (800, 600)
"""documents.md D5: ≤ 800×600, upright pictures ≤ 600×800."""


@dataclass(frozen=True)
class Accepted:
    """A checked picture. `sha256` and `size` (bytes) of the original; `width`, `height` its pixels, upright.

    `taken` is the EXIF original time, aware, else None; `gps` is (latitude, longitude) from EXIF, else None.
    `thumbnail` (longest edge 320) and `report` (box 800×600 or 600×800) are upright JPEG without any metadata.
    """

    sha256: str
    mime: str
    size: int
    width: int
    height: int
    taken: datetime | None
    taken_source: Literal["exif", "none"]
    gps: tuple[str, str] | None
    thumbnail: bytes
    report: bytes
    look: Look


def accept(original: bytes) -> Accepted:
    """Check and decode `original` once; raises PhotoRefused with one plain sentence, whatever the bytes are."""
    image, kind = open_checked(original)
    stored = image.size
    small = _report_pixels(image)
    moment = stamps.taken(image)
    width, height = pixels.upright_size(image, stored)
    return Accepted(
        sha256=hashlib.sha256(original).hexdigest(),
        mime=MIMES[kind],
        size=len(original),
        width=width,
        height=height,
        taken=moment,
        taken_source="exif" if moment else "none",
        gps=stamps.gps(image),
        thumbnail=pixels.jpeg(pixels.shrunk(small, THUMBNAIL_EDGE)),
        report=pixels.jpeg(small),
        look=look(small),
    )


def thumbnail(original: bytes, edge: int) -> bytes:
    """Upright JPEG whose longest edge is at most `edge` pixels; raises PhotoRefused."""
    image, _ = open_checked(original)
    return pixels.jpeg(pixels.decode(image, pixels.fitted(image.size, (edge, edge))))


def report_copy(original: bytes) -> bytes:
    """The same bytes as `accept(original).report`; raises PhotoRefused."""
    image, _ = open_checked(original)
    return pixels.jpeg(_report_pixels(image))


def _report_pixels(image: Image.Image) -> Image.Image:
    box = REPORT_BOX if image.width >= image.height else REPORT_BOX[::-1]
    return pixels.decode(image, pixels.fitted(image.size, box))
