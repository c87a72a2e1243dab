"""What people type for numbers, days and times, brought to XForm's lexical form; pure, None means unreadable."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

_INTEGER = re.compile(r"[+-]?\d{1,18}")
_DECIMAL = re.compile(r"[+-]?(\d{1,15}(\.\d{0,12})?|\.\d{1,12})")
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}([,' ])\d{3}(\1\d{3})*(\.\d*)?")
_GROUPED_COMMA = re.compile(r"[+-]?[1-9]\d{0,2}([.' ])\d{3}(\1\d{3})*,\d*")
_DIGITS = re.compile(r"[0-9+\-.,()/# ]*")
_YMD = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日號号]?")
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DMY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_MD = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日號号]?")
_DAY_NAME = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]*([a-z]{3,9})\.?[ ,-]*(\d{4})?")
_NAME_DAY = re.compile(r"([a-z]{3,9})\.? *(\d{1,2})(?:st|nd|rd|th)?[ ,]*(\d{4})?")
_YM = re.compile(r"(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*月?")
_NAME_YEAR = re.compile(r"([a-z]{3,9})\.?[ ,-]*(\d{4})")
_YEAR = re.compile(r"(\d{4})\s*年?")
_SAID = (
    (re.compile(r"今[天日]|today"), 0),
    (re.compile(r"昨[天日]|yesterday"), -1),
    (re.compile(r"明[天日]|tomorrow"), 1),
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = re.compile(r"(\d{1,2})(?:[:.時时点點h]\s*(\d{1,2})?)?\s*分?(?:[:.]?\s*(\d{1,2})(?:\.\d+)?秒?)?")
_FOUR = re.compile(r"(\d{1,2})(\d{2})")
_AFTERNOON = re.compile(r"下午|晚上|pm|p\.m\.")
_MORNING = re.compile(r"上午|早上|am|a\.m\.")
_LONGEST = 200


def plain(text: str) -> str:
    """Full-width digits and signs as plain ones, outer blanks dropped."""
    return unicodedata.normalize("NFKC", text).strip()


def integer(text: str) -> str | None:
    """A whole number; thousands may be set apart."""
    shown = _ungrouped(plain(text))
    if not shown:
        return ""
    return str(int(shown)) if _INTEGER.fullmatch(shown) else None


def decimal(text: str) -> str | None:
    """A number with a decimal point or comma; thousands may be set apart."""
    shown = _ungrouped(plain(text))
    if not shown:
        return ""
    if shown.count(",") == 1 and "." not in shown:
        shown = shown.replace(",", ".")
    if not _DECIMAL.fullmatch(shown):
        return None
    whole, _, part = shown.lstrip("+").partition(".")
    sign, whole = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    whole = whole.lstrip("0") or "0"
    return f"{sign}{whole}.{part}" if part else f"{sign}{whole}"


def digits(text: str) -> str | None:
    """A text of digits and the signs of telephone and house numbers; leading zeros stay."""
    shown = plain(text)
    return shown if _DIGITS.fullmatch(shown) else None


def bearing(text: str) -> str | None:
    """Degrees from north, 0 to 360."""
    found = decimal(text.replace("°", ""))
    return found if not found or 0 <= float(found) <= 360 else None


def day(text: str, today: date) -> str | None:
    """A date as YYYY-MM-DD. A date without a year is the latest one that is not after `today`."""
    shown = plain(text).lower()
    if not shown or len(shown) > _LONGEST:
        return None if shown else ""
    for pattern, days in _SAID:
        if pattern.fullmatch(shown):
            return (today + timedelta(days)).isoformat()
    found = _EIGHT.fullmatch(shown) or _YMD.fullmatch(shown)
    if found:
        return _iso(int(found[1]), int(found[2]), int(found[3]))
    found = _DMY.fullmatch(shown)
    if found:
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        return _iso(year, second, first) or _iso(year, first, second)
    return _named_day(shown, today) or _yearless(shown, today)


def month(text: str) -> str | None:
    """A month as its first day."""
    shown = plain(text).lower()
    if not shown:
        return ""
    found = _YMD.fullmatch(shown)
    if found is None:
        found = _YM.fullmatch(shown)
    if found:
        return _iso(int(found[1]), int(found[2]), 1)
    named = _NAME_YEAR.fullmatch(shown)
    return _iso(int(named[2]), _month_number(named[1]), 1) if named else None


def year(text: str) -> str | None:
    """A year as its first day."""
    shown = plain(text)
    if not shown:
        return ""
    found = _YEAR.fullmatch(shown) or _YMD.fullmatch(shown)
    return _iso(int(found[1]), 1, 1) if found else None


def clock(text: str) -> time | None:
    """A time of day: 14:03, 1403, 9.30 pm and the like; None when it is none."""
    shown = plain(text).lower()
    late, early = _AFTERNOON.search(shown), _MORNING.search(shown)
    shown = _MORNING.sub("", _AFTERNOON.sub("", shown)).strip()
    found = (_FOUR.fullmatch(shown) if len(shown) > 2 else None) or _TIME.fullmatch(shown)
    if found is None:
        return None
    parts = [int(part) for part in found.groups(default="0")]
    hour, minute, second = parts[0], parts[1], parts[2] if len(parts) > 2 else 0
    if late and hour < 12:
        hour += 12
    if early and hour == 12:
        hour = 0
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def time_of_day(text: str, now: datetime) -> str | None:
    """A time as XForms writes it, with the offset of `now`."""
    if not plain(text):
        return ""
    found = clock(text)
    return f"{found:%H:%M:%S}.000{offset(now)}" if found else None


def moment(day_text: str, time_text: str, now: datetime) -> str | None:
    """A day and a time as one dateTime; '' while both are blank, None while one is."""
    found_day, found_time = day(day_text, now.date()), time_of_day(time_text, now)
    if found_day == "" and found_time == "":
        return ""
    return f"{found_day}T{found_time}" if found_day and found_time else None


def offset(now: datetime) -> str:
    """+08:00."""
    text = now.strftime("%z") or "+0000"
    return f"{text[:3]}:{text[3:5]}"


def _ungrouped(text: str) -> str:
    text = text.replace("\u00a0", " ").replace("\u2019", "'").replace("\u2212", "-")
    found = _GROUPED.fullmatch(text)
    if found:
        return text.replace(found[1], "")
    found = _GROUPED_COMMA.fullmatch(text)
    return text.replace(found[1], "").replace(",", ".") if found else text


def _iso(year_number: int, month_number: int, day_number: int) -> str | None:
    try:
        return date(year_number, month_number, day_number).isoformat()
    except ValueError:
        return None


def _month_number(name: str) -> int:
    return _MONTHS.index(name[:3]) + 1 if name[:3] in _MONTHS else 0


def _named_day(shown: str, today: date) -> str | None:
    found = _DAY_NAME.fullmatch(shown)
    if found:
        return _near(int(found[3] or 0), _month_number(found[2]), int(found[1]), today)
    found = _NAME_DAY.fullmatch(shown)
    return _near(int(found[3] or 0), _month_number(found[1]), int(found[2]), today) if found else None


def _yearless(shown: str, today: date) -> str | None:
    found = _MD.fullmatch(shown)
    return _near(0, int(found[1]), int(found[2]), today) if found else None


def _near(year_number: int, month_number: int, day_number: int, today: date) -> str | None:
    if year_number:
        return _iso(year_number, month_number, day_number)
    this_year = _iso(today.year, month_number, day_number)
    return this_year if this_year and this_year <= today.isoformat() else _iso(today.year - 1, month_number, day_number)
