"""What the search of the whole window shows: hits in groups, derived from what the store found and what can be done; pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from inspector_app.desktop.kit.dates import day_text
from inspector_app.domain.finding import UNFINISHED, Finding
from inspector_app.domain.inspection import Result, Status
from inspector_app.domain.pinyin import matches
from inspector_app.domain.site import Site
from inspector_app.store.inspections import InspectionHead

Group = Literal["recent", "sites", "visits", "findings", "deeds"]
PAGE_OF: Mapping[Group, str] = {
    "recent": "inspection",
    "sites": "sites",
    "visits": "inspection",
    "findings": "findings",
}
"""Where a hit of each group is opened; deeds are done where one is."""
MAX_DEEDS = 6


@dataclass(frozen=True)
class Found:
    """What the store has for a text; `recent` visits only for none."""

    sites: tuple[Site, ...] = ()
    visits: tuple[InspectionHead, ...] = ()
    findings: tuple[Finding, ...] = ()
    recent: tuple[InspectionHead, ...] = ()
    names: Mapping[str, str] | None = None
    """Site id → name, for Findings."""


@dataclass(frozen=True)
class Deed:
    """Something that can be done: its place in the registry of actions, its words, its keys."""

    place: int
    words: str
    keys: str


@dataclass(frozen=True)
class Hit:
    """One line: what it is called, what tells it apart, an icon; `id` names it in its group."""

    group: Group
    id: str
    title: str
    below: str
    icon: str


def derive_hits(
    found: Found, deeds: Sequence[Deed], text: str, tr: Callable[..., str], language: str
) -> tuple[Hit, ...]:
    """Groups in the order people look: what was opened lately, places, visits, Findings, then what can be done."""
    fitting = [deed for deed in deeds if is_meant(deed.words, text)]
    names = found.names or {}
    return (
        *(_visit(head, tr, language, "recent") for head in found.recent),
        *(_site(site, tr) for site in found.sites),
        *(_visit(head, tr, language, "visits") for head in found.visits),
        *(_finding(finding, names, tr, language) for finding in found.findings),
        *(_deed(deed) for deed in (fitting[:MAX_DEEDS] if text else fitting)),
    )


def is_meant(words: str, text: str) -> bool:
    """Every part of the text stands in the words or is how they read in pinyin."""
    return all(matches(words, part) for part in text.split())


def _site(site: Site, tr: Callable[..., str]) -> Hit:
    kind = tr(f"type.{site.type}") if site.type else ""
    return Hit("sites", site.id, site.name, _joined(kind, site.street, site.code), "building-2")


def _visit(head: InspectionHead, tr: Callable[..., str], language: str, group: Group) -> Hit:
    if head.status == Status.DRAFT:
        words, icon = tr("result.draft"), "pen-line"
    else:
        words, icon = tr(f"result.{Result(head.result).value}"), "clipboard-check"
    return Hit(group, head.id, head.site_name, _joined(words, day_text(head.started, language), head.number), icon)


def _finding(finding: Finding, names: Mapping[str, str], tr: Callable[..., str], language: str) -> Hit:
    """A Finding that is over says so instead of its Deadline."""
    due = tr("search.due", day=day_text(finding.deadline, language, year=False)) if finding.deadline else ""
    state = due if finding.status in UNFINISHED else tr(f"status.{finding.status.value}")
    title = f"{finding.item} {finding.observation or finding.requirement}"
    return Hit("findings", finding.id, title, _joined(names.get(finding.site, ""), state), "wrench")


def _deed(deed: Deed) -> Hit:
    return Hit("deeds", str(deed.place), deed.words, deed.keys, "arrow-right")


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))
