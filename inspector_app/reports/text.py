"""Setting text: tokens, kinsoku, squeezed punctuation, hanging closers, justification; lines are measured once."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from inspector_app.reports.fonts import chain

NOT_AT_START = frozenset("，。、；：？！）》〉」』】〕”’…—％℃·・‧%,.;:!?)]}")
NOT_AT_END = frozenset("（《〈「『【〔“‘([{¥$￥№")
CLOSERS = frozenset("，。、；：？！）》〉」』】〕”’")
"""Full-width, ink in the left half: the right half may hang over the margin or be squeezed."""
OPENERS = frozenset("（《〈「『【〔“‘")
"""Full-width, ink in the right half."""
PAIRS = frozenset(("——", "……"))
_DASH_GAP = 0.095
"""Em that lies empty between two dashes of Noto Sans SC (advance 894, ink 46–847)."""
_TIGHT, _LOOSE = -0.06, 0.22
"""Em per gap within which a line may be justified (documents.md §6, rule 5)."""

_WORD = "0-9A-Za-z\u00aa-\u02ff\u0300-\u1cff\u1e00-\u1fff"
_TOKEN = re.compile(rf"[{_WORD}](?:[{_WORD}]|[.,:/_@#&'+\-](?=[{_WORD}])|\*+(?=[{_WORD}]))*[%℃]?|\s|.", re.DOTALL)
_LONE = re.compile("[\ud800-\udfff]")
_HALF = "".join(CLOSERS | OPENERS)
_PAIR = re.compile(f"[{_HALF}][{_HALF}]|——")
_WORDS_FOR = str.maketrans({"☐": "□", "☑": "√", "✓": "√", "✔": "√", "✅": "√", "☒": "×", "✗": "×", "✘": "×", "❌": "×"})


class Style(NamedTuple):
    """How text looks: points, weight of `fonts.CHAINS`, RRGGBB, extra points between letters."""

    size: float = 9.6
    leading: float = 16.0
    weight: str = "regular"
    colour: str = "1B2430"
    tracking: float = 0.0


class Span(NamedTuple):
    """A stretch of text in one Style; spans of one Paragraph share a line."""

    text: str
    style: Style


class Token(NamedTuple):
    """What is never cut unless longer than a line. `width` is points; `kern` is points to take back after it."""

    text: str
    style: Style
    width: float
    kern: float


@dataclass(frozen=True)
class Line:
    """Tokens of one line; `shift` hangs an opening bracket out to the left, `gap` is added after each letter."""

    tokens: Sequence[Token]
    width: float
    shift: float = 0.0
    gap: float = 0.0


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """NFC, without control, format and variation characters; tick and cross pictures become √ and ×."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\u2028", "\n").replace("\t", " "))
    if text.isascii() and text.isprintable():
        return text
    shown = (c for c in _LONE.sub("\ufffd", text).translate(_WORDS_FOR) if c == "\n" or not _is_silent(c))
    return "".join(shown).replace("\u00a0", " ")


def _is_silent(c: str) -> bool:
    return unicodedata.category(c) in ("Cc", "Cf", "Zp") or "\ufe00" <= c <= "\ufe0f"


def width_of(text: str, style: Style) -> float:
    """Points that `text` takes on one line, unsqueezed."""
    glyphs = chain(style.weight)
    return sum(glyphs[c].advance for c in text) * style.size / 1000 + style.tracking * len(text)


@lru_cache(maxsize=256)
def fit(text: str, style: Style, width: float) -> str:
    """`text`, or its head and … where one line of `width` points cannot hold it (headers and footers only)."""
    text = clean(text).replace("\n", " ")
    room = width - width_of("…", style)
    used, kept = 0.0, 0
    for at, letter in enumerate(text):
        used += width_of(letter, style)
        kept = at + 1 if used <= room else kept
        if used > width:
            return text[:kept] + "…"
    return text


