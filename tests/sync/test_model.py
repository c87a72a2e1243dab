"""Histories of laptops, hub and stick against the invariants of sync.md §15, and every seeded bug noticed.

`make soak` runs 10,000 histories of 40 steps instead of 500 (environment SYNC_RUNS).
"""

import os
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sync.model import OPS, Step, World

RUNS = int(os.environ.get("SYNC_RUNS", "500"))
LENGTH = 40
STEPS = st.lists(
    st.tuples(st.sampled_from(OPS), st.integers(0, 3), st.integers(0, 11), st.integers(0, 201)), max_size=LENGTH
)
SEEDS = {
    "no_gone": 83, "no_dedupe": 83, "dup_by_envelope": 247, "lww": 0, "replace_all_heads": 1, "trust_counter": 83,
    "ack_on_send": 6, "vector_max": 247, "vector_contiguous": 247, "peer_ack": 35, "cursor_first": 15,
    "stop_at_first_error": 9, "batch_all_or_nothing": 0, "children_left_behind": 25, "snapshot_unfiltered": 4,
    "clock_gate": 0, "snapshot_without_seen": 467, "unique_dev_n": 767, "no_epoch": 9, "keep_page": 637,
    "epoch_in_pull_only": 23_788, "no_recovery_changeset": 20, "recover_lost_head_only": 7_096,
}  # fmt: skip
"""Each switch with a history that shows it; found by running histories in order of their seed."""


def history(seed: int) -> list[Step]:
    """The same steps for the same seed, for ever."""
    dice = random.Random(seed)
    return [(dice.choice(OPS), dice.randrange(1000), dice.randrange(1000), dice.randrange(1000)) for _ in range(LENGTH)]


def wrong(steps: list[Step], *bugs: str) -> list[str]:
    """What the invariants say at the end."""
    world = World(frozenset(bugs))
    world.play(steps)
    return world.heal()


@given(STEPS)
@settings(max_examples=RUNS, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_history_ends_with_everybody_equal_and_nothing_lost(steps: list[Step]) -> None:
    assert wrong(steps) == []


def test_long_dense_histories_end_well() -> None:
    """Hypothesis likes short lists; these are full ones."""
    for seed in range(RUNS):
        assert wrong(history(seed)) == [], seed


@pytest.mark.parametrize("bug", SEEDS)
def test_a_seeded_bug_is_noticed(bug: str) -> None:
    steps = history(SEEDS[bug])
    assert wrong(steps, bug), "this switch goes unnoticed: the suite would not see such a bug in the product"
    assert wrong(steps) == []
