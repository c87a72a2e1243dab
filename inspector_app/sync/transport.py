"""One HTTP exchange with a hub: TLS, stall timer, size caps, and the marks a genuine reply carries (sync.md §7, §8)."""

import ipaddress
import ssl
import threading
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Protocol, TypeVar
from urllib.parse import urlsplit

from cryptography import x509

from inspector_app.domain.errors import UserError, WorldError
from inspector_app.sync import wire
from inspector_app.sync.lines import BROKEN, Lines, NotReached, Said

STALL_SECONDS = 20.0
"""Without a byte for so long a connection is given up; there is no total timeout."""
FLOWS = 5
"""Photos that move at once: enough to keep the line busy while hub and disk work on the last one."""
PROXY_SIGN_IN = 407
MAX_REPLY = 2 * 1024 * 1024
"""Bytes of one reply on the wire; larger ones are foreign."""
T = TypeVar("T")


@dataclass(frozen=True)
class Ask:
    """One request; `accept` is the media type a genuine reply has on success."""

    method: str
    path: str
    body: bytes = b""
    token: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    accept: str = wire.MEDIA


@dataclass(frozen=True)
class Answer:
    """A reply that carries the hub's marks."""

    status: int
    body: bytes
    hub_id: str
    epoch: int

    def read(self, shape: type[T]) -> T:
        """The body as JSON; raises WorldError `foreign_reply` when it is not what was agreed."""
        try:
            return wire.unpack(self.body, shape)
        except UserError as error:
            raise WorldError("foreign_reply", f"The reply cannot be read: {error}") from None

    def read_signed(self, shape: type[T]) -> tuple[T, bytes]:
        """A signed message and the bytes its signature is over; raises as `read` does."""
        try:
            return wire.unpack_signed(self.body, shape)
        except UserError as error:
            raise WorldError("foreign_reply", f"The reply cannot be read: {error}") from None

    def lines(self) -> list[bytes]:
        """The body's lines, unread; raises as `read` does."""
        try:
            return wire.lines(wire.inflate(self.body, MAX_REPLY))
        except UserError as error:
            raise WorldError("foreign_reply", f"The reply cannot be read: {error}") from None

    def line(self, raw: bytes, shape: type[T]) -> T:
        """One of its lines as JSON; raises as `read` does."""
        try:
            return wire.decode(raw, shape)
        except UserError as error:
            raise WorldError("foreign_reply", f"The reply cannot be read: {error}") from None

    def read_lines(self, shape: type[T]) -> list[T]:
        """The body as lines of JSON; raises as `read` does."""
        return [self.line(raw, shape) for raw in self.lines()]


class Transport(Protocol):
    """What a Round needs of the network; counts are bodies in bytes. `protocol` is the version spoken at the moment,
    one of `speaks`."""

    sent: int
    received: int
    speaks: tuple[int, ...]
    protocol: int
    flows: int
    """Exchanges that may be under way at once, each in a thread of its own."""

    def exchange(self, ask: Ask) -> Answer:
        """One exchange; raises WorldError no_network, tls, stalled or foreign_reply."""


