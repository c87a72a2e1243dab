"""Counts, rates and the Result of an Inspection, from Verdicts alone (domain.md §4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from inspector_app.domain.inspection import Result, Verdict

PASS_LINE = Decimal("0.8")
"""A counted Dimension below 80 % forces 整改 (domain.md §1, decision 6)."""


@dataclass(frozen=True)
class Marked:
    """One applicable Item as the rules see it. `critical` is veto, conditional_veto, key or normal;
    `condition_met` says whether a failed ☆ is as grave as its condition names."""

    item: str
    dimension: str
    critical: str
    verdict: Verdict | None
    counted: bool = True
    condition_met: bool = True


@dataclass(frozen=True)
class Tally:
    """Counts of one Dimension or of all. Rate = passed ÷ (passed + failed); N/A and unchecked stay outside."""

    passed: int = 0
    failed: int = 0
    na: int = 0
    unchecked: int = 0

    @property
    def total(self) -> int:
        """All applicable Items."""
        return self.passed + self.failed + self.na + self.unchecked

    @property
    def answered(self) -> int:
        """Items with any Verdict."""
        return self.total - self.unchecked

    @property
    def denominator(self) -> int:
        """Items that count in the rate."""
        return self.passed + self.failed

    @property
    def rate(self) -> Decimal | None:
        """Exact share, None where nothing counts (printed as —, never as 100 %)."""
        return Decimal(self.passed) / self.denominator if self.denominator else None


@dataclass(frozen=True)
class Judgement:
    """Result with its reasons: `reasons` holds (rule, item or dimension id), rule ∈ veto, key, dimension, unchecked."""

    result: Result
    reasons: tuple[tuple[str, str], ...] = ()


def tally(items: Iterable[Marked]) -> Tally:
    """Count Verdicts."""
    verdicts = [item.verdict for item in items]
    return Tally(
        verdicts.count(Verdict.PASS), verdicts.count(Verdict.FAIL), verdicts.count(Verdict.NA), verdicts.count(None)
    )


def percent(rate: Decimal | None) -> str:
    """'92.5', half up to one place, or '—' (documents.md §2.1 rule 13)."""
    if rate is None:
        return "—"
    return str((rate * 100).quantize(Decimal("0.1"), ROUND_HALF_UP))


def is_veto(item: Marked) -> bool:
    """A failed ★, or a failed ☆ whose condition is met."""
    if item.verdict is not Verdict.FAIL:
        return False
    return item.critical == "veto" or (item.critical == "conditional_veto" and item.condition_met)


def low_dimensions(items: Iterable[Marked]) -> tuple[str, ...]:
    """Counted Dimensions whose rate is below the line, in order of appearance."""
    by_dimension: dict[str, list[Marked]] = {}
    for item in items:
        if item.counted:
            by_dimension.setdefault(item.dimension, []).append(item)
    rates = ((name, tally(group).rate) for name, group in by_dimension.items())
    return tuple(name for name, rate in rates if rate is not None and rate < PASS_LINE)


def judge(items: Iterable[Marked]) -> Judgement:
    """The first matching row of domain.md §4; 合格 needs every applicable ★ ☆ ◆ to be checked and at least one Item."""
    marked = tuple(items)
    vetoes = tuple(("veto", item.item) for item in marked if is_veto(item))
    if vetoes:
        return Judgement(Result.FAILS, vetoes)
    keys = tuple(("key", i.item) for i in marked if i.critical == "key" and i.verdict is Verdict.FAIL)
    grave = keys + tuple(("dimension", name) for name in low_dimensions(marked))
    if grave:
        return Judgement(Result.RECTIFY, grave)
    open_items = tuple(("unchecked", i.item) for i in marked if i.critical != "normal" and i.verdict is None)
    if open_items or not tally(marked).denominator:
        return Judgement(Result.OPEN, open_items)
    return Judgement(Result.PASSES)
