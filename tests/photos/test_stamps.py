"""Time and place come from EXIF or not at all."""

from datetime import datetime, timedelta, timezone

import pytest
from PIL import Image

from inspector_app.photos import stamps
from inspector_app.photos.intake import accept
from tests.photos.pictures import drawing, encoded, exif

CHINA = timezone(timedelta(hours=8))


def with_exif(**tags: object) -> bytes:
    return encoded(drawing(), exif=exif(**tags))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("time", "offset", "expected"),
    [
        ("2020:03:05 09:30:00", "", datetime(2020, 3, 5, 9, 30, tzinfo=CHINA)),
        ("2020:03:05 09:30:00", "+08:00", datetime(2020, 3, 5, 9, 30, tzinfo=CHINA)),
        (
            "2020:03:05 09:30:00",
            "-05:30",
            datetime(2020, 3, 5, 9, 30, tzinfo=timezone(-timedelta(hours=5, minutes=30))),
        ),
        ("2020:03:05 09:30:00", "+99:00", datetime(2020, 3, 5, 9, 30, tzinfo=CHINA)),
        ("2020-03-05T09:30:00", "", datetime(2020, 3, 5, 9, 30, tzinfo=CHINA)),
        ("0000:00:00 00:00:00", "", None),
        ("1980:01:01 00:00:00", "", None),
        ("2020:13:40 25:00:00", "", None),
        ("yesterday", "", None),
        ("", "+08:00", None),
    ],
)
def test_taken(time: str, offset: str, expected: datetime | None) -> None:
    accepted = accept(with_exif(time=time, offset=offset))
    assert accepted.taken == expected
    assert accepted.taken is None or accepted.taken.utcoffset() == expected.utcoffset()  # type: ignore[union-attr]
    assert accepted.taken_source == ("exif" if expected else "none")


HERE = {1: "N", 2: (23.0, 5.0, 30.0), 3: "E", 4: (113.0, 19.0, 12.0)}


@pytest.mark.parametrize(
    ("gps", "expected"),
    [
        (HERE, ("23.091667", "113.320000")),
        ({**HERE, 1: "S", 3: "W"}, ("-23.091667", "-113.320000")),
        ({**HERE, 1: ""}, None),
        ({**HERE, 3: "Q"}, None),
        ({**HERE, 2: (91.0, 0.0, 0.0)}, None),
        ({**HERE, 2: (0.0, 0.0, 0.0), 4: (0.0, 0.0, 0.0)}, None),
        ({**HERE, 2: (23.0, 5.0)}, None),
        ({1: "N", 2: (23.0, 5.0, 30.0)}, None),
        ({}, None),
    ],
)
def test_gps(gps: dict[int, object], expected: tuple[str, str] | None) -> None:
    assert accept(with_exif(gps=gps)).gps == expected


def test_a_zero_denominator_is_no_place() -> None:
    data = with_exif(gps=HERE)
    rational = (23).to_bytes(4, "big") + (1).to_bytes(4, "big")
    little = (23).to_bytes(4, "little") + (1).to_bytes(4, "little")
    bent = data.replace(rational, rational[:4] + bytes(4)).replace(little, little[:4] + bytes(4))
    assert bent != data
    assert accept(bent).gps is None


@pytest.mark.parametrize("value", [0, 9, 77])
def test_a_nonsense_orientation_is_upright(value: int) -> None:
    accepted = accept(with_exif(orientation=value))
    assert (accepted.width, accepted.height) == (96, 64)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_broken_exif_does_not_refuse_the_picture() -> None:
    data = with_exif(time="2020:03:05 09:30:00", gps=HERE)
    start = data.index(b"Exif\0\0") + 6
    end = start - 8 + int.from_bytes(data[start - 8 : start - 6], "big")
    for at in range(start, end - 4):
        bent = data[:at] + b"\xff\xff\xff\xff" + data[at + 4 :]
        assert accept(bent).report


def test_a_picture_without_exif_says_nothing() -> None:
    image = Image.new("RGB", (4, 4))
    assert (stamps.taken(image), stamps.gps(image), stamps.orientation(image)) == (None, None, 1)
