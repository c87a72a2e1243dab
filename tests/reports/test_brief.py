"""The one-page record: one page whatever was found, every failed Item named, the digest of the whole record."""

from dataclasses import replace

import pytest

from inspector_app.reports.brand import Brand
from inspector_app.reports.brief import brief_record
from inspector_app.reports.facts import Refusal
from inspector_app.reports.record import check_code, record_digest, record_json
from inspector_app.reports.words import LANGUAGES
from tests.reports import sample
from tests.reports.test_inspection import BARRED, assert_inside, pages, squeezed


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fails", [0, 1, 7, 24, 60])
def test_one_page_names_every_failed_item(language: str, fails: int) -> None:
    for brand in (Brand(), Brand(head="red", logo=sample.jpeg(1), sign_off=("甲",))):
        facts = sample.facts(language, fails=fails, count=90, brand=brand)
        made = brief_record(facts)
        assert made.pages == 1 and not made.missing
        body = squeezed("".join(pages(made.pdf)))
        wanted = [facts.number, facts.site.name, *(found.item for found in facts.findings)]
        assert [one for one in wanted if squeezed(one) not in body] == []
        assert check_code(record_digest(record_json(facts))) in body
        assert_inside(made.pdf)
        assert [word for word in BARRED if word in body] == []


def test_more_than_a_page_can_name_is_referred_to_the_record() -> None:
    facts = sample.facts(fails=700, count=900)
    made = brief_record(facts)
    assert made.pages == 1
    assert squeezed("不合格項共 700 項，逐項見檢查記錄") in squeezed("".join(pages(made.pdf)))


def test_refusal_draft_and_long_texts_stay_on_the_page() -> None:
    refused = replace(sample.facts(fails=2), refusal=Refusal("負責人表示須請示總部", None, "丙"))
    assert "拒絕簽名" in squeezed("".join(pages(brief_record(refused).pdf)))
    long = tuple(replace(found, observation="字" * 3_000) for found in sample.facts(fails=2).findings)
    assert brief_record(replace(sample.facts(fails=2), findings=long)).pages == 1
    assert "未簽署草稿" in squeezed("".join(pages(brief_record(sample.facts(draft=True)).pdf)))
