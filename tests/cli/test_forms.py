"""`form check`, `compare` and `install` as scripts see them: one document, sentences with rows, exit statuses."""

from pathlib import Path

import pytest

from tests.cli.test_commands import ended, facts, run

FIVE = Path("forms/five-in-place.xlsx").resolve()
OLD = (
    "| survey |\n| | type | name | label |\n| | text | a | Who |\n| settings |\n| | form_id | version |\n| | f | 1 |\n"
)
NEW = (
    OLD.replace("Who", "Who?").replace("| 1 |", "| 2 |").replace("| settings |", "| | date | d | When |\n| settings |")
)


def written(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder / name


def test_check_names_the_cell_and_exits_1(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        "f.csv",
        "survey\n,type,name,label,relevant\n,text,a,A,\n,text,b,B,${a} = = 1\nsettings\n,form_id\n,f\n",
    )
    found = facts("form", "check", file, status=1)
    assert found["ok"] is False
    first = found["problems"][0]
    assert (first["severity"], first["sheet"], first["row"], first["column"]) == ("error", "survey", 4, "relevant")
    shown = run("form", "check", file, status=1)
    assert "survey:\n  row 4, relevant: error: " in shown
    assert shown.splitlines()[-1] == "The form cannot be used yet: 1 error."


def test_check_accepts_the_checklist_that_ships() -> None:
    found = facts("form", "check", FIVE)
    assert found["ok"] is True
    assert [p for p in found["problems"] if p["severity"] != "info"] == []


def test_compare_tells_what_changed(tmp_path: Path) -> None:
    old, new = written(tmp_path, "old.md", OLD), written(tmp_path, "new.md", NEW)
    found = facts("form", "compare", old, new)
    assert (found["old"]["version"], found["new"]["version"], found["same"]) == ("1", "2", False)
    assert found["changes"] == [
        {"kind": "reworded", "path": "/data/a", "part": "label", "language": "", "old": "Who", "new": "Who?"},
        {"kind": "question_added", "path": "/data/d", "label": {"": "When"}, "type": "date"},
    ]
    assert run("form", "compare", old, new).splitlines()[-1] == "2 changes."
    assert facts("form", "compare", old, old)["same"] is True


def test_compare_of_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    run("form", "compare", tmp_path / "nothing.md", tmp_path / "nothing.md", status=1)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forms") / "data"
    run("--data", folder, "init")
    return folder


def test_install_keeps_version_and_hash_and_every_version_stays(data: Path) -> None:
    first = facts("--data", data, "form", "install", FIVE)
    again = facts("--data", data, "form", "install", FIVE)
    assert first == again
    assert (first["form"], len(first["hash"])) == ("five-in-place", 64)


HEAD = "| survey |\n| | type | name | label | appearance | repeat_count | calculation |\n| | text | first | First | | | |\n"
LIST = "| choices |\n| | list_name | name | label |\n| | l | name_key | label |\n"
OUTSIDE = {
    "search()": HEAD + "| | select_one l | q | Q | search('fruits') | | |\n" + LIST,
    "external app": HEAD + "| | text | q | Q | ex:org.example.app(a='b') | | |\n",
    "select_one_external": HEAD.replace("calculation", "choice_filter")
    + "| | select_one_external l | q | Q | | | a=${first} |\n"
    + "| external_choices |\n| | list_name | name | label | a |\n| | l | x | X | 1 |\n",
    "background-audio": HEAD + "| | background-audio | q | | | | |\n",
    "osm": HEAD + "| | osm | q | Q | | | |\n",
    "printer": HEAD + "| | text | q | Q | printer:org.example | | |\n",
    "simserial": HEAD + "| | simserial | q | | | | |\n",
    "nfc": HEAD + "| | text | q | Q | ex:org.example.nfc | | |\n",
    "repeat count": HEAD
    + "| | begin_repeat | q | Q | | 1000000 | |\n| | text | t | T | | | |\n| | end_repeat | | | | | |\n",
    "lower-case()": HEAD + "| | calculate | q | | | | lower-case(${first}) |\n",
    "ancestor axis": HEAD + "| | calculate | q | | | | string(ancestor::data/first) |\n",
}


@pytest.mark.parametrize("feature", OUTSIDE)
def test_what_is_out_of_scope_is_refused_with_its_row(data: Path, tmp_path: Path, feature: str) -> None:
    file = written(tmp_path, "f.md", OUTSIDE[feature])
    found = facts("form", "check", file, status=1)
    assert [(p["sheet"], p["row"]) for p in found["problems"] if p["severity"] == "error"] == [("survey", 3)]
    status, _, err = ended("--data", data, "form", "install", file)
    assert status == 1
    sentence = err.strip()
    assert "\n" not in sentence
    assert "(survey, row 3)" in sentence
