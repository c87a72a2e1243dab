"""The server of one visit in a thread of its own: one page, where pictures go, and a place to put them."""

import base64
import json
import socket
import threading
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

import uvicorn
from anyio import to_thread
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from inspector_app import assets
from inspector_app.domain.errors import WorldError
from inspector_app.hub.announced import AnnouncedServer
from inspector_app.hub.deadlines import with_deadlines
from inspector_app.phone.pairing import Pairing
from inspector_app.phone.receiving import MAX_BYTES, STATUS, Reception, Refused, Sent

HEADER_SECONDS, BODY_SECONDS, START_SECONDS = 10.0, 240.0, 15.0
MAX_LINES = 24
_FENCE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_MARKS = {
    "Cache-Control": "no-store", "Content-Security-Policy": _FENCE, "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer", "Cross-Origin-Resource-Policy": "same-origin",
}  # fmt: skip
_FILES = {"/page.js": ("page.js", "text/javascript"), "/page.css": ("page.css", "text/css")}
Words = Mapping[str, Mapping[str, str]]
"""Language → last part of the key → words."""
Act = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Stall:
    """What the server hands out and where it puts what arrives."""

    pairing: Pairing
    reception: Reception
    words: Words
    language: str


class PhoneServer:
    """Listens on one address of this laptop until `stop`."""

    def __init__(self, stall: Stall, host: str) -> None:
        self._stall = stall
        self._socket = _listening(host)
        self.host, self.port = self._socket.getsockname()[:2]
        self._started = threading.Event()
        config = uvicorn.Config(
            application(stall, {f"{self.host}:{self.port}", f"localhost:{self.port}"}),
            http=with_deadlines(HEADER_SECONDS, BODY_SECONDS), ws="none", lifespan="off", log_config=None,
            access_log=False, server_header=False, proxy_headers=False, limit_concurrency=MAX_LINES,
            timeout_graceful_shutdown=1,
        )  # fmt: skip
        self._server = AnnouncedServer(config, self._started.set)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), name="phone", daemon=True)

    @property
    def link(self) -> str:
        """What the QR code holds; the key stands behind #, which no browser sends."""
        return f"http://{self.host}:{self.port}/#{self._stall.pairing.key}"

    def start(self) -> None:
        """Accept connections; raises WorldError `phone_listen`."""
        self._thread.start()
        if not self._started.wait(START_SECONDS):
            self.stop()
            raise WorldError("phone_listen", "The page for the phone could not be opened.")

    def stop(self, *, wait: bool = True) -> None:
        """From now on everything is refused; with `wait` nothing listens at this address afterwards."""
        self._stall.reception.is_ended = True
        self._server.should_exit = True
        if wait and self._thread.is_alive():
            self._thread.join(START_SECONDS)
            self._socket.close()


def application(stall: Stall, hosts: set[str]) -> Starlette:
    """Three files for anybody, and two doors for phones that hold a key; nothing else answers."""
    routes = [Route("/", _guarded(hosts, _page(stall)), methods=["GET"])]
    routes += [Route(path, _guarded(hosts, _file(*what)), methods=["GET"]) for path, what in _FILES.items()]
    routes.append(Route("/state", _guarded(hosts, _for_phones(stall, _state)), methods=["GET"]))
    routes.append(Route("/photo", _guarded(hosts, _for_phones(stall, _photo)), methods=["PUT"]))
    app = Starlette(routes=routes)
    app.router.redirect_slashes = False
    return app


def _guarded(hosts: set[str], act: Act) -> Act:
    """Only under its own name, so that no foreign page is led here; every reply wears the marks."""

    async def endpoint(request: Request) -> Response:
        reply = await act(request) if request.headers.get("host") in hosts else Response(status_code=421)
        reply.headers.update(_MARKS)
        return reply

    return endpoint


def _page(stall: Stall) -> Act:
    said = json.dumps({"words": stall.words, "language": stall.language}, ensure_ascii=False).replace("<", "\\u003c")
    html = assets.resource("phone/page.html").read_text("utf-8").replace("{words}", said)

    async def act(request: Request) -> Response:
        return Response(html, media_type="text/html")

    return act


def _file(name: str, media: str) -> Act:
    content = assets.resource(f"phone/{name}").read_bytes()

    async def act(request: Request) -> Response:
        return Response(content, media_type=media)

    return act


def _for_phones(stall: Stall, act: Callable[[Stall, Request], Awaitable[Response]]) -> Act:
    async def endpoint(request: Request) -> Response:
        try:
            if not stall.pairing.admit(request.headers.get("x-key", ""), request.headers.get("x-phone", "")):
                raise Refused("key")
            if stall.reception.is_ended:
                raise Refused("ended")
            return await act(stall, request)
        except Refused as refused:
            headers = {"Connection": "close"} if request.method == "PUT" else None  # the body was not read
            return JSONResponse({"code": refused.code}, STATUS[refused.code], headers)
        except ClientDisconnect:
            return Response(status_code=400)

    return endpoint


async def _state(stall: Stall, request: Request) -> Response:
    aim = stall.reception.aim
    return JSONResponse({"id": aim.id, "title": aim.title} if aim else {"id": "", "title": ""})


async def _photo(stall: Stall, request: Request) -> Response:
    headers = request.headers
    length = headers.get("content-length", "")
    if not length.isdigit() or not 0 < int(length) <= MAX_BYTES:
        raise Refused("large")
    with stall.reception.place():
        content = await request.body()  # never longer than announced: the protocol cuts it there
        name = unquote(headers.get("x-name", ""))[-120:]
        sent = Sent(unquote(headers.get("x-target", "")), name, headers.get("x-sha256", ""), content)
        thumbnail = await to_thread.run_sync(stall.reception.receive, sent)
    return JSONResponse({"thumbnail": base64.b64encode(thumbnail).decode(), "sha": sent.sha}, 201)


def _listening(host: str) -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        made.bind((host, 0))
        made.listen(MAX_LINES)
    except OSError as error:
        made.close()
        raise WorldError("phone_listen", f"The page for the phone could not be opened: {error.strerror}.") from None
    return made
