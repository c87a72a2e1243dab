"""The phone's server says nothing without its key and takes nothing but pictures of the one visit, each once."""

import base64
import hashlib
import io
import socket
from collections.abc import Callable
from urllib.parse import quote

import httpx2
import pytest
from PIL import Image

from inspector_app.domain.errors import UserError, WorldError
from inspector_app.phone import receiving
from inspector_app.phone.pairing import MAX_PHONES, Pairing
from inspector_app.phone.receiving import MAX_BYTES, Aim, Reception, Refused, Sent
from tests.phone.conftest import Phone, picture

PHONE, OTHER = "a1" * 16, "b2" * 16


class Hand:
    """A phone's requests, without its page."""

    def __init__(self, phone: Phone, key: str = "", name: str = PHONE) -> None:
        self._client = httpx2.Client(base_url=phone.url, trust_env=False)
        self._marks = {"X-Key": key or phone.stall.pairing.key, "X-Phone": name}

    def state(self) -> httpx2.Response:
        return self._client.get("/state", headers=self._marks)

    def put(self, content: bytes, *, target: str = "A04", sha: str = "", name: str = "門口.jpg") -> httpx2.Response:
        headers = {"X-Target": quote(target), "X-Name": quote(name)}
        headers["X-Sha256"] = sha or hashlib.sha256(content).hexdigest()
        return self._client.put("/photo", content=content, headers=self._marks | headers)


def code(reply: httpx2.Response) -> tuple[int, str]:
    return reply.status_code, reply.json().get("code", "")


def test_a_picture_arrives_and_its_thumbnail_comes_back(phone: Phone) -> None:
    hand, content = Hand(phone), picture()
    assert hand.state().json() == {"id": "A04", "title": "A04 消防通道暢通，沒有堆放雜物"}
    reply = hand.put(content)
    assert reply.status_code == 201 and reply.json()["sha"] == hashlib.sha256(content).hexdigest()
    small = Image.open(io.BytesIO(base64.b64decode(reply.json()["thumbnail"])))
    assert small.size == (320, 240)
    assert [(one.target, one.name, one.content) for one in phone.taken] == [("A04", "門口.jpg", content)]


def test_a_lost_reply_takes_nothing_twice(phone: Phone) -> None:
    hand, content = Hand(phone), picture()
    assert hand.put(content).json() == hand.put(content).json()
    assert len(phone.taken) == 1
    phone.stall.reception.aim_at(Aim("B02", "B02"))
    assert hand.put(content, target="B02").status_code == 201, "the same picture may go to another item"
    assert len(phone.taken) == 2


def test_a_key_opens_for_the_first_phone_only(phone: Phone) -> None:
    key = phone.stall.pairing.key
    assert Hand(phone, key).state().status_code == 200
    assert phone.stall.pairing.key != key, "the code on the screen is a new one now"
    assert Hand(phone, key).state().status_code == 200, "a page that was loaded again goes on"
    assert code(Hand(phone, key, OTHER).state()) == (403, "key")
    assert code(Hand(phone, key, OTHER).put(picture())) == (403, "key")
    assert Hand(phone, name=OTHER).state().status_code == 200
    assert phone.stall.pairing.phones == 2


@pytest.mark.parametrize("key", ["", "x", "A" * 22, "鑰匙"])
def test_a_guessed_key_learns_and_leaves_nothing(phone: Phone, key: str) -> None:
    hand = Hand(phone, quote(key) or "-")
    assert code(hand.state()) == (403, "key")
    assert code(hand.put(picture())) == (403, "key")
    assert not phone.taken and "消防" not in hand.state().text


def test_only_so_many_phones() -> None:
    pairing = Pairing()
    for number in range(MAX_PHONES):
        assert pairing.admit(pairing.key, f"{number:032x}")
    assert not pairing.admit(pairing.key, "f" * 32)
    assert not pairing.admit(pairing.key, "short")


def test_it_ends_with_the_visit(phone: Phone) -> None:
    hand = Hand(phone)
    assert hand.state().status_code == 200
    phone.stall.reception.is_ended = True
    assert code(hand.state()) == (410, "ended")
    assert code(hand.put(picture())) == (410, "ended")
    phone.server.stop()
    with pytest.raises(httpx2.TransportError):
        Hand(phone).state()


