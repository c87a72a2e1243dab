"""JPEG headers read from bytes, and what is refused."""

import io

import pytest
from PIL import Image

from inspector_app.reports.picture import Jpeg, read_jpeg


def made(mode: str, size: tuple[int, int] = (64, 48), **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size, 128 if mode == "L" else None).save(buffer, "JPEG", **options)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "options", [{}, {"progressive": True}, {"quality": 30, "subsampling": 0}, {"exif": b"Exif\0\0" * 40}]
)
def test_size_and_channels(options: dict[str, object]) -> None:
    assert read_jpeg(made("RGB", (640, 480), **options)) == Jpeg(640, 480, 3)
    assert read_jpeg(made("L", **options)) == Jpeg(64, 48, 1)


def test_cmyk_is_refused_because_the_file_declares_an_rgb_intent() -> None:
    assert read_jpeg(made("CMYK")) is None


def test_every_truncation_is_refused() -> None:
    whole = made("RGB")
    assert all(read_jpeg(whole[:end]) is None for end in range(0, len(whole) - 1, 7))


def test_other_bytes_are_refused() -> None:
    for data in (
        b"",
        b"\xff\xd8\xff" + b"\xff" * 300 + b"\xff\xd9",
        b"\x89PNG" * 80,
        b"\xff\xd8\xff\xe0\x00\x00" * 60 + b"\xff\xd9",
    ):
        assert read_jpeg(data) is None
