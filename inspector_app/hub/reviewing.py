"""Which records a person must look at again: something was changed beside a deletion, a status or a signature whose
author had not seen it (sync.md §4)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from inspector_app.domain.changeset import DELETED
from inspector_app.sync import wire
from inspector_app.sync.merge import EntityState, all_heads

MARKING = (DELETED, "status", "signed")


def markers(state: EntityState) -> set[str]:
    """Changesets that hold the current heads of the marking fields."""
    return {cs for name in MARKING for cs in state.heads.get(name, ())}


def needs_review(state: EntityState, saws: Mapping[str, Sequence[str] | None]) -> bool:
    """Whether some head is neither in the `saw` of a current marker nor that marker itself. Derived from the set of
    Changesets alone, so order does not matter; a marker without `saw` began the record and had nothing to see."""
    signs = markers(state)
    every = all_heads(state) if signs else set()
    return any(saw is not None and not every <= {cs, *saw} for cs in signs for saw in (saws.get(cs),))


def saws_of(bodies: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, Sequence[str] | None]]:
    """`saw` of stored Changesets."""
    for cs, body in bodies:
        yield cs, msgspec.json.decode(wire.inflate(body)).get("saw")
