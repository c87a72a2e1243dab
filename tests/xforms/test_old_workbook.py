"""Workbooks of old Excel (.xls): read like new ones, or refused with one sentence."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from inspector_app.xforms import FormError, load
from inspector_app.xforms.xlsform import convert
from tests.xforms.old_workbook import old_workbook

SURVEY = [
    ["type", "name", "label"],
    ["text", "who", "姓名"],
    ["select_one yn", "ill", "有症狀？"],
]
CHOICES = [["list_name", "name", "label"], ["yn", "y", "有"], ["yn", "n", "沒有"]]
SETTINGS = [["form_id", "form_title", "version"], ["old", "舊表", "1"]]
WHOLE = {"survey": SURVEY, "choices": CHOICES, "settings": SETTINGS}


def test_an_old_workbook_is_read_like_a_new_one(tmp_path: Path) -> None:
    file = tmp_path / "old.xls"
    file.write_bytes(old_workbook(WHOLE))
    form = load(file)
    assert (form.id, form.title) == ("old", "舊表")
    assert [control.path for control in form.controls] == ["/data/who", "/data/ill"]


def test_problems_in_an_old_workbook_name_sheet_and_row() -> None:
    wrong = {**WHOLE, "survey": [*SURVEY, ["select_one nowhere", "x", "X"]]}
    found = convert(old_workbook(wrong), kind="xls")
    assert not found.xml
    assert any((p.sheet, p.row) == ("survey", 4) for p in found.problems), [str(p) for p in found.problems]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no workbook at all",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        old_workbook(WHOLE)[:300],
        b"PK\x03\x04" + b"\0" * 60,
    ],
    ids=["empty", "text", "a hollow container", "torn", "a zip"],
)
def test_what_is_none_is_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "old.xls"
    file.write_bytes(content)
    with pytest.raises(FormError) as refused:
        load(file)
    said = str(refused.value)
    assert said.startswith("This is not an .xls") and said.count(".") <= 4


def test_a_new_workbook_under_the_old_name_is_read(tmp_path: Path) -> None:
    book = Workbook()
    for name, rows in WHOLE.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.remove(book["Sheet"])
    book.save(tmp_path / "new.xlsx")
    file = (tmp_path / "new.xlsx").rename(tmp_path / "new.xls")
    assert load(file).id == "old"
