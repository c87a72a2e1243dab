"""Bind types: how an answer is stored, and whether it is one."""

import re
from collections.abc import Callable
from datetime import UTC
from decimal import Decimal

from .xpath.values import NAN, number_text, parse_moment, parse_number

_INTEGER = re.compile(r"-?\d+\Z")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_CLOCK = r"\d{2}:\d{2}:\d{2}(?:\.\d+)?"
_OFFSET = r"(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)"
_TIME = re.compile(rf"{_CLOCK}{_OFFSET}?\Z")
_STAMP = re.compile(rf"\d{{4}}-\d{{2}}-\d{{2}}T({_CLOCK}){_OFFSET}?\Z")
_LOOSE_TIME = re.compile(r"\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?\Z")
_HEXADECIMAL = re.compile(r"0[xX][0-9a-fA-F]{1,16}\Z")
_LARGEST = 2**31
MULTIPLE = frozenset(["select", "rank"])
MESSAGES = {
    "int": "This is not a whole number.",
    "integer": "This is not a whole number.",
    "decimal": "This is not a number.",
    "date": "This is not a date.",
    "time": "This is not a time.",
    "dateTime": "This is not a date with a time.",
}


def cast(text: str, kind: str) -> str:
    """A typed `text`, as far as it is of type `kind`: an int is cut, a date loses its time; what is wrong is kept."""
    if not text:
        return ""
    if kind in ("int", "integer"):
        number = parse_number(text)
        return number_text(float(int(number))) if abs(number) < 1e18 else text.strip()
    if kind == "date" and len(text) > 10 and text[10] in "T ":
        return text[:10]
    return text


def is_free(kind: str) -> bool:
    """A bind of type `kind` takes any text as it is."""
    return kind not in _WRITERS


def canonical(text: str, kind: str) -> str:
    """`text` as peers store it on a bind of type `kind`, '' if it is of another type."""
    write = _WRITERS.get(kind)
    return text if write is None or not text else write(text)


def _number(text: str) -> float:
    """As `Number(text)` of JavaScript reads it: hexadecimal and a plus sign too."""
    plain = text.strip()
    if _HEXADECIMAL.match(plain):
        return float(int(plain, 16))
    return parse_number(plain.removeprefix("+"))


def _int(text: str) -> str:
    number = _number(text)
    return str(int(number)) if -_LARGEST <= number < _LARGEST else ""


def _decimal(text: str) -> str:
    number = _number(text)
    return decimal_text(number) if number == number and abs(number) != float("inf") else ""


def decimal_text(number: float) -> str:
    """With one digit after the point at least, never with an exponent."""
    text = format(Decimal(repr(number)), "f")
    whole, _, part = text.partition(".")
    return f"{whole}.{part[:20].rstrip('0') or '0'}"


def _date(text: str) -> str:
    day = text[:10] if len(text) > 10 and text[10] in "T " else text
    return day if _DATE.match(day) and parse_moment(day, UTC) is not None else ""


def _time(text: str) -> str:
    return text if _TIME.match(text) and parse_moment(f"2000-01-01T{text[:8]}", UTC) is not None else ""


def _stamp(text: str) -> str:
    return text if _STAMP.match(text) and parse_moment(text[:19], UTC) is not None else ""


def _point(text: str) -> str:
    parts = [parse_number(p) for p in text.split()[:4]]
    if len(parts) < 2 or any(p != p for p in parts) or abs(parts[0]) > 90 or abs(parts[1]) > 180:
        return ""
    return "" if parts[:2] == [0, 0] else " ".join(map(decimal_text, parts))


def _line(text: str, *, closed: bool) -> str:
    places = text.split(";")
    if not places[-1].strip():
        places.pop()
    points = [_point(p) for p in places]
    if len(points) < (3 if closed else 2) or not all(points):
        return ""
    is_closed = points[0].split()[:2] == points[-1].split()[:2]
    return ";".join(points) if is_closed == closed else ""


_WRITERS: dict[str, Callable[[str], str]] = {
    "int": _int,
    "integer": _int,
    "decimal": _decimal,
    "date": _date,
    "time": _time,
    "dateTime": _stamp,
    "geopoint": _point,
    "geotrace": lambda text: _line(text, closed=False),
    "geoshape": lambda text: _line(text, closed=True),
}


def fits(text: str, kind: str) -> bool:
    """Is a non-blank `text` a value of type `kind`? Types without a form of their own take anything."""
    if kind in ("int", "integer"):
        return _INTEGER.match(text) is not None
    if kind == "decimal":
        number = parse_number(text)
        return number == number and number not in (NAN, float("inf"))
    if kind == "date":
        return _DATE.match(text) is not None and parse_moment(text, UTC) is not None
    if kind == "dateTime":
        return parse_moment(text, UTC) is not None
    if kind == "time":
        return _LOOSE_TIME.match(text) is not None
    return True
