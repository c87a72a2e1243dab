"""Questions beside the Items on paper: every answer in words, repeats as numbered blocks, no conclusion where there is none."""

import json
import re
from dataclasses import replace

import pytest

from inspector_app.domain.inspection import Result
from inspector_app.reports.facts import Answered, InspectionFacts, Section
from inspector_app.reports.inspection import inspection_record
from inspector_app.reports.record import record_json
from inspector_app.reports.words import LANGUAGES, Words
from tests.reports import sample
from tests.reports.test_inspection import pages, squeezed

ROOMS = tuple(
    entry
    for number in range(1, 41)
    for entry in (
        Answered("instance", 0, "房間", number=number),
        Answered("question", 1, "房間名稱", f"第{number}間"),
    )
)
SECTIONS = (
    Section(
        "", (Answered("question", 0, "這裡住的是誰？", "李婉儀一家" * 60), Answered("question", 0, "顏色", "紅；綠"))
    ),
    Section("房間", ROOMS),
    Section("", (Answered("question", 0, "正門照片", photos=(1,)),)),
)


def plain(language: str = "zh-Hant") -> InspectionFacts:
    """A visit with a form of questions only."""
    facts = sample.facts(language)
    return replace(
        facts,
        result=Result.RECORDED,
        reasons=(),
        dimensions=(),
        items=(),
        findings=(),
        pictures=facts.pictures[:1],
        sections=SECTIONS,
        subject="出租屋走訪",
    )


def text(facts: InspectionFacts) -> str:
    document = inspection_record(facts)
    assert not document.missing
    return squeezed("".join(pages(document.pdf)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_record_without_items_prints_every_answer_and_no_verdict(language: str) -> None:
    words, found = Words(language), text(plain(language))
    for number in (1, 17, 40):
        assert f"{number}.房間房間名稱第{number}間" in found
    for printed in ("出租屋走訪", "紅；綠", "李婉儀一家" * 60, words["result.recorded"], words["summary.end.recorded"]):
        assert squeezed(printed) in found
    for absent in ("scores", "gravest", "summary.end.passes"):
        assert squeezed(words[absent]) not in found


def test_other_questions_follow_the_checklist() -> None:
    facts = replace(sample.facts("zh-Hant"), sections=SECTIONS)
    found = text(facts)
    words = Words("zh-Hant")
    assert found.index(squeezed(words["checklist"])) < found.rindex(squeezed(words["answers"])) < found.rindex("第40間")


def test_a_heading_is_never_last_on_its_page() -> None:
    for page in map(squeezed, pages(inspection_record(plain()).pdf)):
        assert len(re.findall(r"\d+\.房間", page)) == page.count("房間名稱")


def test_records_without_sections_keep_their_digest() -> None:
    tree = json.loads(record_json(sample.facts("zh-Hant")))
    assert not {"sections", "subject"} & tree.keys()
    assert json.loads(record_json(plain()))["sections"][0]["entries"][1]["text"] == "紅；綠"
