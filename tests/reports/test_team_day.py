"""服務隊日報: every visit and open finding printed, totals tie, a zero report says so, nothing leaves the page."""

from dataclasses import replace
from datetime import timedelta

import pytest

from inspector_app.domain.finding import UNFINISHED, Level
from inspector_app.domain.inspection import Result
from inspector_app.reports.facts import FindingLine, TeamDayFacts, VisitLine
from inspector_app.reports.team_day import team_day
from inspector_app.reports.words import LANGUAGES, Words
from tests.reports import sample
from tests.reports.test_inspection import BARRED, HOSTILE, assert_inside, pages, squeezed

KINDS = ("planned", "random", "complaint", "special")
RESULTS, LEVELS = tuple(Result), tuple(Level)


def visit(number: int) -> VisitLine:
    return VisitLine(
        at=sample.START + timedelta(minutes=40 * number),
        site=f"琶洲創新科技第{number}分公司",
        street="琶洲街道",
        kind=KINDS[number % 4],
        stage="recheck" if number % 5 == 4 else "first",
        number=f"海復督記〔2020〕17A-{number:04d}號" if number % 3 else "",
        result=RESULTS[number % 4],
        answered=60 + number,
        total=72,
        findings=number % 4,
        vetoes=number % 2,
        is_finished=bool(number % 3),
    )


def finding(number: int) -> FindingLine:
    return FindingLine(
        item=f"B{number:02d}",
        requirement=f"口罩不少於3天用量，第{number}處",
        site="琶洲創新科技有限公司",
        level=LEVELS[number % 3],
        deadline=sample.START + timedelta(days=number - 4) if number % 6 else None,
        rule="3d" if number % 6 else "pre-open",
        status=UNFINISHED[number % 3].value,
        is_overdue=0 < number < 4,
    )


def facts(language: str = "zh-Hant", visits: int = 7, findings: int = 14) -> TeamDayFacts:
    return TeamDayFacts(
        day=sample.START,
        issuer="廣州市海珠區復工復產工作專班",
        team="第17服務隊",
        members=("陳志強", "黃婉儀"),
        visits=tuple(map(visit, range(visits))),
        findings=tuple(map(finding, range(findings))),
        opened=9 if visits else 0,
        reported=3 if visits else 0,
        closed=2 if visits else 0,
        due_soon=4,
        waiting=(12, 3),
        printed=sample.START + timedelta(hours=9),
        language=language,
    )


def body_of(made: TeamDayFacts) -> str:
    return squeezed("".join(pages(team_day(made).pdf)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [1, 14, 80])
def test_every_visit_and_finding_is_printed(language: str, size: int) -> None:
    made = facts(language, size, size)
    document = team_day(made)
    body, words = squeezed("".join(pages(document.pdf))), Words(language)
    assert document.missing == frozenset()
    for line in made.visits:
        assert line.site in body
        assert f"{line.answered}/72" in body
    for found in made.findings:
        assert squeezed(found.requirement) in body
    overdue = sum(line.is_overdue for line in made.findings)
    assert squeezed(words("day.findings.note", size, overdue)) in body
    assert squeezed(words("day.waiting", 12, 3)) in body
    assert [word for word in BARRED if word in body] == []
    assert_inside(document.pdf)


def test_a_day_without_work_is_a_zero_report_not_a_missing_one() -> None:
    zero = facts(visits=0, findings=0)
    assert zero.is_zero
    body = body_of(replace(zero, waiting=(0, 0)))
    words = Words("zh-Hant")
    for key in ("day.zero", "day.zero.text", "day.findings.none", "day.sent"):
        assert squeezed(words[key]) in body
    assert "零報告" not in body_of(facts())
    assert not replace(zero, closed=1).is_zero


def test_an_unfinished_visit_shows_no_result() -> None:
    line = replace(visit(1), is_finished=False, result=Result.PASSES, number="")
    body = body_of(replace(facts(), visits=(line,), findings=()))
    assert "未完成" in body
    assert "合格" not in body


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_prints_something_every_time(text: str) -> None:
    made = facts()
    visits = tuple(replace(line, site=text, number=text, street=text) for line in made.visits)
    findings = tuple(replace(line, item=text, requirement=text, site=text) for line in made.findings[:3])
    document = team_day(replace(made, visits=visits[:3], findings=findings, team=text, issuer=text, members=(text,)))
    assert len(pages(document.pdf)) == document.pages


def test_same_facts_same_bytes() -> None:
    assert team_day(facts()).pdf == team_day(facts()).pdf
