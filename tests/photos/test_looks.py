"""Fingerprints survive size and quality and part scenes; blur, darkness, glare and emptiness are seen."""

import io

import pytest
from PIL import Image, ImageEnhance, ImageFilter

from inspector_app.photos import drawn
from inspector_app.photos.looks import are_alike, look

SCENES = ("gate", "canteen", "shelves", "corridor", "notice_board")


def scene(name: str, seed: int = 1) -> Image.Image:
    return Image.open(io.BytesIO(drawn.draw(name, seed, (800, 600)))).convert("RGB")


def again(image: Image.Image, size: tuple[int, int], quality: int) -> Image.Image:
    out = io.BytesIO()
    image.resize(size).save(out, "JPEG", quality=quality)
    return Image.open(out).convert("RGB")


@pytest.mark.parametrize("name", SCENES)
def test_another_size_and_quality_is_the_same_picture(name: str) -> None:
    whole = scene(name)
    assert look(whole).flaw == ""
    assert are_alike(look(whole).fingerprint, look(again(whole, (500, 375), 40)).fingerprint)


def test_scenes_are_told_apart() -> None:
    prints = [look(scene(name, seed)).fingerprint for name in SCENES for seed in (0, 1)]
    assert not any(are_alike(a, b) for n, a in enumerate(prints) for b in prints[:n])


@pytest.mark.parametrize("name", SCENES)
def test_blur_is_seen_but_not_a_sharp_sign_on_an_even_wall(name: str) -> None:
    assert look(scene(name).filter(ImageFilter.GaussianBlur(3))).flaw == "blurred"
    wall = Image.new("RGB", (800, 600), (180, 180, 170))
    wall.paste(scene(name).crop((300, 200, 500, 350)), (300, 200))
    assert look(wall).flaw == ""


@pytest.mark.parametrize(("brightness", "flaw"), [(0.05, "dark"), (0.6, ""), (1.0, "")])
def test_darkness(brightness: float, flaw: str) -> None:
    assert look(ImageEnhance.Brightness(scene("gate")).enhance(brightness)).flaw == flaw


@pytest.mark.parametrize(("colour", "flaw"), [("black", "dark"), ("white", "bright"), ("#336699", "plain")])
def test_nothing_at_all_has_no_fingerprint(colour: str, flaw: str) -> None:
    found = look(Image.new("RGB", (640, 480), colour))
    assert (found.fingerprint, found.flaw) == ("", flaw)


@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (14, 14), (15, 15)])
def test_tiny_pictures_are_judged_without_harm(size: tuple[int, int]) -> None:
    assert look(scene("gate").resize(size)).flaw in ("", "plain", "blurred")


@pytest.mark.parametrize("text", ["", "zz" * 16, "0" * 31])
def test_nonsense_is_like_nothing(text: str) -> None:
    assert not are_alike(text, text)
