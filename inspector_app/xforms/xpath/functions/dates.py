"""Dates and times: strings in ISO form, days since 1970 as numbers."""

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
    text = to_string(pattern)
    parts: list[str] = []
    at = 0
    while at < len(text):
        if text[at] == "%" and at + 1 < len(text):
            parts.append(_part(moment, text[at + 1]))
            at += 2
        else:
            parts.append(text[at])
            at += 1
    return "".join(parts)


def _part(moment: datetime, code: str) -> str:
    simple = {
        "Y": f"{moment.year:04d}", "y": f"{moment.year % 100:02d}", "m": f"{moment.month:02d}", "n": str(moment.month),
        "d": f"{moment.day:02d}", "e": str(moment.day), "H": f"{moment.hour:02d}", "h": str(moment.hour),
        "M": f"{moment.minute:02d}", "S": f"{moment.second:02d}", "3": f"{moment.microsecond // 1000:03d}",
        "a": _DAYS[moment.weekday()], "b": _MONTHS[moment.month - 1], "%": "%",
    }  # fmt: skip
    return simple.get(code, f"%{code}")


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
