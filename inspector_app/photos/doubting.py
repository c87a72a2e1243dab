"""What is doubtful about the pictures of a visit: one brought twice, one that shows nothing, a time that cannot be right."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from inspector_app.domain.clock import CHINA
from inspector_app.domain.photo import Doubt, Photo
from inspector_app.photos.looks import are_alike

LENIENT = timedelta(minutes=10)
"""Clocks of phone and laptop differ by minutes everywhere; nobody wants to hear of it."""
OLD = timedelta(days=1)
"""Earlier than this laptop's clock by more: another day's picture, or a camera whose clock is wrong."""


def with_doubts(photos: Sequence[Photo], started: str, finished: str) -> tuple[Photo, ...]:
    """The same Photos, each with what is doubtful about it. `started` and `finished` (ISO 8601, '') bound the visit."""
    return tuple(
        replace(photo, doubts=(*_copies(photo, photos[:n]), *_flaws(photo), *_times(photo, started, finished)))
        for n, photo in enumerate(photos)
    )


def _copies(photo: Photo, earlier: Sequence[Photo]) -> Iterator[Doubt]:
    """The same bytes, else the same scene; said at the later one only."""
    same = next((other for other in earlier if other.sha == photo.sha), None)
    if same is not None:
        yield Doubt("twice", same.item)
        return
    alike = next((other for other in earlier if are_alike(other.fingerprint, photo.fingerprint)), None)
    if alike is not None:
        yield Doubt("similar", alike.item)


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
