"""Closes slow connections: uvicorn has no deadlines of its own (security.md §10.1;
internal interface, guarded by test H8)."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from inspector_app.sync.wire import MAX_BODY

HEADER_SECONDS = 10.0
"""From connection or begin of a message to the end of its headers."""
BODY_SECONDS = 60.0
"""From the end of the headers to the end of the body."""


class DeadlineProtocol(HttpToolsProtocol):
    """One timer per connection that aborts the transport."""

    header_seconds = HEADER_SECONDS
    body_seconds = BODY_SECONDS
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._arm(self.header_seconds)

    def on_message_begin(self) -> None:
        self._arm(self.header_seconds)
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._arm(self.body_seconds)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A body within the limit is handed over whole, not 64 KiB at a time with a turn of the loop for each piece."""
        if self.cycle.response_complete:
            return
        self.cycle.body += body
        if len(self.cycle.body) > MAX_BODY:
            self.flow.pause_reading()
            self.cycle.message_event.set()

    def on_message_complete(self) -> None:
        self._disarm()
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._disarm()
        super().connection_lost(exc)

    def _arm(self, seconds: float) -> None:
        self._disarm()
        self._deadline = self.loop.call_later(seconds, self.transport.abort)

    def _disarm(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


def with_deadlines(header_seconds: float, body_seconds: float) -> type[DeadlineProtocol]:
    """The protocol with other deadlines, e.g. for slow lines."""
    values = {"header_seconds": header_seconds, "body_seconds": body_seconds}
    return type("DeadlineProtocol", (DeadlineProtocol,), values)
