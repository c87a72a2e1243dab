"""What is doubtful about the pictures of a visit: one brought twice, one that shows nothing, a time that cannot be right."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from inspector_app.domain.clock import CHINA
from inspector_app.domain.photo import Doubt, Photo
from inspector_app.photos.looks import ALIKE, bits

LENIENT = timedelta(minutes=10)
"""Clocks of phone and laptop differ by minutes everywhere; nobody wants to hear of it."""
OLD = timedelta(days=1)
"""Earlier than this laptop's clock by more: another day's picture, or a camera whose clock is wrong."""


def with_doubts(photos: Sequence[Photo], started: str, finished: str) -> tuple[Photo, ...]:
    """The same Photos, each with what is doubtful about it. `started` and `finished` (ISO 8601, '') bound the visit."""
    earlier = _Earlier()
    return tuple(
        replace(photo, doubts=(*earlier.copies(photo), *_flaws(photo), *_times(photo, started, finished)))
        for photo in photos
    )


class _Earlier:
    """What came before, as numbers: each of 300 pictures is held against all before it."""

    def __init__(self) -> None:
        self._items: dict[str, str] = {}
        self._scenes: list[tuple[int, str]] = []

    def copies(self, photo: Photo) -> tuple[Doubt, ...]:
        """The same bytes, else the same scene; said at the later one only."""
        same, scene = self._items.get(photo.sha), bits(photo.fingerprint)
        alike = None
        if same is None and scene is not None:
            alike = next((item for other, item in self._scenes if (other ^ scene).bit_count() <= ALIKE), None)
        self._items.setdefault(photo.sha, photo.item)
        if scene is not None:
            self._scenes.append((scene, photo.item))
        if same is not None:
            return (Doubt("twice", same),)
        return (Doubt("similar", alike),) if alike is not None else ()


def _flaws(photo: Photo) -> Iterator[Doubt]:
    if photo.flaw in ("blurred", "dark", "bright", "plain"):
        yield Doubt(photo.flaw)


def _times(photo: Photo, started: str, finished: str) -> Iterator[Doubt]:
    """Only a camera's own time is held against clocks; at most one doubt, the worst."""
    taken = _moment(photo.taken) if photo.taken_source == "exif" else None
    if taken is None:
        return
    received, begin, end = _moment(photo.received), _moment(started), _moment(finished)
    if received is not None and taken - received > LENIENT:
        yield Doubt("ahead", minutes=_minutes(taken - received))
    elif received is not None and received - taken > OLD:
        yield Doubt("old", minutes=_minutes(received - taken))
    elif begin is not None and begin - taken > LENIENT:
        yield Doubt("before", minutes=_minutes(begin - taken))
    elif end is not None and taken - end > LENIENT:
        yield Doubt("after", minutes=_minutes(taken - end))


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)


def _moment(iso: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(iso) if iso else None
    except ValueError:
        return None
    return found if found is None or found.tzinfo else found.replace(tzinfo=CHINA)
