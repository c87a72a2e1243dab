"""One save: which fields of one entity got which values, and which earlier values the author saw."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

KINDS = ("site", "inspection", "finding", "photo", "paper", "amendment", "plan")
"""Entity types this version reads; any other is kept opaquely (sync.md §13)."""

DELETED = "__deleted"
DISTRICT = "district"
"""The Scope everybody reads: the shared registry (sync.md §5)."""

Value = str | int | bool | None | list["Value"] | dict[str, "Value"]
"""Canonical JSON without floats: decimals and coordinates are strings (sync.md §6)."""


def team_scope(team: int) -> str:
    """The Scope of one Team's Inspections, e.g. ``team:07``."""
    return f"team:{team:02d}"


@dataclass(frozen=True)
class Edit:
    """What a user did to one entity, before it is enveloped: new values only.

    `scope` and `parent` are given in the creating edit; a child lives in its parent's Scope.
    """

    kind: str
    entity: str
    values: Mapping[str, Value]
    scope: str | None = None


@dataclass(frozen=True)
class Touched:
    """What an operation altered, so that pages can refresh."""

    sites: frozenset[str] = frozenset()
    inspections: frozenset[str] = frozenset()
    findings: frozenset[str] = frozenset()
    photos: frozenset[str] = frozenset()
    sync: bool = False
    everything: bool = False
    forms: frozenset[str] = frozenset()
    """Content hashes of the versions installed, hidden, removed, or chosen."""

    def __or__(self, other: "Touched") -> "Touched":
        return Touched(
            self.sites | other.sites,
            self.inspections | other.inspections,
            self.findings | other.findings,
            self.photos | other.photos,
            self.sync or other.sync,
            self.everything or other.everything,
            self.forms | other.forms,
        )

    def __bool__(self) -> bool:
        return self != Touched()


def touched_by(entities: Iterable[tuple[str, str]]) -> Touched:
    """Touched for (kind, entity id) pairs; unknown kinds only mark the sync state."""
    pairs = set(entities)

    def of(wanted: str) -> frozenset[str]:
        return frozenset(entity for kind, entity in pairs if kind == wanted)

    return Touched(of("site"), of("inspection"), of("finding"), of("photo"), sync=bool(pairs))
