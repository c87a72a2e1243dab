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
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            what = "a quote that is never closed" if text[at] in "\"'" else f"“{text[at]}”"
            raise XPathSyntaxError(f"Unexpected {what} at character {at + 1}.")
        kind = match.lastgroup or ""
        if kind != "space":
            token = _classify(kind, match.group(), at, _operator_due(found))
            found.append(token)
            at += len(token.text)
        else:
            at = match.end()
    found.append(Token("end", "", len(text)))
    return found


def _operator_due(found: list[Token]) -> bool:
    return bool(found) and found[-1].kind != "operator" and found[-1].text not in _BEFORE_OPERAND


def _classify(kind: str, text: str, at: int, operator_due: bool) -> Token:
    if operator_due and kind == "name":
        word = next((w for w in _WORDS if text.startswith(w)), None)
        if word is None:
            raise XPathSyntaxError(f"An operator is missing before “{text}” at character {at + 1}.")
        return Token("operator", word, at)
    if operator_due and text == "*":
        return Token("operator", "*", at)
    if kind == "symbol" and text in ("+", "-", "=", "!=", "<", "<=", ">", ">="):
        return Token("operator", text, at)
    return Token(kind, text, at)
