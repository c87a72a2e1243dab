"""Appearances nobody knows, and those that do not fit the type of their question."""

import difflib
import re
from collections.abc import Iterator

from ..model import Control, Spec
from ..problems import Problem
from .subject import Subject

_TEXT, _SELECT, _DATE = "text", "select_one select_multiple rank", "date dateTime"
_GROUP = "group repeat"
_CALENDARS = "ethiopian coptic islamic bikram-sambat myanmar persian buddhist"
_FITS = {
    "multiline": _TEXT, "numbers": f"{_TEXT} barcode integer decimal", "url": f"{_TEXT} note",
    "thousands-sep": "text integer decimal",
    "masked": f"{_TEXT} integer decimal", "hidden-answer": "barcode geopoint image text", "counter": "integer decimal",
    "bearing": "decimal integer", "printer": _TEXT,
    "minimal": f"{_SELECT} {_GROUP}", "search": _SELECT, "autocomplete": _SELECT, "quick": "select_one",
    "quickcompact": _SELECT, "compact": _SELECT, "likert": "select_one", "columns": _SELECT, "columns-pack": _SELECT,
    "no-buttons": _SELECT, "label": _SELECT, "list-nolabel": _SELECT, "list": _SELECT, "image-map": _SELECT,
    "horizontal": f"{_SELECT} range", "horizontal-compact": _SELECT, "map": f"{_SELECT} geopoint geotrace geoshape",
    "table-list": _GROUP, "field-list": _GROUP,
    "month-year": _DATE, "year": _DATE, "no-calendar": _DATE, **dict.fromkeys(_CALENDARS.split(), _DATE),
    "signature": "image", "draw": "image", "annotate": "image", "new": "image audio video", "new-front": "image video",
    "picker": "range", "vertical": f"range {_SELECT}", "no-ticks": "range", "rating": "range",
    "maps": "geopoint geotrace geoshape", "placement-map": "geopoint geotrace geoshape",
}  # fmt: skip
_ANYWHERE = frozenset(["pages", "theme-grid", "logo", "intent"])
_OPEN = {
    re.compile(r"columns-\d+\Z"): _SELECT, re.compile(r"(?:quick)?compact-\d+\Z"): _SELECT,
    re.compile(r"w\d{1,2}\Z"): "", re.compile(r"(?:ex|intent|printer|search|query)\b.*", re.S): "",
}  # fmt: skip
KNOWN = frozenset(_FITS) | _ANYWHERE


def check_appearances(subject: Subject) -> Iterator[Problem]:
    """One Problem for each word that is unknown or does not fit."""
    for spec in subject.specs():
        control = subject.controls.get(spec.path)
        for word in _words(control):
            yield from _word(subject, spec, word)


def _words(control: Control | None) -> tuple[str, ...]:
    if control is None or any("(" in word for word in control.appearances):
        return ()  # search(…) and ex:app(…) are refused elsewhere
    return control.appearances


def _word(subject: Subject, spec: Spec, word: str) -> Iterator[Problem]:
    kind = subject.kind(spec)
    fitting = next((kinds for pattern, kinds in _OPEN.items() if pattern.match(word)), _FITS.get(word.lower()))
    if fitting is None:
        if word not in _ANYWHERE:
            near = difflib.get_close_matches(word.lower(), KNOWN, 1, 0.7) if len(word) < 40 else []
            meant = {"meant": near[0]} if near else {}
            code = "appearance_meant" if near else "appearance_unknown"
            yield subject.about(code, spec, "appearance", word=word[:40], **meant)
    elif fitting and kind not in fitting.split() and kind not in ("note", "calculate", "hidden"):
        yield subject.about("appearance_misplaced", spec, "appearance", word=word[:40], type=kind, fits=_list(fitting))


def _list(kinds: str) -> str:
    return ", ".join(kinds.split())
