"""Names by pinyin, by strokes, and as they came."""

import pytest

from inspector_app.desktop.kit.collating import in_name_order

NAMES = ("中山", "阿里", "一二", "龍鳳", "海珠 10 號", "海珠 9 號", "瑞寶", "丁一")


@pytest.mark.parametrize(
    ("order", "wanted"),
    [
        ("registry", NAMES),
        ("pinyin", ("阿里", "丁一", "海珠 9 號", "海珠 10 號", "龍鳳", "瑞寶", "一二", "中山")),
        ("stroke", ("一二", "丁一", "中山", "阿里", "海珠 9 號", "海珠 10 號", "瑞寶", "龍鳳")),
        ("no such order", NAMES),
    ],
)
def test_order(order: str, wanted: tuple[str, ...]) -> None:
    assert tuple(in_name_order(zip(NAMES, NAMES, strict=True), order)) == wanted
