"""The whole record: every answer printed once, states and refusal, hostile text, broken photographs, same bytes."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest

from inspector_app.domain.inspection import Result, Verdict
from inspector_app.domain.scoring import Tally
from inspector_app.reports.facts import InspectionFacts, Officer, Picture, Signed
from inspector_app.reports.inspection import inspection_record
from inspector_app.reports.record import check_code, record_digest, record_json
from inspector_app.reports.words import LANGUAGES, Words
from tests.reports import sample

BARRED = (
    "責令",
    "处罚",
    "處罰",
    "行政復議",
    "行政诉讼",
    "行政訴訟",
    "責令改正",
    "责令",
    "複產",
    "複查",
    "节选",
    "節選",
)
HOSTILE = (
    "A<B 公司",
    "甲&乙",
    "<b>粗",
    "a</para>b",
    '<img src="/etc/passwd"/>',
    "\x00零\x07\x1b[31m",
    "海" * 5000,
    "W" * 60,
    "😀👍🏽 好",
    "林𠮷明",
    "e\u0301te\u0301",
    "\u202eabc\u200b",
    "\ud800",
    "%s {x} {0} \\ ) ( >",
    "一\n\n\n二",
    "。，！？」",
    "",
)


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded().replace("\r\n", "") for page in document]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def text_of(facts: InspectionFacts) -> str:
    document = inspection_record(facts)
    return squeezed("".join(pages(document.pdf)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_is_printed_and_no_glyph_is_missing(language: str) -> None:
    facts = sample.facts(language, fails=12, photos=14, add_on=True)
    document = inspection_record(facts)
    texts = pages(document.pdf)
    body = squeezed("".join(_without_furniture(text, facts) for text in texts))
    assert document.missing == frozenset()
    assert document.pages == len(texts)
    for item in facts.items:
        assert squeezed(item.text) in body
        assert squeezed(item.id) in body
        assert squeezed(item.note) in body
        assert squeezed(item.measures) in body
    for value in (facts.site.name, facts.site.code, facts.site.address, facts.site.phone, "林𠮷明", facts.number):
        assert squeezed(value) in body
    for found in facts.findings:
        assert squeezed(found.observation) in body
        assert squeezed(found.owner) in body


def _without_furniture(text: str, facts: InspectionFacts) -> str:
    return text.replace(f"{Words(facts.language)['title']}{facts.site.name}", "")


def test_each_photograph_has_one_number_one_stamp_and_is_stored_once() -> None:
    facts = sample.facts(photos=40, fails=10)
    document = inspection_record(facts)
    body = squeezed("".join(pages(document.pdf)))
    for picture in facts.pictures:
        assert body.count(picture.digest[:8]) == 1
        assert f"圖{picture.number}" in body
    distinct = {picture.jpeg for picture in facts.pictures}
    assert document.pdf.count(b"/DCTDecode") == len(distinct)
    assert all(jpeg in document.pdf for jpeg in distinct)
    assert len(document.pdf) < sum(map(len, distinct)) + 300_000


def test_counts_tie_everywhere() -> None:
    facts = sample.facts(fails=9)
    body = text_of(facts)
    tallies = [d.tally for d in facts.dimensions]
    whole = Tally(*(sum(getattr(t, name) for t in tallies) for name in ("passed", "failed", "na", "unchecked")))
    assert f"合格率{whole.passed}/{whole.denominator}" in body
    assert (
        f"共{whole.total}項：合格{whole.passed}項、不合格{whole.failed}項、不適用{whole.na}項、未檢{whole.unchecked}項"
        in body
    )
    for dimension in facts.dimensions:
        assert body.count(f"合格{dimension.tally.passed}/{dimension.tally.denominator}") >= 2
    verdicts = [item.verdict for item in facts.items]
    assert verdicts.count(Verdict.FAIL) == whole.failed == len(facts.findings)


@pytest.mark.parametrize("fails", [0, 1, 2, 60])
@pytest.mark.parametrize("photos", [0, 1, 40])
def test_sizes(fails: int, photos: int) -> None:
    facts = sample.facts(fails=fails, photos=photos)
    document = inspection_record(facts)
    texts = pages(document.pdf)
    assert document.missing == frozenset()
    words = Words("zh-Hant")
    assert ("未發現不合格項" in "".join(texts)) == (fails == 0)
    assert ("現場照片" in "".join(texts)) == (photos > 0)
    for number, text in enumerate(texts, 1):
        assert words("pages", total=len(texts), page=number) in text
    assert "記錄核驗" in texts[-1]
    assert "檢查人員簽名" in texts[-1]
    above = texts[-1].split("確認與簽名")[0]
    assert re.search(r"合格|圖\d", above), "the last page carries part of the content"


def test_page_references_lead_to_the_cards() -> None:
    facts = sample.facts(fails=22, photos=24)
    texts = pages(inspection_record(facts).pdf)
    references = re.findall(r"([A-F]\d\d).*?第 (\d+) 頁", texts[0].split("不合格項一覽")[1])
    assert references
    for item, page in references:
        requirement = next(i.text for i in facts.items if i.id == item)
        assert squeezed(f"{item}{requirement}") in squeezed(texts[int(page) - 1])
        assert "檢查發現" in texts[int(page) - 1]


def test_deadlines_have_year_and_time() -> None:
    facts = sample.facts()
    body = text_of(facts)
    dated = [f for f in facts.findings if f.rule != "now" and f.deadline]
    assert dated
    for found in dated:
        assert found.deadline is not None
        assert squeezed(Words("zh-Hant").moment(found.deadline)) in body
    assert "立行立改" in body


def test_draft_and_unsynced_are_marked_on_every_page() -> None:
    facts = sample.facts(draft=True, number="", finished=None, unsynced=sample.START, result=Result.OPEN)
    texts = pages(inspection_record(facts).pdf)
    for text in texts:
        assert text.count("未簽署草稿") == 2
        assert "未同步（自 2020年3月20日 09:30 起）" in text
    assert "未作結論" in texts[0]
    signed = pages(inspection_record(sample.facts()).pdf)
    assert not any("草稿" in text or "未同步" in text for text in signed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_refusal_is_recorded_and_both_inspectors_still_sign(language: str) -> None:
    facts = sample.facts(language, refusal=sample.refused(language))
    body = text_of(facts)
    words = Words(language)
    assert facts.refusal is not None
    for piece in (facts.refusal.reason, facts.refusal.witness, facts.refusal.note, words("refused", "")[:10]):
        assert squeezed(piece) in body
    for officer in facts.inspectors:
        assert officer.name in body
    assert body.count(squeezed(words["sign.inspector"])) >= 2


def test_a_long_refusal_is_printed_in_full() -> None:
    points = [f"第{i}點異議，要求記錄。" for i in range(400)]
    body = text_of(sample.facts(refusal=sample.refused(reason="\n".join(points))))
    assert [point for point in points if point not in body] == []


def test_a_note_of_3000_letters_is_whole() -> None:
    facts = sample.facts()
    pieces = [f"第{i:03d}段：現場情況正常" for i in range(250)]
    long = replace(facts.items[3], note="\n".join(pieces))
    body = text_of(replace(facts, items=(*facts.items[:3], long, *facts.items[4:])))
    assert [piece for piece in pieces if piece not in body] == []


def hostile(text: str) -> InspectionFacts:
    facts = sample.facts(fails=3, photos=3)
    return replace(
        facts,
        issuer=text,
        team=text,
        number=text,
        head_name=text,
        hotline=text,
        site=replace(facts.site, name=text, code=text, address=text, contact=text),
        inspectors=(Officer(text, text), Officer(text)),
        items=tuple(replace(item, text=text, note=text) for item in facts.items[:12]),
        findings=tuple(replace(found, requirement=text, observation=text, owner=text) for found in facts.findings),
        pictures=tuple(replace(picture, caption=text, place=text) for picture in facts.pictures),
        refusal=sample.refused(reason=text),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_prints_something_every_time(text: str) -> None:
    facts = hostile(text)
    document = inspection_record(facts)
    assert len(pages(document.pdf)) == document.pages
    assert record_json(facts)
    assert bool(document.missing) == any(c in text for c in "😀\ud800")


@pytest.mark.parametrize("text", ["海" * 1500, "W" * 300, "word " * 300, "。" * 300])
def test_long_text_stays_on_the_page(text: str) -> None:
    assert_inside(inspection_record(hostile(text)).pdf)


@pytest.mark.parametrize(
    "jpeg",
    [
        b"",
        b"\xff\xd8\xff",
        b"not a picture" * 50,
        sample.jpeg(1)[:200],
        sample.jpeg(1)[:-40],
        sample.jpeg(1)[:4000] + b"\xff",
    ],
)
def test_a_broken_photograph_leaves_a_placeholder(jpeg: bytes) -> None:
    facts = sample.facts(photos=3)
    broken = replace(facts.pictures[1], jpeg=jpeg)
    body = text_of(replace(facts, pictures=(facts.pictures[0], broken, facts.pictures[2])))
    assert "圖2照片缺失" in body


def test_advisory_words_only() -> None:
    for language in LANGUAGES:
        body = text_of(sample.facts(language, refusal=sample.refused(language), result=Result.FAILS, draft=True))
        assert [word for word in BARRED if word in body] == []


def test_unchecked_never_prints_as_pass() -> None:
    facts = sample.facts(fails=0, photos=0)
    items = tuple(replace(item, verdict=None, note="", measures="") for item in facts.items)
    dimensions = tuple(replace(d, tally=Tally(unchecked=d.tally.total)) for d in facts.dimensions)
    body = text_of(replace(facts, items=items, dimensions=dimensions, result=Result.OPEN))
    assert "未作結論" in body
    assert "—" in body
    assert "100.0%" not in body
    assert "未發現不合格項。建議" not in body


def test_more_inspectors_and_a_witness_have_boxes() -> None:
    officers = tuple(Officer(f"檢查員{i}", f"粵A-{i}") for i in range(5))
    body = text_of(sample.facts(inspectors=officers, witness="見證者甲"))
    assert body.count("檢查人員簽名") == 5
    assert "見證人簽名" in body
    assert "見證者甲" in body


def test_a_stroke_fills_the_units_box() -> None:
    stroke = sample.jpeg(99, (400, 150))
    assert stroke in inspection_record(sample.facts(signatures=(Signed("head", "", stroke),))).pdf


def test_digest_is_on_paper_and_ignores_the_time_of_printing() -> None:
    facts = sample.facts()
    digest = record_digest(record_json(facts))
    later = replace(facts, printed=facts.printed + timedelta(days=3), unsynced=sample.START)
    assert record_digest(record_json(later)) == digest
    texts = pages(inspection_record(facts).pdf)
    assert digest in squeezed(texts[-1])
    assert all(check_code(digest) in text for text in texts)


def test_same_facts_same_bytes_in_another_process_and_hash_seed() -> None:
    facts = sample.facts(fails=5, photos=4)
    here = inspection_record(facts).pdf
    assert inspection_record(facts).pdf == here
    code = (
        "import hashlib; from tests.reports import sample;"
        "from inspector_app.reports.inspection import inspection_record;"
        "print(hashlib.sha256(inspection_record(sample.facts(fails=5, photos=4)).pdf).hexdigest())"
    )
    for seed in ("1", "77"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=Path(__file__).resolve().parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == record_digest(here)


def test_all_fonts_are_embedded() -> None:
    pdf = inspection_record(sample.facts()).pdf
    assert b"Helvetica" not in pdf
    assert pdf.count(b"/FontFile2") == pdf.count(b"/Type /FontDescriptor") > 0


def test_nothing_leaves_the_page() -> None:
    for language in LANGUAGES:
        assert_inside(inspection_record(sample.facts(language, add_on=True)).pdf)


def assert_inside(pdf: bytes) -> None:
    for number, page in enumerate(pypdfium2.PdfDocument(pdf), 1):
        text = page.get_textpage()
        for i in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(i)
            assert left > 40 and right < 595 - 40, (
                number,
                left,
                right,
                text.get_text_bounded(left, bottom, right, top),
            )
            assert bottom > 15 and top < 842, (number, bottom, top)


def test_a_picture_without_time_or_place_says_so() -> None:
    facts = sample.facts(photos=1)
    bare = Picture(1, "A01", facts.pictures[0].jpeg)
    body = text_of(replace(facts, pictures=(bare,)))
    assert "時間未知" in body
    assert "無定位" in body
