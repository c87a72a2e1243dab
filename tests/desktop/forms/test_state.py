"""What the list of forms shows, as tables over pure functions."""

from pathlib import Path

import pytest

from inspector_app.desktop.forms import state
from inspector_app.operations.offering import Shelf
from inspector_app.store.forms import Installed

OLD = Installed(
    "f", "1", "aaaaaaaaaaaa", "消防檢查", questions=3, installed_ms=1_583_375_400_000, workbook_name="a.xlsx"
)
NEW = Installed("f", "2", "bbbbbbbbbbbb", "消防檢查", questions=4, visits=2)
OWN = Installed("five", "9", "cccccccccccc", "五個到位", is_bundled=True)
SHELF = Shelf((NEW, OLD, OWN), "five")


def lines(text: str = "") -> list[str]:
    return [line.id for line in state.derive_lines(SHELF, text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["f", "five"]),
        ("消防", ["f"]),
        ("BBBB", ["f"]),
        ("五個 9", ["five"]),
        ("五個 消防", []),
        ("FIVE", ["five"]),
    ],
)
def test_a_form_is_found_by_title_id_version_or_hash(text: str, found: list[str]) -> None:
    assert lines(text) == found


def test_the_newest_offered_version_stands_for_the_form() -> None:
    hidden = Shelf((state.Installed("f", "2", "b", "新", is_retired=True), OLD), "f")
    (line,) = state.derive_lines(hidden)
    assert line.newest == OLD
    assert not line.is_hidden
    assert [mark.words for mark in state.derive_form_marks(line)] == ["forms.mark_default"]
    assert [mark.words for mark in state.derive_version_marks(line.versions[0], line)] == ["forms.mark_hidden"]
    assert [mark.words for mark in state.derive_version_marks(OLD, line)] == ["forms.mark_current"]


def test_what_can_be_done_depends_on_the_version() -> None:
    form, own = state.derive_lines(SHELF)
    assert state.allowed(OLD, form) == {"preview", "xform", "blank", "workbook", "hide", "compare", "default", "remove"}
    assert state.allowed(NEW, form) == {"preview", "xform", "blank", "hide", "compare", "default"}
    assert state.allowed(OWN, own) == {"preview", "xform", "blank", "hide"}


def test_words_of_a_version() -> None:
    assert state.day_of(OLD, "zh-Hant") == "2020年3月5日"
    assert state.day_of(NEW, "en") == ""
    assert state.short_hash(OLD) == "aaaaaaaa"
    assert state.plain_languages(("中文 (zh)", "English (en)")) == "中文、English"
    assert state.file_name(OLD, "workbook") == "f-1.xlsx"
    assert state.file_name(Installed("a/../b", "", "h", ""), "xform") == "a-..-b.xml"


def test_what_a_page_is_opened_with() -> None:
    assert state.wanted_file("file:/a/b.xlsx") == Path("/a/b.xlsx")
    assert state.wanted_file("abc") is None
    assert state.wanted_version("compare:abc") == "abc"
    assert state.is_form_file("A.XLSX")
    assert not state.is_form_file("a.png")
