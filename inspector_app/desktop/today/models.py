"""Reads from the store what the today page shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from inspector_app.desktop.today.guide_state import GuideFacts
from inspector_app.desktop.today.news_state import NewsFacts, start_of_yesterday
from inspector_app.domain.clock import moment
from inspector_app.domain.finding import UNFINISHED, Finding
from inspector_app.domain.inspection import Status
from inspector_app.domain.plan import Plan
from inspector_app.domain.site import Site
from inspector_app.store import findings, inspections, news, papers, plans, sites
from inspector_app.store.database import Store
from inspector_app.store.inspections import InspectionHead
from inspector_app.store.ledger import StoreLedger

MAX_DRAFTS = 200
MAX_VISITS = 200
MAX_FINDINGS = 2_000
MAX_CHOICES = 6
DAYS_AHEAD = 7
"""How far a plan may lie ahead to be seen today."""


@dataclass(frozen=True)
class TodayFacts:
    """Drafts and the latest finished visits, unfinished Findings, the names of their Sites."""

    heads: tuple[InspectionHead, ...]
    findings: tuple[Finding, ...]
    names: Mapping[str, str]
    news: NewsFacts = field(default_factory=NewsFacts)
    guide: GuideFacts = field(default_factory=GuideFacts)
    plans: tuple[Plan, ...] = ()


def read_today(store: Store) -> TodayFacts:
    """One consistent look."""
    with store.reading() as session:
        ids = list(inspections.ids(session, status=Status.DRAFT.value, limit=MAX_DRAFTS))
        ids += inspections.ids(session, status=Status.FINISHED.value, limit=MAX_VISITS)
        open_ids = findings.ids(session, status=tuple(s.value for s in UNFINISHED), limit=MAX_FINDINGS)
        unfinished = tuple(findings.many(session, open_ids))
        until = (moment(store.clock()) + timedelta(days=DAYS_AHEAD)).date().isoformat()
        planned = tuple(plans.waiting(session, until=until, team=store.me.team))
        wanted = {finding.site for finding in unfinished} | {plan.site for plan in planned}
        named = sites.many(session, sorted(wanted))
        heads = tuple(inspections.heads(session, ids))
        names = {site.id: site.name for site in named}
        guide = GuideFacts(sites.count(session), len(heads), papers.count(session))
    has_joined = StoreLedger(store).hub() is not None
    return TodayFacts(heads, unfinished, names, read_news(store), replace(guide, has_joined=has_joined), planned)


def read_news(store: Store) -> NewsFacts:
    """What Rounds brought since yesterday, with the records it is about."""
    with store.reading() as session:
        new = news.since(session, start_of_yesterday(moment(store.clock())))
        ids = [each.id for each in new]
        found = findings.many(session, ids)
        named = sites.many(session, sorted({finding.site for finding in found}))
        return NewsFacts(
            news=tuple(new),
            heads={head.id: head for head in inspections.heads(session, ids)},
            findings={finding.id: finding for finding in found},
            names={site.id: site.name for site in named},
        )


def find_choices(store: Store, text: str) -> tuple[Site, ...]:
    """The best matches for the quick start."""
    with store.reading() as session:
        return tuple(sites.many(session, store.site_names.search(session, text, limit=MAX_CHOICES)))
