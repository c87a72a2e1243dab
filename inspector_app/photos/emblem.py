"""A logo for papers: any picture file becomes a small JPEG on white without its empty margin, or is refused in a sentence."""

import io

from PIL import Image, ImageChops

from inspector_app.photos import opening, pixels
from inspector_app.photos.opening import PhotoRefused

BOX = (900, 450)
"""Printed at 12 mm height this is far beyond what a printer shows."""
MAX_FILE = 5 * 1024 * 1024
MAX_EMBLEM = 150 * 1024
"""Bytes: it travels inside the organisation's record."""
_LONGEST = 12
"""A strip longer than so many times its height is no logo."""


def emblem(original: bytes) -> bytes:
    """The JPEG to print; raises PhotoRefused, also for an empty picture and for a strip no head could hold."""
    if len(original) > MAX_FILE:
        raise PhotoRefused("logo_too_large", "This logo is larger than 5 MB; save it smaller.")
    image, _ = opening.open_checked(original)
    drawn = _cut(pixels.decode(image, pixels.fitted(image.size, (BOX[0] * 2, BOX[1] * 2))))
    if max(drawn.size) > _LONGEST * min(drawn.size):
        raise PhotoRefused("logo_shape", "This picture is a strip, not a logo; choose one that is less long.")
    small = drawn.resize(pixels.fitted(drawn.size, BOX), Image.Resampling.LANCZOS)
    small.info.clear()
    for quality in (92, 80, 60, 35):
        out = io.BytesIO()
        small.save(out, "JPEG", quality=quality)
        if out.tell() <= MAX_EMBLEM:
            break
    return out.getvalue()


def _cut(image: Image.Image) -> Image.Image:
    """Without the white around it."""
    inked = ImageChops.invert(image.convert("L")).point(lambda value: 255 if value > 12 else 0)
    box = inked.getbbox()
    if box is None:
        raise PhotoRefused("logo_empty", "This picture is all white; choose the logo's file.")
    return image.crop(box)
