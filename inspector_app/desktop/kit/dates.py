"""Stored ISO times as people of each language read them; pure, always China's time."""

from datetime import datetime

from inspector_app.domain.clock import CHINA

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _moment(iso: str) -> datetime:
    when = datetime.fromisoformat(iso)
    return when.astimezone(CHINA) if when.tzinfo else when.replace(tzinfo=CHINA)


def day_text(iso: str, language: str, *, year: bool = True) -> str:
    """2020年3月5日 or 5 Mar 2020 (domain.md §3: no leading zeros); '' stays ''. Raises ValueError for other text."""
    if not iso:
        return ""
    when = _moment(iso)
    if language == "en":
        return f"{when.day} {_MONTHS[when.month - 1]}" + (f" {when.year}" if year else "")
    return (f"{when.year}年" if year else "") + f"{when.month}月{when.day}日"


def time_text(iso: str) -> str:
    """14:03; '' stays ''."""
    return f"{_moment(iso):%H:%M}" if iso else ""


def moment_text(iso: str, language: str, *, year: bool = True) -> str:
    """Day and time of day; '' stays ''."""
    return f"{day_text(iso, language, year=year)} {time_text(iso)}" if iso else ""


def size_text(count: int) -> str:
    """Bytes as B, KB or MB with one decimal, e.g. 1.2 MB."""
    if count < 1_000:
        return f"{count} B"
    return f"{count / 1_000:.0f} KB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"
