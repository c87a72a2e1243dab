"""Upright opaque RGB from every kind of stored pixels."""

import pytest
from PIL import Image

from inspector_app.photos import pixels
from inspector_app.photos.intake import report_copy
from tests.photos.pictures import BLUE, RED, decoded, drawing, encoded, exif, near, noisy

TURNED_BACK = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize(
    ("size", "box", "expected"),
    [
        ((4000, 3000), (800, 600), (800, 600)),
        ((4000, 2250), (800, 600), (800, 450)),
        ((3024, 4032), (600, 800), (600, 800)),
        ((640, 480), (800, 600), (640, 480)),
        ((20_000, 3), (800, 600), (800, 1)),
        ((3, 20_000), (600, 800), (1, 800)),
        ((1, 1), (800, 600), (1, 1)),
    ],
)
def test_fitted(size: tuple[int, int], box: tuple[int, int], expected: tuple[int, int]) -> None:
    assert pixels.fitted(size, box) == expected


@pytest.mark.parametrize("orientation", TURNED_BACK)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_orientation_ends_upright(orientation: int, kind: str) -> None:
    back = TURNED_BACK[orientation]
    stored = drawing() if back is None else drawing().transpose(back)
    upright = decoded(report_copy(encoded(stored, kind, exif=exif(orientation=orientation), quality=95)))
    assert upright.size == (96, 64)
    assert near(upright, (10, 10), RED)
    assert all(near(upright, at, BLUE) for at in [(85, 10), (10, 55), (85, 55)])


@pytest.mark.parametrize("orientation", [6, 8])
def test_a_turned_picture_fits_the_upright_box(orientation: int) -> None:
    data = encoded(noisy((1600, 1200)), exif=exif(orientation=orientation))
    assert decoded(report_copy(data)).size == (600, 800)


def test_cmyk_becomes_rgb() -> None:
    image = decoded(report_copy(encoded(drawing().convert("CMYK"), quality=95)))
    assert image.mode == "RGB"
    assert near(image, (10, 10), RED)


def test_sixteen_bits_are_scaled_not_clipped() -> None:
    grey = Image.new("I;16", (40, 30), 128 * 256)
    assert near(decoded(report_copy(encoded(grey, "PNG"))), (20, 15), (128, 128, 128))


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_transparency_becomes_white(mode: str) -> None:
    clear = Image.new(mode, (900, 40), 0)
    assert near(decoded(report_copy(encoded(clear, "PNG"))), (400, 10), (255, 255, 255))


def test_a_transparent_palette_becomes_white() -> None:
    image = Image.new("P", (40, 30), 3)
    image.putpalette([0] * 768)
    assert near(decoded(report_copy(encoded(image, "PNG", transparency=3))), (20, 15), (255, 255, 255))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_an_animation_gives_its_first_picture(kind: str) -> None:
    data = encoded(drawing(), kind, save_all=True, append_images=[Image.new("RGB", (96, 64), "white")], quality=95)
    assert near(decoded(report_copy(data)), (10, 10), RED)


def test_a_multi_picture_jpeg_gives_its_first_picture() -> None:
    data = encoded(drawing((1600, 1200)), "MPO", save_all=True, append_images=[Image.new("RGB", (160, 120), "white")])
    assert near(decoded(report_copy(data)), (10, 10), RED)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "1"])
def test_large_pictures_reduced_in_strips_keep_their_places(mode: str) -> None:
    image = decoded(report_copy(encoded(drawing((4001, 2999)).convert(mode), "PNG")))
    assert image.size == (800, 600)
    dark, light = image.convert("L").getpixel((10, 10)), image.convert("L").getpixel((790, 590))
    if mode in {"RGB", "RGBA"}:
        assert near(image, (395, 295), RED)
        assert near(image, (405, 305), BLUE)
    assert dark is not None and light is not None
