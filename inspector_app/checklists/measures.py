"""Thresholds: parses the `answer` kind of an Item and compares what was measured with it. Pure."""

import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from inspector_app.checklists.model import Item, Measure

WIDTHS = {"pf": 0, "count": 1, "date": 1, "text": 1, "days": 2, "temp": 2, "ratio": 2, "sample": 2}
"""Measures per part: days = stock, daily use; temp = people, highest; ratio and sample = part, whole."""
SHARES = ("ratio", "sample")

_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt, "=": operator.eq,
}  # fmt: skip
_THRESHOLD = r"(?P<op><=|>=|<|>|=)\s*(?:(?P<number>\d+(?:\.\d+)?)(?P<unit>[%d]?)|(?P<role>[a-z][a-z_]*))"
_ONLY_THRESHOLD = re.compile(_THRESHOLD, re.ASCII)
_PART = re.compile(
    rf"(?P<kind>[a-z]+)(?:\s*x(?P<times>[1-9]))?\s*(?:{_THRESHOLD})?\s*\*?\s*(?:\((?P<remark>[^()]*)\))?", re.ASCII
)
_BETWEEN_PARTS = re.compile(r"\+(?![^()]*\))")
_CONDITION = re.compile(r"(?P<fact>[a-z][a-z_]*)\s*(?P<op><=|>=|<|>|=)\s*(?P<number>\d+(?:\.\d+)?)", re.ASCII)
_NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,9})?", re.ASCII)
ALWAYS = "always"


@dataclass(frozen=True)
class Threshold:
    """A comparison with a number, or with the measure of the same Item that has this role."""

    op: str
    number: Decimal = Decimal(0)
    role: str = ""

    def holds(self, value: Decimal, others: Mapping[str, Decimal]) -> bool | None:
        """None where the measure to compare with is not known yet."""
        bound = others.get(self.role) if self.role else self.number
        return None if bound is None else _COMPARE[self.op](value, bound)


@dataclass(frozen=True)
class Part:
    """One '+'-joined part of an `answer`. `scoped`: the threshold binds x."""

    kind: str
    times: int = 1
    threshold: Threshold | None = None
    scoped: bool = False

    @property
    def width(self) -> int:
        """How many measures it takes."""
        return WIDTHS[self.kind] * self.times


@lru_cache(maxsize=512)
def parse_answer(answer: str) -> tuple[Part, ...]:
    """Parts of e.g. 'pf', 'count x3', 'pf+ratio<=50%(tier III)', 'days>=3 (target 5-7)'; or ValueError."""
    return tuple(_part(text.strip(), answer) for text in _BETWEEN_PARTS.split(answer))


def _part(text: str, answer: str) -> Part:
    found = _PART.fullmatch(text)
    if found is None or found["kind"] not in WIDTHS:
        raise ValueError(f"'{answer}' is not a kind of answer")
    remark = found["remark"] or ""
    scoped = bool(remark) and not remark.startswith("target")
    return Part(found["kind"], int(found["times"] or 1), _threshold(found), scoped)


@lru_cache(maxsize=512)
def parse_limit(limit: str) -> Threshold | None:
    """A measure's own threshold such as '<=6' or '<=maximum', None for ''; ValueError where it is none."""
    if not limit:
        return None
    found = _ONLY_THRESHOLD.fullmatch(limit.strip())
    if found is None:
        raise ValueError(f"'{limit}' is not a limit")
    return _threshold(found)


def _threshold(found: re.Match[str]) -> Threshold | None:
    if not found["op"]:
        return None
    if found["role"]:
        return Threshold(found["op"], role=found["role"])
    number = Decimal(found["number"])
    return Threshold(found["op"], number / 100 if found["unit"] == "%" else number)


@lru_cache(maxsize=512)
def parse_condition(condition: str) -> tuple[str, Threshold] | None:
    """The fact a ☆ depends on and its bound; None for '' and 'always'; ValueError where it is none."""
    if condition in ("", ALWAYS):
        return None
    found = _CONDITION.fullmatch(condition.strip())
    if found is None:
        raise ValueError(f"'{condition}' is not a condition")
    return found["fact"], Threshold(found["op"], Decimal(found["number"]))


