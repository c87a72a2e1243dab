"""What is doubtful about pictures, in words; pure."""

from collections.abc import Callable, Sequence

from inspector_app.domain.photo import Doubt, Photo

MOST = 3
"""Lines below a row of pictures; more would be noise."""
_HOUR, _DAY = 60, 24 * 60


def doubt_words(photo: Photo, tr: Callable[..., str]) -> tuple[str, ...]:
    """One sentence per doubt."""
    return tuple(_sentence(doubt, tr) for doubt in photo.doubts)


def doubtful_lines(photos: Sequence[Photo], tr: Callable[..., str]) -> list[str]:
    """One line per doubtful picture of an Item, the number of the picture first."""
    found = [
        tr("photo_doubt.of", number=number, why=tr("photo_doubt.and").join(doubt_words(photo, tr)))
        for number, photo in enumerate(photos, start=1)
        if photo.doubts
    ]
    more = len(found) - MOST
    return found if more <= 0 else [*found[:MOST], tr("photo_doubt.more", n=more)]


def _sentence(doubt: Doubt, tr: Callable[..., str]) -> str:
    key = f"photo_doubt.{doubt.what}"
    if doubt.item:
        return tr(key, item=doubt.item)
    return tr(key, span=_span(doubt.minutes, tr)) if doubt.minutes else tr(key)


def _span(minutes: int, tr: Callable[..., str]) -> str:
    """Minutes, hours from two hours on, days from two days on."""
    if minutes < 2 * _HOUR:
        return tr("span.minutes", n=minutes)
    return tr("span.hours", n=minutes // _HOUR) if minutes < 2 * _DAY else tr("span.days", n=minutes // _DAY)
