"""What the list of Findings shows: filters, due words and tones; pure, time is an argument."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from inspector_app.domain.finding import UNFINISHED, Finding, FindingStatus, Level, is_due_soon, is_overdue
from inspector_app.domain.photo import Photo

Filter = Literal["all", "overdue", "soon", "recheck", "closed"]
FILTERS: tuple[Filter, ...] = ("all", "overdue", "soon", "recheck", "closed")
STATUSES: dict[Filter, tuple[str, ...]] = {
    "all": tuple(status.value for status in UNFINISHED),
    "recheck": (FindingStatus.REPORTED.value,),
    "closed": (FindingStatus.CLOSED.value, FindingStatus.TRANSFERRED.value, FindingStatus.WITHDRAWN.value),
}
"""Which states a chip shows; overdue and soon follow from the clock."""
STATUS_LOOKS = {
    FindingStatus.OPEN: ("warn", "circle-dashed"),
    FindingStatus.MENDING: ("warn", "wrench"),
    FindingStatus.REPORTED: ("accent", "eye"),
    FindingStatus.CLOSED: ("pass", "circle-check"),
    FindingStatus.TRANSFERRED: ("na", "arrow-right"),
    FindingStatus.WITHDRAWN: ("na", "circle-minus"),
}
LEVEL_LOOKS = {Level.VETO: ("fail", "star"), Level.KEY: ("warn", "diamond"), Level.NORMAL: ("na", "flag")}


@dataclass(frozen=True)
class FindingRow:
    """One line of the list."""

    finding: Finding
    site_name: str


@dataclass(frozen=True)
class Due:
    """How a Deadline stands: `kind` ∈ late_days, late_hours, soon, later, rule, over; `n` days or hours."""

    kind: str
    tone: str
    icon: str
    n: int = 0


@dataclass(frozen=True)
class FindingFile:
    """Everything the panel shows about one Finding."""

    finding: Finding
    site_name: str
    photos: tuple[Photo, ...]
    number: str


def derive_due(finding: Finding, now: datetime) -> Due:
    """Red when overdue, amber within 24 hours (domain.md §4), quiet otherwise."""
    if finding.status not in UNFINISHED:
        return Due("over", "na", "circle-check")
    if not finding.deadline:
        return Due("rule", "warn", "flag")
    if is_overdue(finding, now):
        late = now - datetime.fromisoformat(finding.deadline)
        if late >= timedelta(days=2):
            return Due("late_days", "fail", "triangle-alert", late.days)
        return Due("late_hours", "fail", "triangle-alert", int(late / timedelta(hours=1)))
    if is_due_soon(finding, now):
        left = datetime.fromisoformat(finding.deadline) - now
        return Due("soon", "warn", "clock", int(left / timedelta(hours=1)))
    return Due("later", "na", "clock")


def presses(finding: Finding, due: Due) -> bool:
    """Late or due soon, and still to be mended."""
    return due.kind in ("late_days", "late_hours", "soon") and can_report(finding)


def soon_ids(due: Sequence[str], overdue: Sequence[str]) -> list[str]:
    """Due within a day and not overdue yet, in the order of `due`."""
    late = set(overdue)
    return [each for each in due if each not in late]


def can_report(finding: Finding) -> bool:
    """The fix can be reported."""
    return finding.status in (FindingStatus.OPEN, FindingStatus.MENDING)


def can_close(finding: Finding) -> bool:
    """It waits for somebody else to look at it on site."""
    return finding.status is FindingStatus.REPORTED
