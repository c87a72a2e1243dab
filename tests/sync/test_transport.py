"""Certificates, and replies that are not a hub's."""

import datetime
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from inspector_app.domain.errors import WorldError
from inspector_app.sync import wire
from inspector_app.sync.lines import BROKEN, Lines, NotReached, Said
from inspector_app.sync.transport import Answer, Ask, HttpTransport


def self_signed(folder: Path) -> ssl.SSLContext:
    key = generate_private_key(SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(address, critical=False)
        .sign(key, SHA256())
    )
    file = folder / "both.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(private + made.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


@contextmanager
def listening(context: ssl.SSLContext) -> Iterator[tuple[str, list[bytes]]]:
    """Notes every byte of payload that arrives after a handshake."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def hear() -> None:
            with suppress(OSError):
                line, _ = server.accept()
                with line, suppress(OSError), context.wrap_socket(line, server_side=True) as shut:
                    heard.append(shut.recv(1000))

        thread = threading.Thread(target=hear, daemon=True)
        thread.start()
        yield f"https://127.0.0.1:{server.getsockname()[1]}", heard
        thread.join(10)


def test_c19_an_unknown_certificate_gets_no_byte_of_the_request(tmp_path: Path) -> None:
    with (
        listening(self_signed(tmp_path)) as (url, heard),
        closing(HttpTransport(url)) as transport,
        pytest.raises(WorldError) as caught,
    ):
        transport.exchange(Ask("POST", "/v1/enroll", b"a secret code"))
    assert caught.value.key == "tls"
    assert not heard


@pytest.mark.parametrize(
    "body", [b"", b"not compressed", wire.compress(b"[" * 900_000), wire.compress(b"\0" * 50_000_000)]
)
def test_a_body_that_is_not_as_agreed_is_foreign(body: bytes) -> None:
    answer = Answer(200, body, "hub", 1)
    for read in (answer.read, answer.read_signed):
        with pytest.raises(WorldError) as caught:
            read(wire.TokenReply)
        assert caught.value.key == "foreign_reply"


@contextmanager
def saying(reply: bytes, *, after: bytes = b"\r\n\r\n") -> Iterator[tuple[str, list[bytes]]]:
    """Answers each connection with `reply`, once it has said `after`, and hangs up; gives the address and what was said."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            with suppress(OSError):
                while True:
                    line, _ = server.accept()
                    with line:
                        said = b""
                        while not said.endswith(after):
                            said += line.recv(4000)
                        asked.append(said)
                        line.sendall(reply)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}", asked
        server.shutdown(socket.SHUT_RDWR)
        thread.join(10)


def test_a_proxy_is_asked_for_a_tunnel_with_its_sign_in_and_may_refuse_it() -> None:
    with saying(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n") as (proxy, asked):
        lines = Lines("https://hub.invalid", f"http://wei:p%40ss@{proxy}", 5.0)
        with closing(lines), pytest.raises(NotReached) as caught:
            lines.ask("GET", "/v1/hello", {}, b"", lambda said: None)
    assert caught.value.status == 407
    assert asked[0].startswith(b"CONNECT hub.invalid:443 HTTP/1.")
    assert b"Proxy-Authorization: Basic d2VpOnBAc3M=" in asked[0]


def test_a_reply_that_ends_early_is_broken() -> None:
    def hear(said: Said) -> None:
        heard.extend(said.pieces)

    heard: list[bytes] = []
    with (
        saying(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", after=b"body") as (host, asked),
        closing(Lines(f"http://{host}/hub", None, 5.0)) as lines,
        pytest.raises(BROKEN),
    ):
        lines.ask("POST", "/v1/push", {"X-Protocol": "1"}, b"body", hear)
    assert heard == [b"half"]
    assert len(asked) == 1 and asked[0].startswith(b"POST /hub/v1/push HTTP/1.1\r\n")
    assert b"Content-Length: 4" in asked[0]
