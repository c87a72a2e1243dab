"""Packing an entity's heads into its row loses nothing."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.hub.heads import pack, unpack
from inspector_app.sync.heads import Heads
from inspector_app.sync.merge import EntityState, conflicts, displayed
from tests.sync.test_merge import STEPS, everything, merged, play


@given(STEPS, st.integers(0, 5))
@settings(max_examples=200, deadline=None)
def test_a_row_gives_back_the_state(steps: list[tuple], pick: int) -> None:  # type: ignore[type-arg]
    changes = list(everything(play(steps)).values())
    if not changes:
        return
    state = merged(changes)
    creator = changes[pick % len(changes)]
    packed = pack(state, creator.cs)
    back = unpack(packed.doc, packed.heads, creator.cs, creator.stamp)
    assert back.heads == state.heads
    assert msgspec.json.decode(packed.doc) == displayed(state)
    assert packed.conflict == bool(conflicts(state))


def test_a_record_written_once_has_no_heads_to_name() -> None:
    state = EntityState(Heads("1", 5, {"a": "x", "b": None}))
    packed = pack(state, "1")
    assert (packed.heads, packed.conflict) == ("{}", False)
    assert unpack(packed.doc, packed.heads, "1", 5).heads == state.heads
