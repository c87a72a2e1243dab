"""The record in a machine's hand: canonical JSON of the printed facts, and its SHA-256, the record digest."""

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache

from inspector_app.reports.blank_facts import BlankFacts
from inspector_app.reports.facts import DistrictFacts, InspectionFacts, NoticeFacts, Picture, RecheckFacts, TeamDayFacts

_NOT_RECORD = frozenset(
    ("printed", "unsynced", "verify_url", "hotline", "brand", "amendments", "amended_result", "is_marked")
)
"""Shown on paper, but not part of what was found and signed."""
_SINCE = frozenset(("sections", "subject", "signatures", "wording", "remedies"))
"""Facts that older records lack: left out while empty, so that those keep their digest."""
_KEPT = "_record_json"
_AS_IT_IS = frozenset((str, int, bool, float))


AnyFacts = InspectionFacts | NoticeFacts | RecheckFacts | TeamDayFacts | DistrictFacts | BlankFacts
"""What some paper is drawn from."""


def record_json(facts: AnyFacts) -> bytes:
    """UTF-8, sorted keys, no spaces, times ISO 8601, pictures by digest (documents.md §10.1).

    Kept with the facts, which do not change: a paper asks for it three times, in a batch from two processes.
    """
    kept = vars(facts).get(_KEPT)
    if isinstance(kept, bytes):
        return kept
    whole = json.dumps(_plain(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    made = vars(facts)[_KEPT] = whole.encode("utf-8", "replace")
    return made


def record_digest(record: bytes) -> str:
    """64 lower-case hex digits."""
    return hashlib.sha256(record).hexdigest()


def check_code(digest: str) -> str:
    """The head of the digest that every footer and the QR code carry: 7F3A-91C2."""
    return f"{digest[:4]}-{digest[4:8]}".upper()


def _plain(value: object) -> object:
    if value is None or value.__class__ in _AS_IT_IS:
        return value
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest() if value else ""
    if is_dataclass(value) and not isinstance(value, type):
        named = _told(type(value))
        return {name: _plain(getattr(value, name)) for name in named if name not in _SINCE or getattr(value, name)}
    return value


@cache
def _told(kind: type[object]) -> tuple[str, ...]:
    """Names of what is part of the record; of a picture the digest, not the bytes."""
    names = (f.name for f in fields(kind) if f.name not in _NOT_RECORD)  # type: ignore[arg-type]
    return tuple("derivative" if kind is Picture and name == "jpeg" else name for name in names)
