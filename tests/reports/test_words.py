"""Labels: complete in three languages, the right characters, no barred words, placeholders alike."""

import re
from datetime import datetime

import pytest

from inspector_app.domain.clock import CHINA
from inspector_app.domain.inspection import Result
from inspector_app.reports.fonts import chain
from inspector_app.reports.words import Words, all_labels


def test_each_label_is_complete_and_uses_the_same_placeholders() -> None:
    for key, labels in all_labels().items():
        assert len(labels) == 3
        holes = [sorted(re.findall(r"\{\w*\}", label)) for label in labels]
        assert holes[0] == holes[1] == holes[2], key


def test_scripts_are_not_mixed() -> None:
    for key, (hant, hans, english) in all_labels().items():
        assert not set(hant) & set("检结论数单编号维复产栏项张图页这为于时责归签"), (key, hant)
        assert not set(hans) & set("檢結論數單編號維復產項張圖頁為於時責歸簽"), (key, hans)
        assert "複" not in hant
        assert not re.search(r"[\u4e00-\u9fff]", english), key


def test_every_label_can_be_printed() -> None:
    for labels in all_labels().values():
        for label in labels:
            for weight in ("regular", "bold", "serif"):
                assert not [c for c in label if chain(weight)[c].missing]


def test_every_result_has_words() -> None:
    for result in Result:
        assert Words("en")[f"result.{result.value}"]
        assert Words("en")[f"summary.end.{result.value}"]


@pytest.mark.parametrize(
    ("language", "shown"),
    [("zh-Hant", "2020年3月5日 09:05"), ("zh-Hans", "2020年3月5日 09:05"), ("en", "5 March 2020 09:05")],
)
def test_moments_have_no_leading_zeros_in_the_date(language: str, shown: str) -> None:
    assert Words(language).moment(datetime(2020, 3, 5, 9, 5, tzinfo=CHINA)) == shown


def test_a_span_within_a_day_names_the_day_once() -> None:
    start = datetime(2020, 3, 5, 9, 5, tzinfo=CHINA)
    words = Words("zh-Hant")
    assert words.span(start, start.replace(hour=11)) == "2020年3月5日 09:05 至 11:05"
    assert words.span(start, start.replace(day=6)) == "2020年3月5日 09:05 至 2020年3月6日 09:05"
    assert "未結束" in words.span(start, None)


def test_unknown_language_falls_back_to_traditional() -> None:
    assert Words("fr")["fail"] == "不合格"
