"""Days, times and sizes as each language writes them."""

import pytest

from inspector_app.desktop.kit.dates import day_text, moment_text, size_text, time_text


@pytest.mark.parametrize(
    ("iso", "language", "text"),
    [
        ("2020-03-05T09:30:00+08:00", "zh-Hant", "2020年3月5日 09:30"),
        ("2020-03-05T01:30:00+00:00", "zh-Hans", "2020年3月5日 09:30"),
        ("2020-03-05T23:30:00", "en", "5 Mar 2020 23:30"),
        ("2020-03-04T20:00:00Z", "en", "5 Mar 2020 04:00"),
        ("", "en", ""),
    ],
)
def test_moments(iso: str, language: str, text: str) -> None:
    assert moment_text(iso, language) == text


def test_days_without_year_and_times() -> None:
    assert day_text("2020-03-05", "zh-Hant", year=False) == "3月5日"
    assert day_text("2020-03-05", "en", year=False) == "5 Mar"
    assert time_text("") == ""
    with pytest.raises(ValueError, match="yesterday"):
        day_text("yesterday", "en")


@pytest.mark.parametrize(("count", "text"), [(0, "0 B"), (999, "999 B"), (1000, "1 KB"), (1_234_567, "1.2 MB")])
def test_sizes(count: int, text: str) -> None:
    assert size_text(count) == text
