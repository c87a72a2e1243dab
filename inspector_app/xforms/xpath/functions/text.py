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
_SPACES = re.compile(r"[ \t\r\n]+")
_DIGESTS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}


def flatten(values: tuple[Value, ...]) -> list[str]:
    """Strings of all values, each Node of a set for itself."""
    found: list[str] = []
    for value in values:
        if isinstance(value, list):
            found.extend(n.string() for n in value)
        else:
            found.append(to_string(value))
    return found


def _bounded(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise EvaluationError("A text grew beyond one million characters.")
    return text


def _own(node: Node, values: tuple[Value, ...]) -> str:
    return to_string(values[0]) if values else node.string()


def _string(_s: Scope, n: Node, *v: Value) -> Value:
    return _own(n, v)


def _concat(_s: Scope, _n: Node, *v: Value) -> Value:
    return _bounded("".join(flatten(v)))


def _join(_s: Scope, _n: Node, separator: Value, *v: Value) -> Value:
    return _bounded(to_string(separator).join(flatten(v)))


def _substr(s: Scope, _n: Node, text: Value, start: Value, end: Value | None = None) -> Value:
    whole = to_string(text)
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
    return "".join(c for i, c in enumerate(to_string(text), 1) if first <= i < last)


def _half_up(number: float) -> float:
    return number if not math.isfinite(number) else float(math.floor(number + 0.5))


def _before(_s: Scope, _n: Node, text: Value, mark: Value) -> Value:
    head, found, _ = to_string(text).partition(to_string(mark)) if to_string(mark) else ("", "", "")
    return head if found else ""


def _after(_s: Scope, _n: Node, text: Value, mark: Value) -> Value:
    if not to_string(mark):
        return to_string(text)
    _, found, tail = to_string(text).partition(to_string(mark))
    return tail if found else ""


def _translate(_s: Scope, _n: Node, text: Value, old: Value, new: Value) -> Value:
    table: dict[int, str | None] = {}
    replacements = to_string(new)
    for i, char in enumerate(to_string(old)):
        table.setdefault(ord(char), replacements[i] if i < len(replacements) else None)
    return to_string(text).translate(table)


def _length(_s: Scope, n: Node, *v: Value) -> Value:
    return float(len(_own(n, v)))


def _normalize(_s: Scope, n: Node, *v: Value) -> Value:
    return _SPACES.sub(" ", _own(n, v)).strip(" ")


def _contains(_s: Scope, _n: Node, text: Value, part: Value) -> Value:
    return to_string(part) in to_string(text)


def _starts(_s: Scope, _n: Node, text: Value, part: Value) -> Value:
    return to_string(text).startswith(to_string(part))


def _ends(_s: Scope, _n: Node, text: Value, part: Value) -> Value:
    return to_string(text).endswith(to_string(part))


def _lower(_s: Scope, _n: Node, text: Value) -> Value:
    return to_string(text).lower()


def _upper(_s: Scope, _n: Node, text: Value) -> Value:
    return to_string(text).upper()


def _uuid(s: Scope, _n: Node, *v: Value) -> Value:
    if not v:
        return str(uuids.UUID(int=s.randomness.getrandbits(128), version=4))
    length = to_number(v[0], s.zone)
    count = int(length) if 0 <= length <= 1000 else 0
    return "".join(s.randomness.choice("0123456789abcdef") for _ in range(count))


def search(pattern: str, subject: str) -> bool:
    """Does `pattern` occur in `subject`? EvaluationError if it is wrong, too long or takes too long (forms.md §8)."""
    if len(pattern) > MAX_PATTERN or len(subject) > MAX_SUBJECT:
        raise EvaluationError("The pattern or the text it is tried on is too long.")
    try:
        return regexes.search(pattern, subject, timeout=REGEX_SECONDS) is not None
    except TimeoutError:
        raise EvaluationError("The pattern takes too long on this text.") from None
    except (regexes.error, RecursionError, OverflowError) as error:
        raise EvaluationError(f"The pattern is not a regular expression: {error}.") from None


def _regex(_s: Scope, _n: Node, text: Value, pattern: Value) -> Value:
    return search(to_string(pattern), to_string(text))


def _digest(_s: Scope, _n: Node, text: Value, algorithm: Value, encoding: Value = "base64") -> Value:
    name = _DIGESTS.get(to_string(algorithm).upper())
    if name is None:
        raise EvaluationError(f"digest() does not know “{to_string(algorithm)}”.")
    digest = hashlib.new(name, to_string(text).encode(), usedforsecurity=False).digest()
    return digest.hex() if to_string(encoding).lower() == "hex" else base64.b64encode(digest).decode()


def _base64(_s: Scope, _n: Node, text: Value) -> Value:
    try:
        return base64.b64decode(to_string(text), validate=True).decode("utf-8", "replace")
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
