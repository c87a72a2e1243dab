"""From an opened picture to upright RGB pixels of a wanted size, and from pixels to a JPEG without metadata."""

import io

from PIL import Image

from inspector_app.photos import opening, stamps

QUALITY = 78
"""documents.md §7: q 75–80."""
_GAP = 2
"""How far above the target the cheap box reduction stops and the fine filter takes over."""
_STRIP = 128
"""Rows of the reduced picture made at a time: converting 60 megapixels at once would need them twice."""
_TURN = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def fitted(size: tuple[int, int], box: tuple[int, int]) -> tuple[int, int]:
    """The largest size with `size`'s proportions inside `box` (pixels), never enlarged, never below one pixel."""
    (width, height), (most_wide, most_high) = size, box
    if width <= most_wide and height <= most_high:
        return size
    if width * most_high >= height * most_wide:
        return most_wide, max(1, round(height * most_wide / width))
    return max(1, round(width * most_high / height)), most_high


def upright_size(image: Image.Image, size: tuple[int, int]) -> tuple[int, int]:
    """`size` as stored, turned the way EXIF says."""
    return (size[1], size[0]) if stamps.orientation(image) >= 5 else size


def decode(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Decode the whole file at about `size` (as stored, from `fitted`); returns RGB of exactly that size, then turned.

    A JPEG is decoded at the nearest power-of-two fraction; its entropy data is read to the end all the same, so a
    truncated file raises PhotoRefused. Transparency becomes white, 16 bits become 8, an animation its first picture.
    """
    image.draft(None, size)
    opening.load(image)
    rgb = _reduced(image, size)
    if rgb.size != size:
        rgb = rgb.resize(size, Image.Resampling.HAMMING)
    turn = _TURN.get(stamps.orientation(image))
    return rgb if turn is None else rgb.transpose(turn)


def shrunk(image: Image.Image, edge: int) -> Image.Image:
    """A copy whose longest edge is at most `edge` pixels."""
    size = fitted(image.size, (edge, edge))
    return image if size == image.size else image.resize(size, Image.Resampling.HAMMING, reducing_gap=1.0)


def jpeg(image: Image.Image) -> bytes:
    """Baseline JPEG of RGB pixels; carries no EXIF, comment, XMP or profile (sec D5)."""
    image.info.clear()
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _reduced(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Opaque RGB, box-reduced by a whole factor to at least `_GAP` times `size` where the picture is that large."""
    factor = max(1, min(image.width // (size[0] * _GAP), image.height // (size[1] * _GAP)))
    if image.mode == "RGB" and not image.has_transparency_data:
        return image.reduce(factor) if factor > 1 else image
    rows = _STRIP * factor
    result = Image.new("RGB", (-(-image.width // factor), -(-image.height // factor)))
    for top in range(0, image.height, rows):
        strip = _opaque(image.crop((0, top, image.width, min(top + rows, image.height))))
        result.paste(strip.reduce(factor) if factor > 1 else strip, (0, top // factor))
    return result


def _opaque(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        # converting clips at 255: a 16-bit picture would turn white
        image = image.point(lambda value: value * (1 / 256))
        return image.convert("L").convert("RGB")
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    ground = Image.new("RGB", layer.size, "white")
    ground.paste(layer, mask=layer.getchannel("A"))
    return ground
