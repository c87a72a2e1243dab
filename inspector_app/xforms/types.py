"""Bind types: how an answer is stored, and whether it is one."""

import re
from datetime import UTC

from .xpath.values import NAN, number_text, parse_moment, parse_number

_INTEGER = re.compile(r"-?\d+\Z")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_TIME = re.compile(r"\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?\Z")
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
    """`text` as a bind of type `kind` stores it: an int is cut to its whole part, a date to its day, a NaN is blank."""
    if text in ("", "NaN"):
        return ""
    if kind in ("int", "integer"):
        number = parse_number(text)
        return number_text(float(int(number))) if abs(number) < 1e18 else text.strip()
    if kind == "date" and len(text) > 10 and text[10] in "T ":
        return text[:10]
    return text


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
        return _TIME.match(text) is not None
    return True
