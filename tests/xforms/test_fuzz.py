"""A few thousand of the inputs of fuzz.py, and what hypothesis thinks of: nothing but the engine's own errors comes out."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.xforms.safexml import parse as parse_xml
from inspector_app.xforms.xlsform import convert
from tests.xforms import fuzz_targets as targets
from tests.xforms.fuzz import OWN, TARGETS, Target, attack

_TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(targets.WORDS), max_size=12).map(" ".join),
    st.lists(st.sampled_from(targets.LEAVES), min_size=1, max_size=6).map(" and ".join),
)


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_random_input_meets_only_the_engines_own_errors(target: Target) -> None:
    outcome = attack(target, max(round(8_000 * target.share), 20), seed=7)
    assert not outcome.failures, outcome.failures[0]
    assert outcome.count


@settings(max_examples=400, deadline=None)
@given(_TEXTS)
def test_any_text_is_an_expression_or_refused(text: str) -> None:
    with suppress(*OWN):
        targets.evaluate(text)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["x.csv", "x.geojson", "x.xml"]), st.binary(max_size=200))
def test_any_bytes_are_a_list_or_refused(name: str, data: bytes) -> None:
    with suppress(*OWN):
        targets.read_resource((name, data))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_xml_or_refused(data: bytes) -> None:
    with suppress(*OWN):
        parse_xml(data)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=120), st.sampled_from(["xlsx", "xls", "csv", "md"]))
def test_any_bytes_are_a_workbook_or_give_a_problem(data: bytes, kind: str) -> None:
    assert convert(data, kind=kind).problems
