"""Doubts about the pictures of a visit: copies, flaws, times."""

import pytest

from inspector_app.domain.photo import Doubt, Photo
from inspector_app.photos.doubting import with_doubts

START = "2020-03-05T09:00:00+08:00"
NOON = "2020-03-05T12:00:00+08:00"
SCENE, NEAR, OTHER = "0" * 32, "0" * 31 + "7", "f" * 32


def photo(number: int, item: str = "A01", *, sha: str = "", taken: str = NOON, **more: str) -> Photo:
    source = more.pop("source", "exif")
    return Photo(
        f"p{number}", "v", item, sha or f"{number:064x}", 1, "image/jpeg", 4, 3, taken, source, received=NOON, **more
    )


def doubts(*photos: Photo, finished: str = "") -> list[tuple[Doubt, ...]]:
    return [each.doubts for each in with_doubts(photos, START, finished)]


def test_the_later_copy_names_the_item_of_the_first() -> None:
    same = doubts(photo(1, "A03", sha="a" * 64), photo(2, "B01", sha="a" * 64))
    assert same == [(), (Doubt("twice", "A03"),)]


def test_the_same_scene_is_said_once_and_more_softly() -> None:
    found = doubts(photo(1, fingerprint=SCENE), photo(2, fingerprint=NEAR), photo(3, fingerprint=OTHER))
    assert found == [(), (Doubt("similar", "A01"),), ()]


def test_flaws_are_handed_on_and_foreign_words_are_not() -> None:
    assert doubts(photo(1, flaw="blurred"), photo(2, flaw="hacked")) == [(Doubt("blurred"),), ()]


@pytest.mark.parametrize(("taken", "what", "minutes"), [
    ("2020-03-05T12:09:00+08:00", "", 0),
    ("2020-03-05T12:30:00+08:00", "ahead", 30),
    ("2021-03-05T12:00:00+08:00", "ahead", 365 * 24 * 60),
    ("2020-03-05T08:51:00+08:00", "", 0),
    ("2020-03-05T08:00:00+08:00", "before", 60),
    ("2020-03-01T12:00:00+08:00", "old", 4 * 24 * 60),
    ("2019-03-05T04:00:00Z", "old", 366 * 24 * 60),
    ("2020-03-05T09:30:00", "", 0),
    ("gestern", "", 0),
])  # fmt: skip
def test_a_camera_s_time_is_held_against_clock_and_visit(taken: str, what: str, minutes: int) -> None:
    assert doubts(photo(1, taken=taken)) == [(Doubt(what, minutes=minutes),) if what else ()]


def test_the_laptop_s_own_time_is_never_doubted_against_itself() -> None:
    assert doubts(photo(1, taken="2020-01-01T00:00:00+08:00", source="clock")) == [()]


def test_a_time_after_the_end_of_the_visit() -> None:
    late = photo(1, taken="2020-03-05T11:30:00+08:00")
    assert doubts(late, finished="2020-03-05T11:00:00+08:00") == [(Doubt("after", minutes=30),)]