class _Cast(dict[str, Token]):
    """Tokens of one Style by their text; fills itself, and starts anew when hostile input makes it large."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self.style = style

    def __missing__(self, word: str) -> Token:
        if len(self) > 20_000:
            self.clear()
        width = 0.0 if word == "\n" else width_of(word, self.style)
        token = self[word] = Token(word, self.style, width, 0.0)
        return token


@lru_cache(maxsize=256)
def _cast(style: Style) -> _Cast:
    return _Cast(style)


def tokens(spans: Iterable[Span]) -> list[Token]:
    """Cut spans into Tokens and note where punctuation may close up."""
    found: list[Token] = []
    for span in spans:
        cast = _cast(span.style)
        text = clean(span.text)
        row = [cast[word] for word in _TOKEN.findall(text)]
        found += _squeezed(row) if _PAIR.search(text) else row
    return found


def _squeezed(found: list[Token]) -> list[Token]:
    for i in range(len(found) - 1):
        a = found[i]
        kern = _kern(a.text, found[i + 1].text)
        if kern:
            found[i] = Token(a.text, a.style, a.width, kern * a.style.size)
    return found


def _kern(a: str, b: str) -> float:
    """Em to close between two tokens (documents.md §6, rules 7 and 11)."""
    if a in CLOSERS:
        return 0.5 if b in CLOSERS or b in OPENERS else 0.0
    if a in OPENERS:
        return 0.5 if b in OPENERS else 0.0
    return _DASH_GAP if a == "—" and b == "—" else 0.0


def break_lines(spans: Iterable[Span], width: float, *, justify: bool = True) -> list[Line]:
    """Lines no wider than `width` points (a trailing full-width closer may hang out by half its advance)."""
    lines: list[Line] = []
    paragraph: list[Token] = []
    for token in tokens(spans):
        if token.text == "\n":
            lines += _fill(paragraph, width, justify)
            paragraph = []
        else:
            paragraph.append(token)
    return lines + _fill(paragraph, width, justify)


def _fill(row: list[Token], width: float, justify: bool) -> list[Line]:
    if not row:
        return [Line((), 0.0)]
    row = _cut_giants(row, width)
    lines: list[Line] = []
    start = 0
    while start < len(row):
        shift = row[start].style.size / 2 if lines and row[start].text in OPENERS else 0.0
        end = _break_at(row, start, width + shift)
        if end == len(row) - 1 and end - start > 6 and len(row[end].text) == 1 and _may_break(row, end - 1):
            end -= 1
        lines.append(_line(row[start:end], width, shift, justify and end < len(row)))
        start = end
        while start < len(row) and row[start].text == " ":
            start += 1
    return lines


def _cut_giants(row: list[Token], width: float) -> list[Token]:
    """Only a Token that is wider than the line, alone or with the punctuation tied to it, is cut, between letters."""
    if max(token.width for token in row) + 4 * row[0].style.size <= width:
        return row
    whole: list[Token] = []
    for i, token in enumerate(row):
        if len(token.text) == 1 or token.width + _tied(row, i) <= width:
            whole.append(token)
        else:
            whole += [Token(c, token.style, width_of(c, token.style), 0.0) for c in token.text]
    return whole


def _tied(row: list[Token], at: int) -> float:
    """Width of the closers after and the openers before Token `at`, which cannot leave it."""
    width, i = 0.0, at + 1
    while i < len(row) and row[i].text in NOT_AT_START:
        width, i = width + row[i].width - row[i - 1].kern, i + 1
    i = at - 1
    while i >= 0 and row[i].text in NOT_AT_END:
        width, i = width + row[i].width - row[i].kern, i - 1
    return width


def _break_at(row: list[Token], start: int, width: float) -> int:
    """Index after the last Token of the line that begins at `start`; at least one Token, always progress."""
    used, end = 0.0, start
    while end < len(row):
        token = row[end]
        hang = token.width / 2 if token.text in CLOSERS else 0.0
        if used + token.width - hang > width + 0.01 and token.text != " " and end > start:
            break
        used += token.width - token.kern
        end += 1
    if end == len(row):
        return end
    latest = end
    while end > start + 1 and not _may_break(row, end):
        end -= 1
    return end if end > start + 1 or _may_break(row, end) else latest


def _may_break(row: list[Token], at: int) -> bool:
    """Whether a line may end before Token `at`, spaces looked through."""
    last, first = at - 1, at
    while last > 0 and row[last].text == " ":
        last -= 1
    while first < len(row) - 1 and row[first].text == " ":
        first += 1
    before, after = row[last].text, row[first].text
    return after not in NOT_AT_START and before not in NOT_AT_END and before + after not in PAIRS


def _line(row: list[Token], width: float, shift: float, justify: bool) -> Line:
    while len(row) > 1 and row[-1].text == " ":
        row = row[:-1]
    last = row[-1]
    natural = sum(t.width - t.kern for t in row) + last.kern - (last.width / 2 if last.text in CLOSERS else 0.0)
    letters = sum(len(t.text) for t in row) - 1
    line = Line(row, natural - shift, shift)
    if not justify or letters < 1:
        return line
    gap = (width + shift - natural) / letters
    if _TIGHT <= gap / last.style.size <= _LOOSE and not row[0].text.isspace():
        return replace(line, gap=gap, width=width)
    return line
