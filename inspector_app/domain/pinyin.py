"""Finds Chinese text by what is typed on a Latin keyboard: first letters (hzq), whole syllables (haizhu), or both mixed."""

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import islice
from threading import Lock

MAX_TYPED = 24
MAX_SPLITS = 8
_FIRST_MARK = 0xE000
_DOTS = "\u0308"
_LINE = ord("\n")
_KEYS = re.compile(r"[a-z0-9]+")
_SKIPPED = re.compile(r"[\s']+")


def initials(text: str) -> str:
    """One mark per character, to be searched with `pattern`: characters read alike share a mark, signs are dropped.

    Ends of lines stay, so many texts can be searched as one. Marks are good for this run of the program only.
    """
    return unicodedata.normalize("NFKC", text).casefold().translate(_marks())


def pattern(typed: str) -> re.Pattern[str] | None:
    """What finds `typed` in the marks of `initials`; None when that is nothing a pinyin keyboard types."""
    wanted = _typed(typed)
    return _compiled(wanted, len(_marks().by_readings)) if _KEYS.fullmatch(wanted) else None


def is_typed(text: str) -> bool:
    """Whether these are letters and digits that may be pinyin; asked before the readings are loaded."""
    return _KEYS.fullmatch(_typed(text)) is not None


def matches(text: str, typed: str) -> bool:
    """Whether `typed` stands in the text, or part of the text reads so in any reading of each character."""
    if typed.casefold().strip() in text.casefold():
        return True
    if not is_typed(typed):
        return False
    marks = initials(text)  # first, so that the pattern knows every mark of this text
    wanted = pattern(typed)
    return wanted is not None and wanted.search(marks) is not None


def warm_up() -> None:
    """Load the readings now (some 40 ms), so that the first letter somebody types need not wait."""
    _marks()


def _typed(text: str) -> str:
    return _SKIPPED.sub("", text.casefold())[:MAX_TYPED]


class _Marks(dict[int, str | None]):
    """Code point → mark, made when first met; every set of readings has one private-use character."""

    def __init__(self, readings: Mapping[int, str]) -> None:
        super().__init__()
        self.by_readings: dict[frozenset[str], str] = {}
        self._readings = readings
        self._lock = Lock()

    def __missing__(self, point: int) -> str | None:
        if point in self._readings:
            spoken = frozenset(plain for reading in self._readings[point].split(",") for plain in _plain(reading))
            with self._lock:
                mark: str | None = self.by_readings.setdefault(spoken, chr(_FIRST_MARK + len(self.by_readings)))
        else:
            mark = chr(point) if chr(point).isalnum() or point == _LINE else None
        self[point] = mark
        return mark


@cache
def _marks() -> _Marks:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # before the import: words are not needed, 12 MB are spared
    from pypinyin.pinyin_dict import pinyin_dict

    return _Marks(pinyin_dict)


def _plain(reading: str) -> Iterator[str]:
    """A reading without its tone; ü is typed as v or as u."""
    parts = unicodedata.normalize("NFD", reading)
    letters = "".join(c for c in parts if c.isascii())
    yield letters
    if _DOTS in parts:
        yield parts.replace("u" + _DOTS, "v").encode("ascii", "ignore").decode()


@lru_cache(maxsize=256)
def _compiled(typed: str, known: int) -> re.Pattern[str]:
    """`known` counts the marks there are: a new one may belong to a letter that was compiled before.

    The pattern begins with one class and no branch: a hundred thousand names are passed over twenty times as fast.
    """
    ways = [
        f"(?<={_class_of(first, known)})" + "".join(_class_of(part, known) for part in rest)
        for first, *rest in _splits(typed)
    ]
    return re.compile(f"{_class_of(typed[0] + '*', known)}(?:{'|'.join(ways)})")


@lru_cache(maxsize=1024)
def _class_of(part: str, known: int) -> str:
    """Every mark that is read as this syllable, or begins so where a `*` follows; a lone letter stands for itself too."""
    del known
    start, is_whole = part.rstrip("*"), not part.endswith("*")
    found = [
        mark
        for spoken, mark in _marks().by_readings.copy().items()
        if (start in spoken if is_whole else any(reading.startswith(start) for reading in spoken))
    ]
    return f"[{''.join(found)}{start[0]}]" if len(start) == 1 else f"[{''.join(found)}]" if found else r"(?!)"


def _splits(typed: str) -> tuple[tuple[str, ...], ...]:
    """The ways to read what was typed, all first letters and long syllables first; the last part may be unfinished."""
    letters = tuple(letter + "*" for letter in typed)
    return tuple(dict.fromkeys((letters, *islice(_ways(typed), MAX_SPLITS))))


def _ways(typed: str) -> Iterator[tuple[str, ...]]:
    if not typed:
        yield ()
        return
    for length in range(min(len(typed), 6), 0, -1):
        head, rest = typed[:length], typed[length:]
        part = _part(head, is_last=not rest)
        if part:
            for tail in _ways(rest):
                yield (part, *tail)


def _part(head: str, *, is_last: bool) -> str:
    """One character as it was typed: a beginning (`zh*`), a syllable, or '' when nobody types that."""
    is_first_letter = head in "bcdfghjklmnpqrstwxyz0123456789" or head in ("zh", "ch", "sh")
    if is_first_letter or (is_last and any(s.startswith(head) for s in _syllables())):
        return head + "*"
    return head if head in _syllables() else ""


@cache
def _syllables() -> frozenset[str]:
    """Every syllable there is; a consonant on its own is a first letter."""
    readings = set(",".join(_marks()._readings.values()).split(","))
    return frozenset(plain for reading in readings for plain in _plain(reading))
