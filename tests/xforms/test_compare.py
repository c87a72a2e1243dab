"""Comparing two versions of a form: every kind of change as a row of a table."""

import pytest

from inspector_app.xforms.compare import (
    Change,
    LanguageAdded,
    LanguageDropped,
    OptionAdded,
    OptionDropped,
    OptionReworded,
    QuestionAdded,
    QuestionDropped,
    QuestionMoved,
    Retyped,
    Reworded,
    RuleChanged,
    compare,
)
from tests.xforms.forms import from_table

OLD = """
| survey |
| | type | name | label::English (en) | label::中文 (zh) | hint::English (en) | hint::中文 (zh) \
| relevant | required | constraint | constraint_message::English (en) | constraint_message::中文 (zh) \
| calculation | default | appearance | bind::app:critical |
| | text | who | Who | 誰 | Full name | 全名 | | yes | | | | | | | |
| | begin_group | g | Group | 組 | | | | | | | | | | field-list | |
| | integer | age | Age | 年齡 | | | ${who} != '' | | . > 0 | Positive | 正數 | | | | |
| | select_one pf | a | Item A | 甲 | | | | | | | | | | | key |
| | select_one pf | b | Item B | 乙 | | | | | | | | | | | |
| | end_group | | | | | | | | | | | | | | |
| | calculate | twice | | | | | | | | | | ${age} * 2 | | | |
| | text | end_note | Note | 備註 | | | | | | | | | hello | multiline | |
| choices |
| | list_name | name | label::English (en) | label::中文 (zh) | score |
| | pf | pass | In place | 合格 | 1 |
| | pf | fail | Not in place | 不合格 | 0 |
| settings |
| | form_id | version | default_language | namespaces |
| | t | 1 | English (en) | app="urn:t" |
"""


def changed(*swaps: tuple[str, str]) -> tuple[Change, ...]:
    """What comparing says after replacing parts of the old table."""
    new = OLD
    for old, replacement in swaps:
        assert old in new, old
        new = new.replace(old, replacement)
    return compare(from_table(OLD), from_table(new)).changes


