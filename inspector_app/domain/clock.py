"""Time as an argument: milliseconds since the epoch, shown in China's fixed offset."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "CST")
"""GB/T 7408: Beijing time has had no daylight saving since 1991."""

Clock = Callable[[], int]
"""Returns now in milliseconds since 1970-01-01 UTC."""


def system_clock() -> int:
    """Now, in milliseconds since the epoch."""
    return time.time_ns() // 1_000_000


def moment(ms: int) -> datetime:
    """Milliseconds since the epoch as an aware datetime at +08:00."""
    return datetime.fromtimestamp(ms / 1000, CHINA)


def milliseconds(when: datetime) -> int:
    """An aware datetime as milliseconds since the epoch; a naive one is taken as +08:00."""
    aware = when if when.tzinfo else when.replace(tzinfo=CHINA)
    return round(aware.timestamp() * 1000)


def iso(ms: int) -> str:
    """ISO 8601 with +08:00 and seconds, the form in which dates are stored (domain.md §3)."""
    return moment(ms).isoformat(timespec="seconds")


def parse_iso(text: str) -> int:
    """Milliseconds of an ISO 8601 text; raises ValueError. A missing offset means +08:00."""
    return milliseconds(datetime.fromisoformat(text))
