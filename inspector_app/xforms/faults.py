"""Faults of single expressions as Problems: what cannot be read, and what the writer probably meant."""

import difflib
import re

from .problems import Problem
from .sentences import Place, say
from .xpath.functions import REGISTRY

_UNKNOWN = re.compile(r"There is no function (.+?)\(\)\.")
_ARITY = re.compile(r"(.+?)\(\) takes (?:at least (\d+)|(\d+) to (\d+)|(one|\d+)) arguments?, not (\d+)\.")
_LOOKED_AT = 2_000
"""So much of a broken expression is searched for a likely slip."""
_ADVICE = (
    (re.compile(r"[（）［］｛｝，＝＜＞＋－＊＇＂＄　]"), "syntax_wide"),
    (re.compile(r"[‘’“”]"), "syntax_curly"),
    (re.compile(r"['\"]"), "syntax_quote"),
    (re.compile(r"=\s*="), "syntax_equals"),
    (re.compile(r"&&"), "syntax_and"),
    (re.compile(r"\|\|"), "syntax_or"),
    (re.compile(r"<>"), "syntax_unequal"),
    (re.compile(r"=\s*[<>]"), "syntax_order"),
    (re.compile(r"\$(?!\{)|\{"), "syntax_dollar"),
    (re.compile(r"[=!<>]=?\s*(?:(?:and|or)\b|\)|$)|\b(?:and|or)\s*(?:=|<|>|$)"), "syntax_value"),
    (re.compile(r"/[\w./-]*\w\s+/"), "syntax_operator"),
)
_MEANT_TEXT = """
len=string-length length=string-length strlen=string-length concatenate=concat iif=if ifelse=if avg=sum average=sum
mean=sum isnull=string-length is-null=string-length sumif=sum countif=count upper=translate lower=translate
current-date=today year=format-date month=format-date day=format-date trim=normalize-space power=pow matches=regex
is-selected=selected ceil=int replace=translate datediff=decimal-date-time date-diff=decimal-date-time
"""
_MEANT = dict(pair.split("=") for pair in _MEANT_TEXT.split())


def unreadable(source: str, reason: str, *, path: str | None, column: str | None) -> Problem:
    """An expression that is none."""
    place: Place = (None, None, column)
    facts = {"source": source.strip()[:120]}
    advice = _advice(source)
    if advice:
        return say(advice, facts, path=path, place=place)
    return say("syntax", {**facts, "reason": reason.strip().rstrip(".")}, path=path, place=place)


def _advice(source: str) -> str:
    """Code of the likeliest slip, looked for outside quoted texts."""
    if len(source) > _LOOKED_AT:
        return ""
    outside = re.sub(r"'[^']*'|\"[^\"]*\"", " 0 ", source)
    return next((code for pattern, code in _ADVICE if pattern.search(outside)), "")


def faulty(source: str, reason: str, *, path: str | None, column: str | None) -> Problem:
    """An expression that reads well but is sure to fail: an unknown function, too few arguments."""
    place: Place = (None, None, column)
    unknown, arity = _UNKNOWN.match(reason), _ARITY.match(reason)
    short = source.strip()[:120]
    if arity is not None:
        name, least, low, high, exact, given = arity.groups()
        wanted = f"≥ {least}" if least else f"{low}–{high}" if low else "1" if exact == "one" else exact
        return say("arity", {"name": name, "wanted": wanted, "given": given, "source": short}, path=path, place=place)
    if unknown is None:
        return say("expression_faulty", {"reason": reason.rstrip("."), "source": short}, path=path, place=place)
    meant = _meant(unknown[1])
    code = "function_meant" if meant else "function_unknown"
    return say(code, {"name": unknown[1], **({"meant": meant} if meant else {})}, path=path, place=place)


def _meant(name: str) -> str:
    if len(name) > 40:
        return ""
    near = difflib.get_close_matches(name.lower(), list(REGISTRY), 1, 0.7)
    return _MEANT.get(name.lower()) or next(iter(near), "")
