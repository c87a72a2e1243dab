"""全區匯總: 39 Teams on one page, sums tie, both numbers stand behind each rate, a silent Team is no zero."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from inspector_app.domain.scoring import Tally
from inspector_app.domain.site import STREETS
from inspector_app.reports.district import district
from inspector_app.reports.facts import DistrictFacts, TeamLine
from inspector_app.reports.words import LANGUAGES, Words
from tests.reports import sample
from tests.reports.test_inspection import BARRED, HOSTILE, assert_inside, pages, squeezed


def line(number: int) -> TeamLine:
    random = Random(number)
    tallies = tuple(Tally(random.randrange(25, 60), random.randrange(18), random.randrange(4), 0) for _ in range(5))
    total = Tally(sum(t.passed for t in tallies), sum(t.failed for t in tallies), 0, 0)
    listed = random.randrange(6, 15)
    return TeamLine(
        team=f"第{number:02d}隊",
        streets=STREETS[number % 18],
        visited=random.randrange(3, listed + 1),
        listed=listed,
        tally=total,
        dimensions=tallies,
        findings=total.failed,
        closed=random.randrange(9),
        due_soon=random.randrange(3),
        overdue=random.randrange(3),
    )


def facts(language: str = "zh-Hant", count: int = 39) -> DistrictFacts:
    return DistrictFacts(
        first=sample.START,
        last=sample.START + timedelta(days=6),
        as_of=sample.START + timedelta(hours=8),
        issuer="廣州市海珠區復工復產工作專班",
        teams=tuple(line(number) for number in range(1, count + 1)),
        dimensions=tuple(zip("ABCDE", sample.NAMES[language], strict=False)),
        printed=sample.START + timedelta(hours=9),
        language=language,
    )


def body_of(made: DistrictFacts) -> str:
    return squeezed("".join(pages(district(made).pdf)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_39_teams_stand_on_one_page(language: str) -> None:
    made = facts(language)
    document = district(made)
    assert document.pages == 1
    assert document.missing == frozenset()
    assert_inside(document.pdf)
    body = body_of(made)
    for team in made.teams:
        for fact in (team.team, f"{team.visited}/{team.listed}", f"{team.tally.passed}/{team.tally.denominator}"):
            assert fact in body
    assert [word for word in BARRED if word in body] == []


def test_the_head_is_the_sum_of_the_columns() -> None:
    made = facts()
    body = body_of(made)
    passed = sum(team.tally.passed for team in made.teams)
    every = sum(team.tally.denominator for team in made.teams)
    visited, listed = sum(team.visited for team in made.teams), sum(team.listed for team in made.teams)
    for total in (f"{visited}/{listed}", f"{passed}/{every}", str(sum(team.findings for team in made.teams))):
        assert total in body


def test_a_silent_team_is_not_counted_as_zero() -> None:
    made = facts(count=2)
    empty = Tally(0, 0, 0, 0)
    silent = replace(made.teams[0], is_silent=True, visited=0, tally=empty, dimensions=(empty,) * 5, findings=0)
    body = body_of(replace(made, teams=(silent, made.teams[1])))
    assert squeezed(Words("zh-Hant")["district.silent"]) in body
    assert f"0/{silent.listed}" not in body


def test_many_teams_go_on_over_pages() -> None:
    document = district(facts(count=120))
    assert document.pages > 1
    assert_inside(document.pdf)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_prints_something_every_time(text: str) -> None:
    made = facts(count=2)
    teams = tuple(replace(team, streets=text, team=text) for team in made.teams)
    dimensions = tuple((text, text) for _ in range(5))
    document = district(replace(made, teams=teams, issuer=text, dimensions=dimensions))
    assert len(pages(document.pdf)) == document.pages


def test_same_facts_same_bytes() -> None:
    assert district(facts()).pdf == district(facts()).pdf
