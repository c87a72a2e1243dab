"""What others changed and Rounds brought: the newest change of each record since a moment."""

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

LOOKED_AT = 50_000
"""Rows of the log, from its end: what is older is no news."""
_SINCE = text(
    "SELECT log.ent AS id, entity.kind, max(log.t) AS at_ms, log.u AS who FROM log JOIN entity ON entity.id = log.ent"
    " WHERE log.pos > (SELECT coalesce(max(pos), 0) FROM log) - :looked AND log.origin <> 'own' AND log.t >= :since"
    " AND entity.kind IN ('site', 'inspection', 'finding') GROUP BY log.ent ORDER BY at_ms DESC LIMIT :most"
)


@dataclass(frozen=True)
class News:
    """Who changed a record last, and when by the clock of whoever did."""

    id: str
    kind: str
    at_ms: int
    who: str


def since(session: Session, moment_ms: int, *, most: int = 300) -> list[News]:
    """Newest first; `kind` ∈ site, inspection, finding."""
    rows = session.execute(_SINCE, {"since": moment_ms, "most": most, "looked": LOOKED_AT})
    return [News(row.id, row.kind, row.at_ms, row.who) for row in rows]
