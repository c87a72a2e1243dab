"""Reads from the store what the today page shows."""

from collections.abc import Mapping
from dataclasses import dataclass

from inspector_app.domain.finding import UNFINISHED, Finding
from inspector_app.domain.inspection import Status
from inspector_app.domain.site import Site
from inspector_app.store import findings, inspections, sites
from inspector_app.store.database import Store
from inspector_app.store.inspections import InspectionHead

MAX_DRAFTS = 200
MAX_VISITS = 200
MAX_FINDINGS = 2_000
MAX_CHOICES = 6


@dataclass(frozen=True)
class TodayFacts:
    """Drafts and the latest finished visits, unfinished Findings, the names of their Sites."""

    heads: tuple[InspectionHead, ...]
    findings: tuple[Finding, ...]
    names: Mapping[str, str]


def read_today(store: Store) -> TodayFacts:
    """One consistent look."""
    with store.reading() as session:
        ids = list(inspections.ids(session, status=Status.DRAFT.value, limit=MAX_DRAFTS))
        ids += inspections.ids(session, status=Status.FINISHED.value, limit=MAX_VISITS)
        open_ids = findings.ids(session, status=tuple(s.value for s in UNFINISHED), limit=MAX_FINDINGS)
        unfinished = tuple(findings.many(session, open_ids))
        named = sites.many(session, sorted({finding.site for finding in unfinished}))
        return TodayFacts(
            tuple(inspections.heads(session, ids)), unfinished, {site.id: site.name for site in named}
        )  # fmt: skip


def find_choices(store: Store, text: str) -> tuple[Site, ...]:
    """The best matches for the quick start."""
    with store.reading() as session:
        return tuple(sites.many(session, store.site_names.search(session, text, limit=MAX_CHOICES)))
