"""The phone's page in real headless Chromium: photos go over, are checked, and come back small."""

import hashlib
import os
from pathlib import Path

import pytest

from inspector_app.phone.receiving import Aim
from tests.phone.browser import browsing, programs
from tests.phone.conftest import Phone, picture

KEPT = "return document.querySelectorAll('li.kept img').length === arguments[0]"

HIDDEN = "return document.getElementById('choices').hidden"


@pytest.fixture(autouse=True)
def a_browser() -> None:
    programs()


def look(name: str, phone: object) -> None:
    """A screenshot for people, where a folder is named for it."""
    folder = os.environ.get("PHONE_LOOKS")
    if folder:
        phone.picture(Path(folder) / f"{name}.png")  # type: ignore[attr-defined]


def test_photos_travel_from_a_phone_to_the_item(phone: Phone, tmp_path: Path) -> None:
    files = [tmp_path / "IMG_1.jpg", tmp_path / "門口.jpg"]
    for file in files:
        file.write_bytes(picture())
    large = tmp_path / "large.jpg"
    large.write_bytes(picture(size=(3000, 2200)))
    words = tmp_path / "words.jpg"
    words.write_bytes(b"<html>no picture</html>")
    link = phone.server.link
    with browsing(tmp_path / "profile") as new:
        first = new()
        first.open(link)
        first.until("return window.isReady")
        assert first.text("#title") == "A04 消防通道暢通，沒有堆放雜物"
        assert first.text("label.big") == "拍照"
        look("phone-empty", first)
        first.choose("#take", files[0])
        first.until(KEPT, 1)
        assert "電腦已收到並核對" in first.text("li")
        phone.stall.reception.aim_at(Aim("B02", "B02 滅火器在有效期內"))
        first.until("return document.getElementById('title').innerText.startsWith('B02')")
        first.choose("#choose", files[1], large)
        first.until(KEPT, 3)
        first.choose("#choose", words)
        first.until("return document.querySelector('li.failed button')")
        look("phone-filled", first)
        assert "這不是可用的照片" in first.text("li.failed")
        first.run("location.reload()")
        first.until("return window.isReady && document.getElementById('title').innerText")
        second = new()
        second.open(link)
        second.until("return !document.getElementById('trouble').hidden")
        assert "這個碼已經用過" in second.text("#trouble") and second.run(HIDDEN)
        phone.stall.reception.is_ended = True
        first.until("return !document.getElementById('trouble').hidden")
        look("phone-ended", first)
        assert first.text("#trouble") == "這次檢查已不再接收照片。" and first.run(HIDDEN)
    assert [(one.target, one.name) for one in phone.taken] == [
        ("A04", "IMG_1.jpg"), ("B02", "門口.jpg"), ("B02", "large.jpg"),
    ]  # fmt: skip
    sources = [files[0], files[1], large]
    for one, source in zip(phone.taken, sources, strict=True):
        assert one.content == source.read_bytes() and one.sha == hashlib.sha256(one.content).hexdigest()
