"""Looks set by the organisation: every combination keeps the facts, the frames, the digest; nothing is left out in silence."""

from itertools import product

import pytest

from inspector_app.reports.brand import COLOURS, HEADS, PHOTO_COLUMNS, SECTIONS, Brand
from inspector_app.reports.inspection import inspection_record
from inspector_app.reports.record import record_digest, record_json
from inspector_app.reports.words import LANGUAGES, Words
from tests.reports import sample
from tests.reports.test_inspection import assert_inside, pages, squeezed

LOGO = sample.jpeg(3, (400, 200))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_colour_can_be_read_on_white() -> None:
    for name, colour in COLOURS.items():
        assert 1.05 / (luminance(colour) + 0.05) >= 7, name


@pytest.mark.parametrize(("head", "language"), list(product(HEADS, LANGUAGES)))
def test_every_head_keeps_facts_and_frames(head: str, language: str) -> None:
    brand = Brand(head=head, logo=LOGO, colour=COLOURS["green"], sign_off=("甲", "乙"), signers=("街道代表",))
    facts = sample.facts(language, brand=brand, fails=2, photos=2)
    made = inspection_record(facts)
    body = squeezed("".join(pages(made.pdf)))
    for wanted in (facts.issuer, facts.number, facts.site.name, "街道代表", *(found.item for found in facts.findings)):
        assert squeezed(wanted) in body
    assert body.count(squeezed(facts.issuer)) == 1
    assert_inside(made.pdf)
    assert record_digest(record_json(facts)) == record_digest(record_json(sample.facts(language, fails=2, photos=2)))


@pytest.mark.parametrize("hidden", [{"checklist"}, {"photos"}, {"checklist", "photos", "answers"}, set(SECTIONS)])
@pytest.mark.parametrize("fails", [0, 1, 7])
def test_what_is_left_out_is_named_and_signatures_never_stand_alone(hidden: set[str], fails: int) -> None:
    facts, words = sample.facts(brand=Brand(hidden=frozenset(hidden)), fails=fails, photos=5), Words("zh-Hant")
    read = [squeezed(page) for page in pages(inspection_record(facts).pdf)]
    body = "".join(read)
    notes = {"checklist": words("checklist.note", len(facts.items), ""), "photos": words("photos.note", 5)}
    for name, note in notes.items():
        assert (squeezed(note) in body) == (name not in hidden)
        assert (words[name] in body.partition("按機構設定未印出")[2]) == (name in hidden)
    signed = next(page for page in read if squeezed(words["sign.head"]) in page)
    content = [found.item for found in facts.findings if found.item in signed] or squeezed(
        words["gravest.none"]
    ) in signed
    assert content or "photos" not in hidden or "checklist" not in hidden


@pytest.mark.parametrize("photo", list(PHOTO_COLUMNS))
def test_photographs_come_in_three_sizes_and_all_of_them(photo: str) -> None:
    facts = sample.facts(brand=Brand(photo=photo), fails=1, photos=7)
    body = squeezed("".join(pages(inspection_record(facts).pdf)))
    for number in range(1, 8):
        assert f"圖{number}" in body


@pytest.mark.parametrize("logo", [b"", b"\xff\xd8\xff", LOGO[:500], b"%PDF", b"x" * 5000])
def test_a_broken_logo_prints_nothing_and_breaks_nothing(logo: bytes) -> None:
    whole = inspection_record(sample.facts(brand=Brand(logo=logo, head="red"), fails=1, photos=0))
    assert whole.pages and b"/DCTDecode" not in whole.pdf
