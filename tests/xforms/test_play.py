"""`form play`: one line per step, the shapes of cli.md."""

from inspector_app.xforms.play import play
from tests.xforms.forms import from_table, now

FORM = (
    "| survey |\n| | type | name | label | relevant |\n| | select_one yn | ok | OK? | |\n"
    "| | text | why | Why | ${ok} = 'n' |\n| | begin_repeat | r | R | |\n| | text | q | Q | |\n| | end_repeat | | | |\n"
    "| choices |\n| | list_name | name | label |\n| | yn | y | Yes |\n| | yn | n | No |\n"
)


def test_each_step_has_its_line() -> None:
    steps = [
        {"answer": "/data/ok", "value": "n"},
        {"add_repeat": "/data/r"},
        {"answer": "/data/r[2]/q", "value": "z"},
        {"remove_repeat": "/data/r[1]"},
        {"finalize": True},
    ]
    lines = list(play(from_table(FORM), steps, now=now))
    assert [line["step"] for line in lines] == [0, 1, 2, 3, 4, 5]
    assert lines[0]["nodes"]["/data/why"]["relevant"] is False
    assert [c["name"] for c in lines[0]["nodes"]["/data/ok"]["choices"]] == ["y", "n"]
    assert lines[1]["nodes"]["/data/why"]["relevant"] is True
    assert lines[3]["nodes"]["/data/r[2]/q"]["value"] == "z"
    assert lines[4]["nodes"]["/data/r[1]/q"]["value"] == "z"
    assert "/data/r[2]/q" not in lines[4]["nodes"]
    assert "<ok>n</ok><why/><r><q>z</q></r>" in lines[5]["xml"]
    assert set(lines[0]["nodes"]["/data/ok"]) >= {
        "value",
        "relevant",
        "required",
        "readonly",
        "valid",
        "label",
        "choices",
    }


def test_changed_prints_only_what_changed() -> None:
    lines = list(
        play(from_table(FORM), [{"answer": "/data/ok", "value": "n"}, {"add_repeat": "/data/r"}], True, now=now)
    )
    assert set(lines[1]["nodes"]) == {"/data/ok", "/data/why"}
    assert set(lines[2]["nodes"]) == {"/data/r[2]", "/data/r[2]/q"}


def test_a_step_that_cannot_be_done_is_an_error_line_and_the_rest_goes_on() -> None:
    steps = [
        {"answer": "/data/none", "value": "1"},
        {"nonsense": 1},
        {"language": "x"},
        [],
        {"answer": "/data/ok", "value": "y"},
    ]
    lines = list(play(from_table(FORM), steps, now=now))  # type: ignore[arg-type]
    assert ["error" in line for line in lines] == [False, True, True, True, True, False]


def test_instances_that_move_up_are_printed_with_what_they_hold() -> None:
    steps = [
        {"answer": "/data/r[1]/q", "value": "a"},
        {"add_repeat": "/data/r"},
        {"answer": "/data/r[2]/q", "value": "b"},
        {"remove_repeat": "/data/r[1]"},
    ]
    last = list(play(from_table(FORM), steps, True, now=now))[-1]
    assert last["nodes"]["/data/r[1]/q"]["value"] == "b"
    assert (last["added"], last["removed"]) == ([], ["/data/r[1]"])


def test_a_required_blank_is_not_valid_and_an_answer_of_another_type_is_blank() -> None:
    table = (
        "| survey |\n| | type | name | label | required |\n| | integer | n | N | yes |\n| | decimal | d | D | |\n"
        "| | select_multiple c | m | M | |\n| choices |\n| | list_name | name | label |\n| | c | x | X |\n| | c | y | Y |\n"
    )
    steps = [{"answer": "/data/n", "value": v} for v in ("7.9", "seven")]
    steps += [{"answer": "/data/d", "value": "5"}, {"answer": "/data/m", "value": "y zz x"}]
    lines = list(play(from_table(table), steps, now=now))
    assert [(line["nodes"]["/data/n"]["value"], line["nodes"]["/data/n"]["valid"]) for line in lines[:3]] == [
        ("", False), ("7", True), ("", False),
    ]  # fmt: skip
    assert (lines[3]["nodes"]["/data/d"]["value"], lines[4]["nodes"]["/data/m"]["value"]) == ("5.0", "x y")
