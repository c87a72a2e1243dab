"""What the sites page shows, derived from what the store returned; pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from inspector_app.desktop.kit.dates import day_text
from inspector_app.domain.inspection import Result, Status
from inspector_app.domain.site import Site, mask_phone
from inspector_app.store.inspections import InspectionHead

MAX_ROWS = 20_000
"""Ids listed at once; a district has about 7,000 sites (domain.md §1)."""
MAX_VISITS = 8

TONES = {
    Result.PASSES: ("pass", "circle-check"),
    Result.RECTIFY: ("warn", "triangle-alert"),
    Result.FAILS: ("fail", "circle-x"),
    Result.OPEN: ("na", "circle-dashed"),
    Result.RECORDED: ("na", "file-text"),
}
"""Result → tone and icon of its badge."""


@dataclass(frozen=True)
class Filter:
    """What narrows the list: '' means all."""

    text: str = ""
    type: str = ""
    street: str = ""


def is_ordered(wanted: Filter) -> bool:
    """A list that was searched shows the best match first, whatever order names are in."""
    return not wanted.text


@dataclass(frozen=True)
class Fact:
    """One line of the detail panel: a catalogue key and a value, itself a catalogue key when `is_key`."""

    words: str
    value: str
    is_key: bool = False


@dataclass(frozen=True)
class VisitLine:
    """One past visit: day, badge (tone, icon, catalogue key) and what remains to do."""

    id: str
    day: str
    tone: str
    icon: str
    words: str


def derive_facts(site: Site) -> tuple[Fact, ...]:
    """Only what is known; the phone is masked (domain.md §3)."""
    facts = (
        Fact("sites.fact_type", f"type.{site.type}", is_key=True) if site.type else None,
        Fact("sites.fact_code", site.code),
        Fact("sites.fact_street", site.street),
        Fact("sites.fact_address", site.address),
        Fact("sites.fact_contact", site.contact),
        Fact("sites.fact_phone", mask_phone(site.phone) if site.phone else ""),
        Fact("sites.fact_team", f"{site.team:02d}" if site.team else ""),
        Fact("sites.fact_headcount", f"{site.headcount:,}" if site.headcount else ""),
        Fact("sites.fact_park", site.park),
        Fact("sites.fact_department", site.department),
        Fact("sites.fact_risk", site.risk),
        Fact("sites.fact_remarks", site.remarks),
    )
    return tuple(fact for fact in facts if fact and fact.value)


def derive_visits(heads: Sequence[InspectionHead], language: str) -> tuple[VisitLine, ...]:
    """Newest first; a draft says so instead of a Result."""
    lines = []
    for head in heads[:MAX_VISITS]:
        if head.status == Status.DRAFT:
            tone, icon, words = "accent", "pen-line", "result.draft"
        else:
            result = Result(head.result)
            (tone, icon), words = TONES[result], f"result.{result.value}"
        lines.append(VisitLine(head.id, day_text(head.finished or head.started, language), tone, icon, words))
    return tuple(lines)


def draft_of(heads: Sequence[InspectionHead]) -> str:
    """The id of a visit begun here and not finished, '' for none: it is continued rather than begun again."""
    return next((head.id for head in heads if head.status == Status.DRAFT), "")


def is_registry_file(name: str) -> bool:
    """Files that can be dropped on the page."""
    return name.lower().endswith((".csv", ".xlsx"))
