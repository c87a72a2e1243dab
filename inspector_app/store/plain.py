"""Values out of a merged document, whatever a stranger put there: wrong types become the empty value."""

from collections.abc import Mapping

from inspector_app.domain.changeset import Value
from inspector_app.domain.clock import parse_iso

MAX_BLOB = 200 * 1024 * 1024
"""sync.md §8."""
_HEX = frozenset("0123456789abcdef")


def text(doc: Mapping[str, Value], name: str) -> str:
    """The text of a field, '' for anything else."""
    value = doc.get(name)
    return value if isinstance(value, str) else ""


def number(doc: Mapping[str, Value], name: str) -> int:
    """The whole number of a field, 0 for anything else."""
    value = doc.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def texts(doc: Mapping[str, Value], name: str) -> tuple[str, ...]:
    """The texts in a list field."""
    value = doc.get(name)
    return tuple(entry for entry in value if isinstance(entry, str)) if isinstance(value, list) else ()


def blob(value: Value) -> tuple[str, int, str] | None:
    """(sha, size, mime) of a Blob reference, None for any other value or an impossible one."""
    if not isinstance(value, dict):
        return None
    sha, size = value.get("sha"), value.get("size")
    if not isinstance(sha, str) or len(sha) != 64 or not _HEX.issuperset(sha):
        return None
    if not isinstance(size, int) or isinstance(size, bool) or not 0 <= size <= MAX_BLOB:
        return None
    return sha, size, text(value, "mime")


def moment_ms(iso_text: str) -> int:
    """Milliseconds of an ISO time, 0 when there is none or it cannot be read."""
    try:
        return parse_iso(iso_text) if iso_text else 0
    except (ValueError, OverflowError):
        return 0
