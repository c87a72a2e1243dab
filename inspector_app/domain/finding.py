"""What must be put right, by when, and how far that has come."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from inspector_app.domain.clock import CHINA


class Level(StrEnum):
    """How grave: ★ and a met ☆ are vetoes, ◆ is key (domain.md §3)."""

    VETO = "veto"
    KEY = "key"
    NORMAL = "normal"


class FindingStatus(StrEnum):
    """待整改 → 整改中 → 待復查 → 已銷號; 移交 and 撤銷 are exits (domain.md §5). Overdue is computed, never stored."""

    OPEN = "open"
    MENDING = "mending"
    REPORTED = "reported"
    CLOSED = "closed"
    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"


UNFINISHED = (FindingStatus.OPEN, FindingStatus.MENDING, FindingStatus.REPORTED)


@dataclass(frozen=True)
class Finding:
    """One failed Item of one finished Inspection; `deadline` is ISO 8601 at +08:00, '' only for 'before opening'.

    `recheck_*` say what the last look on site found of a Finding that was not put right, and until when it then should be."""

    id: str
    inspection: str
    site: str
    team: int
    item: str
    dimension: str
    requirement: str
    observation: str
    level: Level
    rule: str
    deadline: str
    status: FindingStatus = FindingStatus.OPEN
    owner: str = ""
    reported_by: str = ""
    closed_by: str = ""
    closed: str = ""
    reported: str = ""
    rechecked: str = ""
    rechecked_by: str = ""
    recheck_note: str = ""
    recheck_deadline: str = ""


_SPANS = {"24h": timedelta(hours=24), "3d": timedelta(days=3), "7d": timedelta(days=7)}
DEADLINE_RULES = ("now", "24h", "3d", "7d", "pre-open", "no-open")


def default_deadline(rule: str, signed: datetime) -> datetime | None:
    """Calendar time from the signature (domain.md §4); `now` is the signature itself, None means 'before opening'."""
    if rule == "now":
        return signed
    span = _SPANS.get(rule)
    return (signed + span).astimezone(CHINA) if span else None


def is_overdue(finding: Finding, now: datetime) -> bool:
    """An unfinished Finding whose Deadline has passed."""
    if finding.status not in UNFINISHED or not finding.deadline:
        return False
    return datetime.fromisoformat(finding.deadline) < now


def is_due_soon(finding: Finding, now: datetime) -> bool:
    """Due within 24 hours and not yet overdue (domain.md §4: amber)."""
    if finding.status not in UNFINISHED or not finding.deadline:
        return False
    left = datetime.fromisoformat(finding.deadline) - now
    return timedelta(0) <= left <= timedelta(hours=24)