WHO = "| | text | who | Who | 誰 | Full name | 全名 | | yes | | | | | | | |\n"
PASS = "| | pf | fail | Not in place | 不合格 | 0 |\n"
CASES: list[tuple[str, list[tuple[str, str]], list[Change]]] = [
    ("nothing", [("| t | 1 |", "| t | 2 |")], []),
    ("label in one language", [("| Who | 誰 |", "| Who? | 誰 |")],
     [Reworded("/data/who", "label", "English (en)", "Who", "Who?")]),
    ("hint", [("全名", "姓名")], [Reworded("/data/who", "hint", "中文 (zh)", "全名", "姓名")]),
    ("constraint message", [("正數", "大於零")],
     [Reworded("/data/g/age", "constraint message", "中文 (zh)", "正數", "大於零")]),
    ("translation gone", [("| Item A | 甲 |", "| Item A | |")], [Reworded("/data/g/a", "label", "中文 (zh)", "甲", "")]),
    ("added", [("| | end_group", "| | date | when | When | 何時 | | | | | | | | | | | |\n| | end_group")],
     [QuestionAdded("/data/g/when", {"English (en)": "When", "中文 (zh)": "何時"}, "date")]),
    ("dropped", [("| | select_one pf | b | Item B | 乙 | | | | | | | | | | | |\n", "")],
     [QuestionDropped("/data/g/b", {"English (en)": "Item B", "中文 (zh)": "乙"}, "select_one")]),
    ("moved to another group", [("| | select_one pf | b | Item B | 乙 | | | | | | | | | | | |\n", ""),
     ("| | calculate | twice", "| | select_one pf | b | Item B | 乙 | | | | | | | | | | | |\n| | calculate | twice")],
     [QuestionMoved("/data/g/b", "/data/b", "/data/g", {"English (en)": "Item B", "中文 (zh)": "乙"})]),
    ("moved in its group", [(WHO, ""), ("| choices |", WHO + "| choices |")],
     [QuestionMoved("/data/who", "/data/who", "/data/end_note", {"English (en)": "Who", "中文 (zh)": "誰"})]),
    ("group renamed", [("begin_group | g |", "begin_group | h |")],
     [QuestionMoved("/data/g", "/data/h", "/data/who", {"English (en)": "Group", "中文 (zh)": "組"})]),
    ("type", [("integer | age", "decimal | age")], [Retyped("/data/g/age", "integer", "decimal")]),
    ("relevant", [("${who} != ''", "${who} = 'x'")],
     [RuleChanged("/data/g/age", "relevant", "${who} != ''", "${who} = 'x'")]),
    ("required", [("| yes |", "| |")], [RuleChanged("/data/who", "required", "true()", "")]),
    ("constraint", [("| . > 0 |", "| . > 1 |")], [RuleChanged("/data/g/age", "constraint", ". > 0", ". > 1")]),
    ("calculate", [("${age} * 2", "${age} * 3")],
     [RuleChanged("/data/twice", "calculate", "${age} * 2", "${age} * 3")]),
    ("default", [("| hello |", "| bye |")], [RuleChanged("/data/end_note", "default", "hello", "bye")]),
    ("dynamic default", [("| hello |", "| concat(${who}, '!') |")],
     [RuleChanged("/data/end_note", "default", "hello", "concat(${who}, '!')")]),
    ("appearance", [("multiline", "numbers")], [RuleChanged("/data/end_note", "appearance", "multiline", "numbers")]),
    ("attribute", [("| key |", "| veto |")], [RuleChanged("/data/g/a", "{urn:t}critical", "key", "veto")]),
    ("option added", [("| settings |", "| | pf | na | Not applicable | 不適用 | |\n| settings |")],
     [OptionAdded(("/data/g/a", "/data/g/b"), "na", {"English (en)": "Not applicable", "中文 (zh)": "不適用"})]),
    ("option dropped", [(PASS, "")],
     [OptionDropped(("/data/g/a", "/data/g/b"), "fail", {"English (en)": "Not in place", "中文 (zh)": "不合格"})]),
    ("option reworded", [("| 不合格 |", "| 未到位 |")],
     [OptionReworded(("/data/g/a", "/data/g/b"), "fail", "label", "中文 (zh)", "不合格", "未到位")]),
    ("score of an option", [("| 合格 | 1 |", "| 合格 | 2 |")],
     [OptionReworded(("/data/g/a", "/data/g/b"), "pass", "score", "", "1", "2")]),
    ("language renamed", [("中文 (zh)", "中文 (zh-Hant)")],
     [LanguageAdded("中文 (zh-Hant)"), LanguageDropped("中文 (zh)")]),
]  # fmt: skip


@pytest.mark.parametrize(("swaps", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_each_change_is_one_fact(swaps: list[tuple[str, str]], expected: list[Change]) -> None:
    assert list(changed(*swaps)) == expected


def test_changes_come_in_the_order_of_the_new_form() -> None:
    swaps = {name: swaps for name, swaps, _ in CASES}
    found = changed(*swaps["label in one language"], *swaps["type"], *swaps["dropped"], ("| hello |", "| bye |"))
    assert [type(c).__name__ for c in found] == ["Reworded", "Retyped", "QuestionDropped", "RuleChanged"]


def test_a_form_without_languages_is_compared_with_the_default_one() -> None:
    plain = "| survey |\n| | type | name | label |\n| | text | q | Who |\n"
    spoken = "| survey |\n| | type | name | label::English | label::French |\n| | text | q | Who | Qui |\n"
    assert compare(from_table(plain), from_table(spoken)).changes == (LanguageAdded("English"), LanguageAdded("French"))


def test_a_form_equals_itself() -> None:
    assert compare(from_table(OLD), from_table(OLD)).is_same
