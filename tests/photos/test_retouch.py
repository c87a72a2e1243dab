"""Marks on a copy: each where it was drawn, after the ones before it; what is hidden is gone; the original is only read."""

import random

import pytest
from PIL import Image, ImageChops, ImageDraw

from inspector_app.domain.photo import MARKS, Mark
from inspector_app.photos.opening import PhotoRefused
from inspector_app.photos.retouch import COPY_EDGE, RED, Ground, copy_of, ground, stamped
from tests.photos.pictures import BLUE, decoded, drawing, encoded, exif, near
from tests.photos.pictures import RED as CORNER

DRAWN = Ground(drawing((960, 640)))
HALF = ((0, 0), (5000, 5000))


def marked(*marks: Mark) -> Image.Image:
    return DRAWN.marked(marks)


def test_turns_go_clockwise_and_four_are_none() -> None:
    turned = marked(Mark("turn"))
    assert turned.size == (640, 960)
    assert turned.getpixel((600, 20)) == CORNER and turned.getpixel((20, 20)) == BLUE
    assert ImageChops.difference(marked(*[Mark("turn")] * 4), DRAWN.image).getbbox() is None


def test_a_crop_is_followed_by_marks_on_what_is_left() -> None:
    cut = marked(Mark("crop", HALF))
    assert cut.size == (480, 320)
    assert cut.getpixel((470, 310)) == CORNER
    framed = marked(Mark("crop", HALF), Mark("frame", ((2000, 2000), (8000, 8000))))
    assert near(framed, (96, 160), RED)
    assert marked(Mark("crop", ((5000, 5000), (5001, 5001)))).size == (960, 640), "a slip of the hand crops nothing"


def test_corners_in_any_order_and_far_outside_are_one_rectangle() -> None:
    assert marked(Mark("crop", ((5000, 5000), (-4000, 0)))).size == (480, 320)


@pytest.mark.parametrize("text", ["粵A·12345", "13826001234"])
def test_what_is_hidden_leaves_a_few_flat_squares(text: str) -> None:
    page = Image.new("RGB", (960, 640), "white")
    ImageDraw.Draw(page).text((300, 300), text, "black", font_size=60)
    other = Image.new("RGB", (960, 640), "white")
    ImageDraw.Draw(other).text((300, 300), text[::-1], "black", font_size=60)
    box = Mark("hide", ((2500, 4000), (8500, 6500)))
    one, two = Ground(page).marked([box]), Ground(other).marked([box])
    inside = (240, 256, 816, 416)
    assert len(set(one.crop(inside).resize((7, 2), Image.Resampling.BOX).get_flattened_data())) <= 14
    largest = max(high for _, high in ImageChops.difference(one, two).getextrema())
    assert largest < 90, "two numbers look nearly alike"
    assert ImageChops.difference(one, page).getbbox() is not None
    assert ImageChops.difference(one.crop((0, 0, 960, 250)), page.crop((0, 0, 960, 250))).getbbox() is None


@pytest.mark.parametrize(("mark", "at"), [
    (Mark("draw", ((6000, 6000), (7000, 7000), (8000, 6000))), (672, 448)),
    (Mark("arrow", ((6000, 8000), (9000, 8000))), (700, 512)),
    (Mark("frame", ((6000, 6000), (9000, 9000))), (576, 480)),
])  # fmt: skip
def test_drawing_is_red_where_it_was_drawn(mark: Mark, at: tuple[int, int]) -> None:
    assert near(marked(mark), at, RED)
    assert DRAWN.image.getpixel(at) == BLUE, "the picture it was drawn on is as it was"


def test_text_stays_inside_the_picture() -> None:
    written = marked(Mark("write", ((9990, 9990),), "消毒水已過期 2020年2月"))
    changed = ImageChops.difference(written, DRAWN.image).getbbox()
    assert changed is not None and changed[2] <= 960 and changed[3] <= 640 and changed[2] - changed[0] > 200


def test_a_dot_is_a_mark() -> None:
    assert near(marked(Mark("draw", ((7500, 7500),))), (720, 480), RED)


def test_a_copy_is_upright_small_and_without_metadata() -> None:
    data = encoded(drawing((3000, 2000)), exif=exif("2020:03:05 09:30:00", "+08:00", 6))
    copy = copy_of(ground(data).marked([Mark("turn")]))
    assert decoded(copy).size == (COPY_EDGE, 1333)
    assert b"Exif" not in copy
    with pytest.raises(PhotoRefused):
        ground(data[:3000])


def test_any_marks_a_stranger_may_send_do_no_harm() -> None:
    chance = random.Random(7)
    small = Ground(drawing((97, 3)))
    for _ in range(400):
        points = tuple(
            (chance.randrange(-9, 10_010), chance.randrange(-9, 10_010)) for _ in range(chance.choice((1, 2, 5)))
        )
        marks = [Mark(chance.choice(MARKS), points, "字" * chance.randrange(3)) for _ in range(3)]
        assert min(small.marked(marks).size) > 0


@pytest.mark.parametrize("size", [(960, 640), (640, 960), (60, 20), (3000, 5)])
def test_a_stamp_lies_on_the_lower_edge_and_leaves_most_of_the_picture_free(size: tuple[int, int]) -> None:
    plain = drawing(size)
    lines = [
        "2020年3月5日 10:30（本機時鐘）",
        "琶洲大道東1號（人工登記）",
        "第 07 服務隊（人工登記）   SHA-256 85e36aaa",
    ]
    made = stamped(plain.copy(), lines)
    changed = ImageChops.difference(made, plain).getbbox()
    assert made.size == size and changed is not None and changed[3] == size[1]
    if min(size) > 100:
        assert changed[1] > size[1] * 0.6
    assert stamped(plain.copy(), []).tobytes() == plain.tobytes()
