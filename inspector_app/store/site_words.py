"""Text for the full-text search of Sites: a space around every Chinese character, queries as quoted phrases."""

import re
import unicodedata

_HAN = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_PIECE = re.compile(f"[{_HAN}]|[^{_HAN}\\s]+")
_WORD = re.compile(r"\w")
_OPEN_END = re.compile(f"[^\\W{_HAN}]$")
MAX_WORDS = 24
SEARCHED = "{name street code address}"
"""The columns a user's words are looked for in."""


def normal(text: str) -> str:
    """NFKC, without NUL and broken characters: full-width digits equal plain ones."""
    whole = text.encode("utf-8", "ignore").decode()
    return unicodedata.normalize("NFKC", whole).replace("\0", "").strip()


def spaced(text: str) -> str:
    """'海珠A1' → '海 珠 A1': every Chinese character becomes a word, so that one character is enough to search."""
    return " ".join(_PIECE.findall(normal(text)))


def facets(kind: str, street: str, team: int) -> str:
    """Words for the columns a list is filtered by; hex, so that no text can pretend to be one."""
    return " ".join(_facet(name, value) for name, value in (("type", kind), ("street", street), ("team", str(team))))


def _facet(name: str, value: str) -> str:
    return f"{name}x{normal(value).encode('utf-8', 'replace').hex()}"


def phrases(text: str) -> str:
    """The query of the words in `text`, all of them wanted; '' when nothing can be searched for.

    Each word is one quoted phrase, so operators and quotes are plain text; one that ends in a letter or digit may go on.
    """
    found = []
    for word in list(dict.fromkeys(normal(text).split()))[:MAX_WORDS]:
        if not _WORD.search(word):
            continue
        found.append('"' + spaced(word).replace('"', '""') + '"' + ("*" if _OPEN_END.search(word) else ""))
    return " AND ".join(found)


def query(columns: str, words: str, wanted: tuple[tuple[str, str], ...]) -> str:
    """The whole MATCH expression: words in some columns, and every (facet name, value) of `wanted`."""
    parts = [f"{columns} : ({words})"] if words else []
    parts += [f'facet : "{_facet(name, value)}"' for name, value in wanted]
    return " AND ".join(parts)
