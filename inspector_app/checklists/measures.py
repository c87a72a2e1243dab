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
    """One '+'-joined part of an `answer`. `scoped`: its threshold binds only where a remark says, e.g. in tier III."""

    kind: str
    times: int = 1
    threshold: Threshold | None = None
    scoped: bool = False

    @property
    def width(self) -> int:
        """How many measures it takes; a threshold by role brings its own."""
        own_bound = self.threshold is not None and bool(self.threshold.role)
        return WIDTHS[self.kind] * self.times + own_bound


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


@dataclass(frozen=True)
class Readings:
    """What was measured at one Item by role; blank and unreadable measures are left out."""

    numbers: Mapping[str, Decimal]
    dates: Mapping[str, date]
    today: date | None


def checks(item: Item, values: Mapping[str, str], today: date | None) -> tuple[bool | None, ...]:
    """Every threshold of the Item: kept, broken, or None where what was measured does not tell yet."""
    readings = _readings(item, values, today)
    return (*_part_checks(item, readings), *_limit_checks(item, readings))


def is_condition_met(item: Item, values: Mapping[str, str]) -> bool:
    """Whether a failed ☆ is as grave as its condition names; numbers that are missing do not make it so."""
    condition = parse_condition(item.condition)
    if condition is None:
        return True
    name, threshold = condition
    value = _facts(item, _readings(item, values, None)).get(name)
    return value is not None and threshold.holds(value, {}) is True


def _readings(item: Item, values: Mapping[str, str], today: date | None) -> Readings:
    numbers: dict[str, Decimal] = {}
    dates: dict[str, date] = {}
    for measure in item.measures:
        text = values.get(measure.path, "")
        if measure.kind == "date":
            day = parse_date(text)
            dates |= {measure.role: day} if day else {}
        elif measure.kind != "text":
            number = parse_number(text)
            numbers |= {measure.role: number} if number is not None else {}
    return Readings(numbers, dates, today)


def _shared_out(item: Item) -> Iterator[tuple[Part, Sequence[Measure]]]:
    """Each part with its measures, in order."""
    start = 0
    for part in parse_answer(item.answer):
        yield part, item.measures[start : start + part.width]
        start += part.width


def _facts(item: Item, readings: Readings) -> dict[str, Decimal]:
    """All numbers by role, with `days` and `rate` (the lowest share) where they can be computed."""
    facts = dict(readings.numbers)
    for part, measures in _shared_out(item):
        name = {"days": "days", "ratio": "rate", "sample": "rate"}.get(part.kind)
        found = [value for value in _measured(part, measures, readings) if value is not None] if name else []
        if name and found:
            facts[name] = min(found)
    return facts


def _part_checks(item: Item, readings: Readings) -> Iterator[bool | None]:
    for part, measures in _shared_out(item):
        if part.threshold is None or part.scoped:
            continue
        for value in _measured(part, measures, readings):
            yield None if value is None else part.threshold.holds(value, readings.numbers)


def _limit_checks(item: Item, readings: Readings) -> Iterator[bool | None]:
    for measure in item.measures:
        limit = parse_limit(measure.limit)
        if limit is not None:
            value = readings.numbers.get(measure.role)
            yield None if value is None else limit.holds(value, readings.numbers)


def _measured(part: Part, measures: Sequence[Measure], readings: Readings) -> tuple[Decimal | None, ...]:
    """What a threshold is compared with: shares, days of cover, highest reading, age in days, or the first count."""
    roles = [measure.role for measure in measures]
    if len(roles) < part.width:
        return ()
    match part.kind:
        case "ratio" | "sample":
            return tuple(_share(some, whole, readings) for some, whole in zip(roles[::2], roles[1::2], strict=True))
        case "days":
            return (_quotient(roles[0], roles[1], readings),)
        case "temp":
            return (readings.numbers.get(roles[1]),)
        case "date":
            return (_age(roles[0], readings),)
        case "count":
            return (readings.numbers.get(roles[0]),)
        case _:
            return ()


def _quotient(above: str, below: str, readings: Readings) -> Decimal | None:
    """None where a number is missing or the divisor is 0."""
    numerator, denominator = readings.numbers.get(above), readings.numbers.get(below)
    return numerator / denominator if numerator is not None and denominator else None


def _share(part: str, whole: str, readings: Readings) -> Decimal | None:
    """A part of a whole; None where it exceeds the whole, for such an entry says nothing."""
    share = _quotient(part, whole, readings)
    return share if share is not None and share <= 1 else None


def _age(role: str, readings: Readings) -> Decimal | None:
    """Days from a date to today; None for a missing or future date."""
    day, today = readings.dates.get(role), readings.today
    return Decimal((today - day).days) if day and today and day <= today else None
