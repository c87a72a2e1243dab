"""Lint: what pyxform lets through is found, at its sheet, row and column."""

from pathlib import Path

import openpyxl
import pytest

from inspector_app.xforms import FormError, Problem, load
from inspector_app.xforms.lint import check

HEAD = ["type", "name", "label", "relevant", "constraint", "calculation", "default", "appearance", "constraint_message"]


def workbook(path: Path, *rows: list[str]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "survey"
    for row in (HEAD, *rows):
        sheet.append(row)
    book.save(path)
    return path


def found(problems: tuple[Problem, ...], severity: str) -> set[tuple[int | None, str | None]]:
    return {(p.row, p.column) for p in problems if p.severity == severity}


@pytest.mark.parametrize(
    ("row", "column", "severity"),
    [
        (["text", "x", "X", "${n} = = 1"], "relevant", "error"),
        (["text", "x", "X", "", "regex(., 'a)"], "constraint", "error"),
        (["calculate", "x", "", "", "", "foo(1)"], "calculation", "error"),
        (["calculate", "x", "", "", "", "substr('a')"], "calculation", "error"),
        (["calculate", "x", "", "", "", "${x} + 1"], "calculation", "error"),
        (["text", "x", "X", "${x} = 'a'"], "relevant", "error"),
        (["calculate", "x", "", "", "", "/data/nowhere + 1"], "calculation", "error"),
        (["calculate", "x", "", "", "", "${rq} + 1"], "calculation", "error"),
        (["text", "x", "X", "", "regex(., '(a+)+$')"], "constraint", "warning"),
        (["integer", "x", "X", "", ". = 'abc'"], "constraint", "warning"),
        (["calculate", "x", "", "", "", "floor(${n})"], "calculation", "warning"),
        (["date", "x", "X", "", "", "", "abc"], "default", "warning"),
        (["text", "x", "X", "", "", "", "", "sparkly"], "appearance", "warning"),
    ],
)
def test_a_fault_is_found_at_its_cell(tmp_path: Path, row: list[str], column: str, severity: str) -> None:
    repeat = [["begin_repeat", "rep", "R"], ["integer", "rq", "Q"], ["end_repeat", "", ""]]
    path = workbook(tmp_path / "f.xlsx", ["integer", "n", "N"], *repeat, row)
    assert (6, column) in found(check(path), severity)


def test_a_clean_form_has_no_findings(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "f.xlsx",
        ["integer", "n", "N", "", ". > 0 and . < 10", "", "", "", "Between 1 and 9."],
        ["begin_repeat", "rep", "R"],
        ["integer", "q", "Q", "${n} > 1"],
        ["calculate", "d", "", "", "", "${q} * 2 + position(..)"],
        ["end_repeat"],
        ["calculate", "s", "", "", "", "sum(${q}) + count(${rep})"],
    )
    assert check(path) == ()
    assert load(path).id == "f" or load(path).id


def test_load_refuses_what_lint_calls_broken_and_names_the_row(tmp_path: Path) -> None:
    path = workbook(tmp_path / "f.xlsx", ["text", "x", "X", "foo()"])
    with pytest.raises(FormError) as caught:
        load(path)
    assert (caught.value.problems[0].sheet, caught.value.problems[0].row) == ("survey", 2)


def test_pyxform_errors_keep_their_row(tmp_path: Path) -> None:
    problems = check(workbook(tmp_path / "f.xlsx", ["text", "x", "Hi ${nobody}"]))
    assert [(p.severity, p.sheet, p.row) for p in problems] == [("error", "survey", 2)]
