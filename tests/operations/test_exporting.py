"""An export omits nothing, types its cells, says nothing a spreadsheet would run, and leaves nothing when stopped."""

import csv
import json
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from inspector_app.domain.changeset import DISTRICT, Edit
from inspector_app.domain.errors import UserError
from inspector_app.operations import amending, exporting, inspecting, issuing, planning
from inspector_app.store import inspections, log
from inspector_app.store.database import Store
from tests.operations.acting import begun, fill

EVIL = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", '=HYPERLINK("x")')
LONG = "長" * 20_000


@pytest.fixture
def filled(registered: Store) -> str:
    visit = begun(registered)
    fill(registered, visit, fails=("A02", "C04", "B03"))
    notes = {item.item.id: item.item.note_path for item in visit.state().items}
    evil = dict(zip(list(notes.values())[10:], EVIL, strict=False))
    inspecting.answer_many(registered, visit, {notes["A02"]: LONG, notes["C04"]: "=1+1 未見記錄", **evil})
    inspecting.finish(registered, visit)
    issuing.issue(registered, visit.id)
    amending.amend(registered, visit, visit.checklist.items_by_id["A04"].path, "fail", "=覆核")
    planning.plan(registered, visit.site.id, date(2020, 3, 9))
    return visit.id


def test_json_holds_every_answer_hash_and_change(registered: Store, filled: str, tmp_path: Path) -> None:
    made = exporting.export(registered, "json", tmp_path / "all.json")
    whole = json.loads((tmp_path / "all.json").read_text("utf-8"))
    assert {name: len(rows) for name, rows in whole.items()} == made.rows
    with registered.reading() as session:
        visit = inspections.get(session, filled)
    assert visit is not None
    assert {(row["path"], row["value"]) for row in whole["answers"]} == set(visit.answers.items())
    assert {row["item"] for row in whole["findings"]} == {"A02", "C04", "B03"}
    assert all(len(row["sha"]) == 64 for row in whole["photos"]) and whole["photos"]
    assert whole["papers"][0]["number"].startswith("海復整")
    assert len(whole["sites"]) == 39
    (correction,), (plan,) = whole["amendments"], whole["plans"]
    assert (correction["item"], correction["old"], correction["new"]) == ("A04", "pass", "fail")
    assert plan["day"] == "2020-03-09" and plan["site"]
    assert any(row["value"] == LONG and row["person"] for row in whole["history"])
    asked = {row["path"]: row for row in whole["answers"]}
    item = next(item for item in inspecting.open_visit(registered, filled).state().items if item.item.id == "A02")
    assert asked[item.item.path]["item"] == "A02" and asked[item.item.path]["question"] == item.label


def test_a_workbook_is_typed_frozen_and_runs_nothing(registered: Store, filled: str, tmp_path: Path) -> None:
    exporting.export(registered, "xlsx", tmp_path / "all.xlsx")
    book = load_workbook(tmp_path / "all.xlsx")
    assert book.sheetnames == ["檢查", "答案", "更正", "整改台賬", "照片", "文書", "計劃", "場所", "修改歷史"]
    assert all(sheet.freeze_panes == "A2" and sheet.auto_filter.ref for sheet in book)
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    visit = [cell.value for cell in book["檢查"][2]]
    assert any(isinstance(cell, datetime) for cell in visit) and "不合格" in visit
    rows = [[cell.value for cell in row] for row in book["整改台賬"].iter_rows(min_row=2)]
    assert "".join(str(row[9]) for row in rows if row[5] == "A02") == LONG
    values = {str(cell.value) for row in book["答案"].iter_rows() for cell in row}
    assert {text.strip("\t") for text in EVIL} <= {text.strip("\t") for text in values}


def test_csv_opens_in_a_spreadsheet(registered: Store, filled: str, tmp_path: Path) -> None:
    made = exporting.export(registered, "csv", tmp_path / "csv", language="en")
    assert {file.name for file in made.files} == {f"{name}.csv" for name in made.rows}
    raw = (tmp_path / "csv" / "findings.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    found = list(csv.reader(raw.decode("utf-8-sig").splitlines()))
    assert found[0][:3] == ["Id", "Visit id", "Number"]
    for file in made.files:
        for row in csv.reader(file.open(encoding="utf-8-sig", newline="")):
            assert not [cell for cell in row if cell.strip().startswith(("=", "+c", "@", "＝"))]


def test_a_stop_leaves_nothing(registered: Store, tmp_path: Path) -> None:
    said: list[int] = []
    out = tmp_path / "out" / "all.xlsx"
    stopped = exporting.export(registered, "xlsx", out, progress=lambda d, n: said.append(d), cancelled=lambda: True)
    assert stopped.is_stopped and not stopped.files and not list(tmp_path.rglob("all*"))
    with pytest.raises(UserError, match="pdf"):
        exporting.export(registered, "pdf", out)


def test_control_characters_are_no_reason_to_fail(registered: Store, tmp_path: Path) -> None:
    with registered.writing() as session:
        log.append(session, [Edit("site", "x1", {"name": "甲\x0b\x01乙\u202e", "street": "赤崗"}, DISTRICT)])
    for form in exporting.FORMATS:
        assert exporting.export(registered, form, tmp_path / form).rows["sites"] == 40
