"""The merge rule holds for every order, every duplicate and every clock (sync.md §15, I1–I3, I11)."""

import random
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.sync import merge
from inspector_app.sync.carried import read_state, state_row
from inspector_app.sync.heads import Heads
from inspector_app.sync.merge import EntityState


@dataclass(frozen=True)
class Change:
    cs: str
    stamp: int
    values: dict[str, object]
    prev: dict[str, list[str]]


@dataclass
class Device:
    """Edits its own copy with its own clock."""

    clock: int
    state: EntityState = field(default_factory=EntityState)
    has: dict[str, Change] = field(default_factory=dict)

    def take(self, change: Change) -> bool:
        self.has[change.cs] = change
        return merge.apply(self.state, change.cs, change.stamp, change.values, change.prev)  # type: ignore[arg-type]

    def edit(self, cs: str, values: dict[str, object], now: int) -> Change:
        names = list(values)
        stamp = merge.next_stamp(self.state, names, now + self.clock)
        change = Change(cs, stamp, values, merge.parents(self.state, names))
        assert self.take(change)
        return change


NAMES = ("a", "b", "c")
VALUES = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 2), min_size=1)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), st.integers(0, 2), VALUES),
        st.tuples(st.just("copy"), st.integers(0, 2), st.integers(0, 2), st.integers(0, 10**6)),
    ),
    max_size=25,
)


def play(steps: list[tuple], clocks: tuple[int, int, int] = (0, -50, 50)) -> list[Device]:  # type: ignore[type-arg]
    """Three devices edit and copy random parts of what they have to each other."""
    devices = [Device(clock) for clock in clocks]
    for number, step in enumerate(steps):
        if step[0] == "edit":
            devices[step[1]].edit(f"cs{number:03d}", step[2], number)
        else:
            _, source, target, seed = step
            listed = list(devices[source].has.values())
            for change in random.Random(seed).sample(listed, len(listed) // 2):
                devices[target].take(change)
    return devices


def everything(devices: list[Device]) -> dict[str, Change]:
    return {cs: change for device in devices for cs, change in device.has.items()}


def merged(changes: list[Change]) -> EntityState:
    device = Device(0)
    for change in changes:
        device.take(change)
    return device.state


@given(STEPS, st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_the_same_set_gives_the_same_state_in_every_order(steps: list[tuple], shuffler: random.Random) -> None:  # type: ignore[type-arg]
    changes = list(everything(play(steps)).values())
    expected = merged(changes)
    for _ in range(3):
        shuffler.shuffle(changes)
        assert merged([*changes, *changes]) == expected
    assert not expected.gone


@given(STEPS)
@settings(max_examples=200, deadline=None)
def test_devices_that_exchange_everything_end_equal(steps: list[tuple]) -> None:  # type: ignore[type-arg]
    devices = play(steps)
    for change in everything(devices).values():
        for device in devices:
            device.take(change)
    assert devices[0].state == devices[1].state == devices[2].state


@given(STEPS)
@settings(max_examples=200, deadline=None)
def test_every_value_is_a_head_or_was_seen_by_who_replaced_it(steps: list[tuple]) -> None:  # type: ignore[type-arg]
    changes = everything(play(steps))
    state = merged(list(changes.values()))
    for change in changes.values():
        for name in change.values:
            replaced = any(change.cs in other.prev.get(name, ()) for other in changes.values())
            assert (change.cs in state.heads[name]) is not replaced


@given(STEPS)
@settings(max_examples=200, deadline=None)
def test_clocks_change_what_is_displayed_never_the_heads(steps: list[tuple]) -> None:  # type: ignore[type-arg]
    heads = []
    for clocks in ((0, 0, 0), (0, -(10**12), 10**12)):
        state = merged(list(everything(play(steps, clocks)).values()))
        heads.append({name: set(found) for name, found in state.heads.items()})
    assert heads[0] == heads[1]


@given(STEPS)
@settings(max_examples=100, deadline=None)
def test_a_resolution_made_anywhere_ends_the_conflict(steps: list[tuple]) -> None:  # type: ignore[type-arg]
    device = Device(-(10**9))
    for change in everything(play(steps)).values():
        device.take(change)
    device.edit("last", dict.fromkeys(NAMES, 9), 0)
    assert merge.displayed(device.state) == dict.fromkeys(NAMES, 9)
    assert not merge.conflicts(device.state)


def test_the_same_value_twice_is_no_conflict() -> None:
    state = merged([Change("1", 1, {"a": "x"}, {}), Change("2", 2, {"a": "x"}, {})])
    assert len(state.heads["a"]) == 2
    assert not merge.conflicts(state)
    different = merged([Change("1", 5, {"a": 1}, {}), Change("2", 2, {"a": True}, {})])
    assert merge.conflicts(different) == {"a": (("1", 5, 1), ("2", 2, True))}


def test_a_replacement_that_arrives_first_still_replaces() -> None:
    state = merged([Change("2", 2, {"a": "new"}, {"a": ["1"]}), Change("1", 9, {"a": "old"}, {})])
    assert merge.displayed(state) == {"a": "new"}


def held(state: EntityState) -> EntityState:
    """Without fields that hold nothing yet."""
    kept = Heads()
    kept.update({name: heads for name, heads in state.heads.items() if heads})
    return EntityState(kept, state.gone, state.seen)


@given(STEPS, st.lists(st.sampled_from(["left", "right", "both"]), min_size=25, max_size=25))
@settings(max_examples=300, deadline=None)
def test_joining_two_states_is_applying_all_their_changesets(steps: list[tuple], sides: list[str]) -> None:  # type: ignore[type-arg]
    left, right, whole = Device(0), Device(0), Device(0)
    for change, side in zip(everything(play(steps)).values(), sides, strict=False):
        whole.take(change)
        for device, other in ((left, "right"), (right, "left")):
            if side != other:
                device.take(change)
    carried = read_state(state_row(("id", "kind", "scope", ""), right.state, "", 0))
    assert held(carried) == held(right.state), "a state survives being carried"
    merge.join(left.state, carried)
    assert held(left.state) == held(whole.state)
    assert not merge.join(left.state, right.state)
    for change in [*right.has.values(), *left.has.values()]:
        assert not merge.apply(left.state, change.cs, change.stamp, change.values, change.prev)  # type: ignore[arg-type]


def test_whoever_marked_it_finished_without_seeing_a_change_must_look_again() -> None:
    state = merged([Change("1", 1, {"a": 1}, {}), Change("2", 2, {"status": "done"}, {}), Change("3", 3, {"b": 1}, {})])
    assert merge.unseen(state, "2", ["1"]) == {"3"}
    assert not merge.unseen(state, "2", ["1", "3"])
