"""Outermost ASGI layer: body limit, no Content-Encoding, and the marks every reply carries (security.md §10.2)."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from inspector_app.domain.errors import UserError
from inspector_app.hub.calls import Reply
from inspector_app.hub.home import Home
from inspector_app.hub.problems import refused

_DRAIN = 8
"""An announced body of so many limits is read and thrown away first: closing earlier resets the line, the reply is lost."""


class _TooLarge(Exception):
    """The body went over the limit while it was read."""


class FrontDoor:
    """Refuses by Content-Length and by counted bytes; once the limit has fired,
    the application's own error does not matter."""

    def __init__(self, app: ASGIApp, home: Home, max_body: int) -> None:
        self._app = app
        self._home = home
        self._max = max_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        problem = self._problem(headers)
        if problem is None:
            problem = await self._pass(scope, receive, self._marked(send))
        if problem is not None:
            length = headers.get(b"content-length", b"")
            if length.isdigit() and int(length) <= _DRAIN * self._max:
                await _drain(receive)
            await self._answer(problem, self._marked(send))

    def _problem(self, headers: dict[bytes, bytes]) -> UserError | None:
        if b"content-encoding" in headers:
            return UserError("content_encoding", "Content-Encoding is not accepted.")
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or int(length) > self._max:
            return UserError("body_too_large", f"At most {self._max} bytes in one request.")
        return None

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> UserError | None:
        count = 0
        started = False

        async def counted() -> Message:
            nonlocal count
            message = await receive()
            count += len(message.get("body", b""))
            if count > self._max:
                raise _TooLarge
            return message

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, counted, watched)
        except _TooLarge:
            if not started:
                return UserError("body_too_large", f"At most {self._max} bytes in one request.")
        return None

    async def _answer(self, problem: UserError, send: Send) -> None:
        reply: Reply = refused(problem, self._home)
        headers = [(b"content-type", reply.media.encode()), (b"connection", b"close")]
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        await send({"type": "http.response.body", "body": reply.body})

    def _marked(self, send: Send) -> Send:
        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                # told at the end: the request may have learnt of a new epoch
                marks = [(b"x-hub", self._home.hub_id.encode()), (b"x-epoch", str(self._home.epoch).encode())]
                message = {**message, "headers": [*message["headers"], *marks, (b"cache-control", b"no-store")]}
            await send(message)

        return marked


async def _drain(receive: Receive) -> None:
    """Read what the client still sends, as much as it announced."""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return
