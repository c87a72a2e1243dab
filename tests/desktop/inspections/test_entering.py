"""What people type becomes the form's notation, or is not taken."""

from datetime import date

import pytest

from inspector_app.desktop.inspections.entering import clean

TODAY = date(2020, 3, 5)


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("integer", "12", "12"),
        ("integer", "１２", "12"),
        ("integer", " 1,200 ", "1200"),
        ("integer", "007", "7"),
        ("integer", "", ""),
        ("integer", "1.5", None),
        ("integer", "十二", None),
        ("integer", "9" * 40, None),
        ("decimal", "36.5", "36.5"),
        ("decimal", "36．5", "36.5"),
        ("decimal", "36.", "36"),
        ("decimal", ".5", "0.5"),
        ("decimal", "1e3", None),
        ("date", "2020-3-5", "2020-03-05"),
        ("date", "2020/03/05", "2020-03-05"),
        ("date", "2020年3月5日", "2020-03-05"),
        ("date", "20200305", "2020-03-05"),
        ("date", "3月5日", "2020-03-05"),
        ("date", "12-30", "2019-12-30"),
        ("date", "2020-02-30", None),
        ("date", "昨天", None),
        ("text", " 海珠 街道 ", " 海珠 街道 "),
    ],
)
def test_clean(kind: str, typed: str, kept: str | None) -> None:
    assert clean(kind, typed, today=TODAY) == kept
