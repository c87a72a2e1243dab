"""Splits the text of an expression into tokens, as XPath 1.0 §3.7 says, with ODK's glued operators (`1div1`)."""

import re

from .syntax import XPathSyntaxError

MAX_LENGTH = 64 * 1024

_PIECE = r"""(?P<number>\d+(?:\.\d*)?|\.\d+)
    |(?P<literal>"[^"]*"|'[^']*')
    |(?P<symbol>::|//|\.\.|!=|<=|>=|[()\[\].@,/|+\-=<>*$])
    |(?P<name>[^\W\d][\w.\-\u00b7]*(?::(?!:)(?:\*|[^\W\d][\w.\-\u00b7]*))?)
    """
_WAY = r"(?P<way>(?:/[^\W\d][\w.\-\u00b7]*)+(?![\w.\-\u00b7:]|[ \t\r\n]*[/\[(]))"
"""A whole absolute path of plain names, as pyxform writes `${question}`; only where an operand is due."""
_BLANKS = " \t\r\n"
_OPERAND = re.compile(rf"[ \t\r\n]*(?:{_WAY}|{_PIECE})", re.VERBOSE)
_ANY = re.compile(rf"[ \t\r\n]*(?:{_PIECE})", re.VERBOSE)
_WORDS = ("and", "or", "div", "mod")
_OPERATORS = frozenset(["+", "-", "=", "!=", "<", "<=", ">", ">="])
_BEFORE_OPERAND = frozenset(["@", "::", "(", "[", ",", "/", "//", "|", "+", "-", "=", "!=", "<", "<=", ">", ">="])


Token = tuple[str, str, int]
"""Kind, text, and offset into the expression; kind is number, literal, name, way, operator, symbol or end."""


def tokens(text: str) -> list[Token]:
    """All tokens with an end mark. XPathSyntaxError names the first character that fits nowhere."""
    if len(text) > MAX_LENGTH:
        raise XPathSyntaxError(f"The expression is longer than {MAX_LENGTH // 1024} KB.")
    found: list[Token] = []
    at, operator_due = 0, False
    while True:
        here = (_ANY if operator_due else _OPERAND).match(text, at)
        if here is None:
            break
        kind = here.lastgroup or ""
        at, after = here.span(kind)
        part = text[at:after]
        if kind == "name" and operator_due:
            kind, part = "operator", _word(part, at)
        elif kind == "symbol" and (part in _OPERATORS or (operator_due and part == "*")):
            kind = "operator"
        found.append((kind, part, at))
        at += len(part)
        operator_due = kind != "operator" and part not in _BEFORE_OPERAND
    left = text[at:].lstrip(_BLANKS)
    if left:
        what = "a quote that is never closed" if left[0] in "\"'" else f"“{left[0]}”"
        raise XPathSyntaxError(f"Unexpected {what} at character {len(text) - len(left) + 1}.")
    found.append(("end", "", len(text)))
    return found


def _word(text: str, at: int) -> str:
    """The operator a name begins with where one is due (`1div1`)."""
    word = next((w for w in _WORDS if text.startswith(w)), None)
    if word is None:
        raise XPathSyntaxError(f"An operator is missing before “{text}” at character {at + 1}.")
    return word