class HttpTransport:
    """Kept connections over HTTP/1.1: one, and four more while photos move. Raises UserError `hub_address` for anything
    but https, or http on this machine."""

    flows = FLOWS

    def __init__(
        self, url: str, *, stall_seconds: float = STALL_SECONDS, speaks: tuple[int, ...] = wire.SPOKEN
    ) -> None:
        self.sent = 0
        self.received = 0
        self._counting = threading.Lock()
        self.speaks, self.protocol = speaks, max(speaks)
        host = _checked_host(url)
        direct = _is_loopback(host) or urllib.request.proxy_bypass(host)
        proxy = None if direct else urllib.request.getproxies().get("https")
        self._url = url.rstrip("/")
        self._lines = Lines(self._url, proxy, stall_seconds)

    def __enter__(self) -> "HttpTransport":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the connections go."""
        self._lines.close()

    def exchange(self, ask: Ask) -> Answer:
        """See `Transport`; over a connection that breaks it is said again on another, and at last on a fresh one,
        since every call may be repeated (sync.md §7)."""
        try:
            for _ in range(FLOWS):
                try:
                    return self._once(ask)
                except TimeoutError:
                    raise
                except BROKEN:
                    continue
            return self._once(ask)
        except TimeoutError:
            raise WorldError("stalled", "The connection stalled; nothing was lost.") from None
        except NotReached as error:
            raise _unreachable(error, self._url) from None
        except BROKEN as error:
            raise WorldError("no_network", f"The connection broke: {error}") from None

    def _once(self, ask: Ask) -> Answer:
        headers = {"Content-Type": wire.MEDIA, **ask.headers, wire.SPEAKS: str(self.protocol)}
        if ask.token:
            headers["Authorization"] = f"Bearer {ask.token}"
        self._count(sent=len(ask.body))
        heard: list[Answer] = []

        def hear(said: Said) -> None:
            hub_id, epoch = _marks(said, ask)
            heard.append(Answer(said.status, self._bounded(said), hub_id, epoch))

        self._lines.ask(ask.method, ask.path, headers, ask.body, hear)
        return heard[0]

    def _count(self, *, sent: int = 0, received: int = 0) -> None:
        with self._counting:
            self.sent += sent
            self.received += received

    def _bounded(self, said: Said) -> bytes:
        parts: list[bytes] = []
        size = 0
        for part in said.pieces:
            size += len(part)
            self._count(received=len(part))
            if size > MAX_REPLY:
                raise WorldError("foreign_reply", "The reply is larger than any of a hub.")
            parts.append(part)
        return b"".join(parts)


def _marks(said: Said, ask: Ask) -> tuple[str, int]:
    """X-Hub and X-Epoch; raises WorldError captive_portal, proxy_sign_in, hub_away or foreign_reply
    when a mark or the media type is missing."""
    media = said.headers.get("content-type", "").partition(";")[0].strip()
    hub_id, epoch = said.headers.get("x-hub", ""), said.headers.get("x-epoch", "")
    expected = ask.accept if said.status < 300 else wire.MEDIA
    genuine = media == expected and hub_id and epoch.isascii() and epoch.isdecimal() and len(epoch) < 16
    if not genuine or "content-encoding" in said.headers or 300 <= said.status < 400:
        raise foreign(said.status, media)
    return hub_id, int(epoch)


def foreign(status: int, media: str) -> WorldError:
    """Who answered instead of the hub, as far as status and media type tell; nothing is changed by any of them."""
    if status == PROXY_SIGN_IN:
        return WorldError("proxy_sign_in", "The proxy of this network asks for a sign-in.")
    if status in (502, 503, 504):
        return WorldError("hub_away", "A proxy answered that the hub is not running at the moment.")
    if status == 511 or 300 <= status < 400 or (status == 200 and media == "text/html"):
        return WorldError("captive_portal", "This network wants a sign-in first: open a browser page, then try again.")
    return WorldError("foreign_reply", "Something else than the hub answered: a sign-in page or a proxy.")


_EXPIRED = (9, 10)
"""OpenSSL's verify codes: a certificate that is not valid yet, or no longer."""


def _unreachable(error: NotReached, url: str) -> WorldError:
    cause = error.cause
    if isinstance(cause, ssl.SSLCertVerificationError) and cause.verify_code in _EXPIRED:
        return WorldError("tls_clock", "The hub's certificate is not valid today: look at this computer's date.")
    if isinstance(cause, ssl.SSLError):
        issuer = issuer_of(url)
        return WorldError("tls", f"The hub's certificate is not trusted here; it was issued by {issuer}.")
    if error.status == PROXY_SIGN_IN:
        return foreign(error.status, "")
    return WorldError("no_network", f"The hub cannot be reached: {error}")


def issuer_of(url: str) -> str:
    """Who issued the certificate that is shown at `url`, for a person to recognise a proxy that opens connections;
    '?' when it cannot be told. Nothing is trusted by asking."""
    parts = urlsplit(url)
    try:
        shown = ssl.get_server_certificate((parts.hostname or "", parts.port or 443), timeout=5)
        return x509.load_pem_x509_certificate(shown.encode()).issuer.rfc4514_string() or "?"
    except (OSError, ValueError):
        return "?"


def _checked_host(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    plain = parts.scheme == "http" and _is_loopback(host)
    if not host or port == 0 or parts.username or parts.query or not (parts.scheme == "https" or plain):
        raise UserError("hub_address", "The hub's address must begin with https:// (http:// only on this computer).")
    return host


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
