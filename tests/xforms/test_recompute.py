"""Incremental recompute equals starting afresh: random steps, then the same values in a new Session."""

import random
from decimal import ROUND_HALF_UP, Context, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.xforms import Session, load
from inspector_app.xforms.xpath.values import round_half_up
from tests.benchmarks.xforms_forms import repeat_form, script, wide_form
from tests.xforms.forms import from_table, now

NESTED = (
    "| survey |\n| | type | name | label | relevant | calculation | constraint | choice_filter | repeat_count |\n"
    "| | integer | k | K | | | . < 50 | | |\n"
    "| | begin_repeat | a | A | | | | | |\n| | integer | x | X | ${k} != 3 | | . > ${k} | | |\n"
    "| | select_multiple o | s | S | | | | lvl <= ${x} | |\n"
    "| | begin_repeat | b | B | ${x} > 2 | | | | |\n| | integer | y | Y | | | | | |\n"
    "| | calculate | z | | | ${x} + ${y} | | | |\n| | calculate | p | | | position(..) * 10 + position(../..) | | | |\n"
    "| | calculate | q | | | sum(${y}) | | | |\n| | end_repeat | | | | | | | |\n"
    "| | calculate | t | | | sum(${z}) + count-selected(${s}) | | | |\n| | end_repeat | | | | | | | |\n"
    "| | begin_repeat | c | C | | | | | ${k} |\n| | text | w | W | | | | | |\n"
    "| | calculate | prev | | | indexed-repeat(${w}, ${c}, position(..) - 1) | | | |\n"
    "| | end_repeat | | | | | | | |\n"
    "| | calculate | all | | | concat(sum(${t}), '/', count(${b}), '/', join(' ', ${w})) | | | |\n"
    "| choices |\n| | list_name | name | label | lvl |\n"
    "| | o | o1 | O1 | 1 |\n| | o | o2 | O2 | 2 |\n| | o | o5 | O5 | 5 |\n"
)


def stored(session: Session) -> dict[str, str]:
    return {path: node.stored for node, path in session.walk() if node.spec.is_leaf}


def wander(session: Session, chance: random.Random) -> None:
    """One random step."""
    repeats = [r for r in session.repeats() if not r.startswith("/data/c")]
    match chance.randrange(8):
        case 0:
            session.add_repeat("/data/a")
        case 1 if repeats:
            holder = chance.choice([r for r in repeats if r.count("/") == 2] or ["/data/none"])
            if holder != "/data/none":
                session.add_repeat(f"{holder}/b")
        case 2 if repeats:
            session.remove_repeat(chance.choice(repeats))
        case _:
            names = ("k", "x", "y", "s", "w")
            path = chance.choice([p for p in session.paths() if p.rpartition("/")[2] in names])
            value = chance.choice(["o1 o2", "o5 o1", ""]) if path.endswith("/s") else str(chance.randrange(7))
            session.set_answer(path, value)


@pytest.mark.parametrize("seed", range(12))
def test_random_steps_equal_a_fresh_start(seed: int) -> None:
    form = from_table(NESTED)
    session, chance = form.begin(now), random.Random(seed)
    for _ in range(40):
        wander(session, chance)
        after = {s.path: s for s in session.states()}
        fresh = form.resume(stored(session), now)
        if fresh.repeats() == session.repeats():  # a repeat emptied on purpose cannot be told from leaf values
            assert {s.path: s for s in fresh.states()} == after


@pytest.mark.parametrize("seed", range(6))
def test_a_delta_names_every_node_that_changed(seed: int) -> None:
    session, chance = from_table(NESTED).begin(now), random.Random(seed)
    for _ in range(40):
        before = {s.path: s for s in session.states()}
        path = chance.choice([p for p in session.paths() if p.rpartition("/")[2] in ("k", "x", "y", "w")])
        delta = session.set_answer(path, str(chance.randrange(7)))
        after = {s.path: s for s in session.states()}
        differing = {p for p in after if p in before and before[p] != after[p]}
        assert differing <= delta.changed
        if chance.random() < 0.3:
            session.add_repeat("/data/a")


def test_the_wide_form_ends_as_if_filled_at_once() -> None:
    form = load(wide_form())
    session = form.begin(now)
    for path, value in script(0) + script(1):
        session.set_answer(path, value)
    fresh = form.resume(stored(session), now)
    assert {s.path: s for s in fresh.states()} == {s.path: s for s in session.states()}


def test_one_answer_in_a_repeat_evaluates_only_its_instance() -> None:
    session = load(repeat_form()).begin(now)
    for _ in range(30):
        session.add_repeat("/data/rep")
    session.set_answer("/data/rep[7]/ok", "no")
    changed = session.set_answer("/data/rep[7]/n", "5").changed
    assert changed == {"/data/rep[7]/n", "/data/rep[7]/score", "/data/rep[8]/last", "/data/sum"}


@given(
    st.floats(allow_nan=False, allow_infinity=False, width=32) | st.decimals(-999, 999, places=3).map(float),
    st.integers(0, 6),
)
def test_rounding_is_half_away_from_zero_on_the_printed_digits(value: float, places: int) -> None:
    exact = Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=Context(prec=60))
    assert round_half_up(value, places) == float(exact) or abs(value) >= 1e20
