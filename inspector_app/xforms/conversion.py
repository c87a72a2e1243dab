"""Turns an answer of one type of question into an answer of another, or says why it cannot be."""

from dataclasses import dataclass
from typing import Literal

from .types import fits
from .xpath.values import number_text, parse_number

Why = Literal["question gone", "type changed", "option gone", "no longer repeated", "now computed"]
"""Why an answer cannot come along."""
_CHOOSING = frozenset(["select_one", "select_multiple", "rank"])
_FILES = frozenset(["image", "audio", "video", "file"])
_TEXTS = frozenset(["text", "barcode", "hidden", "string"])


@dataclass(frozen=True, slots=True)
class Kind:
    """What a question takes: its type in XLSForm words, and its options' names (None where they are not known)."""

    type: str
    options: frozenset[str] | None = None
    stored: str = "string"
    """The bind's type, which tells a range of whole numbers from one with decimals."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer in its new form ('' with `why` if it cannot be), and options that got lost on the way."""

    value: str
    lost: tuple[str, ...] = ()
    why: Why | None = None


CHANGED = Outcome("", why="type changed")


def convert(value: str, old: Kind, new: Kind) -> Outcome:
    """`value`, not blank, as the question it now belongs to would store it."""
    if new.type in ("group", "repeat", "note"):
        return CHANGED
    if new.type == "calculate":
        return Outcome("", why="now computed")
    if new.type in _FILES or old.type in _FILES:
        return Outcome(value) if old.type == new.type or (new.type == "file" and old.type in _FILES) else CHANGED
    if new.type in _CHOOSING:
        return _chosen(value, old, new)
    if old.type == new.type and old.stored == new.stored:
        return Outcome(value)  # even one that is none: it was shown as wrong before and will be again
    if new.type in _TEXTS:
        return Outcome(value) if fits(value, new.stored) else CHANGED
    return _retyped(value, new.stored)


def _chosen(value: str, old: Kind, new: Kind) -> Outcome:
    several = old.type in ("select_multiple", "rank")
    names = value.split() if several else [value]
    if (old.type == "rank") != (new.type == "rank") or (new.type == "select_one" and len(names) != 1):
        return CHANGED
    known = old.options or frozenset()  # a name the old list lacked as well was wrong before and stays
    chose = old.type in _CHOOSING
    kept = [n for n in names if new.options is None or n in new.options or (chose and known and n not in known)]
    lost = tuple(n for n in names if n not in kept)
    if not kept:
        return Outcome("", lost, "option gone" if old.type in _CHOOSING else "type changed")
    return Outcome(" ".join(kept), lost)


def _retyped(value: str, stored: str) -> Outcome:
    if stored == "date" and len(value) > 10 and fits(value, "dateTime"):
        return Outcome(value[:10])
    if stored == "dateTime" and fits(value, "date"):
        return Outcome(f"{value}T00:00:00.000")
    number = parse_number(value)
    if stored in ("int", "integer") and number == number and number.is_integer():
        return Outcome(number_text(number))
    same = stored not in ("geopoint", "geotrace", "geoshape", "boolean") and fits(value, stored)
    return Outcome(value) if same and value.strip() else CHANGED
