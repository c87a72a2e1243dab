"""What Inspectors of the made-up district find: per Item a Verdict, its figures and a note; seeded."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol

from inspector_app.demo.district_notes import COUNTS, FAIL_NOTES, NA_NOTES, SHARES
from inspector_app.domain.inspection import Verdict

FIELD_DAY = date(2020, 3, 5)


class AskedMeasure(Protocol):
    """What a visit needs to know of a figure: `kind` is integer, decimal, date or text."""

    @property
    def path(self) -> str: ...
    @property
    def kind(self) -> str: ...


class Asked(Protocol):
    """What a visit needs to know of an Item; a Checklist's Item is one. `answer` is its threshold, e.g. `days>=3`.

    `measures` stand in the order of the Item's text: part before whole, stock before daily use.
    """

    @property
    def id(self) -> str: ...
    @property
    def critical(self) -> str: ...
    @property
    def answer(self) -> str: ...
    @property
    def measures(self) -> Sequence[AskedMeasure]: ...


@dataclass(frozen=True)
class Reply:
    """One Item's answer; `measures` maps a Measure's path to its value as text."""

    verdict: Verdict
    note: str = ""
    measures: Mapping[str, str] = field(default_factory=dict)


_FAILING = {"normal": 1.0, "key": 0.55, "conditional_veto": 0.4, "veto": 0.12}
"""How much rarer grave Items fail than ordinary ones."""
_SCENES = {
    "C01": "shelves", "C02": "shelves", "C03": "gate", "C04": "washroom", "C05": "isolation_room",
    "C06": "isolation_room",
    "C07": "isolation_room", "C12": "shelves", "C13": "shelves", "C14": "isolation_room", "C15": "shelves",
    "C18": "shelves",
    "A07": "notice_board", "A09": "notice_board", "B13": "gate", "C11": "gate", "C17": "gate", "D01": "gate",
    "D02": "gate",
    "D05": "canteen", "D06": "canteen", "D12": "isolation_room", "D13": "washroom", "D15": "delivery",
    "D17": "delivery",
    "D19": "building_site", "D21": "building_site", "D22": "market", "D23": "gate", "D25": "canteen",
    "D28": "canteen",
    "E02": "notice_board", "E03": "notice_board", "F02": "corridor", "C08": "corridor", "C16": "corridor",
}  # fmt: skip
_PLACES = {
    "PK": "gate", "IN": "workshop", "OF": "office", "CS": "building_site",
    "WM": "market", "FB": "canteen", "RT": "market", "EX": "exhibition",
}  # fmt: skip


def scene_for(item_id: str, site_type: str) -> str:
    """The scene of `photos.drawn` that shows this Item at a Site of this type."""
    return _SCENES.get(item_id, _PLACES.get(site_type, "corridor"))


def plan_visit(
    site: Mapping[str, object], seed: int, items: Sequence[Asked], *, day: date = FIELD_DAY
) -> dict[str, Reply]:
    """Item id → Reply for every Item, mostly passing; a fail has a note and figures that miss the threshold.

    How well a Site does depends on `site["code"]` (or its name) and `seed`; `day` is the day of the visit.
    """
    chance = random.Random(f"{site.get('code') or site.get('name')} {seed}")
    failing = chance.choices((0.012, 0.06, 0.16), (45, 40, 15))[0]
    heads = max(4, int(str(site.get("headcount") or 40)))
    return {item.id: _reply(item, chance, failing, _Scale(heads, day)) for item in items}


@dataclass(frozen=True)
class _Scale:
    heads: int
    day: date


def _reply(item: Asked, chance: random.Random, failing: float, scale: _Scale) -> Reply:
    drawn = chance.random()
    if item.id in NA_NOTES and drawn > 0.88:
        return Reply(Verdict.NA, NA_NOTES[item.id])
    fails = item.id in FAIL_NOTES and drawn < failing * _FAILING.get(item.critical, 1.0)
    note = chance.choice(FAIL_NOTES[item.id]) if fails else ""
    measures = _measures(item, chance, not fails, scale)
    return Reply(Verdict.FAIL if fails else Verdict.PASS, note, measures)


def _measures(item: Asked, chance: random.Random, good: bool, scale: _Scale) -> dict[str, str]:
    heads = max(4, scale.heads // SHARES.get(item.id, 1))
    numbers = COUNTS[item.id][not good] if item.id in COUNTS else _numbers(item.answer, chance, good, heads)
    filled: dict[str, str] = {}
    taken = 0
    for measure in item.measures:
        if measure.kind == "date":
            filled[measure.path] = _recent(item.answer, chance, good, scale.day).isoformat()
        elif measure.kind == "text":
            filled[measure.path] = _TEXTS.get(item.id, "已核對")
        else:
            filled[measure.path] = numbers[taken % len(numbers)]
            taken += 1
    return filled


def _numbers(answer: str, chance: random.Random, good: bool, heads: int) -> tuple[str, ...]:
    """The figures an answer asks for, in its natural order: part and whole, stock and daily use,
    count and highest."""
    if "temp" in answer:
        return str(chance.randint(3, 8)), f"{chance.uniform(36.3, 37.0):.1f}" if good else "37.4"
    if "days" in answer:
        daily = max(2, heads * chance.randint(8, 12) // 10)
        return str(daily * (chance.randint(4, 9) if good else 2)), str(daily)
    if "sample" in answer:
        sampled = chance.randint(8, 20)
        return str(sampled if good else sampled - chance.randint(4, 6)), str(sampled)
    if "ratio<=" in answer:
        whole = chance.randint(10, 60)
        return str(whole * (chance.randint(30, 50) if good else chance.randint(60, 90)) // 100), str(whole)
    if "x3=100%" in answer:
        merchants, staff = max(3, heads // 4), heads
        return tuple(str(n) for n in (merchants, merchants, staff if good else staff * 9 // 10, staff, 180, 180))
    if "ratio" in answer:
        return (str(heads), str(heads)) if good else (str(heads * chance.randint(70, 92) // 100), str(heads))
    return _counts(answer, chance, good, heads)


def _counts(answer: str, chance: random.Random, good: bool, heads: int) -> tuple[str, ...]:
    """Due, back, absent (which fail to add up in a bad list); with `x4` work steps before workers."""
    back = heads * chance.randint(80, 99) // 100
    if "x4" in answer:
        return "4", "4" if good else "2", str(heads), str(back)
    return str(heads), str(back), str(heads - back + (0 if good else 4))


def _recent(answer: str, chance: random.Random, good: bool, day: date) -> date:
    limit = 30 if "30d" in answer else 60
    return day - timedelta(days=chance.randint(2, 20) if good else limit + chance.randint(5, 90))


_TEXTS = {
    "A06": "社區衛生服務中心已建立聯絡",
    "A15": "展館方與主辦方已簽責任分工書",
    "D24": "海復市〔2020〕演示第3號",
    "E08": "企業復工防控指引，2020年2月版",
}
