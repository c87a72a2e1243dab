"""A correction of a sealed visit: what stood there, what is right, why, who and when. The visit itself never changes."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Amendment:
    """One correction of one Answer. `field` is the leaf's path as stored, `item` the Item it belongs to ('' = a question
    outside the Items), `at` ISO 8601. `is_sent` = a hub has it: it can no longer be taken back, only amended again."""

    id: str
    inspection: str
    item: str
    field: str
    old: str
    new: str
    reason: str
    by: str
    at: str
    is_sent: bool = False


def in_force(amendments: Iterable[Amendment]) -> dict[str, Amendment]:
    """The last word on each field by time and then id: the same on every laptop, in whatever order they arrived."""
    return {one.field: one for one in in_order(amendments)}


def in_order(amendments: Iterable[Amendment]) -> tuple[Amendment, ...]:
    """Oldest first."""
    return tuple(sorted(amendments, key=lambda one: (one.at, one.id)))
