"""Knocks at the hub's application without a network: the same routes, doors and threads, a third of the time."""

import asyncio
from dataclasses import dataclass
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.types import Message


@dataclass(frozen=True)
class Wish:
    """One request as its bytes; `path` may hold anything."""

    method: str
    path: str
    query: str = ""
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Given:
    """What came back."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


async def knock(app: Starlette, wish: Wish) -> Given:
    """One exchange, the body in two pieces."""
    pieces = [wish.body[: len(wish.body) // 2], wish.body[len(wish.body) // 2 :]]
    said: list[Message] = []

    async def receive() -> Message:
        if not pieces:
            await asyncio.Event().wait()  # the caller stays on the line; a streamed reply stops listening at its end
        return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

    async def send(message: Message) -> None:
        said.append(message)

    headers = [(name.lower().encode(), value.encode("utf-8", "replace")) for name, value in wish.headers]
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": wish.method, "scheme": "http",
        "path": wish.path, "raw_path": quote(wish.path, errors="replace").encode(), "root_path": "", "headers": headers,
        "query_string": wish.query.encode("utf-8", "replace"), "client": ("192.0.2.7", 1), "server": ("hub", 80),
    }  # fmt: skip
    await app(scope, receive, send)
    start = said[0]
    body = b"".join(message.get("body", b"") for message in said[1:])
    return Given(start["status"], tuple(start["headers"]), body)


def ask(app: Starlette, *wishes: Wish) -> list[Given]:
    """Several exchanges, one after the other."""

    async def all_of_them() -> list[Given]:
        return [await knock(app, wish) for wish in wishes]

    return asyncio.run(all_of_them())
