"""XForm's lexical values as people read them; pure, and what cannot be read is shown as it is."""

from collections.abc import Mapping
from datetime import datetime

from inspector_app.desktop.kit.dates import day_text

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def number(value: str, *, grouped: bool = False) -> str:
    """1234567.5 as it is, or as 1,234,567.5."""
    whole, point, part = value.partition(".")
    sign, whole = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    if not grouped or not whole.isdigit():
        return value
    return f"{sign}{int(whole):,}{point}{part}"


def day(value: str, language: str) -> str:
    """2020年3月5日 or 5 Mar 2020."""
    try:
        return day_text(value[:10], language)
    except ValueError:
        return value


def month(value: str, language: str) -> str:
    """2020年3月 or Mar 2020."""
    year_text, _, rest = value.partition("-")
    if not (year_text.isdigit() and rest[:2].isdigit() and 1 <= int(rest[:2]) <= 12):
        return value
    if language == "en":
        return f"{_MONTHS[int(rest[:2]) - 1]} {year_text}"
    text = day_text(value[:10], language)
    return text[: len(year_text) + 2 + len(str(int(rest[:2])))]


def year(value: str) -> str:
    """2020."""
    return value.partition("-")[0]


def time_of_day(value: str) -> str:
    """14:03 of 14:03:00.000+08:00, with seconds where there are some."""
    return value[:8] if value[5:8] not in ("", ":00") and value[5:6] == ":" else value[:5]


def moment_parts(value: str, language: str) -> tuple[str, str]:
    """Day and time of a dateTime."""
    try:
        when = datetime.fromisoformat(value)
    except ValueError:
        return value, ""
    return day_text(when.date().isoformat(), language), f"{when:%H:%M}"


def choice_labels(value: str, labels: Mapping[str, str]) -> str:
    """Chosen names as their labels, a comma between them."""
    return ", ".join(labels.get(name, name) for name in value.split())
