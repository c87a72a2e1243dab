"""The papers look as they did when somebody last looked: pages against tests/reference/, with tolerance."""

from PIL import Image, ImageChops, ImageFilter, ImageStat

from tests.reports import reference

MEAN, SPOTS = 2.0, 0.02
"""Mean difference of grey (of 255), and share of pixels that may differ by more than a quarter of the range."""


def test_pages_look_as_they_did() -> None:
    made = reference.drawn()
    assert sorted(f"{name}.png" for name in made) == sorted(file.name for file in reference.FOLDER.glob("*.png"))
    differing = []
    for name, picture in made.items():
        kept = Image.open(reference.FOLDER / f"{name}.png").convert("L")
        if kept.size != picture.size:
            differing.append(f"{name}: another size")
            continue
        blur = ImageFilter.BoxBlur(1)  # a renderer may set a stroke a fraction of a pixel elsewhere
        difference = ImageChops.difference(kept.filter(blur), picture.filter(blur))
        mean = ImageStat.Stat(difference).mean[0]
        spots = sum(difference.histogram()[64:]) / (picture.width * picture.height)
        if mean > MEAN or spots > SPOTS:
            differing.append(f"{name}: mean {mean:.2f}, {spots:.1%} of the page")
    assert not differing, "Look at `make looks`; if it is better so: python -m tests.reports.reference\n" + "\n".join(
        differing
    )
