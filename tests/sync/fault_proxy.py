"""A TCP proxy that counts bytes and breaks lines at a byte, never at a time, so that faults repeat (sync.md §18).

As a fixture: ``with fault_proxy(url) as proxy``; alone: ``python -m tests.sync.fault_proxy URL --kill 3000000``.
"""

import argparse
import asyncio
import json
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from socket import SO_LINGER, SOL_SOCKET
from urllib.parse import urlsplit

_READ = 64 * 1024
_ABORT = struct.pack("ii", 1, 0)


@dataclass
class Faults:
    """What goes wrong, switchable while running; 0 or '' is off. Bytes count per connection, both directions summed."""

    kill_after: int = 0
    stall_after: int = 0
    latency: float = 0.0
    """Seconds added to each read."""
    rate: int = 0
    """Bytes per second and direction."""
    lose_reply_to: str = ""
    """A request whose first line contains this reaches the hub, its reply does not come back; then this is off again."""
    answer: bytes = b""
    """Said instead of the hub: a captive portal, 413, 502, 504."""


@dataclass
class Counts:
    """Bytes and connections since the last reset."""

    up: int = 0
    down: int = 0
    connections: int = 0


@dataclass
class FaultProxy:
    """Loopback only; relays any number of connections to one target."""

    target: tuple[str, int]
    faults: Faults = field(default_factory=Faults)
    counts: Counts = field(default_factory=Counts)
    url: str = ""

    def read_out(self, *, reset: bool = False) -> str:
        """Counts as JSON."""
        said = json.dumps(asdict(self.counts))
        if reset:
            self.counts = Counts()
        return said

    async def serve(self, ready: Callable[[], None], stop: asyncio.Event, port: int = 0) -> None:
        """Relay until `stop` is set."""
        server = await asyncio.start_server(self._relay, "127.0.0.1", port)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        ready()
        await stop.wait()
        server.close()

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.counts.connections += 1
        if self.faults.answer:
            await reader.read(_READ)
            writer.write(self.faults.answer)
            with suppress(OSError):
                await writer.drain()
            writer.close()
            return
        try:
            far_reader, far_writer = await asyncio.open_connection(*self.target)
        except OSError:
            _reset(writer)
            return
        line = _Line(self, writer, far_writer)
        with suppress(OSError):
            await asyncio.gather(line.pump(reader, far_writer, up=True), line.pump(far_reader, writer, up=False))
        for end in (writer, far_writer):
            with suppress(OSError):
                end.close()


class _Line:
    """One connection and what has passed through it."""

    def __init__(self, proxy: FaultProxy, near: asyncio.StreamWriter, far: asyncio.StreamWriter) -> None:
        self._proxy = proxy
        self._ends = (near, far)
        self._moved = 0
        self._deaf = False

    async def pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, up: bool) -> None:
        faults, counts = self._proxy.faults, self._proxy.counts
        while piece := await reader.read(_READ):
            if faults.latency or faults.rate:
                await asyncio.sleep(faults.latency + (len(piece) / faults.rate if faults.rate else 0))
            self._moved += len(piece)
            if faults.kill_after and self._moved > faults.kill_after:
                self._kill()
                return
            if faults.stall_after and self._moved > faults.stall_after:
                continue
            if up and faults.lose_reply_to and faults.lose_reply_to.encode() in piece.partition(b"\r\n")[0]:
                self._deaf, faults.lose_reply_to = True, ""
            if not up and self._deaf:
                self._kill()
                return
            if up:
                counts.up += len(piece)
            else:
                counts.down += len(piece)
            writer.write(piece)
            await writer.drain()
        with suppress(OSError):
            writer.write_eof()

    def _kill(self) -> None:
        for end in self._ends:
            _reset(end)


def _reset(writer: asyncio.StreamWriter) -> None:
    sock = writer.get_extra_info("socket")
    with suppress(OSError):
        sock.setsockopt(SOL_SOCKET, SO_LINGER, _ABORT)
    writer.transport.abort()


@contextmanager
def fault_proxy(url: str, faults: Faults | None = None) -> Iterator[FaultProxy]:
    """The proxy in a thread of its own."""
    parts = urlsplit(url)
    proxy = FaultProxy((parts.hostname or "127.0.0.1", parts.port or 80), faults or Faults())
    ready = threading.Event()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()
    thread = threading.Thread(target=_run, args=(loop, proxy, ready, stop), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield proxy
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()


def _run(loop: asyncio.AbstractEventLoop, proxy: FaultProxy, ready: threading.Event, stop: asyncio.Event) -> None:
    asyncio.set_event_loop(loop)
    loop.run_until_complete(proxy.serve(ready.set, stop))
    rest = asyncio.all_tasks(loop)
    for task in rest:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*rest, return_exceptions=True))


def main() -> None:
    """Stand-alone; prints the address, then the counts at the end."""
    parser = argparse.ArgumentParser()
    parser.add_argument("target")
    parser.add_argument("--kill", type=int, default=0)
    parser.add_argument("--stall", type=int, default=0)
    parser.add_argument("--latency", type=float, default=0.0)
    parser.add_argument("--rate", type=int, default=0)
    given = parser.parse_args()
    with fault_proxy(given.target, Faults(given.kill, given.stall, given.latency, given.rate)) as proxy:
        print(proxy.url, flush=True)
        with suppress(KeyboardInterrupt):
            threading.Event().wait()
        print(proxy.read_out(), flush=True)


if __name__ == "__main__":
    main()
