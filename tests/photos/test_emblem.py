"""A logo file becomes a small JPEG on white; hostile and unsuitable files are refused in one sentence."""

import struct
import zlib

import pytest
from PIL import Image, ImageDraw

from inspector_app.photos import emblem
from inspector_app.photos.opening import PhotoRefused
from inspector_app.reports.picture import read_jpeg
from tests.photos.pictures import decoded, encoded


def drawn(size: tuple[int, int] = (600, 400), mode: str = "RGBA") -> Image.Image:
    image = Image.new(mode, size, (255, 255, 255, 0) if mode == "RGBA" else "white")
    ImageDraw.Draw(image).ellipse((size[0] // 4, size[1] // 4, size[0] // 2, size[1] // 2), fill=(10, 60, 120))
    return image


def test_margins_go_and_transparency_becomes_white() -> None:
    made = emblem.emblem(encoded(drawn(), "PNG"))
    picture = decoded(made)
    assert read_jpeg(made) is not None
    assert abs(picture.width / picture.height - 1.5) < 0.05
    assert min(picture.getpixel((1, 1))) > 240  # type: ignore[type-var, arg-type]


@pytest.mark.parametrize("size", [(5000, 4000), (40, 30)])
def test_any_size_becomes_small(size: tuple[int, int]) -> None:
    made = emblem.emblem(encoded(drawn(size, "RGB"), "PNG"))
    assert len(made) <= emblem.MAX_EMBLEM
    assert decoded(made).width <= emblem.BOX[0]


def _bomb() -> bytes:
    """A PNG that says it is 30,000 × 30,000."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "photo_empty"),
        (b"<svg xmlns='x'><script>alert(1)</script></svg>", "photo_unsupported"),
        (b"%PDF-1.7", "photo_unsupported"),
        (b"GIF89a...", "photo_unsupported"),
        (b"hello", "photo_not_image"),
        (_bomb(), "photo_too_many_pixels"),
        (encoded(drawn(), "PNG")[:400], "photo_damaged"),
        (encoded(drawn((600, 400), "RGB"), "JPEG")[:2000], "photo_damaged"),
        (b"\xff\xd8\xff" + b"\0" * (5 * 1024 * 1024 + 1), "logo_too_large"),
        (encoded(Image.new("RGB", (200, 200), "white"), "PNG"), "logo_empty"),
        (encoded(Image.new("RGB", (1500, 30), "navy"), "PNG"), "logo_shape"),
    ],
)
def test_what_is_no_logo_is_refused_in_one_sentence(data: bytes, key: str) -> None:
    with pytest.raises(PhotoRefused) as refused:
        emblem.emblem(data)
    assert refused.value.key == key
    assert "\n" not in str(refused.value)
