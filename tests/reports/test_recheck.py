"""復查記錄: every problem with its outcome in shape and word, nothing outside the page, hostile text included."""

from dataclasses import replace
from datetime import timedelta

import pytest

from inspector_app.reports.facts import NoticeFacts, RecheckFacts, RecheckLine
from inspector_app.reports.recheck import outcome, recheck
from inspector_app.reports.words import LANGUAGES, Words
from tests.reports import sample
from tests.reports.test_inspection import BARRED, HOSTILE, assert_inside, hostile, pages, squeezed

STATES = ("closed", "mending", "open", "transferred")


def facts(language: str = "zh-Hant", fails: int = 9, photos: int = 6) -> RecheckFacts:
    visit = sample.facts(language, fails=fails, count=90, photos=photos)
    later = sample.START + timedelta(days=3)
    after = tuple(replace(picture, number=picture.number + photos) for picture in visit.pictures[::2])
    lines = tuple(
        RecheckLine(
            found,
            STATES[at % 4],
            by="黃婉儀" if at % 4 < 2 else "",
            at=later if at % 4 < 2 else None,
            note=found.observation if at % 4 == 1 else "",
            deadline=later + timedelta(days=2) if at % 4 == 1 else None,
            after=tuple(picture.number for picture in after if picture.item == found.item),
        )
        for at, found in enumerate(visit.findings)
    )
    return RecheckFacts(
        "海復查〔2020〕17A-0003號", later, "海復整〔2020〕17A-0007號", sample.START, visit, lines, after
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fails", [1, 9, 60])
def test_every_problem_is_there_with_its_outcome(language: str, fails: int) -> None:
    made = facts(language, fails)
    document, words = recheck(made), Words(language)
    body = squeezed("".join(pages(document.pdf)))
    assert document.missing == frozenset()
    for line in made.lines:
        assert squeezed(line.found.requirement) in body
        assert squeezed(words[f"recheck.{outcome(line)}"]) in body
        assert line.deadline is None or squeezed(words.moment(line.deadline)) in body
    for picture in made.after:
        assert squeezed(words("photo", picture.number)) in body
    assert squeezed(made.number) in body and squeezed(made.notice) in body
    assert [word for word in BARRED if word in body] == []
    assert_inside(document.pdf)
    assert recheck(made).pdf == document.pdf


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_prints_something_every_time(text: str) -> None:
    visit = NoticeFacts(text, None, hostile(text)).visit
    lines = tuple(RecheckLine(found, "mending", text, sample.START, text) for found in visit.findings)
    document = recheck(RecheckFacts(text, None, text, sample.START, visit, lines))
    assert len(pages(document.pdf)) == document.pages
