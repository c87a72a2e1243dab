"""Chinese text found by the initials people type."""

import pytest

from inspector_app.store.pinyin import initials, matches


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("無成立文件，口頭約定", "wclw"),
        ("無成立文件，口頭約定", "wjkt"),  # over the comma
        ("无成立文件", "WCL"),
        ("廣州琶洲會展園區", "pz"),
        ("重慶", "cq"),
        ("重慶", "zq"),  # both readings
        ("A04 應急預案", "a04yj"),
        ("Broken or not in use", "not in"),
        ("現場未能出示", "未能"),
        ("現場未能出示", ""),
        ("𠮷祥飯店", "xfd"),
    ],
)
def test_found(text: str, typed: str) -> None:
    assert matches(text, typed)


@pytest.mark.parametrize(
    ("text", "typed"),
    [("無成立文件", "wcx"), ("無成立文件", "文成"), ("無", "wc"), ("，。", "a"), ("現場", "xc "[:1] + "z"), ("", "a")],
)
def test_not_found(text: str, typed: str) -> None:
    assert not matches(text, typed)


def test_a_character_answers_to_each_of_its_readings() -> None:
    assert set(initials("重")) >= {"c", "z"}
    assert initials("，") == ""
    assert initials("Q") == "q"
