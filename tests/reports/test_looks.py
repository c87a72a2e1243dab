"""The papers at their extremes: nothing cut off, no heading alone, no half page empty, no glyph missing."""

import pytest

from tests.reports import cases, judging

HEAVY = ("many-photos", "sixty-findings", "500-items")
QUICK = [one for one in cases.all_cases(("zh-Hant",)) if one.case not in HEAVY]
QUICK += [
    one for one in cases.all_cases(("zh-Hans", "en")) if one.case in ("one-finding", "names", "long-item", "usual")
]


@pytest.mark.parametrize("drawn", QUICK, ids=lambda drawn: drawn.name)
def test_a_designer_has_nothing_to_object(drawn: cases.Drawn) -> None:
    document = drawn.make()
    assert document.missing == frozenset()
    assert judging.objections(judging.pages(document.pdf, 0.4)) == []
