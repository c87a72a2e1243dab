"""Marks on a copy of a picture: turned, cropped, hidden, drawn on and written on; the original is only read."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import atan2, cos, pi, sin

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from inspector_app import assets
from inspector_app.domain.photo import WHOLE, Mark
from inspector_app.photos import pixels
from inspector_app.photos.opening import open_checked

COPY_EDGE = 2000
"""Longest edge of a copy: more than any paper shows, decoded at an eighth of the time of the whole (architecture.md §5)."""
RED, WHITE = (198, 40, 40), (255, 255, 255)
BLOCKS = 7
"""Squares along the longer side of a hidden part: no face and no number has ever been read out of so few."""
SMALLEST = 8
"""Pixels below which a crop is a slip of the hand."""
Spot = tuple[float, float]


@dataclass(frozen=True)
class Ground:
    """An original decoded once, to be marked again and again while somebody draws."""

    image: Image.Image

    def marked(self, marks: Sequence[Mark]) -> Image.Image:
        """A copy with the marks in their order; each is placed on the picture as the ones before it left it."""
        image = self.image.copy()
        for mark in marks:
            image = _MAKE[mark.kind](image, mark)
        return image


def ground(original: bytes, edge: int = COPY_EDGE) -> Ground:
    """Upright pixels, longest edge at most `edge`; raises PhotoRefused."""
    image, _ = open_checked(original)
    return Ground(pixels.decode(image, pixels.fitted(image.size, (edge, edge))))


def stamped(image: Image.Image, lines: Sequence[str]) -> Image.Image:
    """The picture with lines of white text on a dark band along its lower edge, small enough to leave most of it free."""
    if not lines:
        return image
    size = max(9, round(min(max(image.size) / 46, image.height / (2.9 * len(lines)))))
    face, gap = font(size), max(2, size // 3)
    widest = max(face.getlength(line) for line in lines)
    if widest > image.width - 2 * gap:
        size = max(6, int(size * (image.width - 2 * gap) / widest))
        face, gap = font(size), max(2, size // 3)
    high = min(image.height, len(lines) * (size + gap) + gap)
    box = (0, image.height - high, image.width, image.height)
    image.paste(Image.blend(image.crop(box), Image.new("RGB", (image.width, high)), 0.62), box)
    brush = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        brush.text((gap, box[1] + gap / 2 + number * (size + gap)), line, WHITE, face)
    return image


def copy_of(image: Image.Image) -> bytes:
    """JPEG of a marked picture, without metadata."""
    image.info.clear()
    out = io.BytesIO()
    image.save(out, "JPEG", quality=86)
    return out.getvalue()


def _turn(image: Image.Image, mark: Mark) -> Image.Image:
    return image.transpose(Image.Transpose.ROTATE_270)


def _crop(image: Image.Image, mark: Mark) -> Image.Image:
    box = _box(image, mark)
    return image.crop(box) if min(box[2] - box[0], box[3] - box[1]) >= SMALLEST else image


def _hide(image: Image.Image, mark: Mark) -> Image.Image:
    """A few flat squares, then blurred: what was below cannot be computed back."""
    box = _box(image, mark)
    wide, high = box[2] - box[0], box[3] - box[1]
    if min(wide, high) < 1:
        return image
    step = max(wide, high) / BLOCKS
    few = image.crop(box).resize((max(1, round(wide / step)), max(1, round(high / step))), Image.Resampling.BOX)
    many = few.resize((wide, high), Image.Resampling.NEAREST)
    image.paste(many.filter(ImageFilter.GaussianBlur(step / 4)), box)
    return image


def _draw(image: Image.Image, mark: Mark) -> Image.Image:
    spots = [_spot(image, place) for place in mark.points]
    return _lines(image, [spots])


def _arrow(image: Image.Image, mark: Mark) -> Image.Image:
    tail, head = _spot(image, mark.points[0]), _spot(image, mark.points[-1])
    angle = atan2(head[1] - tail[1], head[0] - tail[0])
    wing = _width(image) * 5.5
    tips = [(head[0] - wing * cos(angle + turn), head[1] - wing * sin(angle + turn)) for turn in (pi / 7, -pi / 7)]
    return _lines(image, [[tail, head], [tips[0], head, tips[1]]])


def _frame(image: Image.Image, mark: Mark) -> Image.Image:
    left, top, right, bottom = _box(image, mark)
    return _lines(image, [[(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]])


def _write(image: Image.Image, mark: Mark) -> Image.Image:
    size = max(12, round(max(image.size) / 30))
    brush, face = ImageDraw.Draw(image), font(size)
    x, y = _spot(image, mark.points[0])
    room = brush.textbbox((0, 0), mark.text, font=face, stroke_width=size // 8)
    x = max(0.0, min(x, image.width - room[2]))
    y = max(0.0, min(y, image.height - room[3]))
    brush.text((x, y), mark.text, RED, face, stroke_width=max(1, size // 8), stroke_fill=WHITE)
    return image


def _lines(image: Image.Image, lines: Sequence[Sequence[Spot]]) -> Image.Image:
    """Red on a white rim, so that it shows on any ground; round ends."""
    brush, width = ImageDraw.Draw(image), _width(image)
    for colour, wide in ((WHITE, width * 2), (RED, width)):
        for line in lines:
            brush.line([*line, line[-1]], colour, wide, joint="curve")
            for x, y in (line[0], line[-1]):
                brush.ellipse((x - wide / 2, y - wide / 2, x + wide / 2, y + wide / 2), colour)
    return image


def _width(image: Image.Image) -> int:
    return max(2, round(max(image.size) / 240))


def _spot(image: Image.Image, place: tuple[int, int]) -> Spot:
    return place[0] * image.width / WHOLE, place[1] * image.height / WHOLE


def _box(image: Image.Image, mark: Mark) -> tuple[int, int, int, int]:
    """The rectangle between the first and the last point, inside the picture."""
    (ax, ay), (bx, by) = _spot(image, mark.points[0]), _spot(image, mark.points[-1])
    left, right = sorted((min(max(ax, 0), image.width), min(max(bx, 0), image.width)))
    top, bottom = sorted((min(max(ay, 0), image.height), min(max(by, 0), image.height)))
    return int(left), int(top), round(right), round(bottom)


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """The bundled bold typeface."""
    return ImageFont.truetype(str(assets.resource("fonts/NotoSansSC-Bold.ttf")), size)


_MAKE: Mapping[str, Callable[[Image.Image, Mark], Image.Image]] = {
    "turn": _turn, "crop": _crop, "hide": _hide, "draw": _draw, "arrow": _arrow, "frame": _frame, "write": _write,
}  # fmt: skip
