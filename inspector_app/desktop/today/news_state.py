"""What colleagues changed since yesterday, as lines that open it; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from inspector_app.desktop.kit.dates import moment_text
from inspector_app.desktop.today.state import MAX_LINES, RESULT_LOOKS, Line
from inspector_app.domain.clock import CHINA, iso, milliseconds
from inspector_app.domain.finding import Finding, FindingStatus
from inspector_app.domain.inspection import Result, Status
from inspector_app.store.inspections import InspectionHead
from inspector_app.store.news import News

_DONE = {FindingStatus.CLOSED: ("pass", "circle-check"), FindingStatus.REPORTED: ("accent", "eye")}


@dataclass(frozen=True)
class NewsFacts:
    """What is new, and the records it is about."""

    news: tuple[News, ...] = ()
    heads: Mapping[str, InspectionHead] = field(default_factory=dict)
    findings: Mapping[str, Finding] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class NewsLine:
    """A line and the page that shows what it is about."""

    page: str
    line: Line


def start_of_yesterday(now: datetime) -> int:
    """Milliseconds of the midnight before last, in China's time."""
    midnight = now.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
    return milliseconds(midnight - timedelta(days=1))


def derive_news(facts: NewsFacts, language: str) -> tuple[NewsLine, ...]:
    """Visits and Findings newest first; a visit speaks for its Findings; changed Sites are one line."""
    lines: list[NewsLine] = []
    sites = [each for each in facts.news if each.kind == "site"]
    told: set[str] = {each.id for each in facts.news if each.id in facts.heads}
    for each in facts.news:
        head, finding = facts.heads.get(each.id), facts.findings.get(each.id)
        if head is not None:
            lines.append(NewsLine("inspection", _visit_line(each, head, language)))
        elif finding is not None and finding.inspection not in told:
            lines.append(NewsLine("findings", _finding_line(each, finding, facts.names, language)))
    if sites:
        line = Line("", "", _below(sites[0], language), "accent", "building-2", "today.news_sites", len(sites))
        lines = [*lines[: MAX_LINES - 1], NewsLine("sites", line)]
    return tuple(lines[:MAX_LINES])


def _below(news: News, language: str) -> str:
    return " · ".join(filter(None, (news.who, moment_text(iso(news.at_ms), language, year=False))))


def _visit_line(news: News, head: InspectionHead, language: str) -> Line:
    if head.status == Status.DRAFT:
        return Line(head.id, head.site_name, _below(news, language), "accent", "pen-line", "today.draft")
    result = Result(head.result)
    return Line(head.id, head.site_name, _below(news, language), *RESULT_LOOKS[result], f"result.{result.value}")


def _finding_line(news: News, finding: Finding, names: Mapping[str, str], language: str) -> Line:
    tone, icon = _DONE.get(finding.status, ("warn", "wrench"))
    below = " · ".join(filter(None, (names.get(finding.site, ""), _below(news, language))))
    title = f"{finding.item} {finding.observation or finding.requirement}"
    return Line(finding.id, title, below, tone, icon, f"status.{finding.status.value}")
