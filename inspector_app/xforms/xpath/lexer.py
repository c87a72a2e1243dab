"""Splits the text of an expression into tokens, as XPath 1.0 §3.7 says, with ODK's glued operators (`1div1`)."""

import re
from typing import NamedTuple

from .syntax import XPathSyntaxError

MAX_LENGTH = 64 * 1024

_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
    |(?P<number>\d+(?:\.\d*)?|\.\d+)
    |(?P<literal>"[^"]*"|'[^']*')
    |(?P<symbol>::|//|\.\.|!=|<=|>=|[()\[\].@,/|+\-=<>*$])
    |(?P<name>[^\W\d][\w.\-\u00b7]*(?::(?!:)(?:\*|[^\W\d][\w.\-\u00b7]*))?)
    """,
    re.VERBOSE,
)
_WORDS = ("and", "or", "div", "mod")
_OPERATORS = frozenset(["+", "-", "=", "!=", "<", "<=", ">", ">="])
_BEFORE_OPERAND = frozenset(["@", "::", "(", "[", ",", "/", "//", "|", "+", "-", "=", "!=", "<", "<=", ">", ">="])


class Token(NamedTuple):
    """`kind` is number, literal, name, operator, symbol or end; `at` is an offset into the text."""

    kind: str
    text: str
    at: int


def tokens(text: str) -> list[Token]:
    """All tokens with an end mark. XPathSyntaxError names the first character that fits nowhere."""
    if len(text) > MAX_LENGTH:
        raise XPathSyntaxError(f"The expression is longer than {MAX_LENGTH // 1024} KB.")
    found: list[Token] = []
    at, end, match, operator_due = 0, len(text), _TOKEN.match, False
    while at < end:
        here = match(text, at)
        if here is None:
            what = "a quote that is never closed" if text[at] in "\"'" else f"“{text[at]}”"
            raise XPathSyntaxError(f"Unexpected {what} at character {at + 1}.")
        kind = here.lastgroup
        if kind == "space":
            at = here.end()
            continue
        part = here[0]
        if kind == "name" and operator_due:
            kind, part = "operator", _word(part, at)
        elif kind == "symbol" and (part in _OPERATORS or (operator_due and part == "*")):
            kind = "operator"
        found.append(Token(kind or "", part, at))
        at += len(part)
        operator_due = kind != "operator" and part not in _BEFORE_OPERAND
    found.append(Token("end", "", end))
    return found


def _word(text: str, at: int) -> str:
    """The operator a name begins with where one is due (`1div1`)."""
    word = next((w for w in _WORDS if text.startswith(w)), None)
    if word is None:
        raise XPathSyntaxError(f"An operator is missing before “{text}” at character {at + 1}.")
    return word