def parse_number(text: str) -> Decimal | None:
    """A plain decimal of at most 15 digits before the point; None for anything else, negative numbers included."""
    return Decimal(text.strip()) if _NUMBER.fullmatch(text.strip()) else None


def parse_date(text: str) -> date | None:
    """An ISO date, None for anything else."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def checks(item: Item, values: Mapping[str, str], today: date | None) -> tuple[bool | None, ...]:
    """Every threshold of the Item: kept, broken, or None where what was measured does not tell yet."""
    numbers = _numbers(item.measures, values)
    parts = (
        _check(part, measures, values, today, numbers=numbers)
        for part, measures in _shared_out(item)
        if part.threshold is not None and not part.scoped
    )
    return (*(check for group in parts for check in group), *_limits(item, numbers))


def is_condition_met(item: Item, values: Mapping[str, str]) -> bool:
    """Whether a failed ☆ is as grave as its condition names; numbers that are missing do not make it so."""
    condition = parse_condition(item.condition)
    if condition is None:
        return True
    name, threshold = condition
    value = _facts(item, values).get(name)
    return value is not None and threshold.holds(value, {}) is True


def _shared_out(item: Item) -> Iterator[tuple[Part, Sequence[Measure]]]:
    """Each part with its measures, in order."""
    start = 0
    for part in parse_answer(item.answer):
        yield part, item.measures[start : start + part.width]
        start += part.width


def _numbers(measures: Sequence[Measure], values: Mapping[str, str]) -> dict[str, Decimal]:
    """Role → number, blank and unreadable ones left out."""
    read = ((m.role, parse_number(values.get(m.path, ""))) for m in measures if m.kind in ("integer", "decimal"))
    return {role: number for role, number in read if number is not None}


def _facts(item: Item, values: Mapping[str, str]) -> dict[str, Decimal]:
    """All numbers by role, and `days` or `rate` where a part of that kind can be computed."""
    facts = _numbers(item.measures, values)
    for part, measures in _shared_out(item):
        name = "days" if part.kind == "days" else "rate" if part.kind in SHARES else ""
        quotient = _quotient(measures[:2], facts) if name else None
        if quotient is not None:
            facts[name] = quotient
    return facts


def _quotient(pair: Sequence[Measure], numbers: Mapping[str, Decimal]) -> Decimal | None:
    if len(pair) != 2:
        return None
    above, below = (numbers.get(measure.role) for measure in pair)
    return above / below if above is not None and below else None


def _check(
    part: Part,
    measures: Sequence[Measure],
    values: Mapping[str, str],
    today: date | None,
    *,
    numbers: Mapping[str, Decimal],
) -> Iterator[bool | None]:
    """The threshold of one part, once per repetition."""
    for value in _measured(part, measures, values, today, numbers=numbers):
        yield part.threshold.holds(value, numbers) if part.threshold is not None and value is not None else None


def _measured(
    part: Part,
    measures: Sequence[Measure],
    values: Mapping[str, str],
    today: date | None,
    *,
    numbers: Mapping[str, Decimal],
) -> Iterator[Decimal | None]:
    """What the threshold is compared with: shares, days of cover, highest reading, age in days, or the first count."""
    match part.kind:
        case "ratio" | "sample":
            for start in range(0, len(measures), 2):
                share = _quotient(measures[start : start + 2], numbers)
                yield share if share is None or share <= 1 else None
        case "days":
            yield _quotient(measures, numbers)
        case "temp":
            yield numbers.get(measures[-1].role)
        case "date":
            yield _age(values.get(measures[0].path, ""), today)
        case "count":
            yield numbers.get(measures[0].role)
        case _:
            return


def _age(text: str, today: date | None) -> Decimal | None:
    """Days from a date to today; None for a blank, unreadable or future date."""
    day = parse_date(text)
    if day is None or today is None or day > today:
        return None
    return Decimal((today - day).days)


def _limits(item: Item, numbers: Mapping[str, Decimal]) -> Iterator[bool | None]:
    for measure in item.measures:
        limit = parse_limit(measure.limit)
        if limit is not None:
            value = numbers.get(measure.role)
            yield None if value is None else limit.holds(value, numbers)
