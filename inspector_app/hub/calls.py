"""One request and one reply as plain values, so that every route is an ordinary function of the hub and a call."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from inspector_app.hub.access import Member
from inspector_app.hub.builds import Builds
from inspector_app.hub.failures import Failures
from inspector_app.hub.highwater import HighWater
from inspector_app.hub.quota import Quota
from inspector_app.hub.storage import BlobStore
from inspector_app.hub.together import Together
from inspector_app.hub.tokens import Desk
from inspector_app.sync import wire


@dataclass(frozen=True)
class Hub:
    """Everything a route may use."""

    desk: Desk
    blobs: BlobStore
    failures: Failures
    quota: Quota
    mark: HighWater
    arrived: Together
    builds: Builds = field(default_factory=Builds)
    speaks: tuple[int, ...] = wire.SPOKEN


@dataclass(frozen=True)
class Call:
    """A request with its whole, bounded body; `member` is None at routes open to anyone."""

    member: Member | None
    path: Mapping[str, str]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    address: str

    @property
    def caller(self) -> Member:
        """The signed-in device of a route that demands one."""
        if self.member is None:
            raise AssertionError("this route's rule demands a device")
        return self.member


@dataclass(frozen=True)
class Reply:
    """Status and body; an iterator is streamed and then needs its Content-Length."""

    body: bytes | Iterator[bytes]
    status: int = 200
    media: str = wire.MEDIA
    headers: Mapping[str, str] = field(default_factory=dict)


def said(value: object, status: int = 200) -> Reply:
    """One JSON value, compressed."""
    return Reply(wire.pack(value), status)
