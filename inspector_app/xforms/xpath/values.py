"""Conversions between string, number, boolean, node-set and date, as ODK and its peers do them (forms.md §9)."""

import math
import operator
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from ..tree import Node

Value = str | float | bool | list[Node]
DAY_MS = 86_400_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NUMBER = re.compile(r"[ \t\r\n]*-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?[ \t\r\n]*\Z")
_DATE = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?[ ]?(Z|[+-]\d{2}(?::?\d{2})?)?)?\Z"
)
_TIME = re.compile(r"(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?\Z")
_ENDLESS = ("Infinity", "-Infinity")
NAN = math.nan


class DateText(str):
    """What `date()` and `date-time()` return: text whose `number()` keeps the fraction of a day, as peers have it."""

    __slots__ = ()


def to_string(value: Value) -> str:
    """XPath `string()`: first Node of a set; numbers without exponent; dates are strings already."""
    if value.__class__ is float:
        return number_text(value)
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return value[0].string() if value else ""
    return "true" if value else "false"


def to_boolean(value: Value) -> bool:
    """XPath `boolean()`: NaN and 0 are false, a non-empty string or node-set is true."""
    if isinstance(value, float):
        return value == value and value != 0
    return bool(value)


def number_text(value: float) -> str:
    """A double as JavaScript prints it, but never with an exponent; NaN is blank, as it is when stored."""
    known = TEXTS.get(value)
    if known is not None:
        return known
    if -1e21 < value < 1e21 and value == int(value):
        return remember(TEXTS, value, str(int(value)))
    if value != value:
        return ""
    if value in (math.inf, -math.inf):
        return "Infinity" if value > 0 else "-Infinity"
    text = repr(value)
    return remember(TEXTS, value, format(Decimal(text), "f") if "e" in text else text)


def parse_number(text: str) -> float:
    """A plain decimal number or ±Infinity as it is stored, else NaN; dates are not looked at."""
    return float(text) if _NUMBER.match(text) or text in _ENDLESS else NAN


def number_of(nodes: list[Node], zone: tzinfo) -> float:
    """`to_number` of a node-set: of its first Node."""
    if not nodes:
        return NAN
    node = nodes[0]
    return text_number(node.string() if node.children else node.text, zone)


def to_number(value: Value, zone: tzinfo) -> float:
    """Implicit conversion (arithmetic, comparison): a date becomes days since 1970 with its fraction."""
    if isinstance(value, list):
        return number_of(value, zone)
    if isinstance(value, float):
        return value
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    return text_number(value, zone)


def text_number(text: str, zone: tzinfo) -> float:
    """`to_number` of a text."""
    known = NUMBERS.get(text)
    if known is not None:
        return known
    number = parse_number(text)
    if number == number or "-" not in text:
        return remember(NUMBERS, text, number) if len(text) < _LONG else number
    moment = moment_ms(text, zone)
    return number if moment is None else moment / DAY_MS


K = TypeVar("K")
V = TypeVar("V")
NUMBERS: dict[str, float] = {}
"""Numbers by their text, no dates among them: forms read the same few answers again and again."""
TEXTS: dict[float, str] = {}
"""And the texts of numbers."""
_MANY = 8192
_LONG = 40
"""Characters of a text that is no number people write; such are not remembered."""


def remember(known: dict[K, V], key: K, value: V) -> V:
    """Keep `value` under `key` among those of late, and return it."""
    if len(known) >= _MANY:
        known.clear()
    known[key] = value
    return value


def is_dateish(text: str) -> bool:
    """Looks like a date or dateTime (cheap, before parsing)."""
    return 8 <= len(text) <= 40 and text[4] == "-" and text[0].isdigit()


def moment_ms(text: str, zone: tzinfo) -> int | None:
    """Milliseconds since 1970 UTC of a date (local midnight of `zone`) or dateTime; None if it is none."""
    moment = parse_moment(text, zone)
    return None if moment is None else (moment - _EPOCH) // timedelta(milliseconds=1)


def parse_moment(text: str, zone: tzinfo) -> datetime | None:
    """An aware datetime, or None. A missing offset means local time."""
    match = _DATE.match(text.strip())
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    stamp = parse_offset(offset) if offset else zone
    if stamp is None:
        return None
    try:
        micro = int((fraction or "0").ljust(6, "0")[:6])
        return datetime(
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0), micro, tzinfo=stamp
        )
    except (ValueError, OverflowError):
        return None


