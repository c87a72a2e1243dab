"""Problems are counted, narrowed, put into words and pointed at in the workbook."""

from inspector_app.desktop.forms import problem_state as state
from inspector_app.xforms import Problem
from inspector_app.xforms.workbook import Row, Sheet, Workbook

ERROR = Problem("error", "No such list.", "survey", 4, "type", code="list_unknown", facts=(("name", "x"),))
WARNING = Problem("warning", "No label.", "survey", 2, "label")
INFO = Problem("info", "By the way.")
BOOK = Workbook({"survey": Sheet("Survey", 1, ("type", "name"), (Row(4, {"type": "select_one x", "name": "q"}),))})


def test_the_gravest_comes_first() -> None:
    problems = (INFO, WARNING, ERROR)
    assert state.counts(problems) == {"all": 3, "error": 1, "warning": 1, "info": 1}
    assert state.narrowed(problems, "all") == (ERROR, WARNING, INFO)
    assert state.narrowed(problems, "warning") == (WARNING,)


def test_a_problem_points_at_its_cell() -> None:
    assert state.cells_at(BOOK, ERROR) == (
        state.Cell("type", "select_one x", True),
        state.Cell("name", "q", False),
    )
    empty = Problem("warning", "", "survey", 4, "label")
    assert state.cells_at(BOOK, empty)[0] == state.Cell("label", "", True)
    assert state.cells_at(BOOK, WARNING) == ()
    assert state.cells_at(None, ERROR) == ()
    assert state.cells_at(BOOK, INFO) == ()


def test_a_sentence_without_words_stays_as_the_checker_said_it() -> None:
    def tr(key: str, **facts: object) -> str:
        return f"{key} {facts['name']}"

    assert state.sentence_of(ERROR, tr, lambda key: True) == "problem.list_unknown x"
    assert state.sentence_of(ERROR, tr, lambda key: False) == "No such list."
    broken = Problem("error", "Plain.", code="list_unknown")
    assert state.sentence_of(broken, tr, lambda key: True) == "Plain."
    assert state.sentence_of(WARNING, tr, lambda key: True) == "No label."


def test_what_is_copied_fits_a_spreadsheet() -> None:
    text = state.copied((ERROR, INFO), lambda problem: problem.message)
    assert text.splitlines() == ["error\tsurvey\t4\ttype\tNo such list.", "info\t\t\t\tBy the way."]
    assert state.place_text(ERROR, lambda key, **facts: f"row {facts['n']}") == "survey · row 4 · type"
