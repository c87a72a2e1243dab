"""Drawn pictures pass the product's own intake, repeat by seed and differ between seeds."""

from datetime import datetime, timedelta, timezone

import pytest
from PIL import ImageChops, ImageStat

from inspector_app.photos.drawn import SCENES, draw
from inspector_app.photos.intake import accept
from tests.photos.pictures import decoded

TAKEN = datetime(2020, 3, 5, 9, 30, 15, tzinfo=timezone(timedelta(hours=8)))
SMALL = (640, 480)


@pytest.mark.parametrize("scene", SCENES)
def test_every_scene_is_a_picture_that_repeats(scene: str) -> None:
    one = draw(scene, 1, SMALL, taken=TAKEN)
    assert draw(scene, 1, SMALL, taken=TAKEN) == one
    assert draw(scene, 2, SMALL, taken=TAKEN) != one
    accepted = accept(one)
    assert (accepted.width, accepted.height, accepted.taken, accepted.gps) == (*SMALL, TAKEN, None)
    spread = ImageStat.Stat(decoded(one).convert("L"))
    assert spread.stddev[0] > 20
    assert 60 < spread.mean[0] < 220


def test_scenes_differ() -> None:
    pictures = [decoded(draw(scene, 3, (160, 120))) for scene in SCENES]
    assert len(SCENES) >= 8
    assert len(set(SCENES)) == len({picture.tobytes() for picture in pictures})


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_picture_stands_up_again(orientation: int) -> None:
    upright, turned = (decoded(accept(draw("gate", 4, SMALL, orientation=n)).report) for n in (1, orientation))
    assert turned.size == SMALL
    assert max(ImageStat.Stat(ImageChops.difference(upright, turned)).mean) < 3


@pytest.mark.parametrize("size", [(480, 640), (640, 360), (400, 400), (1600, 1200)])
def test_any_shape_is_cut_not_stretched(size: tuple[int, int]) -> None:
    assert decoded(draw("canteen", 1, size)).size == size


def test_the_file_says_that_it_was_drawn() -> None:
    assert b"Drawn by a program" in draw("office", 1, SMALL)


def test_an_unknown_scene_is_an_error() -> None:
    with pytest.raises(KeyError):
        draw("palace", 1)


def test_a_picture_without_a_moment_has_none() -> None:
    assert accept(draw("market", 1, SMALL)).taken is None


def test_a_moment_without_offset_is_read_as_chinese_time() -> None:
    assert accept(draw("market", 1, SMALL, taken=TAKEN.replace(tzinfo=None))).taken == TAKEN
