"""Heads that stay closed until somebody looks: the same mapping as if every field had its own dictionary."""

from hypothesis import given
from hypothesis import strategies as st

from inspector_app.sync.heads import Head, Heads

NAMES = st.sampled_from("abcd")
HEADS = st.dictionaries(st.sampled_from("123"), st.tuples(st.integers(0, 3), st.integers(0, 1)), max_size=3)
STEPS = st.lists(st.tuples(st.sampled_from(["look", "set", "add", "drop", "copy"]), NAMES, HEADS), max_size=12)


@given(st.dictionaries(NAMES, st.integers(0, 9)), STEPS)
def test_it_is_the_mapping_it_stands_for(values: dict[str, int], steps: list[tuple[str, str, dict[str, Head]]]) -> None:
    plain: dict[str, dict[str, Head]] = {name: {"1": (7, value)} for name, value in values.items()}
    heads = Heads("1", 7, values)
    for what, name, given_heads in steps:
        match what:
            case "look":
                assert heads.get(name) == plain.get(name)
            case "set":
                heads[name], plain[name] = dict(given_heads), dict(given_heads)
            case "add" if name in plain:
                heads[name].update(given_heads)
                plain[name].update(given_heads)
            case "drop" if name in plain:
                del heads[name], plain[name]
            case "copy":
                before, heads = heads, heads.copy()
                before.clear()
    assert {cs for cs, _ in heads.each()} == {cs for one in plain.values() for cs in one}
    assert dict(heads.several()) == {name: one for name, one in plain.items() if len(one) > 1}
    shown = {name: max((t, cs, v) for cs, (t, v) in one.items())[2] for name, one in plain.items() if one}
    assert heads.displayed() == shown
    for first in "12":
        assert all(plain[name].keys() == {first} for name in plain.keys() - dict(heads.beside(first)).keys())
    assert heads == plain and len(heads) == len(plain) and all(name in heads for name in plain)
