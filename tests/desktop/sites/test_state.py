"""Facts and past visits of a Site."""

from dataclasses import replace

import pytest

from inspector_app.desktop.sites.state import derive_facts, derive_visits, draft_of, is_registry_file
from inspector_app.domain.inspection import Result, Status
from inspector_app.domain.site import Site
from inspector_app.store.inspections import InspectionHead

HEAD = InspectionHead(
    id="a", site="s", site_name="某店", team=7,
    started="2020-03-05T09:00:00+08:00", finished="2020-03-05T10:00:00+08:00",
    status=Status.FINISHED, number="1", result=Result.RECTIFY, answered=70, total=70, inspectors=(),
)  # fmt: skip


def test_only_known_facts_are_shown_and_the_phone_is_masked() -> None:
    facts = derive_facts(Site("s", "某店", "海幢", "FB", phone="020-84401234", headcount=1200))
    assert {fact.words: fact.value for fact in facts} == {
        "sites.fact_type": "type.FB",
        "sites.fact_street": "海幢",
        "sites.fact_phone": "02084****34",
        "sites.fact_headcount": "1,200",
    }


def test_a_draft_says_so_and_is_the_one_to_continue() -> None:
    draft = replace(HEAD, id="b", finished="", status=Status.DRAFT, result=Result.OPEN)
    lines = derive_visits([draft, HEAD], "zh-Hant")
    assert [(line.day, line.words, line.tone) for line in lines] == [
        ("2020年3月5日", "result.draft", "accent"),
        ("2020年3月5日", "result.rectify", "warn"),
    ]
    assert draft_of([HEAD, draft]) == "b"
    assert draft_of([HEAD]) == ""


@pytest.mark.parametrize(
    ("name", "taken"), [("名冊.CSV", True), ("a.xlsx", True), ("a.xls", False), ("a.csv.exe", False), ("", False)]
)
def test_what_can_be_dropped(name: str, taken: bool) -> None:
    assert is_registry_file(name) is taken