def parse_offset(text: str) -> timezone | None:
    """`Z`, `+08`, `+0800`, `+08:00`; None for an impossible one such as -24:00 or -07:60."""
    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:] or 0)
    if hours > 23 or minutes > 59:
        return None
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=hours, minutes=minutes))


def time_fraction(text: str, zone: tzinfo, today: datetime) -> float:
    """`decimal-time()`: part of the local day, NaN for no time or an impossible one."""
    match = _TIME.match(text.strip())
    if match is None:
        return NAN
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    offset = parse_offset(match[5]) if match[5] else today.astimezone(zone).tzinfo
    if hour > 23 or minute > 59 or second > 59 or offset is None:
        return NAN
    milli = int((match[4] or "0").ljust(3, "0")[:3])
    total = ((hour * 60 + minute) * 60 + second) * 1000 + milli
    away = offset.utcoffset(today) or timedelta()
    here = today.astimezone(zone).utcoffset() or timedelta()
    return ((total + (here - away) // timedelta(milliseconds=1)) % DAY_MS) / DAY_MS


def from_days(days: float, zone: tzinfo) -> datetime | None:
    """Days since 1970 (UTC) as local time, or None beyond the calendar."""
    if days != days or abs(days) > 3_000_000:
        return None
    try:
        return (_EPOCH + timedelta(milliseconds=round(days * DAY_MS))).astimezone(zone)
    except (OverflowError, ValueError):
        return None


def moment_text(moment: datetime) -> str:
    """`2024-01-10` at local midnight, else the full dateTime with milliseconds and offset."""
    if moment.hour == moment.minute == moment.second == moment.microsecond == 0:
        return date_text(moment)
    return stamp_text(moment)


def date_text(moment: datetime) -> str:
    """ISO date."""
    return f"{moment.year:04d}-{moment.month:02d}-{moment.day:02d}"


def stamp_text(moment: datetime) -> str:
    """ISO dateTime with milliseconds and numeric offset."""
    return moment.isoformat(timespec="milliseconds")


def round_half_up(value: float, places: int = 0) -> float:
    """Half away from zero, decided on the printed digits (2.15 → 2.2, −1.5 → −2)."""
    if value != value or value in (math.inf, -math.inf):
        return value
    if abs(places) > 30:
        return value if places > 0 else 0.0
    text = repr(value)
    _, _, decimals = text.partition(".")
    if places >= 0 and "e" not in text and not (len(decimals) == places + 1 and decimals[-1] == "5"):
        return round(float(value), places)  # no tie: the printed digits and the exact value lie on the same side
    unit = Decimal(1).scaleb(-places)
    number = Decimal(text)
    return float((number / unit).quantize(Decimal(1), rounding=ROUND_HALF_UP) * unit) if abs(value) < 1e20 else value


def compare(operator: str, left: Value, right: Value, zone: tzinfo) -> bool:
    """`= != < <= > >=` with XPath's rules for node-sets, dates compared as moments."""
    if isinstance(left, list) or isinstance(right, list):
        return _compare_sets(operator, left, right, zone)
    if operator in ("=", "!="):
        return _equal(left, right, zone) == (operator == "=")
    return ORDER[operator](to_number(left, zone), to_number(right, zone))


ORDER: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _equal(left: Value, right: Value, zone: tzinfo) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) == to_boolean(right)
    if isinstance(left, float) or isinstance(right, float):
        return to_number(left, zone) == to_number(right, zone)
    return left == right or _same_moment(str(left), str(right), zone)


def _same_moment(left: str, right: str, zone: tzinfo) -> bool:
    if not (is_dateish(left) and is_dateish(right)):
        return False
    moment = moment_ms(left, zone)
    return moment is not None and moment == moment_ms(right, zone)


def _compare_sets(operator: str, left: Value, right: Value, zone: tzinfo) -> bool:
    other = right if isinstance(left, list) else left
    if isinstance(other, bool) and operator in ("=", "!="):
        return (to_boolean(left) == to_boolean(right)) == (operator == "=")
    lefts: list[Value] = [n.string() for n in left] if isinstance(left, list) else [left]
    rights: list[Value] = [n.string() for n in right] if isinstance(right, list) else [right]
    return any(compare(operator, a, b, zone) for a in lefts for b in rights)
