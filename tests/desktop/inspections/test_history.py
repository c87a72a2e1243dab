"""Undo takes back one change at a time; typing on in one field is one change."""

from inspector_app.desktop.inspections.history import DEPTH, Change, History


def change(before: str, after: str, path: str = "/a") -> Change:
    return Change("A01", {path: before}, {path: after})


def test_undo_and_redo_move_between_the_same_values() -> None:
    history = History()
    history.record(change("", "pass"))
    history.record(change("pass", "fail"))
    assert history.undo() == change("pass", "fail")
    assert history.undo() == change("", "pass")
    assert history.undo() is None
    assert history.redo() == change("", "pass")
    assert history.can_redo and history.can_undo


def test_typing_in_one_field_is_one_change() -> None:
    history = History()
    for before, after in (("", "未"), ("未", "未見"), ("未見", "未見預案")):
        history.record(change(before, after), is_typing=True)
    assert history.undo() == change("", "未見預案")
    assert not history.can_undo


def test_typing_in_another_field_is_another_change() -> None:
    history = History()
    history.record(change("", "x"), is_typing=True)
    history.record(change("", "y", "/b"), is_typing=True)
    assert history.undo() == change("", "y", "/b")
    assert history.can_undo


def test_a_new_change_forgets_what_was_undone() -> None:
    history = History()
    history.record(change("", "pass"))
    history.undo()
    history.record(change("", "na"))
    assert not history.can_redo


def test_typing_back_to_the_beginning_leaves_nothing_to_undo() -> None:
    history = History()
    history.record(change("", "x"), is_typing=True)
    history.record(change("x", ""), is_typing=True)
    assert not history.can_undo


def test_the_stack_is_bounded() -> None:
    history = History()
    for number in range(DEPTH + 5):
        history.record(change(str(number), str(number + 1)))
    undone = 0
    while history.undo():
        undone += 1
    assert undone == DEPTH
