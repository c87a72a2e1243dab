"""The recorded XPath assertions: at least 2,701 of 2,728 agree, and the list of misses is exactly true."""

import pytest

from tests.xforms import conformance

pytestmark = pytest.mark.skipif(
    not conformance.ASSERTIONS.exists(), reason=f"{conformance.ASSERTIONS} is not on this machine"
)


@pytest.fixture(scope="module")
def outcomes() -> list[conformance.Outcome]:
    return conformance.run()


def test_enough_assertions_agree(outcomes: list[conformance.Outcome]) -> None:
    assert len(outcomes) == 2728
    assert sum(o.agrees for o in outcomes) >= conformance.TARGET


def test_every_miss_is_listed_and_every_listed_miss_is_one(outcomes: list[conformance.Outcome]) -> None:
    missed = {o.line for o in outcomes if not o.agrees}
    assert missed == set(conformance.listed())
