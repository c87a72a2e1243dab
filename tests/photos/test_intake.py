"""One accepted picture: facts of the original, copies without metadata, the original never changed."""

import hashlib
from datetime import datetime, timedelta, timezone

import pytest
from PIL import ImageCms

from inspector_app.photos.intake import accept, report_copy, thumbnail
from tests.photos.pictures import BLUE, HEIC, RED, TURNED_HEIC, decoded, drawing, encoded, exif, near, noisy

SECRETS = exif("2020:03:05 09:30:00", "+08:00", 6, {1: "N", 2: (23.0, 5.0, 30.0), 3: "E", 4: (113.0, 19.0, 12.0)})
SECRETS[0x010F] = "SECRET-MAKER"
SECRETS.get_ifd(0x8769)[0xA431] = "SECRET-SERIAL"
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.mark.parametrize(("kind", "mime"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")])
def test_facts_are_those_of_the_upright_original(kind: str, mime: str) -> None:
    data = encoded(noisy((1600, 1200)), kind, exif=SECRETS)
    accepted = accept(data)
    assert accepted.sha256 == hashlib.sha256(data).hexdigest()
    assert (accepted.mime, accepted.size) == (mime, len(data))
    assert (accepted.width, accepted.height) == (1200, 1600)
    assert accepted.taken == datetime(2020, 3, 5, 9, 30, tzinfo=timezone(timedelta(hours=8)))
    assert accepted.gps == ("23.091667", "113.320000")
    assert decoded(accepted.report).size == (600, 800)
    assert decoded(accepted.thumbnail).size == (240, 320)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_copies_carry_no_metadata(kind: str) -> None:
    data = encoded(
        noisy((1600, 1200)), kind, exif=SECRETS, icc_profile=PROFILE, comment="SECRET-COMMENT", xmp=b"<x>SECRET-XMP</x>"
    )
    accepted = accept(data)
    for copy in (accepted.report, accepted.thumbnail, thumbnail(data, 500), report_copy(data)):
        assert b"SECRET" not in copy
        assert set(decoded(copy).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}


@pytest.mark.parametrize("data", [HEIC, TURNED_HEIC], ids=["level", "turned"])
def test_heic_from_a_phone(data: bytes) -> None:
    accepted = accept(data)
    assert (accepted.mime, accepted.width, accepted.height) == ("image/heic", 96, 64)
    assert accepted.taken == datetime(2020, 3, 5, 9, 30, tzinfo=timezone(timedelta(hours=8)))
    assert accepted.gps == ("23.091667", "113.320000")
    picture = decoded(accepted.report)
    assert near(picture, (10, 10), RED)
    assert near(picture, (10, 55), BLUE)


@pytest.mark.parametrize(("size", "report", "small"), [
    ((4000, 3000), (800, 600), (320, 240)),
    ((1600, 1200), (800, 600), (320, 240)),
    ((4032, 2268), (800, 450), (320, 180)),
    ((900, 1600), (450, 800), (180, 320)),
    ((200, 100), (200, 100), (200, 100)),
    ((2000, 2000), (600, 600), (320, 320)),
    ((3000, 2), (800, 1), (320, 1)),
])  # fmt: skip
def test_sizes_of_the_copies(size: tuple[int, int], report: tuple[int, int], small: tuple[int, int]) -> None:
    data = encoded(drawing(size))
    accepted = accept(data)
    assert decoded(accepted.report).size == report
    assert decoded(accepted.thumbnail).size == small
    assert report_copy(data) == accepted.report


@pytest.mark.parametrize("edge", [64, 320, 1024])
def test_thumbnail_of_any_edge(edge: int) -> None:
    assert decoded(thumbnail(encoded(drawing((1600, 1200))), edge)).size == (edge, edge * 3 // 4)


def test_same_bytes_in_same_bytes_out() -> None:
    data = encoded(noisy((1600, 1200)))
    assert accept(data) == accept(bytes(bytearray(data)))
