"""Moving a draft to a newer form: one row per fate of an answer."""

import pytest

from inspector_app.xforms import Form
from inspector_app.xforms.moving import Converted, Dropped, Kept, Move, move
from tests.xforms.forms import from_table, now

CHOICES = "| choices |\n| | list_name | name | label |\n"
ABC = CHOICES + "| | l | a | A |\n| | l | b | B |\n| | l | c | C |\n"
AB = CHOICES + "| | l | a | A |\n| | l | b | B |\n"
HEAD = "| survey |\n| | type | name | label | calculation | constraint | relevant | repeat_count |\n"


def form(*rows: str, choices: str = ABC) -> Form:
    """A form of `type name` rows; more cells may follow."""
    lines = ""
    for row in rows:
        kind, name, *rest = [part.strip() for part in row.split(";")]
        label = "" if kind == "calculate" or kind.startswith("end") else name.upper()
        lines += f"| | {kind} | {name} | {label} | {' | '.join(rest)} |\n"
    return from_table(HEAD + lines + (choices if "l\n" in lines or " l |" in lines else ""))


def moved(old: tuple[str, ...], new: tuple[str, ...], answers: dict[str, str], choices: str = ABC) -> Move:
    return move(form(*old), form(*new, choices=choices), answers)


@pytest.mark.parametrize(
    ("old", "new", "value", "expected"),
    [
        ("text", "text", "x", Kept("/data/q", "/data/q", "x")),
        ("integer", "decimal", "5", Kept("/data/q", "/data/q", "5")),
        ("decimal", "integer", "5.0", Converted("/data/q", "/data/q", "5.0", "5")),
        ("decimal", "integer", "5.5", Dropped("/data/q", "5.5", "type changed")),
        ("text", "integer", "12", Kept("/data/q", "/data/q", "12")),
        ("text", "integer", "twelve", Dropped("/data/q", "twelve", "type changed")),
        ("integer", "text", "12", Kept("/data/q", "/data/q", "12")),
        ("date", "dateTime", "2026-01-02", Converted("/data/q", "/data/q", "2026-01-02", "2026-01-02T00:00:00.000")),
        ("dateTime", "date", "2026-01-02T08:00:00.000+08:00",
         Converted("/data/q", "/data/q", "2026-01-02T08:00:00.000+08:00", "2026-01-02")),
        ("text", "date", "tomorrow", Dropped("/data/q", "tomorrow", "type changed")),
        ("date", "time", "2026-01-02", Dropped("/data/q", "2026-01-02", "type changed")),
        ("select_one l", "select_one l", "a", Kept("/data/q", "/data/q", "a")),
        ("select_one l", "select_one l", "c", Dropped("/data/q", "c", "option gone")),
        ("select_one l", "select_multiple l", "b", Kept("/data/q", "/data/q", "b")),
        ("select_multiple l", "select_one l", "b", Kept("/data/q", "/data/q", "b")),
        ("select_multiple l", "select_one l", "a b", Dropped("/data/q", "a b", "type changed")),
        ("select_multiple l", "select_multiple l", "a c", Converted("/data/q", "/data/q", "a c", "a", ("c",))),
        ("select_multiple l", "select_multiple l", "c", Dropped("/data/q", "c", "option gone")),
        ("select_multiple l", "rank l", "a b", Dropped("/data/q", "a b", "type changed")),
        ("rank l", "rank l", "c b a", Converted("/data/q", "/data/q", "c b a", "b a", ("c",))),
        ("select_one l", "text", "a", Kept("/data/q", "/data/q", "a")),
        ("text", "select_one l", "a", Kept("/data/q", "/data/q", "a")),
        ("text", "select_one l", "zz", Dropped("/data/q", "zz", "type changed")),
        ("image", "image", "p.jpg", Kept("/data/q", "/data/q", "p.jpg")),
        ("image", "file", "p.jpg", Kept("/data/q", "/data/q", "p.jpg")),
        ("image", "audio", "p.jpg", Dropped("/data/q", "p.jpg", "type changed")),
        ("image", "text", "p.jpg", Dropped("/data/q", "p.jpg", "type changed")),
        ("geopoint", "geotrace", "1 2 0 0", Dropped("/data/q", "1 2 0 0", "type changed")),
        ("text", "note", "x", Dropped("/data/q", "x", "type changed")),
    ],
)  # fmt: skip
def test_an_answer_meets_its_question_again(old: str, new: str, value: str, expected: object) -> None:
    found = moved((f"{old};q",), (f"{new};q",), {"/data/q": value}, AB)
    assert [*found.kept, *found.converted, *found.dropped] == [expected]
    kept = isinstance(expected, Kept | Converted)
    assert list(found.answers) == (["/data/q"] if kept else [])


