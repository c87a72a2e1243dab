"""A small pinhole camera to draw with: metres in, shaded pixels out, for the made-up pictures of the demonstration."""

import functools
import random
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from inspector_app import assets

Colour = tuple[int, int, int]
Span = tuple[float, float]
"""From, to, in metres."""
Point = tuple[float, float, float]
"""Metres right of the camera's axis, above the floor, in front of the camera."""

EYE = 1.55
"""Height of the camera above the floor in metres."""
_SHADE = (400, 300)
_GAIN = 1.16
"""Exposure: the lit middle of a picture is a little brighter than its paint."""


def tint(colour: Colour, factor: float) -> Colour:
    """`colour` made darker (factor < 1) or lighter."""
    red, green, blue = (max(0, min(255, round(part * factor))) for part in colour)
    return red, green, blue


def blend(one: Colour, other: Colour, share: float) -> Colour:
    """`one` mixed with `share` (0–1) of `other`."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


class Canvas:
    """One picture in the making. Draw from far to near; `finished` adds light, shadow and grain.

    `chance` decides everything that varies, so the same seed gives the same picture.
    """

    def __init__(self, size: tuple[int, int], chance: random.Random) -> None:
        self.width, self.height = size
        self.chance = chance
        self.image = Image.new("RGB", size, (120, 124, 128))
        self._draw = ImageDraw.Draw(self.image)
        self._shade = Image.new("L", _SHADE, 228)
        self._shadows = ImageDraw.Draw(self._shade)
        self._aim = chance.uniform(-0.07, 0.07)
        self._focal = self.width * chance.uniform(0.66, 0.79)
        self._horizon = self.height * chance.uniform(0.39, 0.45)

    def at(self, point: Point) -> tuple[float, float]:
        """Where a point in metres falls in the picture, in pixels."""
        x, y, z = point
        focal = self._focal / max(z, 0.2)
        return self.width * (0.5 + self._aim) + x * focal, self._horizon - (y - EYE) * focal

    def quad(self, points: Sequence[Point], colour: Colour) -> None:
        """A flat polygon anywhere in space."""
        self._draw.polygon([self.at(point) for point in points], fill=colour)

    def panel(self, x: Span, y: Span, z: float, colour: Colour) -> None:
        """A rectangle facing the camera."""
        left, top = self.at((x[0], y[1], z))
        right, bottom = self.at((x[1], y[0], z))
        if right >= left and bottom >= top:
            self._draw.rectangle((left, top, right, bottom), fill=colour)

    def line(self, start: Point, end: Point, colour: Colour, width: float = 0.02) -> None:
        """A stroke; `width` in metres at its nearer end."""
        pixels = max(1, round(width * self._focal / max(0.2, min(start[2], end[2]))))
        self._draw.line((*self.at(start), *self.at(end)), fill=colour, width=pixels)

    def disc(self, centre: Point, radius: Span, colour: Colour) -> None:
        """An ellipse facing the camera; `radius` across and up, in metres."""
        x, y, z = centre
        left, top = self.at((x - radius[0], y + radius[1], z))
        right, bottom = self.at((x + radius[0], y - radius[1], z))
        self._draw.ellipse((left, top, right, bottom), fill=colour)

    def box(self, x: Span, y: Span, z: Span, colour: Colour) -> None:
        """A block with its visible faces: side, top or underside, front."""
        (x0, x1), (y0, y1), (z0, z1) = x, y, z
        if x0 > 0:
            self.quad([(x0, y0, z0), (x0, y1, z0), (x0, y1, z1), (x0, y0, z1)], tint(colour, 0.72))
        elif x1 < 0:
            self.quad([(x1, y0, z0), (x1, y1, z0), (x1, y1, z1), (x1, y0, z1)], tint(colour, 0.72))
        if y1 < EYE:
            self.quad([(x0, y1, z0), (x1, y1, z0), (x1, y1, z1), (x0, y1, z1)], tint(colour, 1.14))
        elif y0 > EYE:
            self.quad([(x0, y0, z0), (x1, y0, z0), (x1, y0, z1), (x0, y0, z1)], tint(colour, 0.6))
        self.panel(x, y, z0, colour)

    def post(self, x: float, y: Span, z: float, look: tuple[float, Colour]) -> None:
        """An upright cylinder; `look` is its radius in metres and its colour."""
        radius, colour = look
        for part, share in ((1.0, 0.78), (0.72, 1.0), (0.3, 1.16)):
            self.panel((x - radius * part, x + radius * part * 0.8), y, z, tint(colour, share))
        self.disc((x, y[1], z), (radius, radius * 0.3), tint(colour, 1.1))

    def writing(self, centre: Point, height: float, text: str, colour: Colour) -> None:
        """Words facing the camera; nothing where the fonts are not installed. `height` in metres."""
        pixels = round(height * self._focal / max(centre[2], 0.2))
        font = _font(pixels) if pixels >= 7 else None
        if font is not None:
            self._draw.text(self.at(centre), text, font=font, fill=colour, anchor="mm")

    def shadow(self, x: Span, z: Span, strength: int = 70) -> None:
        """A soft shadow on the floor below a thing standing on this patch; 0–255."""
        margin = 0.12
        corners = [(x[0] - margin, z[0] - margin), (x[1] + margin, z[0] - margin), (x[1] + 0.3, z[1]), (x[0], z[1])]
        scale = _SHADE[0] / self.width
        spots = [self.at((a, 0.0, b)) for a, b in corners]
        self._shadows.polygon([(a * scale, b * _SHADE[1] / self.height) for a, b in spots], fill=228 - strength)

    def glow(self, x: Span, y: Span, z: float, strength: int = 12) -> None:
        """Light falling on a patch that faces the camera."""
        left, top = self.at((x[0], y[1], z))
        right, bottom = self.at((x[1], y[0], z))
        across, up = _SHADE[0] / self.width, _SHADE[1] / self.height
        if right >= left and bottom >= top:
            self._shadows.ellipse((left * across, top * up, right * across, bottom * up), fill=228 + strength)

    def finished(self) -> Image.Image:
        """The picture under its light: soft shadows, darker corners, a warm or cool cast, sensor grain."""
        soft = self._shade.filter(ImageFilter.GaussianBlur(5))
        soft = ImageChops.multiply(soft, _corners())
        light = soft.resize(self.image.size, Image.Resampling.BILINEAR)
        light = ImageChops.add(light, self._grain(), 1, -128)
        warmth = self.chance.uniform(-0.05, 0.06)
        red, blue = light.point(lambda v: v * _GAIN * (1 + warmth)), light.point(lambda v: v * _GAIN * (1 - warmth))
        return ImageChops.multiply(self.image, Image.merge("RGB", (red, light.point(lambda v: v * _GAIN), blue)))

    def _grain(self) -> Image.Image:
        tile = _grain_tile()
        whole = Image.new("L", self.image.size)
        step, start = tile.width, self.chance.randrange(tile.width)
        for x in range(-start, self.width, step):
            for y in range(-start, self.height, step):
                whole.paste(tile, (x, y))
        return whole


@functools.cache
def _corners() -> Image.Image:
    """A brightness mask that falls off towards the corners, as lenses do."""
    radial = Image.radial_gradient("L").resize((_SHADE[0] * 3 // 2, _SHADE[1] * 3 // 2))
    left, top = _SHADE[0] // 4, _SHADE[1] // 4
    return radial.crop((left, top, left + _SHADE[0], top + _SHADE[1])).point(lambda v: 262 - v * 0.42)


@functools.cache
def _grain_tile() -> Image.Image:
    noise = Image.frombytes("L", (512, 512), random.Random(2020).randbytes(512 * 512))
    return noise.filter(ImageFilter.SMOOTH).point(lambda v: 128 + (v - 128) * 0.11)


@functools.lru_cache(maxsize=64)
def _font(pixels: int) -> ImageFont.FreeTypeFont | None:
    path = assets.resource("fonts/NotoSansSC-Bold.ttf")
    if not path.is_file():
        return None
    return ImageFont.truetype(str(path), pixels, layout_engine=ImageFont.Layout.BASIC)
