"""Asks the store for what a text may mean."""

from inspector_app.desktop.searching.state import Found
from inspector_app.domain.finding import UNFINISHED
from inspector_app.store import findings, inspections, sites
from inspector_app.store.database import Store

MAX_SITES, MAX_VISITS, MAX_FINDINGS, MAX_RECENT = 7, 5, 5, 6
LOOKED_INTO = 4
"""Sites whose visits and open Findings are offered with them."""
_OPEN = tuple(status.value for status in UNFINISHED)


def find_everything(store: Store, text: str) -> Found:
    """One consistent look; for no text what was worked on last."""
    with store.reading() as session:
        if not text:
            return Found(recent=tuple(inspections.heads(session, inspections.ids(session, limit=MAX_RECENT))))
        places = store.site_names.search(session, text, limit=MAX_SITES)
        visits = inspections.matching(session, text)[:MAX_VISITS]
        open_there: list[str] = []
        for site in places[:LOOKED_INTO]:
            visits += inspections.ids(session, site=site, limit=2)
            open_there += findings.ids(session, site=site, status=_OPEN, limit=2)
        said = findings.ids(session, text=text, limit=MAX_FINDINGS)
        wanted = list(dict.fromkeys([*said, *open_there]))[:MAX_FINDINGS]
        found = tuple(findings.many(session, wanted))
        named = sites.many(session, sorted({finding.site for finding in found}))
        return Found(
            sites=tuple(sites.many(session, places)),
            visits=tuple(inspections.heads(session, list(dict.fromkeys(visits))[:MAX_VISITS])),
            findings=found,
            names={site.id: site.name for site in named},
        )
