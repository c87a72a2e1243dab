"""Changes become lines; differences in a text are marked by word and by character."""

import pytest

from inspector_app.desktop.forms import change_state as state
from inspector_app.xforms import compare

LABEL = {"中文 (zh)": "名稱", "English (en)": "Name"}
CHANGES: list[tuple[compare.Change, state.ChangeLine]] = [
    (compare.QuestionAdded("/d/a", LABEL), state.ChangeLine("added", "change.question_added", "/d/a", new="Name")),
    (compare.QuestionDropped("/d/a", {}), state.ChangeLine("dropped", "change.question_dropped", "/d/a")),
    (
        compare.QuestionMoved("/d/a", "/d/g/a", "", LABEL),
        state.ChangeLine("rules", "change.question_moved", "/d/g/a", "Name", "/d/a", "/d/g/a"),
    ),
    (compare.Retyped("/d/a", "text", "int"), state.ChangeLine("rules", "change.retyped", "/d/a", "", "text", "int")),
    (
        compare.Reworded("/d/a", "constraint message", "中文 (zh)", "甲", "乙"),
        state.ChangeLine("reworded", "change_part.constraint_message", "/d/a", "中文", "甲", "乙"),
    ),
    (
        compare.OptionAdded(("/d/a",), "x", LABEL),
        state.ChangeLine("options", "change.option_added", "/d/a", "x", new="Name"),
    ),
    (
        compare.OptionDropped(("/d/a",), "x", LABEL),
        state.ChangeLine("options", "change.option_dropped", "/d/a", "x", old="Name"),
    ),
    (
        compare.OptionReworded(("/d/a",), "x", "label", "English (en)", "A", "B"),
        state.ChangeLine("options", "change.option_reworded", "/d/a", "x · English", "A", "B"),
    ),
    (
        compare.RuleChanged("/d/a", "repeat count", "1", "2"),
        state.ChangeLine("rules", "change_rule.repeat_count", "/d/a", "", "1", "2"),
    ),
    (
        compare.RuleChanged("/d/a", "{urn:x}critical", "a", "b"),
        state.ChangeLine("rules", "change_rule.attribute", "/d/a", "critical", "a", "b"),
    ),
    (
        compare.LanguageAdded("English (en)"),
        state.ChangeLine("added", "change.language_added", "", "English", new="English (en)"),
    ),
    (
        compare.LanguageDropped("English (en)"),
        state.ChangeLine("dropped", "change.language_dropped", "", "English", old="English (en)"),
    ),
]


@pytest.mark.parametrize(("change", "line"), CHANGES)
def test_every_change_is_one_line(change: compare.Change, line: state.ChangeLine) -> None:
    assert state.derive_line(change, "English (en)") == line


def test_lines_are_counted_and_narrowed() -> None:
    lines = state.derive_lines([change for change, _ in CHANGES], "English (en)")
    assert state.counts(lines) == {"all": 12, "added": 2, "dropped": 2, "reworded": 1, "options": 3, "rules": 4}
    assert len(state.narrowed(lines, "options")) == 3
    assert state.narrowed(lines, "all") == lines
    assert state.copied(lines[:1], lambda line: "added") == "added\t/d/a\t\t\tName"


@pytest.mark.parametrize(
    ("old", "new", "left", "right"),
    [
        ("員工人數", "員工總人數", "員工人數", "員工[總]人數"),
        ("the old plan", "the new plan", "the [old] plan", "the [new] plan"),
        ("", "新", "", "[新]"),
        ("x" * 9000, "y", "x" * 9000, "y"),
    ],
)
def test_differences_are_marked(old: str, new: str, left: str, right: str) -> None:
    def shown(pieces: tuple[state.Piece, ...]) -> str:
        return "".join(p.text if p.state == "same" else f"[{p.text}]" for p in pieces)

    before, after = state.mark(old, new)
    assert (shown(before), shown(after)) == (left, right)


def test_the_windows_language_is_found_among_the_forms() -> None:
    names = ("繁體中文 (zh-Hant)", "English (en)")
    assert state.language_of(names, "zh-Hant") == names[0]
    assert state.language_of(("中文 (zh)", "English (en)"), "zh-Hans") == "中文 (zh)"
    assert state.language_of(names, "fr") == names[0]
    assert state.language_of((), "en") == ""
