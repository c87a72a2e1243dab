"""Setting text: tokens, kinsoku, squeezed punctuation, hanging closers, justification; lines are measured once."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from operator import sub
from typing import NamedTuple

from inspector_app.reports.fonts import advances

NOT_AT_START = frozenset("，。、；：？！）》〉」』】〕”’…—％℃·・‧%,.;:!?)]}")
NOT_AT_END = frozenset("（《〈「『【〔“‘([{¥$￥№")
CLOSERS = frozenset("，。、；：？！）》〉」』】〕”’")
"""Full-width, ink in the left half: the right half may hang over the margin or be squeezed."""
OPENERS = frozenset("（《〈「『【〔“‘")
"""Full-width, ink in the right half."""
_MARKS = CLOSERS | OPENERS | {"—"}
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
_UNEVEN = re.compile(f"\n|{_PAIR.pattern}")
"""What makes more of a text than one row of letters."""
_PLAIN = re.compile(
    "[\n -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u2103\u2116\u2460-\u24ff\u25a0-\u2606"
    "\u3001-\u3029\u4e00-\u9fff\uff01-\uff60]*"
)
"""Text that needs no cleaning: no control or format character among these, and each is its own NFC."""
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


class Line(NamedTuple):
    """Tokens of one line; `shift` hangs an opening bracket out to the left, `gap` is added after each letter.

    `text` is all of it where one Style sets it without a kern: such a line is drawn in one go.
    """

    tokens: Sequence[Token]
    width: float
    shift: float = 0.0
    gap: float = 0.0
    text: str = ""


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """NFC, without control, format and variation characters; tick and cross pictures become √ and ×."""
    if _PLAIN.fullmatch(text):
        return text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\u2028", "\n").replace("\t", " "))
    shown = (c for c in _LONE.sub("\ufffd", text).translate(_WORDS_FOR) if c == "\n" or not _is_silent(c))
    return "".join(shown).replace("\u00a0", " ")


def _is_silent(c: str) -> bool:
    return unicodedata.category(c) in ("Cc", "Cf", "Zp") or "\ufe00" <= c <= "\ufe0f"


def width_of(text: str, style: Style) -> float:
    """Points that `text` takes on one line, unsqueezed."""
    return sum(map(advances(style.weight).__getitem__, text)) * style.size / 1000 + style.tracking * len(text)


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
        self._advances = advances(style.weight)

    def __missing__(self, word: str) -> Token:
        if len(self) > 20_000:
            self.clear()
        style = self.style
        if len(word) == 1:
            width = 0.0 if word == "\n" else self._advances[word] * style.size / 1000 + style.tracking
        else:
            width = width_of(word, style)
        token = self[word] = Token(word, style, width, 0.0)
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
        words = _TOKEN.findall(text)
        row = [cast[word] for word in words]
        if _PAIR.search(text):
            _squeeze(row, words)
        found += row
    return found


def _squeeze(row: list[Token], words: list[str]) -> None:
    for i in [at for at, word in enumerate(words[:-1]) if word in _MARKS]:
        kern = _kern(words[i], words[i + 1])
        if kern:
            row[i] = row[i]._replace(kern=kern * row[i].style.size)


def _kern(a: str, b: str) -> float:
    """Em to close between two tokens (documents.md §6, rules 7 and 11)."""
    if a in CLOSERS:
        return 0.5 if b in CLOSERS or b in OPENERS else 0.0
    if a in OPENERS:
        return 0.5 if b in OPENERS else 0.0
    return _DASH_GAP if a == "—" and b == "—" else 0.0


@lru_cache(maxsize=512)
def one_line(text: str, style: Style) -> Line:
    """Text that is never broken; labels, heads and feet come again on every page."""
    text = clean(text).replace("\n", " ")
    if not _PAIR.search(text):
        width = width_of(text, style)
        return Line((Token(text, style, width, 0.0),) if text else (), width, 0.0, 0.0, text)
    row = tokens((Span(text, style),))
    return Line(row, sum(token.width - token.kern for token in row))


def break_lines(spans: Sequence[Span], width: float, *, justify: bool = True) -> list[Line]:
    """Lines no wider than `width` points (a trailing full-width closer may hang out by half its advance)."""
    short = _short(spans, width)
    if short is not None:
        return [short]
    found = tokens(spans)
    if not any("\n" in span.text or "\r" in span.text or "\u2028" in span.text for span in spans):
        return _fill(found, width, justify)
    lines: list[Line] = []
    paragraph: list[Token] = []
    for token in found:
        if token.text == "\n":
            lines += _fill(paragraph, width, justify)
            paragraph = []
        else:
            paragraph.append(token)
    return lines + _fill(paragraph, width, justify)


def _short(spans: Sequence[Span], width: float) -> Line | None:
    """The one line of spans that need no cutting, as two cells of three: nothing to break, to squeeze, to strip."""
    if sum([len(said) * style.size for said, style in spans]) > 1.2 * width:
        return None
    row = [Token(text, style, width_of(text, style), 0.0) for said, style in spans if (text := clean(said))]
    whole = "".join([token.text for token in row])
    if not whole or whole[-1] == " " or _UNEVEN.search(whole):
        return None
    hang = width_of(whole[-1], row[-1].style) / 2 if whole[-1] in CLOSERS else 0.0
    used = sum([token.width for token in row]) - hang
    return Line(row, used, 0.0, 0.0, whole if len(row) == 1 else "") if used <= width + 0.01 else None


class _Row:
    """Tokens of one paragraph with their edges, measured once: Token i stands from `edges[i]` to `edges[i + 1]`."""

    def __init__(self, tokens: list[Token], width: float) -> None:
        self.texts, styles, self.widths, kerns = zip(*tokens, strict=True)
        self.widest = max(self.widths)
        if self.widest + 4 * tokens[0].style.size > width:
            tokens = _cut_giants(tokens, width)
            self.texts, styles, self.widths, kerns = zip(*tokens, strict=True)
            self.widest = max(self.widths)
        self.tokens = tokens
        self.is_even = styles.count(styles[0]) == len(styles)
        self.kerns = kerns if any(kerns) else ()
        self.edges = [0.0, *accumulate(map(sub, self.widths, kerns) if self.kerns else self.widths)]


def _fill(tokens: list[Token], width: float, justify: bool) -> list[Line]:
    if not tokens:
        return [Line((), 0.0)]
    row = _Row(tokens, width)
    texts = row.texts
    lines: list[Line] = []
    start, count = 0, len(texts)
    while start < count:
        shift = row.tokens[start].style.size / 2 if lines and texts[start] in OPENERS else 0.0
        end = _break_at(row, start, width + shift)
        if end == count - 1 and end - start > 6 and len(texts[end]) == 1 and _may_break(texts, end - 1):
            end -= 1
        lines.append(_line(row, (start, end), width, shift, justify and end < count))
        start = end
        while start < count and texts[start] == " ":
            start += 1
    return lines


def _cut_giants(row: list[Token], width: float) -> list[Token]:
    """Only a Token that is wider than the line, alone or with the punctuation tied to it, is cut, between letters."""
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


def _break_at(row: _Row, start: int, width: float) -> int:
    """Index after the last Token of the line that begins at `start`; at least one Token, always progress."""
    texts, edges = row.texts, row.edges
    limit = edges[start] + width + 0.01
    end = max(start + 1, bisect_left(edges, limit - row.widest, start, len(texts)))
    while end < len(texts):
        hang = row.widths[end] / 2 if texts[end] in CLOSERS else 0.0
        if edges[end] + row.widths[end] - hang > limit and texts[end] != " ":
            break
        end += 1
    if end == len(texts):
        return end
    latest = end
    while end > start + 1 and not _may_break(texts, end):
        end -= 1
    return end if end > start + 1 or _may_break(texts, end) else latest


def _may_break(texts: Sequence[str], at: int) -> bool:
    """Whether a line may end before Token `at`, spaces looked through."""
    last, first = at - 1, at
    while last > 0 and texts[last] == " ":
        last -= 1
    while first < len(texts) - 1 and texts[first] == " ":
        first += 1
    before, after = texts[last], texts[first]
    return after not in NOT_AT_START and before not in NOT_AT_END and before + after not in PAIRS


def _line(row: _Row, span: tuple[int, int], width: float, shift: float, justify: bool) -> Line:
    start, end = span
    while end > start + 1 and row.texts[end - 1] == " ":
        end -= 1
    last = row.tokens[end - 1]
    hang = last.width / 2 if last.text in CLOSERS else 0.0
    natural = row.edges[end] - row.edges[start] + last.kern - hang
    found = row.tokens[start:end]
    text = "".join(row.texts[start:end])
    letters = len(text) - 1
    if not row.is_even or any(row.kerns[start:end]):
        text = ""
    if justify and letters > 0:
        gap = (width + shift - natural) / letters
        if _TIGHT <= gap / last.style.size <= _LOOSE and not row.texts[start].isspace():
            return Line(found, width, shift, gap, text)
    return Line(found, natural - shift, shift, 0.0, text)
