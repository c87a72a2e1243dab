"""What today asks for, from plain facts."""

from dataclasses import replace
from datetime import datetime, timedelta

from inspector_app.desktop.today.state import MAX_LINES, derive_plans, derive_today
from inspector_app.domain.clock import CHINA
from inspector_app.domain.finding import Finding, FindingStatus, Level
from inspector_app.domain.inspection import Result, Status
from inspector_app.domain.plan import Plan
from inspector_app.store.inspections import InspectionHead

NOW = datetime(2020, 3, 5, 10, 30, tzinfo=CHINA)
DRAFT = InspectionHead(
    id="d", site="s", site_name="某園區", team=7, started="2020-03-05T09:00:00+08:00", finished="",
    status=Status.DRAFT, number="", result=Result.OPEN, answered=12, total=70, inspectors=("甲",),
)  # fmt: skip
DONE = replace(
    DRAFT,
    id="f",
    finished="2020-03-05T00:10:00+08:00",
    status=Status.FINISHED,
    number="第07-0001號",
    result=Result.FAILS,
)
FINDING = Finding("x", "f", "s", 7, "A04", "A", "應急預案", "沒有", Level.VETO, "24h", "")


def due(hours: float, **changes: object) -> Finding:
    deadline = (NOW + timedelta(hours=hours)).isoformat()
    return replace(FINDING, id=f"{hours}", deadline=deadline, **changes)  # type: ignore[arg-type]


def test_nothing_asks_for_nothing() -> None:
    state = derive_today([], [], {}, NOW, "zh-Hant")
    assert state == type(state)()


def test_drafts_and_visits_of_today_are_told_apart() -> None:
    yesterday = replace(DONE, id="y", finished="2020-03-04T23:59:00+08:00")
    early_elsewhere = replace(DONE, id="u", finished="2020-03-04T16:30:00+00:00")
    state = derive_today([DRAFT, DONE, yesterday, early_elsewhere], [], {}, NOW, "en")
    assert [line.id for line in state.drafts] == ["d"]
    assert state.drafts[0].below == "5 Mar 09:00 · 12/70"
    assert [line.id for line in state.visits] == ["f", "u"]
    assert (state.visits[0].tone, state.visits[0].words) == ("fail", "result.fails")
    assert (state.draft_count, state.visit_count) == (1, 2)


def test_overdue_comes_first_oldest_first() -> None:
    findings = [due(5), due(-3), due(-50), due(30), due(-1, status=FindingStatus.CLOSED)]
    state = derive_today([], findings, {"s": "某園區"}, NOW, "zh-Hant")
    assert [(line.id, line.words, line.n) for line in state.urgent] == [
        ("-50", "today.late_days", 2),
        ("-3", "today.late_hours", 3),
        ("5", "today.soon", 0),
    ]
    assert (state.overdue_count, state.soon_count) == (2, 1)
    assert state.urgent[0].below == "某園區 · 3月3日"


def test_a_finding_without_deadline_or_site_is_no_trouble() -> None:
    state = derive_today([], [FINDING, due(-2)], {}, NOW, "en")
    assert [line.below for line in state.urgent] == ["5 Mar"]


def test_long_lists_are_cut_and_still_counted() -> None:
    state = derive_today([DRAFT] * 30, [due(-n) for n in range(1, 30)], {}, NOW, "en")
    assert len(state.drafts) == len(state.urgent) == MAX_LINES
    assert (state.draft_count, state.overdue_count) == (30, 29)


def test_plans_say_how_far_away_they_are() -> None:
    days = ("2020-03-03", "2020-03-05", "2020-03-09")
    plans = [Plan(day, "s", 7, day, by="陳志強") for day in days]
    lines = derive_plans(plans, {"s": "某園區"}, NOW, "zh-Hant")
    assert [(line.title, line.words, line.n) for line in lines] == [
        ("某園區", "today.plan_late", 2), ("某園區", "today.plan_today", 0), ("某園區", "today.plan_ahead", 4)
    ]  # fmt: skip
    assert lines[0].below == "3月3日 · 陳志強"
