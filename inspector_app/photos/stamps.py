"""What a picture's EXIF says of its moment, place and orientation; nothing is invented, nonsense is nothing."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from PIL import Image

from inspector_app.domain.clock import CHINA

_ORIENTATION, _EXIF_IFD, _GPS_IFD = 0x0112, 0x8769, 0x8825
_ORIGINAL_TIME, _ORIGINAL_OFFSET = 0x9003, 0x9011
_TIME = re.compile(r"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")
_FIRST_YEAR = 1990
"""A camera clock that was never set says 0000, 1904 or 1980; none of them is a time."""


def orientation(image: Image.Image) -> int:
    """EXIF orientation 1–8; 1 when absent or nonsense."""
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # hostile metadata must not refuse a good picture
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def taken(image: Image.Image) -> datetime | None:
    """DateTimeOriginal, aware; +08:00 when EXIF names no offset (GB/T 7408). None when absent or impossible."""
    fields = _directory(image, _EXIF_IFD)
    found = _TIME.match(_text(fields.get(_ORIGINAL_TIME)))
    if found is None or int(found[1]) < _FIRST_YEAR:
        return None
    try:
        return datetime(*map(int, found.groups()), tzinfo=_offset(_text(fields.get(_ORIGINAL_OFFSET))))  # type: ignore[misc,arg-type]
    except ValueError:
        return None


def gps(image: Image.Image) -> tuple[str, str] | None:
    """Latitude and longitude as decimal strings with six places, from EXIF GPS only.

    None when a part or its hemisphere is missing or out of range, and for exactly 0, 0: receivers
    write that without a fix.
    """
    fields = _directory(image, _GPS_IFD)
    latitude = _degrees(fields.get(2), _text(fields.get(1)), ("N", "S"), 90)
    longitude = _degrees(fields.get(4), _text(fields.get(3)), ("E", "W"), 180)
    if latitude is None or longitude is None or not (latitude or longitude):
        return None
    return str(latitude), str(longitude)


def _directory(image: Image.Image, tag: int) -> Mapping[int, Any]:
    try:
        return dict(image.getexif().get_ifd(tag))
    except Exception:  # as in orientation()
        return {}


def _text(value: object) -> str:
    return value.strip("\0 ") if isinstance(value, str) else ""


def _offset(text: str) -> timezone:
    found = _OFFSET.fullmatch(text)
    if found is None or int(found[2]) > 14 or int(found[3]) > 59:
        return CHINA
    offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return timezone(-offset if found[1] == "-" else offset)


def _degrees(parts: object, hemisphere: str, letters: tuple[str, str], limit: int) -> Decimal | None:
    if hemisphere not in letters or not isinstance(parts, tuple) or len(parts) != 3:
        return None
    try:
        degrees, minutes, seconds = (Decimal(str(float(part))) for part in parts)
        value = (degrees + minutes / 60 + seconds / 3600).quantize(Decimal("0.000001"))
    except (ArithmeticError, TypeError, ValueError):
        return None
    if not (value.is_finite() and 0 <= value <= limit):
        return None
    return -value if hemisphere == letters[1] and value else value