@pytest.mark.parametrize(
    "path",
    [
        "/photo",
        "/photos",
        "/state/",
        "/../etc/passwd",
        "/..%2f..%2fpyproject.toml",
        "/page.js/..",
        "/openapi.json",
        "/%00",
    ],
)
def test_nothing_else_is_reachable(phone: Phone, path: str) -> None:
    with socket.create_connection((phone.server.host, phone.server.port), 10) as line:
        line.sendall(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{phone.server.port}\r\nConnection: close\r\n\r\n".encode()
        )
        said = b"".join(iter(lambda: line.recv(65536), b""))
    assert said.split()[1] in (b"404", b"405", b"400")
    assert b"[project]" not in said and b"root:" not in said


def test_the_files_tell_nothing_of_the_visit_and_fence_the_page(phone: Phone) -> None:
    client = httpx2.Client(base_url=phone.url, trust_env=False)
    for path in ("/", "/page.js", "/page.css"):
        reply = client.get(path)
        assert reply.status_code == 200 and "default-src 'none'" in reply.headers["content-security-policy"]
        assert reply.headers["referrer-policy"] == "no-referrer" and reply.headers["cache-control"] == "no-store"
        assert "A04" not in reply.text and phone.stall.pairing.key not in reply.text
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 421


@pytest.mark.parametrize(
    "content", [b"<html><script>alert(1)</script>", b"%!PS-Adobe-3.0 EPSF", b"\xff\xd8\xff", b"GIF89a"]
)
def test_what_is_no_picture_is_refused(phone: Phone, content: bytes) -> None:
    assert code(Hand(phone).put(content)) == (415, "picture")
    assert not phone.taken


def test_a_bomb_is_refused_like_at_any_other_door(phone: Phone) -> None:
    held = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(held, "PNG")
    assert code(Hand(phone).put(held.getvalue())) == (415, "picture")


def test_damage_and_strange_targets_are_refused(phone: Phone) -> None:
    hand = Hand(phone)
    assert code(hand.put(picture(), sha="0" * 64)) == (422, "damaged")
    assert code(hand.put(picture(), target="Z99")) == (409, "forbidden")
    assert code(hand.put(picture(), target="../../A04")) == (409, "forbidden")
    assert not phone.taken


def test_a_body_is_bounded_before_it_is_read(phone: Phone) -> None:
    key = phone.stall.pairing.key
    head = f"PUT /photo HTTP/1.1\r\nHost: 127.0.0.1:{phone.server.port}\r\nX-Key: {key}\r\nX-Phone: {PHONE}\r\n"
    for length in (f"Content-Length: {MAX_BYTES + 1}", "Transfer-Encoding: chunked"):
        with socket.create_connection((phone.server.host, phone.server.port), 10) as line:
            line.sendall(f"{head}{length}\r\n\r\n".encode())
            assert b" 413 " in line.recv(65536)


def sent(content: bytes = b"x", target: str = "A") -> Sent:
    return Sent(target, "", hashlib.sha256(content).hexdigest(), content)


def raising(error: Exception) -> Callable[[Sent], bytes]:
    def take(one: Sent) -> bytes:
        raise error

    return take


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (WorldError("disk_full"), "full"),
        (UserError("visit_finished"), "ended"),
        (UserError("photo_forbidden"), "forbidden"),
        (UserError("photo_too_large"), "large"),
        (UserError("photo_stopped"), "stopped"),
        (UserError("anything"), "picture"),
    ],
)
def test_every_refusal_has_its_word(error: Exception, expected: str) -> None:
    reception = Reception(raising(error))
    reception.aim_at(Aim("A", "A"))
    with pytest.raises(Refused) as caught:
        reception.receive(sent())
    assert caught.value.code == expected and reception.count == 0


def test_ten_thousand_uploads_end_at_the_measure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "MAX_PHOTOS", 20)
    reception = Reception(lambda one: b"small")
    reception.aim_at(Aim("A", "A"))
    refused = 0
    for number in range(10_000):
        try:
            reception.receive(sent(str(number).encode()))
        except Refused as error:
            assert error.code == "many"
            refused += 1
    assert (reception.count, refused) == (20, 9_980)


def test_memory_holds_few_bodies_at_once() -> None:
    reception = Reception(lambda one: b"")
    with reception.place(), reception.place(), pytest.raises(Refused) as caught, reception.place():
        pass
    assert caught.value.code == "busy"
