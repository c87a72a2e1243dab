"""What the page of parallel edits shows of each field, and where the cursor stands after a decision; pure."""

from dataclasses import dataclass

from inspector_app.operations.describing import Described
from inspector_app.store.conflicts import Conflict

MOST = 50
"""As many cards as one page builds; the rest follows as these are decided."""
FIELDS = {
    name: f"field.{name}"
    for name in (
        "status", "signed", "deadline", "observation", "owner", "inspectors", "note", "name", "street", "address",
        "contact", "phone", "code", "type", "remarks", "caption",
    )
} | {"__deleted": "field.deleted"}  # fmt: skip
"""Catalogue keys of fields that are no question of a form."""


@dataclass(frozen=True)
class Choice:
    """One value: who wrote it, when, on this laptop or on another (first digits of its id)."""

    cs: str
    text: str
    who: str
    at_ms: int
    device: str
    is_here: bool
    is_shown: bool


@dataclass(frozen=True)
class Card:
    """One field: `title` is its question, or `field` the catalogue key of its name ('' = only `name` is known)."""

    conflict: Conflict
    place: str
    begun: str
    title: str
    field: str
    name: str
    choices: tuple[Choice, ...]


def derive_cards(told: tuple[Described, ...], device: str) -> tuple[Card, ...]:
    """Cards in the order told."""
    return tuple(_card(one, device) for one in told[:MOST])


def _card(one: Described, device: str) -> Card:
    conflict = one.conflict
    choices = tuple(
        Choice(head.cs, text, head.user, head.at_ms, head.device[:6], head.device == device, head.is_shown)
        for head, text in zip(conflict.heads, one.texts, strict=True)
    )
    return Card(conflict, one.place, one.begun, one.label, FIELDS.get(conflict.field, ""), conflict.field, choices)


def moved(place: int, step: int, count: int) -> int:
    """The card to stand on after a step; stays inside, -1 when there is none."""
    return max(0, min(place + step, count - 1)) if count else -1
