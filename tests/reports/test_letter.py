"""The Notice as a letter: the measures of GB/T 9704, everything said that the form says, no text outside."""

from dataclasses import replace
from datetime import datetime

import pypdfium2
import pytest

from inspector_app.reports.facts import NoticeFacts
from inspector_app.reports.ink import MM
from inspector_app.reports.letter import BOTTOM, letter
from inspector_app.reports.pressing import Ready, preview
from inspector_app.reports.record import check_code, record_digest, record_json
from inspector_app.reports.words import LANGUAGES, Words
from tests.reports.test_inspection import BARRED, HOSTILE, assert_inside, hostile, pages, squeezed
from tests.reports.test_notice import NUMBER, assert_problems, body_of, facts

HEIGHT = 297 * MM


def boxes(pdf: bytes, page: int) -> list[tuple[str, float, float]]:
    """Lines of a page: words, top and left edge in millimetres."""
    text = pypdfium2.PdfDocument(pdf)[page].get_textpage()
    found = [text.get_rect(i) for i in range(text.count_rects())]
    return [(text.get_text_bounded(*box).strip(), (HEIGHT - box[3]) / MM, box[0] / MM) for box in found]


def test_mark_text_and_folio_stand_where_the_standard_says() -> None:
    made = letter(facts(fails=5, photos=0))
    first = boxes(made.pdf, 0)
    mark = next(box for box in first if "專班" in box[0])
    assert mark[1] == pytest.approx(30, abs=1.2)
    body = [top for words, top, left in first if left == pytest.approx(28, abs=1.5) and "：" not in words][2:5]
    for above, below in zip(body, body[1:], strict=False):
        assert below - above == pytest.approx(225 / 22, abs=0.35)
    assert not any(words.startswith("—") for words, _, _ in first)
    folio = next(box for box in boxes(made.pdf, 1) if box[0].startswith("—"))
    assert folio[1] > BOTTOM / MM + 6
    assert folio[2] == pytest.approx(28 + 156 / 28, abs=1), "even pages have it at the left"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fails", [0, 1, 9, 60])
def test_every_problem_is_in_the_annex_with_its_deadline(language: str, fails: int) -> None:
    made = facts(language, fails=fails, count=90, photos=0)
    document = letter(made)
    body, words = body_of(document), Words(language)
    assert document.missing == frozenset()
    assert_problems(made, body, words)
    for fact in (NUMBER, made.visit.site.name, *made.copies_to, check_code(record_digest(record_json(made)))):
        assert squeezed(fact) in body
    assert squeezed(words["notice.receipt"]) in body
    assert [word for word in BARRED if word in body] == []
    assert_inside(document.pdf)
    assert letter(made).pdf == document.pdf


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_ends_on_its_first_page_and_the_annex_begins_on_the_second(language: str) -> None:
    read = [squeezed(page) for page in pages(letter(facts(language, fails=3, photos=0)).pdf)]
    words = Words(language)
    assert squeezed(words("letter.annex.line", 3)) in read[0]
    assert squeezed(words["letter.annex.title"]) in read[1]


def test_the_organisations_choice_decides() -> None:
    made = facts(fails=1, photos=0)
    visit = replace(made.visit, brand=replace(made.visit.brand, is_letter=True))
    when = datetime(2020, 3, 20)
    assert (
        preview(Ready(replace(made, visit=visit), "x", when, "zh-Hant")).pdf == letter(replace(made, visit=visit)).pdf
    )
    assert "送達回證" in squeezed("".join(pages(preview(Ready(made, "x", when, "zh-Hant")).pdf)))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_prints_something_every_time(text: str) -> None:
    document = letter(NoticeFacts(text, None, hostile(text), (text,)))
    assert len(pages(document.pdf)) == document.pages
