"""The pinhole camera: nearer is larger, the same chance draws the same."""

import random

import pytest

from inspector_app.photos.brush import EYE, Canvas, blend, tint


def canvas(seed: int = 1) -> Canvas:
    return Canvas((400, 300), random.Random(seed))


def test_a_nearer_thing_is_larger() -> None:
    c = canvas()
    near, far = (c.at((1, 0, z))[0] - c.at((0, 0, z))[0] for z in (2.0, 4.0))
    assert near == pytest.approx(2 * far)


def test_eye_height_lies_on_the_horizon_at_any_distance() -> None:
    c = canvas()
    assert c.at((0, EYE, 1))[1] == pytest.approx(c.at((5, EYE, 50))[1])
    assert c.at((0, 0, 3))[1] > c.at((0, 2, 3))[1]


def test_points_behind_the_camera_do_not_fail() -> None:
    c = canvas()
    c.box((1, 2), (0, 1), (-3, -1), (9, 9, 9))
    c.panel((2, 1), (0, 1), 3, (9, 9, 9))
    assert c.finished().size == (400, 300)


def test_a_shadow_darkens_the_floor() -> None:
    plain, shaded = canvas(), canvas()
    shaded.shadow((-1, 1), (3, 4), 120)
    spot = tuple(int(v) for v in plain.at((0, 0, 3.5)))
    a, b = (c.finished().convert("L").getpixel((spot[0], spot[1])) for c in (plain, shaded))
    assert isinstance(a, int | float) and isinstance(b, int | float)
    assert b < a - 20


def test_colours_stay_in_range() -> None:
    assert tint((200, 100, 0), 2) == (255, 200, 0)
    assert blend((0, 0, 0), (100, 200, 50), 0.5) == (50, 100, 25)
