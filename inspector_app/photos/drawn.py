"""Made-up site pictures for the demonstration: the same for the same seed, and marked as drawn in EXIF."""

import io
import random
from collections.abc import Callable
from datetime import datetime

from PIL import Image

from inspector_app.photos import scenes_indoor as indoor
from inspector_app.photos import scenes_outdoor as outdoor
from inspector_app.photos.brush import Canvas

_DRAW: dict[str, Callable[[Canvas], None]] = {
    "gate": outdoor.gate,
    "shelves": indoor.shelves,
    "canteen": indoor.canteen,
    "corridor": indoor.corridor,
    "notice_board": indoor.notice_board,
    "workshop": indoor.workshop,
    "market": outdoor.market,
    "isolation_room": indoor.isolation_room,
    "washroom": indoor.washroom,
    "office": indoor.office,
    "building_site": outdoor.building_site,
    "exhibition": indoor.exhibition,
    "delivery": outdoor.delivery,
}
SCENES = tuple(_DRAW)
"""Names that `draw` knows."""

_STORED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How an upright picture is laid down so that EXIF orientation n stands it up again."""


def draw(
    scene: str, seed: int, size: tuple[int, int] = (1600, 1200), *, taken: datetime | None = None, orientation: int = 1
) -> bytes:
    """A JPEG of `scene`, `size` pixels when upright, stored turned for `orientation` 1–8.

    `taken` becomes DateTimeOriginal with its offset. Raises KeyError for a scene that is not in SCENES.
    """
    canvas = Canvas(_frame(size), random.Random(f"{scene} {seed}"))
    _DRAW[scene](canvas)
    image = _cropped(canvas.finished(), size)
    if orientation in _STORED:
        image = image.transpose(_STORED[orientation])
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82, exif=_exif(taken, orientation))
    return out.getvalue()


def _frame(size: tuple[int, int]) -> tuple[int, int]:
    """Scenes are composed for 4:3; another shape is cut from the smallest 4:3 frame around it."""
    width, height = size
    return max(width, -(-height * 4 // 3)), max(height, -(-width * 3 // 4))


def _cropped(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    if image.size == size:
        return image
    left, top = (image.width - size[0]) // 2, (image.height - size[1]) // 2
    return image.crop((left, top, left + size[0], top + size[1]))


def _exif(taken: datetime | None, orientation: int) -> Image.Exif:
    tags = Image.Exif()
    tags[0x010E] = "Drawn by a program for demonstration; shows no real place"
    tags[0x0112] = orientation
    if taken is not None:
        fields = tags.get_ifd(0x8769)
        fields[0x9003] = taken.strftime("%Y:%m:%d %H:%M:%S")
        offset = taken.strftime("%z")
        if offset:
            fields[0x9011] = f"{offset[:3]}:{offset[3:5]}"
    return tags
