"""Kept HTTP/1.1 connections to one server: bounded bodies, a stall timer on every single wait, a proxy where there is one."""

import base64
import http.client
import re
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import truststore

KEPT_SECONDS = 20.0
"""An idle connection is not used again later than that; the hub closes after 30 s."""
BROKEN = (http.client.HTTPException, OSError, ValueError)
"""How a line ends early; ValueError for headers that no header can hold. TimeoutError, an OSError, is a stall."""
_PIECE = 256 * 1024
_REFUSED = re.compile(r"Tunnel connection failed: (\d{3})\b")


class NotReached(Exception):
    """No connection came about; `cause` is what the system said, `status` what a proxy answered instead, 0 if none did."""

    def __init__(self, cause: OSError) -> None:
        super().__init__(str(cause))
        self.cause = cause
        said = _REFUSED.search(str(cause))
        self.status = int(said[1]) if said else 0


@dataclass(frozen=True)
class Said:
    """A reply whose headers are here and whose body is still on the line."""

    status: int
    headers: http.client.HTTPMessage
    pieces: Iterator[bytes]
    """The body; raises one of BROKEN when it ends before its announced length."""


class Lines:
    """Connections to `url`, as many as there are requests at once; `proxy` is the URL of one that tunnels."""

    def __init__(self, url: str, proxy: str | None, stall_seconds: float) -> None:
        parts = urlsplit(url)
        self._prefix = parts.path.rstrip("/")
        self._open = _opener(url, proxy, stall_seconds)
        self._idle: list[tuple[float, http.client.HTTPConnection]] = []
        self._lock = threading.Lock()

    def close(self) -> None:
        """Let all idle connections go."""
        with self._lock:
            idle, self._idle = self._idle, []
        for _, line in idle:
            line.close()

    def ask(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes, hear: Callable[[Said], None]
    ) -> None:
        """One request; `hear` reads the reply, and a connection whose reply was not read to its end is not kept.
        Raises NotReached, TimeoutError, or one of BROKEN."""
        line = self._take()
        try:
            _send(line, method, self._prefix + path, headers, body)
            reply = line.getresponse()
            hear(Said(reply.status, reply.headers, _pieces(reply)))
            whole = reply.isclosed() and line.sock is not None
        except BaseException:
            line.close()
            raise
        if not whole:
            line.close()
            return
        with self._lock:
            self._idle.append((time.monotonic(), line))

    def _take(self) -> http.client.HTTPConnection:
        """The connection used last, if it is fresh enough; otherwise a new one."""
        while True:
            with self._lock:
                if not self._idle:
                    break
                since, line = self._idle.pop()
            if time.monotonic() - since < KEPT_SECONDS:
                return line
            line.close()
        line = self._open()
        try:
            line.connect()
        except TimeoutError:
            line.close()
            raise
        except OSError as error:
            line.close()
            raise NotReached(error) from error
        return line


def _opener(url: str, proxy: str | None, stall_seconds: float) -> Callable[[], http.client.HTTPConnection]:
    """Makes connections that are not open yet."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme != "https":
        return lambda: http.client.HTTPConnection(host, parts.port or 80, timeout=stall_seconds)
    port = parts.port or 443
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if proxy is None:
        return lambda: http.client.HTTPSConnection(host, port, timeout=stall_seconds, context=context)
    way = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    signed = _signed(way.username, way.password)

    def tunnelled() -> http.client.HTTPConnection:
        line = http.client.HTTPSConnection(way.hostname or "", way.port or 80, timeout=stall_seconds, context=context)
        line.set_tunnel(host, port, signed)
        return line

    return tunnelled


def _signed(name: str | None, password: str | None) -> dict[str, str]:
    """The sign-in that a proxy's URL carries."""
    if name is None:
        return {}
    words = f"{unquote(name)}:{unquote(password or '')}".encode()
    return {"Proxy-Authorization": f"Basic {base64.b64encode(words).decode()}"}


def _send(line: http.client.HTTPConnection, method: str, path: str, headers: Mapping[str, str], body: bytes) -> None:
    line.putrequest(method, path)  # names the host and accepts no encoding but identity
    for name, value in headers.items():
        line.putheader(name, value)
    if body or method in ("POST", "PUT"):
        line.putheader("Content-Length", str(len(body)))
    line.endheaders()
    view = memoryview(body)
    with suppress(BrokenPipeError, ConnectionResetError):  # a refusal may have been said before all was sent
        while view:  # not sendall: its timeout is for the whole body, ours is for standing still
            view = view[line.sock.send(view) :]


def _pieces(reply: http.client.HTTPResponse) -> Iterator[bytes]:
    while piece := reply.read(_PIECE):
        yield piece
    if reply.length:
        raise http.client.IncompleteRead(b"", reply.length)
