"""Faults of single expressions as Problems: what cannot be read, and what the writer probably meant."""

import difflib
import re

from .problems import Problem
from .sentences import say
from .xpath.functions import REGISTRY

_UNKNOWN = re.compile(r"There is no function (.+?)\(\)\.")
_ADVICE = (
    (
        re.compile(r"[（）［］｛｝，＝＜＞＋－＊＇＂＄　]"),
        "it has full-width characters, write ( ) , = ' in half width",
    ),
    (re.compile(r"[‘’“”]"), "it has curly quotes, write straight ones"),
    (re.compile(r"=\s*="), "write = once"),
    (re.compile(r"&&"), "write and instead of &&"),
    (re.compile(r"\|\|"), "write or instead of ||"),
    (re.compile(r"<>"), "write != instead of <>"),
    (re.compile(r"[=!<>]=?\s*(?:and|or)\b|\b(?:and|or)\s*(?:=|<|>|$)"), "a value is missing beside an operator"),
    (re.compile(r"=\s*[<>]"), "write <= or >="),
    (re.compile(r"\$(?!\{)|\{"), "a question is named as ${name}"),
    (re.compile(r"/[^\s]*\s+/[^\s]*"), "an operator is missing between two values"),
)
_MEANT = {
    "len": "string-length", "length": "string-length", "strlen": "string-length", "concatenate": "concat",
    "iif": "if", "ifelse": "if", "avg": "sum(…) div count(…)", "average": "sum(…) div count(…)", "mean":
    "sum(…) div count(…)", "isnull": "string-length(…) = 0", "is-null": "string-length(…) = 0", "mod": "mod",
    "sumif": "sum(…[…])", "countif": "count(…[…])", "upper": "upper-case", "date-diff": "date(…) - date(…)",
    "datediff": "date(…) - date(…)", "current-date": "today", "year": "format-date(…, '%Y')",
    "month": "format-date(…, '%n')", "day": "format-date(…, '%e')", "trim": "normalize-space", "power": "pow",
    "matches": "regex", "is-selected": "selected", "ceil": "ceiling", "replace": "translate",
}  # fmt: skip


def unreadable(source: str, reason: str, *, path: str | None, column: str | None) -> Problem:
    """An expression that is none."""
    short = source.strip()[:120]
    return say(
        "syntax", {"source": short, "reason": _advice(source) or _tame(reason)}, path=path, place=(None, None, column)
    )


def _tame(reason: str) -> str:
    text = reason.strip().rstrip(".")
    return text[:1].lower() + text[1:] if text[:1].isupper() else text


def _advice(source: str) -> str:
    outside, is_open = _without_quoted(source)
    advice = next((words for pattern, words in _ADVICE[:2] if pattern.search(outside)), "")
    if is_open and not advice:
        return "a quote is opened and not closed"
    return advice or next((words for pattern, words in _ADVICE[2:] if pattern.search(outside)), "")


def _without_quoted(source: str) -> tuple[str, bool]:
    """The source without its quoted texts, and whether a quote stays open."""
    rest = re.sub(r"'[^']*'|\"[^\"]*\"", "''", source)
    open_quote = re.search(r"'(?!')|\"", rest.replace("''", ""))
    return rest, open_quote is not None


def faulty(source: str, reason: str, *, path: str | None, column: str | None) -> Problem:
    """An expression that reads well but is sure to fail: an unknown function, too few arguments."""
    place = (None, None, column)
    unknown = _UNKNOWN.match(reason)
    if unknown is None:
        return say(
            "expression_faulty", {"reason": reason.rstrip("."), "source": source.strip()[:120]}, path=path, place=place
        )
    return say("function_unknown", {"name": unknown[1], "meant": _meant(unknown[1])}, path=path, place=place)


def _meant(name: str) -> str:
    near = _MEANT.get(name.lower()) or next(iter(difflib.get_close_matches(name.lower(), list(REGISTRY), 1, 0.7)), "")
    return f"perhaps you mean {near}{'' if '(' in near else '()'}" if near else "use one that ODK forms have"
