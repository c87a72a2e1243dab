"""Dates and times: strings in ISO form, days since 1970 as numbers."""

import re
from collections.abc import Callable
from datetime import datetime
from math import isfinite

from ...tree import Node
from ..scope import Scope
from ..values import (
    DAY_MS,
    NAN,
    DateText,
    Value,
    date_text,
    from_days,
    moment_ms,
    moment_text,
    parse_moment,
    stamp_text,
    time_fraction,
    to_number,
    to_string,
)
from .registry import Function

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _here(s: Scope) -> datetime:
    return s.now().astimezone(s.zone)


def _today(s: Scope, _n: Node) -> Value:
    return date_text(_here(s))


def _now(s: Scope, _n: Node) -> Value:
    return stamp_text(_here(s))


def _moment(s: Scope, value: Value) -> datetime | None:
    if isinstance(value, float):
        return from_days(value, s.zone)
    if isinstance(value, bool):
        return None
    text = to_string(value)
    moment = parse_moment(text, s.zone)
    if moment is None:
        number = to_number(text, s.zone)
        return from_days(number, s.zone) if isfinite(number) else None
    return moment.astimezone(s.zone)


def _date(s: Scope, _n: Node, value: Value) -> Value:
    moment = _moment(s, value)
    return DateText("" if moment is None else moment_text(moment))


def _decimal_date(s: Scope, _n: Node, value: Value) -> Value:
    if isinstance(value, float):
        return value
    moment = moment_ms(to_string(value), s.zone)
    return to_number(value, s.zone) if moment is None else moment / DAY_MS


def _decimal_time(s: Scope, _n: Node, value: Value) -> Value:
    return time_fraction(to_string(value), s.zone, _here(s)) if to_string(value) else NAN


def _format(s: Scope, _n: Node, value: Value, pattern: Value) -> Value:
    moment = _moment(s, value)
    if moment is None:
        return ""
    return _CODE.sub(lambda m: write(moment) if (write := _PARTS.get(m[1])) else m[0], to_string(pattern))


_CODE = re.compile("%(.)", re.DOTALL)
_PARTS: dict[str, Callable[[datetime], str]] = {
    "Y": lambda m: f"{m.year:04d}",
    "y": lambda m: f"{m.year % 100:02d}",
    "m": lambda m: f"{m.month:02d}",
    "n": lambda m: str(m.month),
    "d": lambda m: f"{m.day:02d}",
    "e": lambda m: str(m.day),
    "H": lambda m: f"{m.hour:02d}",
    "h": lambda m: str(m.hour),
    "M": lambda m: f"{m.minute:02d}",
    "S": lambda m: f"{m.second:02d}",
    "3": lambda m: f"{m.microsecond // 1000:03d}",
    "a": lambda m: _DAYS[m.weekday()],
    "b": lambda m: _MONTHS[m.month - 1],
    "%": lambda _m: "%",
}


FUNCTIONS = (
    Function("today", 0, 0, _today),
    Function("now", 0, 0, _now),
    Function("date", 1, 1, _date),
    Function("date-time", 1, 1, _date, portable=False),
    Function("decimal-date-time", 1, 1, _decimal_date),
    Function("decimal-time", 1, 1, _decimal_time),
    Function("format-date", 2, 2, _format),
    Function("format-date-time", 2, 2, _format),
)
