"""What would change a Result is proved by doing it: the steps of every way, applied, give the Result it promises."""

import random
from dataclasses import replace

import pytest

from inspector_app.domain.inspection import Result, Verdict
from inspector_app.domain.outlook import Outlook, Step, Way, look_ahead
from inspector_app.domain.scoring import Marked, judge

P, F, N = Verdict.PASS, Verdict.FAIL, Verdict.NA


def marked(text: str) -> list[Marked]:
    """`A1*F` = Item A1, veto, failed; * veto, ! key, nothing normal; P F N, ? unchecked; the letter is the Dimension."""
    grave = {"*": "veto", "!": "key"}
    verdicts = {"P": P, "F": F, "N": N, "?": None}
    return [
        Marked(one[:-1].rstrip("*!"), one[0], grave.get(one[-2], "normal"), verdicts[one[-1]]) for one in text.split()
    ]


@pytest.mark.parametrize(
    ("items", "ways"),
    [
        ("A1*F A2P A3P A4P A5P", [Way(Result.PASSES, (Step("veto", "A1"),))]),
        (
            "A1*F A2!F A3P A4P A5P A6P A7P A8P A9P",
            [Way(Result.RECTIFY, (Step("veto", "A1"),)), Way(Result.PASSES, (Step("veto", "A1"), Step("key", "A2")))],
        ),
        ("A1F A2F A3F A4P A5P", [Way(Result.PASSES, (Step("dimension", "A", 2),))]),
        ("A1!F A2F A3P A4P A5P", [Way(Result.PASSES, (Step("key", "A1"),))]),
        ("A1!? A2P", [Way(Result.PASSES, (Step("unchecked", "A1"),))]),
        ("A1?", []),
        ("", []),
    ],
)
def test_the_ways_to_a_better_result(items: str, ways: list[Way]) -> None:
    assert look_ahead(marked(items)).ways == tuple(ways)


def test_a_passing_visit_says_how_near_it_is() -> None:
    found = look_ahead(marked("A1P A2P A3P A4P A5F B1P B2P B3P B4P B5P C1N"))
    assert found == Outlook((), (("A", 1), ("B", 2)))


def done(items: list[Marked], steps: tuple[Step, ...]) -> list[Marked]:
    passing = {step.what for step in steps if step.rule != "dimension"}
    now = [replace(one, verdict=P) if one.item in passing else one for one in items]
    for step in steps:
        if step.rule == "dimension":
            failed = [one for one in now if one.dimension == step.what and one.verdict is F][: step.count]
            now = [replace(one, verdict=P) if one in failed else one for one in now]
    return now


def test_every_way_keeps_its_promise_and_asks_for_nothing_in_vain() -> None:
    dice = random.Random(7)
    for _ in range(400):
        items = [
            Marked(f"{d}{n}", d, dice.choice(("normal", "normal", "key", "veto")), dice.choice((P, P, P, F, N, None)))
            for d in "ABC"
            for n in range(dice.randint(1, 6))
        ]
        found = look_ahead(items)
        for way in found.ways:
            assert judge(done(items, way.steps)).result is way.result
            for step in way.steps:
                fewer = replace(step, count=step.count - 1)
                left = tuple(s for s in way.steps if s != step) + ((fewer,) if fewer.count else ())
                assert judge(done(items, left)).result is not way.result, step
        if judge(items).result is Result.PASSES:
            for name, count in found.margins:
                broken = [one for one in items if one.dimension == name and one.verdict is P][:count]
                worse = [replace(one, verdict=F, critical="normal") if one in broken else one for one in items]
                assert judge(worse).result is Result.RECTIFY
