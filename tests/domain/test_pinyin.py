"""What finds what: first letters, syllables, several readings, signs and letters in between."""

import subprocess
import sys

import pytest

from inspector_app.domain.pinyin import initials, matches, pattern


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("海珠區服裝廠", "hz"),
        ("海珠區服裝廠", "fzc"),
        ("海珠區服裝廠", "HZQ"),
        ("海珠区服装厂", "haizhu"),
        ("海珠区服装厂", "haizhuqu"),
        ("海珠区服装厂", "hai zhu"),
        ("海珠区服装厂", "hzhq"),
        ("海珠区服装厂", "fuzhuangc"),
        ("海珠区服装厂", "fuzhuangch"),
        ("重慶火鍋", "cq"),
        ("重慶火鍋", "zqhg"),
        ("重型機械", "zx"),
        ("銀行", "yh"),
        ("銀行", "yx"),
        ("长安汽车", "ca"),
        ("长安汽车", "za"),
        ("吕氏", "lv"),
        ("呂氏", "lu"),
        ("西安路", "xian"),
        ("鮮魚檔", "xian"),
        ("江海（北）街7號A座", "jhbj7haz"),
        ("ＡＢ電子", "abdz"),
        ("琶洲", "pz"),
        ("無成立文件，口頭約定", "wjkt"),
        ("A04 應急預案", "a04yj"),
        ("Broken or not in use", "not in"),
        ("現場未能出示", "未能"),
        ("現場未能出示", ""),
        ("𠮷祥飯店", "xfd"),
        ("鷺江", "lj"),
    ],
)
def test_finds(text: str, typed: str) -> None:
    assert matches(text, typed)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("海珠區服裝廠", "z q f h"),
        ("海珠區服裝廠", "hq"),
        ("海珠區服裝廠", "haz"),
        ("海珠區服裝廠", "haizhua"),
        ("海珠區", "珠海"),
        ("無", "wc"),
        ("，。", "a"),
        ("", "h"),
        ("海珠區", "h*"),
    ],
)
def test_does_not_find(text: str, typed: str) -> None:
    assert not matches(text, typed)


def test_many_texts_are_searched_as_one() -> None:
    marks = initials("海珠區\n天河區\n番禺區")
    wanted = pattern("thq")
    assert wanted is not None
    found = wanted.search(marks)
    assert found is not None
    assert marks[: found.start()].count("\n") == 1


def test_a_character_met_later_is_found_by_a_letter_asked_before() -> None:
    assert not matches("一", "y y")
    assert matches("驫", "b")
    assert matches("鱻", "x")


def test_a_long_text_of_vowels_has_few_readings() -> None:
    assert pattern("nananananananananananananananananana") is not None


def test_the_table_is_read_when_letters_are_typed() -> None:
    code = (
        "import sys; from inspector_app.domain.pinyin import matches, pattern; matches('海珠', '海'); pattern('海珠');"
    )
    run = subprocess.run([sys.executable, "-c", code + "sys.exit('pypinyin' in sys.modules)"], check=False)
    assert run.returncode == 0