def test_a_question_that_is_gone_takes_its_answer_along_and_a_new_one_is_named() -> None:
    found = moved(("text;a", "text;b"), ("text;a", "date;c"), {"/data/a": "1", "/data/b": "2"})
    assert found.dropped == (Dropped("/data/b", "2", "question gone"),)
    assert found.new == ("/data/c",)
    assert dict(found.answers) == {"/data/a": "1"}
    assert not found.loses_nothing


def test_a_question_moves_with_its_answer() -> None:
    found = moved(("text;a", "begin_group;g", "text;b", "end_group;"), ("begin_group;h", "text;a", "text;b", "end_group;"),
                  {"/data/a": "1", "/data/g/b": "2"})  # fmt: skip
    assert dict(found.answers) == {"/data/h/a": "1", "/data/h/b": "2"}
    assert found.loses_nothing


REPEAT = ("begin_repeat;r", "text;q", "end_repeat;")


@pytest.mark.parametrize(
    ("old", "new", "answers", "after", "dropped"),
    [
        (REPEAT, REPEAT, {"/data/r[1]/q": "x", "/data/r[2]/q": "y"}, {"/data/r[1]/q": "x", "/data/r[2]/q": "y"}, ()),
        (REPEAT, ("begin_group;r", "text;q", "end_group;"), {"/data/r[1]/q": "x", "/data/r[2]/q": "y"},
         {"/data/r/q": "x"}, (Dropped("/data/r[2]/q", "y", "no longer repeated"),)),
        (("begin_group;r", "text;q", "end_group;"), REPEAT, {"/data/r/q": "x"}, {"/data/r[1]/q": "x"}, ()),
        (("text;q",), REPEAT, {"/data/q": "x"}, {"/data/r[1]/q": "x"}, ()),
        (REPEAT, ("begin_group;g", *REPEAT, "end_group;"), {"/data/r[3]/q": "x"}, {"/data/g/r[3]/q": "x"}, ()),
        (REPEAT, ("begin_repeat;s", "text;q", "end_repeat;"), {"/data/r[2]/q": "x"}, {"/data/s[2]/q": "x"}, ()),
    ],
)  # fmt: skip
def test_repeats_keep_their_positions(
    old: tuple[str, ...], new: tuple[str, ...], answers: dict[str, str], after: dict[str, str], dropped: object
) -> None:
    found = moved(old, new, answers)
    assert (dict(found.answers), found.dropped) == (after, dropped)


def test_what_is_computed_is_neither_kept_nor_lost() -> None:
    old, new = ("integer;n", "calculate;c;${n} + 1"), ("integer;n", "calculate;c;${n} + 2", "calculate;d;1")
    found = moved(old, new, {"/data/n": "1", "/data/c": "2"})
    assert [k.path for k in found.kept] == ["/data/n"]
    assert (found.dropped, found.new) == ((), ())


def test_a_question_that_is_now_computed_says_so() -> None:
    found = moved(("integer;n", "integer;c"), ("integer;n", "calculate;c;${n} + 2"), {"/data/c": "2"})
    assert found.dropped == (Dropped("/data/c", "2", "now computed"),)


def test_keys_of_the_caller_and_metadata_pass() -> None:
    answers = {"deadline:A04": "2026-01-01", "/data/meta/instanceID": "uuid:1", "/data/q": ""}
    found = moved(("text;q",), ("text;q",), answers)
    assert dict(found.answers) == answers
    assert not found.kept


def test_with_a_clock_the_new_form_says_what_hides_and_what_breaks_its_rules() -> None:
    old = form("integer;n", "text;t", "integer;m")
    new = form("integer;n;;. < 5", "text;t;;;${n} < 3", "integer;m")
    found = move(old, new, {"/data/n": "9", "/data/t": "x", "/data/m": "1"}, now=now)
    assert (found.hidden, found.doubtful) == (("/data/t",), ("/data/n",))
    assert found.loses_nothing


def test_a_counted_repeat_drops_instances_beyond_its_count() -> None:
    old = form("integer;n", "begin_repeat;r", "text;q", "end_repeat;")
    new = form("integer;n", "begin_repeat;r;;;;1", "text;q", "end_repeat;")
    found = move(old, new, {"/data/r[1]/q": "x", "/data/r[2]/q": "y"}, now=now)
    assert found.dropped == (Dropped("/data/r[2]/q", "y", "no longer repeated"),)
    assert dict(found.answers) == {"/data/r[1]/q": "x"}


def test_moving_there_and_back_loses_nothing_when_nothing_was_dropped() -> None:
    old, new = form("text;a", *REPEAT), form("begin_group;g", "text;a", "end_group;", *REPEAT)
    answers = {"/data/a": "1", "/data/r[1]/q": "x", "/data/r[2]/q": "y"}
    assert dict(move(new, old, move(old, new, answers).answers).answers) == answers
