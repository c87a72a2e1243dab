"""What people type for a number or a date, brought to the form's own notation; pure."""

import re
import unicodedata
from datetime import date

_INTEGER = re.compile(r"[+-]?\d{1,15}")
_DECIMAL = re.compile(r"[+-]?(\d{1,15}(\.\d{0,9})?|\.\d{1,9})")
_DATE = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?")
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")


def clean(kind: str, text: str, *, today: date) -> str | None:
    """`text` as the form keeps it, None when it is no value of `kind` (integer, decimal, date, text); '' stays ''.

    Full-width digits, thousands separators, 3月5日, 2020/3/5 and 20200305 are understood; a date without a year is the
    latest one that is not after `today`.
    """
    if kind == "text":
        return text
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return ""
    if kind == "date":
        return _date(plain, today)
    plain = re.sub(r"(?<=\d)[,\s](?=\d{3}\b)", "", plain)
    if kind == "integer":
        return str(int(plain)) if _INTEGER.fullmatch(plain) else None
    return _decimal(plain)


def _decimal(plain: str) -> str | None:
    if not _DECIMAL.fullmatch(plain):
        return None
    whole, point, part = plain.lstrip("+").partition(".")
    return f"{whole or '0'}.{part}" if point and part else whole


def _date(plain: str, today: date) -> str | None:
    found = _EIGHT.fullmatch(plain) or _DATE.fullmatch(plain)
    if found is None:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        if year:
            return date(year, month, day).isoformat()
        this_year = date(today.year, month, day)
        return (this_year if this_year <= today else date(today.year - 1, month, day)).isoformat()
    except ValueError:
        return None
