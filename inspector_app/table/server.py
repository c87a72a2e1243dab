"""The server of a table in a thread of its own: what is lacking, a bundle in, a bundle out; nothing else answers."""

import hashlib
import hmac
import logging
import secrets
import socket
import tempfile
import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import uvicorn
from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from inspector_app.domain.errors import DaoweiError, UserError, WorldError
from inspector_app.hub.announced import AnnouncedServer
from inspector_app.hub.deadlines import with_deadlines
from inspector_app.sync import wire
from inspector_app.sync.bundles import MAX_VOLUME
from inspector_app.sync.table import (
    MAX_ASKED,
    PROOF,
    SIZE_PROOF,
    Holding,
    Host,
    Table,
    Welcome,
    new_code,
    welcome_digest,
)

HEADER_SECONDS, BODY_SECONDS, START_SECONDS = 10.0, 600.0, 15.0
MAX_LINES = 24
_PIECE = 256 * 1024
_log = logging.getLogger(__name__)
Act = Callable[[Request], Awaitable[Response]]


class TableServer:
    """Listens on one address of this laptop until `stop`; its code ends with it."""

    def __init__(self, host: Host, place: tuple[str, int], us: tuple[str, str]) -> None:
        """`place` is address and port (0 takes a free one); `us` this laptop's public key in hex and the hub's id."""
        self._socket = _listening(*place)
        address, port = self._socket.getsockname()[:2]
        self.table = Table(f"{address}:{port}", new_code())
        self._folder = tempfile.TemporaryDirectory(prefix="daowei-table-")
        self._started = threading.Event()
        config = uvicorn.Config(
            _application(host, (self.table, us), Path(self._folder.name)),
            http=with_deadlines(HEADER_SECONDS, BODY_SECONDS), ws="none", lifespan="off", log_config=None,
            access_log=False, server_header=False, proxy_headers=False, limit_concurrency=MAX_LINES,
            timeout_graceful_shutdown=5,
        )  # fmt: skip
        self._server = AnnouncedServer(config, self._started.set)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), name="table", daemon=True)

    def start(self) -> None:
        """Accept connections; raises WorldError `table_listen`."""
        self._thread.start()
        if not self._started.wait(START_SECONDS):
            self.stop()
            raise WorldError("table_listen", "The table could not be opened.")

    def stop(self) -> None:
        """Nothing listens afterwards; what was begun is finished."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(START_SECONDS)
        self._socket.close()
        self._folder.cleanup()


def _application(host: Host, who: tuple[Table, tuple[str, str]], folder: Path) -> Starlette:
    table, us = who
    turn = CapacityLimiter(1)  # one colleague after the other: the store has one writer anyhow

    async def greet(_: Request) -> Response:
        said = Welcome(*us, table.prove("/", welcome_digest(*us)))
        return Response(wire.pack(said), media_type=wire.MEDIA)

    async def lacking(request: Request) -> Response:
        theirs = await _holding(request, table)
        return Response(wire.pack(await to_thread.run_sync(host.lacking, theirs, limiter=turn)), media_type=wire.MEDIA)

    async def take(request: Request) -> Response:
        path = folder / secrets.token_hex(8)
        try:
            await _receive(request, table, path)
            await to_thread.run_sync(host.take, path, limiter=turn)
        finally:
            path.unlink(missing_ok=True)
        return Response(wire.pack({"taken": True}), media_type=wire.MEDIA)

    async def give(request: Request) -> Response:
        theirs, path = await _holding(request, table), folder / secrets.token_hex(8)
        if not await to_thread.run_sync(host.pack, theirs, path, limiter=turn):
            return Response(status_code=204)
        length = {"Content-Length": str(path.stat().st_size)}
        return StreamingResponse(_read_once(path), headers=length, media_type=wire.BYTES)

    doors = (("GET", "/", greet), ("POST", "/lacking", lacking), ("PUT", "/bundle", take), ("POST", "/bundle", give))
    app = Starlette(routes=[Route(path, _guarded(act), methods=[method]) for method, path, act in doors])
    app.router.redirect_slashes = False
    return app


def _guarded(act: Act) -> Act:
    async def endpoint(request: Request) -> Response:
        try:
            return await act(request)
        except ClientDisconnect:
            return Response(status_code=400)
        except Exception as error:
            return _refused(error)

    return endpoint


def _refused(error: Exception) -> Response:
    if not isinstance(error, DaoweiError):
        _log.error("a request at the table failed", exc_info=error)
        error = WorldError("table_away", "The colleague's laptop made a mistake; nothing was changed.")
    status = 403 if error.key == "table_key" else 422 if isinstance(error, UserError) else 503
    body = wire.pack(wire.Refused(error.key, str(error)))
    return Response(body, status, {"Connection": "close"}, wire.MEDIA)  # the body may not have been read


def _check_proof(request: Request, table: Table, word: bytes, header: str = PROOF) -> None:
    """Raises UserError `table_key` unless whoever asks knows the code."""
    proof = table.prove(request.url.path, word)
    if not hmac.compare_digest(request.headers.get(header, "").encode(), proof.encode()):
        raise UserError("table_key", "The code is wrong or not valid any more; look at the one shown now.")


async def _holding(request: Request, table: Table) -> Holding:
    if _length(request, table) > MAX_ASKED:
        raise UserError("bundle_damaged", "The message is larger than allowed.")
    body = await request.body()
    _check_proof(request, table, hashlib.sha256(body).digest())
    return wire.unpack(body, Holding, MAX_ASKED)


def _length(request: Request, table: Table) -> int:
    """As announced and proved, before a byte of the body is read; the protocol cuts it there. Raises UserError."""
    length = request.headers.get("content-length", "")
    if not length.isdigit():
        raise UserError("bundle_damaged", "The message does not say how long it is.")
    _check_proof(request, table, length.encode(), SIZE_PROOF)
    return int(length)


async def _receive(request: Request, table: Table, path: Path) -> None:
    if _length(request, table) > MAX_VOLUME:
        raise UserError("bundle_damaged", "The bundle is larger than allowed.")
    digest = hashlib.sha256()
    try:
        with path.open("xb") as file:
            async for piece in request.stream():
                digest.update(piece)
                file.write(piece)
    except OSError as error:
        raise WorldError("disk_full", f"The bundle cannot be kept: {error.strerror}.") from None
    _check_proof(request, table, digest.digest())


def _read_once(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece
    finally:
        path.unlink(missing_ok=True)


def _listening(address: str, port: int) -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        made.bind((address, port))
        made.listen(MAX_LINES)
    except OSError as error:
        made.close()
        raise WorldError("table_listen", f"The table could not be opened: {error.strerror}.") from None
    return made
