"""Finds Chinese text by the initials of its pinyin, as people type it: 無成立文件 by `wclwj`, 重慶 by `cq` or `zq`. Pure."""

import os
from functools import lru_cache
from types import ModuleType

LONGEST = 400
"""Characters of a text that are looked at."""


def matches(text: str, typed: str) -> bool:
    """`typed` stands in `text`, or its letters are the initials of characters that follow each other in it.

    A character with several readings answers to each; spaces and punctuation in the text are passed over. Without
    any letter from a to z only the text itself is compared.
    """
    wanted = typed.casefold().strip()
    if not wanted or wanted in text.casefold():
        return True
    if not (wanted.isascii() and wanted.isalnum()):
        return False
    letters = [found for char in text[:LONGEST] if (found := initials(char))]
    return any(
        all(letter in letters[start + n] for n, letter in enumerate(wanted))
        for start in range(len(letters) - len(wanted) + 1)
    )


def warm_up() -> None:
    """Load the readings now (some 40 ms), so that the first letter somebody types need not wait."""
    initials("到")


@lru_cache(maxsize=16_384)
def initials(char: str) -> str:
    """First letters of every reading of one character, '' for what is neither letter, digit nor Chinese."""
    if char.isascii():
        return char.casefold() if char.isalnum() else ""
    readings = _library().pinyin(char, style=_library().Style.FIRST_LETTER, heteronym=True, errors="ignore")
    return "".join(readings[0]) if readings else ""


@lru_cache(maxsize=1)
def _library() -> ModuleType:
    """Loaded when somebody first types a letter; without its phrases it costs 12 MB instead of 60."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    import pypinyin

    loaded: ModuleType = pypinyin
    return loaded
