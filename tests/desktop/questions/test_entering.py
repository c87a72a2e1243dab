"""What people type, as the form keeps it."""

from datetime import date

import pytest

from inspector_app.desktop.questions import entering
from tests.desktop.questions.sample import now

TODAY = date(2020, 3, 5)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""), ("12", "12"), ("１２３", "123"), ("1,234", "1234"), ("1 234 567", "1234567"), ("007", "7"), ("+7", "7"),
        ("-3", "-3"), ("1.5", None), ("12a", None), ("--3", None),
    ],
)  # fmt: skip
def test_whole_numbers(typed: str, kept: str | None) -> None:
    assert entering.integer(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("3,5", "3.5"), ("3.5", "3.5"), (".5", "0.5"), ("0,125", "0.125"), ("1,234.5", "1234.5"), ("1.234,5", "1234.5"),
        ("1'234.5", "1234.5"), ("-0.50", "-0.50"), ("３６．５", "36.5"), ("36,5,1", None), ("many", None),
    ],
)  # fmt: skip
def test_decimals(typed: str, kept: str | None) -> None:
    assert entering.decimal(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2020-3-5", "2020-03-05"), ("20200305", "2020-03-05"), ("2020年3月5日", "2020-03-05"), ("3月6日", "2019-03-06"),
        ("3/5", "2020-03-05"), ("5 Mar 2020", "2020-03-05"), ("Mar 5, 2020", "2020-03-05"), ("13/5/2019", "2019-05-13"),
        ("today", "2020-03-05"), ("昨天", "2020-03-04"), ("2020-02-30", None), ("soon", None), ("", ""),
    ],
)  # fmt: skip
def test_days(typed: str, kept: str | None) -> None:
    assert entering.day(typed, TODAY) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("14:03", "14:03:00"), ("1403", "14:03:00"), ("9.30 pm", "21:30:00"), ("下午3:20", "15:20:00"), ("15時", "15:00:00"),
        ("3点20分", "03:20:00"), ("8:05:07", "08:05:07"), ("12 am", "00:00:00"),
    ],
)  # fmt: skip
def test_times_bear_the_offset_of_the_clock(typed: str, kept: str) -> None:
    assert entering.time_of_day(typed, now()) == f"{kept}.000+08:00"


@pytest.mark.parametrize("typed", ["25:00", "noon", "14:75", "1:2:3:4"])
def test_no_times(typed: str) -> None:
    assert entering.time_of_day(typed, now()) is None


def test_months_years_and_moments() -> None:
    assert entering.month("2020-3") == entering.month("Mar 2020") == entering.month("2020年3月") == "2020-03-01"
    assert entering.month("2020-13") is None
    assert (entering.year("2020"), entering.year("20"), entering.year("")) == ("2020-01-01", None, "")
    assert entering.moment("3月5日", "9:00", now()) == "2020-03-05T09:00:00.000+08:00"
    assert (entering.moment("3月5日", "", now()), entering.moment("", "", now())) == (None, "")


def test_digits_keep_their_zeros() -> None:
    assert entering.digits("０１２-3") == "012-3"
    assert entering.digits("A1") is None
    assert (entering.bearing("359.5°"), entering.bearing("361")) == ("359.5", None)
