"""String functions, digests and regular expressions."""

import base64
import binascii
import hashlib
import math
import re
import uuid as uuids

import regex as regexes

from ...tree import Node
from ..scope import Scope
from ..syntax import EvaluationError
from ..values import Value, to_number, to_string
from .registry import MANY, Function

MAX_PATTERN = 1_000
MAX_SUBJECT = 10_000
REGEX_SECONDS = 0.05
MAX_TEXT = 1_000_000
_PATIENCE = 2
"""So often in one step a pattern may run into its time limit before it is not tried any more."""
_SLOW_COST = 200_000
_TOO_LONG = "The pattern takes too long on this text."
_SPACES = re.compile(r"[ \t\r\n]+")
_DIGESTS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}


_LONG = 4_096


def said(s: Scope, value: Value) -> str:
    """`value` as text; a long one counts as work."""
    text = to_string(value)
    if len(text) > _LONG:
        s.spend(len(text) >> 6)
    return text


def flatten(s: Scope, values: tuple[Value, ...]) -> list[str]:
    """Strings of all values, each Node of a set for itself."""
    found: list[str] = []
    for value in values:
        if isinstance(value, list):
            s.spend(len(value))
            found.extend(said(s, n.string()) for n in value)
        else:
            found.append(said(s, value))
    return found


def _joined(separator: str, parts: list[str]) -> str:
    if sum(map(len, parts)) + len(separator) * len(parts) > MAX_TEXT:
        raise EvaluationError("A text grew beyond one million characters.")
    return separator.join(parts)


def _own(s: Scope, node: Node, values: tuple[Value, ...]) -> str:
    return said(s, values[0] if values else node.string())


def _string(s: Scope, n: Node, *v: Value) -> Value:
    return _own(s, n, v)


def _concat(s: Scope, _n: Node, *v: Value) -> Value:
    return _joined("", flatten(s, v))


def _join(s: Scope, _n: Node, separator: Value, *v: Value) -> Value:
    return _joined(said(s, separator), flatten(s, v))


def _substr(s: Scope, _n: Node, text: Value, start: Value, end: Value | None = None) -> Value:
    whole = said(s, text)
    first = _index(to_number(start, s.zone), len(whole))
    last = len(whole) if end is None else _index(to_number(end, s.zone), len(whole))
    return whole[first:last] if first < last else ""


def _index(number: float, length: int) -> int:
    if number != number:
        return 0
    whole = int(max(min(number, length), -length))
    return max(length + whole, 0) if whole < 0 else whole


def _substring(s: Scope, _n: Node, text: Value, start: Value, count: Value | None = None) -> Value:
    first = _half_up(to_number(start, s.zone))
    last = math.inf if count is None else first + _half_up(to_number(count, s.zone))
    whole = said(s, text)
    if first != first or last != last:
        return ""
    begin, end = (int(max(min(place, len(whole) + 1), 1)) for place in (first, last))
    return whole[begin - 1 : end - 1]


def _half_up(number: float) -> float:
    return number if not math.isfinite(number) else float(math.floor(number + 0.5))


def _before(s: Scope, _n: Node, text: Value, mark: Value) -> Value:
    head, found, _ = said(s, text).partition(said(s, mark)) if said(s, mark) else ("", "", "")
    return head if found else ""


def _after(s: Scope, _n: Node, text: Value, mark: Value) -> Value:
    if not said(s, mark):
        return said(s, text)
    _, found, tail = said(s, text).partition(said(s, mark))
    return tail if found else ""


def _translate(s: Scope, _n: Node, text: Value, old: Value, new: Value) -> Value:
    table: dict[int, str | None] = {}
    replacements = said(s, new)
    for i, char in enumerate(said(s, old)):
        table.setdefault(ord(char), replacements[i] if i < len(replacements) else None)
    return said(s, text).translate(table)


def _length(s: Scope, n: Node, *v: Value) -> Value:
    return float(len(_own(s, n, v)))


def _normalize(s: Scope, n: Node, *v: Value) -> Value:
    return _SPACES.sub(" ", _own(s, n, v)).strip(" ")


def _contains(s: Scope, _n: Node, text: Value, part: Value) -> Value:
    return said(s, part) in said(s, text)


def _starts(s: Scope, _n: Node, text: Value, part: Value) -> Value:
    return said(s, text).startswith(said(s, part))


def _ends(s: Scope, _n: Node, text: Value, part: Value) -> Value:
    return said(s, text).endswith(said(s, part))


def _lower(s: Scope, _n: Node, text: Value) -> Value:
    return said(s, text).lower()


def _upper(s: Scope, _n: Node, text: Value) -> Value:
    return said(s, text).upper()


def _uuid(s: Scope, _n: Node, *v: Value) -> Value:
    if not v:
        return str(uuids.UUID(int=s.randomness.getrandbits(128), version=4))
    length = to_number(v[0], s.zone)
    count = int(length) if 0 <= length <= 1000 else 0
    return "".join(s.randomness.choice("0123456789abcdef") for _ in range(count))


def search(pattern: str, subject: str) -> bool:
    """Does `pattern` occur in `subject`? EvaluationError if it is wrong or too long, TimeoutError (forms.md §8)."""
    if len(pattern) > MAX_PATTERN or len(subject) > MAX_SUBJECT:
        raise EvaluationError("The pattern or the text it is tried on is too long.")
    try:
        return regexes.search(pattern, subject, timeout=REGEX_SECONDS) is not None
    except (regexes.error, RecursionError, OverflowError) as error:
        raise EvaluationError(f"The pattern is not a regular expression: {error}.") from None


def _regex(s: Scope, _n: Node, text: Value, pattern: Value) -> Value:
    wanted = said(s, pattern)
    if s.slow.get(wanted, 0) >= _PATIENCE:
        raise EvaluationError(_TOO_LONG)
    try:
        return search(wanted, said(s, text))
    except TimeoutError:
        s.slow[wanted] = s.slow.get(wanted, 0) + 1
        s.spend(_SLOW_COST)
        raise EvaluationError(_TOO_LONG) from None


def _digest(s: Scope, _n: Node, text: Value, algorithm: Value, encoding: Value = "base64") -> Value:
    name = _DIGESTS.get(said(s, algorithm).upper())
    if name is None:
        raise EvaluationError(f"digest() does not know “{said(s, algorithm)}”.")
    digest = hashlib.new(name, said(s, text).encode("utf-8", "replace"), usedforsecurity=False).digest()
    return digest.hex() if said(s, encoding).lower() == "hex" else base64.b64encode(digest).decode()


def _base64(s: Scope, _n: Node, text: Value) -> Value:
    try:
        return base64.b64decode(said(s, text), validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


FUNCTIONS = (
    Function("string", 0, 1, _string),
    Function("concat", 0, MANY, _concat),
    Function("join", 1, MANY, _join),
    Function("substr", 2, 3, _substr),
    Function("substring", 2, 3, _substring, portable=False),
    Function("substring-before", 2, 2, _before),
    Function("substring-after", 2, 2, _after),
    Function("translate", 3, 3, _translate),
    Function("string-length", 0, 1, _length),
    Function("normalize-space", 0, 1, _normalize),
    Function("contains", 2, 2, _contains),
    Function("starts-with", 2, 2, _starts),
    Function("ends-with", 2, 2, _ends),
    Function("lower-case", 1, 1, _lower, portable=False),
    Function("upper-case", 1, 1, _upper, portable=False),
    Function("uuid", 0, 1, _uuid),
    Function("regex", 2, 2, _regex),
    Function("digest", 2, 3, _digest),
    Function("base64-decode", 1, 1, _base64),
)
