"""Runs the hub in uvicorn: bounded waiting, graceful stop, and the address it really got."""

import gc
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import uvicorn

from inspector_app.domain.clock import Clock, system_clock
from inspector_app.domain.errors import WorldError
from inspector_app.hub.announced import AnnouncedServer
from inspector_app.hub.app import build
from inspector_app.hub.calls import Hub
from inspector_app.hub.deadlines import DeadlineProtocol
from inspector_app.hub.settings import HubSettings

GRACE_SECONDS = 10
KEEP_ALIVE_SECONDS = 30
_BACKLOG = 512


def serve(
    settings: HubSettings,
    *,
    ready: Callable[[str], None],
    clock: Clock = system_clock,
    protocol: type[DeadlineProtocol] = DeadlineProtocol,
) -> None:
    """Serve until a signal stops it; `ready` gets the address once connections are accepted.
    Raises UserError, WorldError."""
    with _listening(settings) as listener, _stoppable():
        server = _server(settings, listener, ready, (clock, protocol))
        _leave_alone_what_stays()
        _run(server, listener)


def _leave_alone_what_stays() -> None:
    """A push makes so many values that the memory collector looked at all modules and tables several times in each."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@contextmanager
def _stoppable() -> Iterator[None]:
    """SIGTERM ends like Ctrl+C: uvicorn finishes what runs, the database is closed, the exit status is 0."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        with suppress(KeyboardInterrupt):
            yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _run(server: AnnouncedServer, listener: socket.socket) -> None:
    hub: Hub = server.config.app.state.hub  # type: ignore[union-attr]
    try:
        server.run([listener])
    finally:
        hub.mark.note(at_once=True)
        hub.desk.database.close()


def _server(
    settings: HubSettings,
    listener: socket.socket,
    ready: Callable[[str], None],
    parts: tuple[Clock, type[DeadlineProtocol]],
) -> AnnouncedServer:
    clock, protocol = parts
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    config = uvicorn.Config(
        build(settings, clock=clock), http=protocol, ws="none", lifespan="off", log_config=None, access_log=False,
        server_header=False, timeout_keep_alive=KEEP_ALIVE_SECONDS, timeout_graceful_shutdown=GRACE_SECONDS,
        proxy_headers=False,
    )  # fmt: skip
    return AnnouncedServer(config, lambda: ready(f"http://{shown}:{port}"))


@contextmanager
def running(
    settings: HubSettings, *, clock: Clock = system_clock, protocol: type[DeadlineProtocol] = DeadlineProtocol
) -> Iterator[str]:
    """The hub in a thread of this process, for tests and trials: gives the address, stops at the end."""
    with _listening(settings) as listener:
        addresses: list[str] = []
        started = threading.Event()

        def ready(address: str) -> None:
            addresses.append(address)
            started.set()

        server = _server(settings, listener, ready, (clock, protocol))
        thread = threading.Thread(target=_run, args=(server, listener), name="hub", daemon=True)
        thread.start()
        try:
            if not started.wait(30):
                raise WorldError("hub_start", "The hub did not start.")
            yield addresses[0]
        finally:
            server.should_exit = True
            thread.join(GRACE_SECONDS + 5)


@contextmanager
def _listening(settings: HubSettings) -> Iterator[socket.socket]:
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        # named IPPROTO_TCP, or asyncio leaves TCP_NODELAY off and every reply waits 40 ms
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    except OSError as error:
        raise WorldError("hub_listen", f"The hub cannot listen: {error}.") from None
    try:
        if sys.platform != "win32":  # there it would let two hubs share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((settings.host, settings.port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        where = f"{settings.host}:{settings.port}"
        raise WorldError("hub_listen", f"The hub cannot listen on {where}: {error.strerror or error}.") from None
    with listener:
        yield listener
