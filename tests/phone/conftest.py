"""A running server of one visit, its pictures taken in as those of any other source."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PIL import Image

from inspector_app import assets
from inspector_app.phone.pairing import Pairing
from inspector_app.phone.receiving import Aim, Reception, Sent
from inspector_app.phone.server import PhoneServer, Stall
from inspector_app.photos import intake

LANGUAGES = ("zh-Hant", "zh-Hans", "en")


def words() -> dict[str, dict[str, str]]:
    """The page's words as the window hands them over."""
    catalogue = json.loads(assets.resource("translations/phone.json").read_text("utf-8"))
    mine = {key.removeprefix("phone.page."): said for key, said in catalogue.items() if key.startswith("phone.page.")}
    return {language: {name: said[language] for name, said in mine.items()} for language in LANGUAGES}


def picture(color: str = "#336699", size: tuple[int, int] = (640, 480)) -> bytes:
    """A photo as JPEG."""
    held = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").point(lambda value: value).save(held, "JPEG", comment=color.encode())
    return held.getvalue()


@dataclass
class Phone:
    """The server with what it took."""

    server: PhoneServer
    stall: Stall
    taken: list[Sent] = field(default_factory=list)

    @property
    def url(self) -> str:
        return self.server.link.partition("/#")[0]


@pytest.fixture
def phone() -> Iterator[Phone]:
    taken: list[Sent] = []

    def take(sent: Sent) -> bytes:
        accepted = intake.accept(sent.content)
        taken.append(sent)
        return accepted.thumbnail

    stall = Stall(Pairing(), Reception(take), words(), "zh-Hant")
    stall.reception.aim_at(Aim("A04", "A04 消防通道暢通，沒有堆放雜物"))
    server = PhoneServer(stall, "127.0.0.1")
    server.start()
    yield Phone(server, stall, taken)
    server.stop()
