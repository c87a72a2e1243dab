"""整改建議通知單: every problem with its deadline, advisory words only, one page where one is enough, no text outside."""

from dataclasses import replace

import pypdfium2
import pytest

from inspector_app.domain.finding import Level
from inspector_app.reports.facts import Document, NoticeFacts
from inspector_app.reports.notice import notice
from inspector_app.reports.record import check_code, record_digest, record_json
from inspector_app.reports.words import LANGUAGES, Words
from tests.reports import sample
from tests.reports.test_inspection import BARRED, HOSTILE, assert_inside, hostile, pages, squeezed

NUMBER = "海復整〔2020〕17A-0007號"


def facts(language: str = "zh-Hant", **changes: object) -> NoticeFacts:
    visit = sample.facts(language, **changes)  # type: ignore[arg-type]
    return NoticeFacts(NUMBER, visit.finished, visit, (visit.site.street, visit.site.department))


def free_shares(pdf: bytes) -> list[float]:
    """Of each page, how much lies empty between the last line of the text and the foot."""
    shares = []
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        lowest = min(bottom for i in range(text.count_rects()) if (bottom := text.get_rect(i)[1]) > 60)
        shares.append((lowest - 60) / 842)
    return shares


def body_of(document: Document) -> str:
    return squeezed("".join(pages(document.pdf)))


def assert_problems(made: NoticeFacts, body: str, words: Words) -> None:
    """Each of its problems is in the text, with what is to be done until when."""
    for found in made.visit.findings:
        assert squeezed(found.requirement) in body
        assert squeezed(found.observation) in body
        assert found.rule == "now" or squeezed(words.moment(found.deadline)) in body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fails", [1, 9, 60])
def test_every_problem_is_printed_with_its_deadline(language: str, fails: int) -> None:
    made = facts(language, fails=fails, count=90, photos=0)
    document = notice(made)
    body, words = body_of(document), Words(language)
    assert document.missing == frozenset()
    assert_problems(made, body, words)
    assert body.count(squeezed(words["advice.default"])) == fails
    for fact in (NUMBER, made.visit.number, made.visit.site.name, made.visit.site.code, *made.copies_to):
        assert squeezed(fact) in body
    assert check_code(record_digest(record_json(made))) in body
    assert_inside(document.pdf)


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_problem_takes_one_page_and_inspectors_sign_on_a_page_with_text(language: str) -> None:
    words = Words(language)
    assert notice(facts(language, fails=1, photos=0)).pages == 1
    for fails in range(2, 14):
        made = facts(language, fails=fails, photos=0)
        read = [squeezed(page) for page in pages(notice(made).pdf)]
        signed = next(page for page in read if squeezed(words["sign.inspector"]) in page)
        assert squeezed(words["notice.report"]) in signed
        took = next(page for page in read if squeezed(words["notice.received"]) in page)
        assert squeezed(f"{words['notice']} {NUMBER}") in took, "a receipt says of what it is"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_left_empty_where_the_signatures_would_fit(language: str) -> None:
    for fails in range(2, 14):
        document = notice(facts(language, fails=fails, photos=0))
        for page in free_shares(document.pdf)[:-1]:
            assert page < 0.26, fails


def test_the_veto_says_what_applies_meanwhile() -> None:
    made = facts(fails=2, photos=0)
    plain = tuple(replace(found, level=Level.NORMAL) for found in made.visit.findings)
    grave = (replace(plain[0], level=Level.VETO), plain[1])
    words = Words("zh-Hant")
    for findings, key, other in (
        (plain, "notice.meanwhile", "notice.meanwhile.veto"),
        (grave, "notice.meanwhile.veto", "notice.meanwhile"),
    ):
        body = body_of(notice(replace(made, visit=replace(made.visit, findings=findings))))
        assert squeezed(words[key]) in body
        assert squeezed(words[other]) not in body


def test_without_a_number_it_is_a_draft() -> None:
    body = body_of(notice(replace(facts(fails=1, photos=0), number="", issued=None)))
    assert "未簽署草稿" in body
    assert "簽發日期" not in body


def test_nothing_to_put_right_says_so() -> None:
    assert "無需發出通知單" in body_of(notice(facts(fails=0, photos=0)))


def test_advisory_words_only() -> None:
    for language in LANGUAGES:
        body = body_of(notice(facts(language)))
        assert [word for word in BARRED if word in body] == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_prints_something_every_time(text: str) -> None:
    document = notice(NoticeFacts(text, None, hostile(text), (text,)))
    assert len(pages(document.pdf)) == document.pages


@pytest.mark.parametrize("text", ["海" * 1500, "W" * 300, "word " * 300])
def test_long_text_stays_on_the_page(text: str) -> None:
    assert_inside(notice(NoticeFacts(text, None, hostile(text), (text,))).pdf)


def test_the_digest_ignores_when_it_was_printed_and_nothing_else() -> None:
    made = facts(photos=2)
    assert notice(made).pdf == notice(made).pdf
    later = replace(made, visit=replace(made.visit, printed=sample.START, hotline="1"))
    assert record_json(later) == record_json(made)
    assert record_json(replace(made, copies_to=())) != record_json(made)
