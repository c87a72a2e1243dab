"""What `form check` finds on the sheets themselves, for every kind of file: rows and headers as the author sees them."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from inspector_app.xforms import Problem
from inspector_app.xforms.lint import check, look_through
from tests.xforms.forms import xform

Found = set[tuple[str, str | None, int | None, str | None]]


def found(problems: tuple[Problem, ...]) -> Found:
    return {(p.code or p.message, p.sheet, p.row, p.column) for p in problems if p.severity != "info"}


SURVEY = [
    ["type", "name", "label::English (en)", "label::中文 (zh)", "relevant", "hint::English (en)", "hint::中文 (zh)"],
    ["text", "a", "A", "甲", "", "Help", ""],
    [],
    ["select_one l", "b", "B", "", "${a} = = 1", "", ""],
]
CHOICES = [
    ["list_name", "name", "label::English (en)", "label::中文 (zh)", "region"],
    ["l", "x", "X", "未", "north"],
    ["l", "X", "Y", "", ""],
    ["unused", "z", "Z", "丙", ""],
]
EXPECTED: Found = {
    ("cell_untranslated", "survey", 2, "hint::中文 (zh)"),
    ("syntax_equals", "survey", 4, "relevant"),
    ("cell_untranslated", "survey", 4, "label::中文 (zh)"),
    ("option_case", "choices", 3, "name"),
    ("cell_untranslated", "choices", 3, "label::中文 (zh)"),
    ("list_unused", "choices", 4, "list_name"),
    ("column_unread", "choices", 1, "region"),
}


def as_xlsx(folder: Path) -> tuple[Path, int, int]:
    book = openpyxl.Workbook()
    survey, choices = book.active, book.create_sheet("Choices")
    survey.title = "survey"
    for sheet, rows in ((survey, SURVEY), (choices, CHOICES)):
        for row in rows:
            sheet.append(row)
    book.save(folder / "f.xlsx")
    return folder / "f.xlsx", 0, 0


def test_an_xlsx_form_is_described_at_its_cells(tmp_path: Path) -> None:
    path, *_ = as_xlsx(tmp_path)
    expected = {
        (code, "Choices" if sheet == "choices" else sheet, row, column) for code, sheet, row, column in EXPECTED
    }
    assert found(check(path)) == expected


def test_a_csv_form_is_described_at_its_lines(tmp_path: Path) -> None:
    text = io.StringIO()
    lines = [["survey"], *([""] + r for r in SURVEY), ["choices"], *([""] + r for r in CHOICES)]
    csv.writer(text).writerows((line + [""] * 8)[:8] for line in lines)
    (tmp_path / "f.csv").write_text(text.getvalue(), "utf-8-sig")
    shift = {"survey": 1, "choices": len(SURVEY) + 2}
    expected = {(code, sheet, (row or 0) + shift[sheet or ""], column) for code, sheet, row, column in EXPECTED}
    assert found(check(tmp_path / "f.csv")) == expected


def test_a_markdown_form_counts_rows_in_each_table(tmp_path: Path) -> None:
    table = "".join(
        f"| {sheet} |\n" + "".join(f"| | {' | '.join(row)} |\n" for row in rows if row)
        for sheet, rows in (("survey", SURVEY), ("choices", CHOICES))
    )
    (tmp_path / "f.md").write_text(table, "utf-8")
    moved = {("syntax_equals", 4): 3, ("cell_untranslated", 4): 3}
    expected = {
        (code, sheet, moved.get((code, row or 0), row) if sheet == "survey" else row, column)
        for code, sheet, row, column in EXPECTED
    }
    assert found(check(tmp_path / "f.md")) == expected


def test_an_xform_is_described_by_paths(tmp_path: Path) -> None:
    binds = '<bind nodeset="/data/a" type="int" constraint=". &gt; 5 and . &lt; 3" relevant="wibble()"/>'
    (tmp_path / "f.xml").write_bytes(xform("<a/>", binds, '<input ref="/data/a"/>'))
    problems = {(p.code, p.sheet, p.row, p.path) for p in check(tmp_path / "f.xml") if p.severity != "info"}
    assert problems == {
        ("function_unknown", None, None, "/data/a"),
        ("constraint_impossible_pair", None, None, "/data/a"),
        ("label_missing", None, None, "/data/a"),
    }


HEAD = "| survey |\n| | type | name | label | relevant |\n"
YN = "| choices |\n| | list_name | name | label |\n| | yn | y | Y |\n| | yn | n | N |\n"


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (HEAD + "| | text | a | Hi ${nobody} | |\n", ("reference_unknown", "survey", 2, "label")),
        (HEAD + "| | select_one no | a | A | |\n" + YN, ("list_unknown", "survey", 2, "type")),
        (HEAD + "| | select_one no | a | A | |\n", ("choices_missing", "survey", 2, "type")),
        (HEAD + "| | text | b | B | |\n| | txet | a | A | |\n", ("type_unknown", "survey", 3, "type")),
        (HEAD + "| | text | | A | |\n", ("name_missing", "survey", 2, "name")),
        (HEAD + "| | text | 1a | A | |\n", ("name_malformed", "survey", 2, "name")),
        (HEAD + "| | text | a | A | |\n| | text | a | A | |\n", ("name_twice", "survey", 3, "name")),
        (HEAD + "| | begin_group | a | A | |\n| | text | b | B | |\n", ("begin_unmatched", "survey", 2, "type")),
        (HEAD + "| | text | b | B | |\n| | end_group | | | |\n", ("end_unmatched", "survey", 3, "type")),
        (HEAD + "| | calculate | a | | |\n", ("calculation_missing", "survey", 2, "calculation")),
        (HEAD + "| | text | a | A | |\n| | text | b | B | | too | many |\n", ("row_ragged", "survey", 3, None)),
        (HEAD + "| | select_one yn | a | A | |\n" + YN + "| | yn | y | Y again |\n", ("option_twice", "choices", 4, "name")),
        (HEAD + "| | select_multiple yn | a | A | |\n" + YN + "| | yn | y z | Yz |\n",
         ("option_spaced", "choices", 4, "name")),
    ],
)  # fmt: skip
def test_what_pyxform_refuses_is_said_plainly_at_its_cell(
    tmp_path: Path, table: str, expected: tuple[str, str, int, str | None]
) -> None:
    (tmp_path / "f.md").write_text(table, "utf-8")
    problems = check(tmp_path / "f.md")
    assert found(problems) == {expected}
    assert [p.severity for p in problems] == ["error"]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (HEAD + "| | text | a | A | |\n| | text | A | B | |\n", ("name_case", "survey", 3, "name")),
        (HEAD.replace("relevant", "relevent") + "| | text | a | A | ${a} = 1 |\n",
         ("column_misspelt", "survey", 1, "relevent")),
        (HEAD + "| | select_one yn | a | A | |\n" + YN.replace("| | yn | n | N |\n", ""), ("one_option", "survey", 2, "type")),
        (HEAD + "| | select_one yn | a | A | |\n" + YN + "".join(f"| | yn | n{i} | N{i} |\n" for i in range(60)),
         ("many_options", "survey", 2, "appearance")),
        (HEAD + "| | select_one yn | a | A | |\n" + YN.replace("| N |", "| Y |"), ("option_label_twice", "choices", 3, "label")),
        (HEAD + "| | begin_repeat | r | R | |\n| | text | q | Q | |\n| | end_repeat | | | |\n| | text | a | A | ${q} = 'x' |\n",
         ("repeated_scalar", "survey", 5, "relevant")),
        (HEAD + "| | begin_repeat | r | R | |\n| | text | q | Q | |\n| | end_repeat | | | |\n| | note | a | A ${q} | |\n",
         ("repeated_scalar", "survey", 5, "label")),
        (HEAD + "| | begin_group | g | G | ${q} = 'x' |\n| | text | q | Q | |\n| | end_group | | | |\n",
         ("hides_itself", "survey", 2, "relevant")),
        (HEAD + "| | begin_group | g | G | |\n| | text | q | Q | |\n| | end_group | | | |\n| | text | a | A | ${g} = 'x' |\n",
         ("group_as_value", "survey", 5, "relevant")),
    ],
)  # fmt: skip
def test_traps_that_pyxform_lets_through(tmp_path: Path, table: str, expected: tuple[str, str, int, str]) -> None:
    (tmp_path / "f.md").write_text(table, "utf-8")
    assert found(check(tmp_path / "f.md")) == {expected}


def test_one_refusal_of_pyxform_hides_no_other_fault(tmp_path: Path) -> None:
    table = (
        HEAD
        + "| | text | a | Hi ${nobody} | |\n| | text | b | B | ${nothing} = 1 |\n| | select_one no | c | C | |\n"
        + YN
    )
    (tmp_path / "f.md").write_text(table, "utf-8")
    assert found(check(tmp_path / "f.md")) == {
        ("reference_unknown", "survey", 2, "label"),
        ("reference_unknown", "survey", 3, "relevant"),
        ("list_unknown", "survey", 4, "type"),
    }


def test_a_calculation_with_a_trigger_in_another_group_is_explained(tmp_path: Path) -> None:
    head = "| survey |\n| | type | name | label | calculation | trigger |\n"
    rows = (
        "| | begin_repeat | r | R | | |\n| | begin_group | g | G | | |\n| | text | q | Q | | |\n| | text | p | P | | |\n"
        "| | end_group | | | | |\n| | calculate | c | | ${p} | ${q} |\n| | end_repeat | | | | |\n"
    )
    (tmp_path / "f.md").write_text(head + rows, "utf-8")
    assert found(check(tmp_path / "f.md")) == {("trigger_context", "survey", 7, "calculation")}


def test_a_condition_that_contradicts_its_group_or_another_question(tmp_path: Path) -> None:
    table = HEAD + (
        "| | select_one yn | a | A | |\n"
        "| | begin_group | g | G | ${a} = 'y' |\n"
        "| | text | b | B | ${a} = 'n' |\n"
        "| | text | c | C | |\n"
        "| | end_group | | | |\n"
        "| | text | d | D | ${c} != '' and ${a} = 'n' |\n"
    )
    (tmp_path / "f.md").write_text(table + YN, "utf-8")
    assert found(check(tmp_path / "f.md")) == {
        ("never_shown_here", "survey", 4, "relevant"),
        ("never_shown_here", "survey", 7, "relevant"),
    }


def test_a_long_untranslated_column_is_summed_up(tmp_path: Path) -> None:
    rows = "".join(f"| | text | q{i} | Q{i} | |\n" for i in range(80))
    table = "| survey |\n| | type | name | label::English (en) | label::French (fr) |\n| | text | q | Q | F |\n" + rows
    (tmp_path / "f.md").write_text(table, "utf-8")
    problems = [p for p in check(tmp_path / "f.md") if p.severity != "info"]
    assert len(problems) == 51
    assert problems[-1].message.startswith("30 more texts")


def test_what_was_looked_through_can_be_shown_in_place(tmp_path: Path) -> None:
    path, *_ = as_xlsx(tmp_path)
    checked = look_through(path)
    assert checked.workbook is not None
    for problem in checked.problems:
        if problem.row and problem.column:
            sheet = checked.workbook.sheet((problem.sheet or "").lower())
            assert sheet is not None
            assert problem.column in sheet.headers, problem
