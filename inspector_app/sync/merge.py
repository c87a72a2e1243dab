"""The merge rule: a value is replaced only by somebody who saw it (sync.md §4). Pure, no I/O."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from inspector_app.domain.changeset import Value
from inspector_app.sync.envelope import canonical
from inspector_app.sync.heads import Head, Heads


@dataclass
class EntityState:
    """Everything merge knows of one entity. All three maps travel with every transfer of state."""

    heads: Heads = field(default_factory=Heads)
    gone: dict[str, set[str]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)


def apply(
    state: EntityState, cs: str, stamp: int, values: Mapping[str, Value], prev: Mapping[str, Iterable[str]]
) -> bool:
    """Merge one Changeset in place; False if it was known. Idempotent, commutative, associative."""
    if cs in state.seen:
        return False
    state.seen.add(cs)
    if not (
        prev or state.heads or state.gone
    ):  # it begins the entity: nothing can be replaced, which is most of a push
        state.heads = Heads(cs, stamp, values)
        return True
    for name, value in values.items():
        heads = state.heads.get(name)
        if heads is None:
            heads = state.heads[name] = {}
        for parent in prev.get(name, ()):
            if heads.pop(parent, None) is None and parent not in state.seen:
                state.gone.setdefault(name, set()).add(parent)
        gone = state.gone.get(name)
        if gone is None or cs not in gone:
            heads[cs] = (stamp, value)
            continue
        gone.discard(cs)
        if not gone:
            del state.gone[name]
    return True


def join(state: EntityState, other: EntityState) -> bool:
    """Merge a carried state in place, as if every Changeset behind it had been applied; False if nothing was new.

    A head survives unless the other side has seen it and no longer holds it, or knows that it was replaced.
    """
    if not (state.seen or state.heads or state.gone):  # a first sync: nothing can be replaced on either side
        state.heads = other.heads.copy()
        state.gone = {name: set(ids) for name, ids in other.gone.items() if ids}
        state.seen = set(other.seen)
        return bool(state.seen or state.gone)
    before = (sorted(state.seen), {name: set(ids) for name, ids in state.gone.items()})
    for name in state.heads.keys() | other.heads.keys() | state.gone.keys() | other.gone.keys():
        mine, theirs = state.heads.get(name, {}), other.heads.get(name, {})
        dropped = _replaced(mine, other, name) | _replaced(theirs, state, name)
        kept = {cs: head for cs, head in {**theirs, **mine}.items() if cs not in dropped}
        gone = state.gone.get(name, set()) - other.seen | other.gone.get(name, set()) - state.seen
        state.heads[name] = kept
        state.gone[name] = gone
        if not gone:
            del state.gone[name]
    state.seen |= other.seen
    return before != (sorted(state.seen), state.gone)


def _replaced(heads: Mapping[str, Head], other: EntityState, name: str) -> set[str]:
    theirs, gone = other.heads.get(name, {}), other.gone.get(name, set())
    return {cs for cs in heads if cs in gone or (cs in other.seen and cs not in theirs)}


def unseen(state: EntityState, marker: str, saw: Iterable[str]) -> frozenset[str]:
    """Heads which the author of Changeset `marker` (a deletion, status or signature) had not seen: somebody must
    look again. Order-free: derived from the set of Changesets alone (sync.md §4)."""
    return frozenset(all_heads(state) - set(saw) - {marker})


def all_heads(state: EntityState) -> set[str]:
    """Ids of every Changeset that is a head of some field."""
    return {cs for cs, _ in state.heads.each()}


def displayed(state: EntityState) -> dict[str, Value]:
    """Per field the head with the greatest (stamp, cs)."""
    return state.heads.displayed()


def conflicts(state: EntityState) -> dict[str, tuple[tuple[str, int, Value], ...]]:
    """Fields whose heads hold more than one distinct value: (cs, stamp, value), newest first."""
    found = {}
    for name, heads in state.heads.several():
        if len({canonical(value) for _, value in heads.values()}) > 1:
            ordered = sorted(heads.items(), key=lambda item: (item[1][0], item[0]), reverse=True)
            found[name] = tuple((cs, stamp, value) for cs, (stamp, value) in ordered)
    return found


def parents(state: EntityState, names: Sequence[str]) -> dict[str, list[str]]:
    """`prev` of an edit: all current heads of each edited field; fields never set are left out."""
    return {name: sorted(state.heads[name]) for name in names if state.heads.get(name)}


def next_stamp(state: EntityState, names: Sequence[str], now_ms: int) -> int:
    """Later than every stamp being replaced, whatever the clock says: all that is needed of an HLC."""
    replaced: list[int] = [stamp for name in names for stamp, _ in state.heads.get(name, {}).values()]
    return max([now_ms, *(stamp + 1 for stamp in replaced)])
