"""The small Markdown of form labels as safe rich text: everything is escaped first, no link, picture or HTML survives."""

import re
from html import escape

_MARK = re.compile(r"[*_`#\[<&\\]")
_ESCAPED = re.compile(r"\\([\\*_#\[\]()`<>~.!-])")
_HEADING = re.compile(r"^(#{1,6})\s+(.+)$", re.MULTILINE)
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\]\(([^()\s]{1,500})\)")
_STRONG = re.compile(r"\*\*(?=\S)(.{1,2000}?)(?<=\S)\*\*|(?<!\w)__(?=\S)(.{1,2000}?)(?<=\S)__(?!\w)")
_STRESS = re.compile(r"\*(?=[^\s*])([^*\n]{1,2000}?)(?<=\S)\*|(?<!\w)_(?=[^\s_])([^_\n]{1,2000}?)(?<=\S)_(?!\w)")
_TAGS = (
    (re.compile(r"&lt;(?:b|strong)&gt;(.{0,2000}?)&lt;/(?:b|strong)&gt;", re.IGNORECASE | re.DOTALL), r"<b>\1</b>"),
    (re.compile(r"&lt;(?:i|em)&gt;(.{0,2000}?)&lt;/(?:i|em)&gt;", re.IGNORECASE | re.DOTALL), r"<i>\1</i>"),
    (re.compile(r"&lt;br ?/?&gt;", re.IGNORECASE), "\n"),
    (
        re.compile(
            r"&lt;/?(?:span|font|p|u|div|center)(?: [^&<>]{0,200}|&quot;|&#x27;|[^&<>]){0,40}?&gt;", re.IGNORECASE
        ),
        "",
    ),
)
_LONGEST = 20_000
_HIDDEN = 0xE000
"""First of the private characters that hold an escaped sign until all else is done."""


def rich(text: str) -> str:
    """Rich text of a label with marks in it, '' where it can be shown as plain text just as well."""
    if not _MARK.search(text) or len(text) > _LONGEST:
        return ""
    shielded = _ESCAPED.sub(lambda m: chr(_HIDDEN + ord(m[1])), text)
    made = escape(shielded)
    for pattern, instead in _TAGS:
        made = pattern.sub(instead, made)
    made = _HEADING.sub(r"<b>\2</b>", made)
    made = _LINK.sub(r"<u>\1</u> (\2)", made)
    made = _STRONG.sub(lambda m: f"<b>{m[1] or m[2]}</b>", made)
    made = _STRESS.sub(lambda m: f"<i>{m[1] or m[2]}</i>", made)
    made = _unshielded(made)
    if made == escape(text):
        return ""
    return '<span style="white-space: pre-wrap">' + made.replace("\n", "<br>") + "</span>"


def plain(text: str) -> str:
    """The words alone, for names and lists."""
    made = rich(text)
    return re.sub(r"<[^>]*>", "", made.replace("<br>", "\n")) if made and "&" not in made else text


def _unshielded(text: str) -> str:
    return "".join(escape(chr(ord(c) - _HIDDEN)) if _HIDDEN < ord(c) < _HIDDEN + 128 else c for c in text)
