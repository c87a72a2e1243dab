"""A whole made-up district, the same for the same seed: 39 Teams, 18 subdistricts, Sites of all eight types."""

import csv
import io
import random
from collections.abc import Iterator, Sequence
from typing import Literal, TypedDict

from inspector_app.demo.district_visits import Reply, plan_visit, scene_for
from inspector_app.demo.district_words import (
    AREAS,
    BRAND_FIRST,
    BRAND_SECOND,
    BUILDINGS,
    DEPARTMENTS,
    GIVEN,
    HEADERS,
    PARKS,
    ROADS,
    SURNAMES,
    TRADES,
)
from inspector_app.domain.site import CODE_ALPHABET, SITE_TYPES, STREETS, credit_check_character
from inspector_app.domain.team import TEAMS

__all__ = ["Reply", "SiteRow", "inspectors", "plan_visit", "registry_csv", "scene_for", "sites", "street_of"]

SEED = 20200305
_BUSY = ("琶洲", "鳳陽", "赤崗")
"""39 Teams on 18 subdistricts: two each, and a third where most Sites are."""
_ENTITY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


class SiteRow(TypedDict):
    """One line of a registry; keys are those of `sites import` (cli.md), `type` is a code of SITE_TYPES."""

    name: str
    code: str
    street: str
    type: str
    address: str
    contact: str
    phone: str
    park: str
    group: str
    department: str
    area: str
    risk: str
    team: int
    headcount: int


def street_of(team: int) -> str:
    """The subdistrict a Team (1–39) works in."""
    return (*STREETS, *STREETS, *_BUSY)[team - 1]


def inspectors(team: int) -> tuple[str, ...]:
    """The two to four invented names of a Team (1–39)."""
    chance = random.Random(f"team {team}")
    names = {_person(chance): None for _ in range(9)}
    return tuple(names)[: chance.randint(2, 4)]


def sites(count: int = 350, seed: int = SEED) -> tuple[SiteRow, ...]:
    """`count` Sites; names and codes never repeat, the first eight show the eight types, 39 give each Team one."""
    chance = random.Random(seed)
    names = _names(chance)
    groups = [f"{next(names)}集團" for _ in range(100)]
    return tuple(_site(number, chance, next(names), groups) for number in range(count))


def registry_csv(
    rows: Sequence[SiteRow], *, language: str = "zh-Hant", encoding: Literal["utf-8-sig", "gb18030"] = "utf-8-sig"
) -> bytes:
    """The rows as a spreadsheet program would save them; headers in `language`, types as words, empty where unknown."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADERS[language])
    for row in rows:
        kind = row["type"] if language == "en" else SITE_TYPES[row["type"]]
        writer.writerow({**row, "type": kind}.values())
    return out.getvalue().encode(encoding)


def _names(chance: random.Random) -> Iterator[str]:
    """Brands in random order; when all pairs are used up they come again with a branch number."""
    pairs = [first + second for first in BRAND_FIRST for second in BRAND_SECOND]
    turn = 1
    while True:
        chance.shuffle(pairs)
        yield from (pair if turn == 1 else f"{pair}{_chinese(turn)}" for pair in pairs)
        turn += 1


def _chinese(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


def _site(number: int, chance: random.Random, brand: str, groups: Sequence[str]) -> SiteRow:
    team = TEAMS[number % len(TEAMS)]
    kind = _kind(number, chance)
    trade = TRADES[kind]
    street = street_of(team)
    return {
        "name": brand + chance.choice(trade.words) + chance.choice(trade.endings),
        "code": "" if kind == "FB" and chance.random() < 0.1 else _credit_code(number, kind),
        "street": street,
        "type": kind,
        "address": _address(street, chance),
        "contact": _person(chance),
        "phone": _phone(number, chance),
        "park": chance.choice(PARKS) if kind in {"IN", "OF"} and chance.random() < 0.4 else "",
        "group": chance.choice(groups) if chance.random() < 0.55 else "",
        "department": DEPARTMENTS[chance.choice(trade.departments)],
        "area": AREAS.get(street, "中部片區"),
        "risk": _risk(kind, chance),
        "team": team,
        "headcount": round(chance.triangular(*trade.heads, trade.heads[0])),
    }


def _kind(number: int, chance: random.Random) -> str:
    if number < len(SITE_TYPES):
        return tuple(SITE_TYPES)[number]
    return chance.choices(tuple(TRADES), [trade.share for trade in TRADES.values()])[0]


def _credit_code(number: int, kind: str) -> str:
    """A 統一社會信用代碼 (GB 32100-2015) with both check characters; the entity code counts up from MA9X0000."""
    base = len(CODE_ALPHABET)
    tail = "".join(CODE_ALPHABET[number // base**place % base] for place in (3, 2, 1, 0))
    entity = "MA9X" + tail
    values = ["0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(character) for character in entity]
    rest = 11 - sum(value * weight for value, weight in zip(values, _ENTITY_WEIGHTS, strict=True)) % 11
    first17 = ("92" if kind == "FB" else "91") + "440105" + entity + {10: "X", 11: "0"}.get(rest, str(rest))
    return first17 + credit_check_character(first17)


def _address(street: str, chance: random.Random) -> str:
    building = chance.choice(BUILDINGS) if chance.random() < 0.5 else ""
    return f"廣州市海珠區{street}街{chance.choice(ROADS)}{chance.randint(1, 398)}號{building}"


def _person(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + chance.choice(GIVEN)


def _phone(number: int, chance: random.Random) -> str:
    """Well-formed and in nobody's hands: blocks 199 0000 and 020 0000 are not given out."""
    serial = f"{(number * 7 + 1203) % 10_000:04d}"
    return f"020-0000{serial}" if chance.random() < 0.15 else f"1990000{serial}"


def _risk(kind: str, chance: random.Random) -> str:
    weights = (50, 40, 10) if kind in {"WM", "EX"} else (85, 13, 2)
    return chance.choices(("低", "中", "高"), weights)[0]
