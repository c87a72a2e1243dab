"""Line breaking: nothing forbidden starts or ends a line, nothing is lost, nothing leaves its column."""

from random import Random

import pytest

from inspector_app.reports.text import (
    CLOSERS,
    NOT_AT_END,
    NOT_AT_START,
    PAIRS,
    Line,
    Span,
    Style,
    break_lines,
    clean,
    fit,
    tokens,
    width_of,
)

PROSE = (
    "根據《海珠區推進企業（項目）復工復產工作方案》及「五個到位」要求，第17服務隊於2020年3月20日09:30對廣州市海珠區"
    "琶洲創新科技有限公司（統一社會信用代碼91350100M000100Y43）現場檢查：口罩430隻、消毒液（84）12.5%、體溫37.3℃；"
    "“隔離觀察室”……尚未啟用——負責人林𠮷明稱：『三日內整改！』是否屬實？聯繫 zhang.san@example.com 或 138****8000。"
    "Inspection team 17 (Haizhu) visited the site, e.g. the store-room; 62.5% of ￥5,000. 見【附件】、《通知》。"
)
STYLE = Style()


def text_of(line: Line) -> str:
    return "".join(token.text for token in line.tokens)


@pytest.mark.parametrize("width", range(60, 540, 4))
def test_no_forbidden_start_or_end(width: int) -> None:
    lines = break_lines([Span(PROSE, STYLE)], float(width))
    for i, line in enumerate(lines):
        text = text_of(line)
        assert i == 0 or text[0] not in NOT_AT_START, text
        assert i == len(lines) - 1 or text[-1] not in NOT_AT_END, text
        assert i == len(lines) - 1 or text[-1] + text_of(lines[i + 1])[0] not in PAIRS


@pytest.mark.parametrize("width", [60.0, 97.5, 211.0, 400.0])
def test_text_is_kept_and_stays_in_its_column(width: int) -> None:
    lines = break_lines([Span(PROSE, STYLE)], width)
    assert "".join(map(text_of, lines)).replace(" ", "") == clean(PROSE).replace(" ", "")
    for line in lines:
        assert line.width <= width + 0.05, text_of(line)


def test_words_and_codes_are_not_cut() -> None:
    whole = {"91350100M000100Y43", "138****8000", "zhang.san@example.com", "09:30", "12.5%", "37.3℃", "store-room"}
    for width in range(150, 500, 7):
        seen = {t.text for line in break_lines([Span(PROSE, STYLE)], float(width)) for t in line.tokens}
        assert whole <= seen


def test_only_a_token_wider_than_the_line_is_cut() -> None:
    lines = break_lines([Span("W" * 60, STYLE)], 100.0)
    assert len(lines) > 1
    assert "".join(map(text_of, lines)) == "W" * 60
    assert all(line.width <= 100 for line in lines)


def test_last_line_is_not_justified_and_others_reach_the_edge() -> None:
    lines = break_lines([Span("海珠區服務隊現場督導檢查" * 8, STYLE)], 200.0)
    assert lines[-1].gap == 0.0
    assert all(abs(line.width - 200.0) < 0.01 for line in lines[:-1])


def test_a_closer_hangs_by_half_and_an_opener_hangs_out() -> None:
    closing = break_lines([Span("一二三四五六七八九十。一", STYLE)], STYLE.size * 10.5)
    assert text_of(closing[0]).endswith("。")
    opening = break_lines([Span("一二三四五六七八九十「一二三", STYLE)], STYLE.size * 10)
    assert text_of(opening[1])[0] == "「"
    assert opening[1].shift == STYLE.size / 2


def test_adjacent_punctuation_closes_up_by_half_an_em() -> None:
    row = tokens([Span("甲）。「乙", STYLE)])
    assert [round(t.kern / STYLE.size, 2) for t in row] == [0.0, 0.5, 0.5, 0.0, 0.0]


def test_no_single_letter_on_the_last_line_of_a_long_paragraph() -> None:
    for count in range(20, 80):
        lines = break_lines([Span("海" * count, STYLE)], STYLE.size * 10)
        assert len(text_of(lines[-1])) > 1


def test_line_breaks_typed_by_the_user_are_kept() -> None:
    assert [text_of(line) for line in break_lines([Span("一\n\n二", STYLE)], 100.0)] == ["一", "", "二"]


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("e\u0301", "é"),
        ("a\u200bb\ufeff", "ab"),
        ("\x00甲\x07", "甲"),
        ("☑好✘", "√好×"),
        ("葛\ufe00", "葛"),
        ("a\tb", "a b"),
    ],
)
def test_clean(raw: str, shown: str) -> None:
    assert clean(raw) == shown


def test_fit_marks_what_it_left_out() -> None:
    assert fit("海珠區", STYLE, 100) == "海珠區"
    short = fit("海珠區" * 20, STYLE, 100)
    assert short.endswith("…")
    assert width_of(short, STYLE) <= 100


def test_fit_takes_hostile_length_in_one_pass() -> None:
    assert len(fit("海" * 200_000, STYLE, 100)) < 20


def test_random_text_never_hangs_or_loses_letters() -> None:
    random = Random(3)
    alphabet = "海珠 a1.，。（）「」—…%\n" + "".join(CLOSERS)
    for _ in range(400):
        text = "".join(random.choices(alphabet, k=random.randrange(1, 60)))
        lines = break_lines([Span(text, STYLE)], random.uniform(3, 120))
        kept = "".join(map(text_of, lines))
        assert kept.replace(" ", "") == text.replace("\n", "").replace(" ", "")
