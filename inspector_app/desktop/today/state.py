"""What today asks for, derived from heads of visits and open Findings; pure, time is an argument."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from inspector_app.desktop.kit.dates import day_text, moment_text, time_text
from inspector_app.domain.clock import CHINA
from inspector_app.domain.finding import Finding, is_due_soon, is_overdue
from inspector_app.domain.inspection import Result, Status
from inspector_app.domain.plan import Plan
from inspector_app.store.inspections import InspectionHead

MAX_LINES = 8
RESULT_LOOKS = {
    Result.PASSES: ("pass", "circle-check"),
    Result.RECTIFY: ("warn", "triangle-alert"),
    Result.FAILS: ("fail", "circle-x"),
    Result.OPEN: ("na", "circle-dashed"),
    Result.RECORDED: ("na", "file-text"),
}


@dataclass(frozen=True)
class Line:
    """One row that opens something: title, a line below it, and a badge (tone, icon, catalogue key with `n`)."""

    id: str
    title: str
    below: str
    tone: str
    icon: str
    words: str
    n: int = 0


def derive_plans(plans: Sequence[Plan], names: Mapping[str, str], now: datetime, language: str) -> tuple[Line, ...]:
    """Visits to be made: those whose day has passed first, then today's, then what comes; earliest first."""
    today = now.astimezone(CHINA).date()
    return tuple(_plan_line(plan, names, today, language) for plan in plans[:MAX_LINES])


def _plan_line(plan: Plan, names: Mapping[str, str], today: date, language: str) -> Line:
    late = (today - date.fromisoformat(plan.day)).days
    below = " · ".join(filter(None, (day_text(plan.day, language, year=False), plan.by, plan.note)))
    name = names.get(plan.site, "")
    if late > 0:
        return Line(plan.id, name, below, "warn", "clock", "today.plan_late", late)
    if late == 0:
        return Line(plan.id, name, below, "accent", "calendar-check", "today.plan_today")
    return Line(plan.id, name, below, "na", "calendar-check", "today.plan_ahead", -late)


@dataclass(frozen=True)
class TodayState:
    """Three lists and the figures above them; `more` counts what the lists leave out."""

    drafts: tuple[Line, ...] = ()
    urgent: tuple[Line, ...] = ()
    visits: tuple[Line, ...] = ()
    draft_count: int = 0
    overdue_count: int = 0
    soon_count: int = 0
    visit_count: int = 0


def derive_today(
    heads: Sequence[InspectionHead],
    findings: Sequence[Finding],
    names: Mapping[str, str],
    now: datetime,
    language: str,
) -> TodayState:
    """`heads` newest first; `findings` unfinished ones; `names` Site id → name; `now` aware."""
    drafts = [head for head in heads if head.status == Status.DRAFT]
    today = [head for head in heads if head.status == Status.FINISHED and _is_same_day(head.finished, now)]
    overdue = sorted((f for f in findings if is_overdue(f, now)), key=_deadline)
    soon = sorted((f for f in findings if is_due_soon(f, now)), key=_deadline)
    urgent = [*(_overdue_line(f, names, now, language) for f in overdue), *(_soon_line(f, names) for f in soon)]
    return TodayState(
        drafts=tuple(_draft_line(head, language) for head in drafts[:MAX_LINES]),
        urgent=tuple(urgent[:MAX_LINES]),
        visits=tuple(_visit_line(head) for head in today[:MAX_LINES]),
        draft_count=len(drafts),
        overdue_count=len(overdue),
        soon_count=len(soon),
        visit_count=len(today),
    )


def _deadline(finding: Finding) -> str:
    return finding.deadline


def _is_same_day(iso: str, now: datetime) -> bool:
    return bool(iso) and datetime.fromisoformat(iso).astimezone(CHINA).date() == now.astimezone(CHINA).date()


def _draft_line(head: InspectionHead, language: str) -> Line:
    below = moment_text(head.started, language, year=False)
    words = f"{head.answered}/{head.total}"
    return Line(
        head.id, head.site_name, f"{below} · {words}" if head.total else below, "accent", "pen-line", "today.draft"
    )


def _overdue_line(finding: Finding, names: Mapping[str, str], now: datetime, language: str) -> Line:
    late = now - datetime.fromisoformat(finding.deadline)
    below = f"{names.get(finding.site, '')} · {day_text(finding.deadline, language, year=False)}".strip(" ·")
    title = f"{finding.item} {finding.requirement}"
    if late < timedelta(days=1):
        return Line(finding.id, title, below, "fail", "circle-alert", "today.late_hours", max(1, late.seconds // 3600))
    return Line(finding.id, title, below, "fail", "circle-alert", "today.late_days", late.days)


def _soon_line(finding: Finding, names: Mapping[str, str]) -> Line:
    below = f"{names.get(finding.site, '')} · {time_text(finding.deadline)}".strip(" ·")
    return Line(finding.id, f"{finding.item} {finding.requirement}", below, "warn", "clock", "today.soon")


def _visit_line(head: InspectionHead) -> Line:
    result = Result(head.result)
    tone, icon = RESULT_LOOKS[result]
    below = " · ".join(filter(None, (time_text(head.finished), head.number)))
    return Line(head.id, head.site_name, below, tone, icon, f"result.{result.value}")
