"""What would change a Result: the shortest way to a better one, and how far a passing one is from falling; Verdicts alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor

from inspector_app.domain.inspection import Result, Verdict
from inspector_app.domain.scoring import PASS_LINE, Marked, is_veto, judge, low_dimensions, tally


@dataclass(frozen=True)
class Step:
    """One thing that must come right. `rule` ∈ veto, key, unchecked (`what` is an Item), dimension (`count` more failed
    Items of the Dimension `what`, whichever they are)."""

    rule: str
    what: str
    count: int = 1


@dataclass(frozen=True)
class Way:
    """All these Steps together lead to `result`."""

    result: Result
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Outlook:
    """`ways` begins with the next better Result and ends with 合格; empty where the Result is that, or nothing is asked.

    `margins` of a passing visit: (Dimension, how many more failures bring it below the line), nearest first.
    """

    ways: tuple[Way, ...] = ()
    margins: tuple[tuple[str, int], ...] = ()


def look_ahead(items: Iterable[Marked]) -> Outlook:
    """What stands between these Verdicts and a better Result, or what little would undo a good one."""
    marked = tuple(items)
    result = judge(marked).result
    if result is Result.PASSES:
        return Outlook(margins=_margins(marked))
    ways: list[Way] = []
    vetoes = tuple(Step("veto", item.item) for item in marked if is_veto(item))
    eased = _passing(marked, {step.what for step in vetoes})
    if vetoes:
        ways.append(Way(judge(eased).result, vetoes))
    rest = _rest(eased)
    if rest:
        ways.append(Way(Result.PASSES, (*vetoes, *rest)))
    return Outlook(tuple(ways))


def _rest(marked: Sequence[Marked]) -> tuple[Step, ...]:
    """From a visit without vetoes to 合格: every ◆ in place, every Dimension on the line, everything grave checked."""
    keys = tuple(Step("key", i.item) for i in marked if i.critical == "key" and i.verdict is Verdict.FAIL)
    unchecked = tuple(Step("unchecked", i.item) for i in marked if i.critical != "normal" and i.verdict is None)
    eased = _passing(marked, {step.what for step in (*keys, *unchecked)})
    dimensions = tuple(Step("dimension", name, _lacking(eased, name)) for name in low_dimensions(eased))
    return (*keys, *dimensions, *unchecked)


def _passing(marked: Sequence[Marked], wanted: set[str]) -> tuple[Marked, ...]:
    return tuple(replace(one, verdict=Verdict.PASS) if one.item in wanted else one for one in marked)


def _lacking(marked: Sequence[Marked], dimension: str) -> int:
    """How many failed Items must come right until the rate is on the line."""
    counts = tally(item for item in marked if item.dimension == dimension)
    return ceil(PASS_LINE * counts.denominator) - counts.passed


def _margins(marked: Sequence[Marked]) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for name in dict.fromkeys(item.dimension for item in marked if item.counted):
        counts = tally(item for item in marked if item.counted and item.dimension == name)
        if counts.denominator:
            found[name] = floor(counts.passed - PASS_LINE * counts.denominator) + 1
    return tuple(sorted(found.items(), key=lambda one: one[1]))
