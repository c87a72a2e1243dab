"""What arrives from a phone: bounded, hash-checked, taken once however often it is sent, answered with its thumbnail."""

import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from inspector_app.domain.errors import DaoweiError, UserError, WorldError

MAX_BYTES = 40 * 1024 * 1024
"""One photo; a phone's largest are about half of it."""
MAX_PHOTOS = 500
AT_ONCE = 2
STATUS: Mapping[str, int] = {
    "key": 403, "ended": 410, "large": 413, "damaged": 422, "picture": 415, "forbidden": 409, "stopped": 409,
    "full": 507, "busy": 429, "many": 429, "bug": 500,
}  # fmt: skip
_CODES = {
    "photo_too_large": "large",
    "photo_forbidden": "forbidden",
    "visit_finished": "ended",
    "photo_stopped": "stopped",
}


@dataclass(frozen=True)
class Aim:
    """Where pictures go at the moment: an Item or a question, and its words."""

    id: str
    title: str


class Refused(Exception):
    """`code` is a key of STATUS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Sent:
    """One picture as the phone sent it; `sha` is what the phone says it is."""

    target: str
    name: str
    sha: str
    content: bytes


class Reception:
    """Takes pictures of one visit in. `take` blocks until the picture is durable, gives a JPEG thumbnail or raises."""

    def __init__(self, take: Callable[[Sent], bytes]) -> None:
        self._take = take
        self._lock = threading.Lock()
        self._aims: dict[str, Aim] = {}
        self._aim: Aim | None = None
        self._kept: dict[tuple[str, str], bytes] = {}
        self._places = threading.BoundedSemaphore(AT_ONCE)
        self.is_ended = False

    @property
    def aim(self) -> Aim | None:
        """What the phone shows."""
        return self._aim

    @property
    def count(self) -> int:
        """Pictures that were kept."""
        return len(self._kept)

    def aim_at(self, aim: Aim | None) -> None:
        """From now on pictures go there; those of a place shown before still go to that place."""
        with self._lock:
            self._aim = aim
            if aim is not None:
                self._aims[aim.id] = aim

    @contextmanager
    def place(self) -> Iterator[None]:
        """Room for one body in memory; raises Refused `busy` when there is none."""
        if not self._places.acquire(blocking=False):
            raise Refused("busy")
        try:
            yield
        finally:
            self._places.release()

    def receive(self, sent: Sent) -> bytes:
        """The thumbnail of the picture once it is durable; raises Refused."""
        if self.is_ended:
            raise Refused("ended")
        if sent.target not in self._aims:
            raise Refused("forbidden")
        if hashlib.sha256(sent.content).hexdigest() != sent.sha:
            raise Refused("damaged")
        kept = self._kept.get((sent.target, sent.sha))
        if kept is not None:  # the reply to the first time was lost
            return kept
        if len(self._kept) >= MAX_PHOTOS:
            raise Refused("many")
        thumbnail = self._taken(sent)
        with self._lock:
            self._kept[sent.target, sent.sha] = thumbnail
        return thumbnail

    def _taken(self, sent: Sent) -> bytes:
        try:
            return self._take(sent)
        except WorldError:
            raise Refused("full") from None
        except UserError as error:
            raise Refused(_CODES.get(error.key, "picture")) from None
        except DaoweiError:
            raise Refused("bug") from None
