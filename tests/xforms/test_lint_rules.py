"""Every check of `form check`: one faulty cell, exactly the Problems it deserves, at its sheet, row and column."""

from pathlib import Path

import pytest

from inspector_app.xforms.lint import check
from inspector_app.xforms.xpath.functions import REGISTRY

YN = "| choices |\n| | list_name | name | label |\n| | yn | yes | Yes |\n| | yn | no | No |\n"
COLUMNS = "type name label relevant constraint calculation default appearance required choice_filter repeat_count"
HEAD = f"| survey |\n| | {' | '.join(COLUMNS.split())} | constraint_message |\n"
START = (
    "| | integer | age | Age |\n| | select_one yn | yn | Yes or no |\n| | select_multiple yn | many | Many |\n"
    "| | date | day | Day |\n| | text | txt | Text |\n"
)
"""Rows 2 to 6 of every form below."""


def cells(**given: str) -> str:
    """One survey row; the label is there unless it is a calculate."""
    given.setdefault("label", "" if given["type"] in ("calculate", "end_repeat", "end_group") else "Label")
    given.setdefault("name", "x")
    return "| | " + " | ".join(given.get(c, "").replace("|", "\\|") for c in COLUMNS.split()) + " | Mend it. |\n"


def codes(folder: Path, rows: str, choices: str = YN, settings: str = "") -> set[tuple[str, int | None, str | None]]:
    """(code, row, column) of all that is worse than a remark."""
    file = folder / "f.md"
    file.write_text(HEAD + START + rows + choices + settings, "utf-8")
    return {(p.code or p.message, p.row, p.column) for p in check(file) if p.severity != "info"}


def relevant(expression: str, **more: str) -> dict[str, str]:
    return {"type": "text", "relevant": expression, **more}


def constraint(expression: str, kind: str = "integer", **more: str) -> dict[str, str]:
    return {"type": kind, "constraint": expression, **more}


def calculation(expression: str) -> dict[str, str]:
    return {"type": "calculate", "calculation": expression}


CASES: list[tuple[dict[str, str], str, str]] = [
    # syntax, functions, arity
    (relevant("${age} = = 1"), "syntax_equals", "relevant"),
    (relevant("${age} == 1"), "syntax_equals", "relevant"),
    (relevant("${yn} = 'yes"), "syntax_quote", "relevant"),
    (relevant("${age} > 5 && ${age} < 9"), "syntax_and", "relevant"),
    (relevant("${age} > 5 || ${age} < 9"), "syntax_or", "relevant"),
    (relevant("${age} <> 5"), "syntax_unequal", "relevant"),
    (relevant("${age} => 5"), "syntax_order", "relevant"),
    (relevant("（${age} > 5）"), "syntax_wide", "relevant"),
    (relevant("{age} > 5"), "syntax_dollar", "relevant"),
    (relevant("$age > 5"), "syntax_dollar", "relevant"),
    (relevant("${age} > "), "syntax_value", "relevant"),
    (relevant("${age} ${yn}"), "syntax_operator", "relevant"),
    (relevant("(${age} > 5"), "syntax", "relevant"),
    (calculation("strlen(${txt})"), "function_meant", "calculation"),
    (calculation("wibble(${txt})"), "function_unknown", "calculation"),
    (calculation("substr(${txt})"), "arity", "calculation"),
    (calculation("distance(indexed-repeat())"), "arity", "calculation"),
    # circles
    (calculation("${x} + 1"), "reads_itself", "calculation"),
    (relevant("${x} = 'a'"), "reads_itself", "relevant"),
    # references
    (calculation("/data/nowhere + 1"), "path_dead", "calculation"),
    (calculation("instance('no')/root/item[name = ${yn}]/label"), "list_nowhere", "calculation"),
    (calculation("instance('yn')/root/item[nam = ${yn}]/label"), "column_nowhere", "calculation"),
    (calculation("instance('yn')/root/item[name = ${yn}]/scroe"), "column_nowhere", "calculation"),
    (calculation("jr:choice-name(${yn}, '/data/nowhere')"), "path_dead", "calculation"),
    (calculation("jr:choice-name(${txt}, '${txt}')"), "choice_name_of_text", "calculation"),
    ({"type": "select_one yn", "choice_filter": "stat = ${txt}"}, "column_nowhere", "choice_filter"),
    # portability
    (calculation("floor(${age} div 2)"), "function_rare_instead", "calculation"),
    (calculation("substring(${txt}, 1, 2)"), "function_rare_instead", "calculation"),
    (calculation("lower-case(${txt})"), "function_foreign", "calculation"),
    (calculation("count(//age)"), "axis_rare", "calculation"),
    (calculation("string(../following-sibling::age)"), "axis_foreign", "calculation"),
    (relevant("boolean(${txt})"), "boolean_of_blank", "relevant"),
    (constraint("regex(., '[0-9]+')", "text"), "pattern_loose", "constraint"),
    (constraint("regex(., '^a|b$')", "text"), "pattern_loose", "constraint"),
    (constraint("regex(., '^(a+)+$')", "text"), "pattern_slow", "constraint"),
    (constraint("regex(., '^([a-z$')", "text"), "pattern_broken", "constraint"),
    # slips
    (relevant("${yn} = 'yes' or 'no'"), "always_true_term", "relevant"),
    (relevant("'${yn}' = 'yes'"), "quoted_reference", "relevant"),
    (calculation("${txt} + ' and more'"), "sum_of_texts", "calculation"),
    # never shown
    (relevant("1 = 2"), "never_shown", "relevant"),
    (relevant("false()"), "never_shown", "relevant"),
    (relevant("${yn} = 'maybe'"), "never_shown_option", "relevant"),
    (relevant("selected(${many}, 'maybe')"), "never_shown_option", "relevant"),
    (relevant("${age} > 5 and ${age} < 3"), "never_shown_pair", "relevant"),
    (relevant("${age} > 5 and ${age} < 6"), "never_shown_pair", "relevant"),
    (relevant("${yn} = 'yes' and ${yn} = 'no'"), "never_shown_pair", "relevant"),
    (relevant("selected(${yn}, 'yes') and selected(${yn}, 'no')"), "never_shown_pair", "relevant"),
    (relevant("selected(${many}, 'yes') and not(selected(${many}, 'yes'))"), "never_shown_pair", "relevant"),
    (relevant("${yn} != '' and ${yn} != 'yes' and ${yn} != 'no'"), "never_shown", "relevant"),
    (relevant("${txt} = '' and string-length(${txt}) < 0"), "never_shown", "relevant"),
    (relevant("${day} > today() and ${day} < today()"), "never_shown_pair", "relevant"),
    (relevant("${day} > '2026-05-01' and ${day} < '2026-04-01'"), "never_shown_pair", "relevant"),
    (relevant("count-selected(${many}) > 2"), "never_shown", "relevant"),
    (relevant("contains(${txt}, 'a') and not(contains(${txt}, 'a'))"), "never_shown_pair", "relevant"),
    (relevant("${age} = 'ten'"), "never_shown", "relevant"),
    (relevant("${day} > '01/02/2026'"), "never_shown", "relevant"),
    # parts that never hold
    (relevant("${yn} = 'maybe' or ${age} > 3"), "option_unknown", "relevant"),
    (relevant("${yn} != 'maybe'"), "option_unknown", "relevant"),
    (calculation("if(${yn} = 'Yes', 1, 0)"), "option_unknown", "calculation"),
    (calculation("if(${age} = 'ten', 1, 0)"), "comparison_never", "calculation"),
    # constraints
    (constraint(". > 5 and . < 3"), "constraint_impossible_pair", "constraint"),
    (constraint(". = 'abc'"), "constraint_impossible", "constraint"),
    (constraint(". > 5 and . < 6"), "constraint_impossible_pair", "constraint"),
    (constraint(". > today() and . < today()", "date"), "constraint_impossible_pair", "constraint"),
    (constraint(". > 100 or . < 200"), "constraint_idle", "constraint"),
    (constraint(". = 'maybe'", "select_one yn"), "constraint_impossible_option", "constraint"),
    (constraint("string-length(.) > 10 and string-length(.) < 5", "text"), "constraint_impossible_pair", "constraint"),
    (constraint("count-selected(.) > 2", "select_multiple yn"), "constraint_impossible", "constraint"),
    # defaults
    ({"type": "date", "default": "abc"}, "default_type", "default"),
    ({"type": "date", "default": "today"}, "default_function", "default"),
    ({"type": "integer", "default": "1.5"}, "default_type", "default"),
    ({"type": "select_one yn", "default": "maybe"}, "default_option", "default"),
    (constraint(". < 5", default="7"), "default_refused", "default"),
    # appearances
    ({"type": "text", "appearance": "sparkly"}, "appearance_unknown", "appearance"),
    ({"type": "text", "appearance": "minimal"}, "appearance_misplaced", "appearance"),
    ({"type": "integer", "appearance": "likert"}, "appearance_misplaced", "appearance"),
    ({"type": "select_one yn", "appearance": "signature"}, "appearance_misplaced", "appearance"),
    # wording
    ({"type": "note", "required": "yes"}, "note_required", "required"),
    # left out on purpose
    ({"type": "text", "appearance": "ex:org.example.app(a='b')"}, "no_external_app", "appearance"),
    ({"type": "text", "appearance": "printer:org.example"}, "no_printer", "appearance"),
    ({"type": "background-audio", "label": ""}, "no_background_audio", "type"),
    ({"type": "osm"}, "no_osm", "type"),
    ({"type": "simserial", "label": ""}, "no_sim", "type"),
    ({"type": "subscriberid", "label": ""}, "no_sim", "type"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "code", "column"), CASES, ids=[f"{c[1]}-{n}" for n, c in enumerate(CASES)])
def test_a_fault_is_found_once_at_its_cell(tmp_path: Path, row: dict[str, str], code: str, column: str) -> None:
    found = codes(tmp_path, cells(**row))
    extra = {("Row without", 7, None)} if code == "no_sim" else set()
    assert {f for f in found if "no longer supported" not in f[0]} - extra == {(code, 7, column)}


REPEAT = cells(type="begin_repeat", name="rep") + cells(type="integer", name="q")
GOOD: list[tuple[str, str]] = [
    ("a relevant chain", cells(**relevant("${yn} = 'yes' and ${age} > 5")) + cells(name="z", **relevant("${x} != ''"))),
    ("either or", cells(**relevant("${yn} = 'yes' or ${yn} = 'no'"))),
    ("a closed interval", cells(**constraint(". >= 0 and . <= 120"))),
    ("an exact number", cells(**constraint(". = 5 or . = 99"))),
    ("a date not in the future", cells(**constraint(". <= today() and . >= '2020-01-01'", "date"))),
    ("dates around today", cells(**constraint(". >= today() - 30 and . <= today() + 30", "date"))),
    ("another question's limit", cells(**constraint(". >= ${age} and . <= ${age} + 10"))),
    ("a pattern", cells(**constraint("regex(., '^[A-Z]{2}[0-9]+$')", "text"))),
    ("text as number", cells(**constraint("string-length(.) = 18", "text"))),
    ("none excludes others", cells(**constraint("not(selected(., 'no') and count-selected(.) > 1)", "select_multiple yn"))),
    ("blank or filled", cells(**relevant("${txt} = '' or ${txt} != ''"))),
    ("running numbers", cells(**calculation("if(${yn} = 'yes', 1, 0) + coalesce(${age}, 0)"))),
    ("rounding", cells(**calculation("round(${age} div 3, 1)"))),
    ("label of a choice", cells(**calculation("jr:choice-name(${yn}, '${yn}')"))),
    ("once", cells(**calculation("once(uuid())"))),
    ("dates", cells(**calculation("format-date(date(${day} + 7), '%Y-%m-%d')"))),
    ("an age from a date", cells(**calculation("int((today() - ${day}) div 365.25)"))),
    ("a repeat and its sum", REPEAT + cells(type="calculate", name="pos", calculation="position(..)")
     + cells(type="end_repeat", name="", label="") + cells(**calculation("sum(${q}) + count(${rep})"))),
    ("the previous instance", REPEAT + cells(type="calculate", name="prev",
     calculation="if(position(..) > 1, indexed-repeat(${q}, ${rep}, position(..) - 1), 0)")
     + cells(type="end_repeat", name="", label="")),
    ("constraint inside a repeat", cells(type="begin_repeat", name="rep") + cells(name="q", **constraint(". > 0 and . < ${age}"))
     + cells(type="end_repeat", name="", label="")),
    ("a group with a condition", cells(type="begin_group", name="g", relevant="${age} > 17")
     + cells(**relevant("${age} < 65")) + cells(type="end_group", name="", label="")),
    ("a static default", cells(**constraint(". < 5", default="3"))),
    ("a default option", cells(type="select_one yn", default="yes")),
    ("a dynamic default", cells(type="date", default="today()")),
    ("usual appearances", cells(type="select_one yn", appearance="minimal") + cells(type="text", name="y", appearance="multiline")
     + cells(type="image", name="i", appearance="signature")),
    ("a calculated flag", cells(**calculation("if(${age} > 17, 'adult', 'child')"))
     + cells(name="z", **relevant("${x} = 'adult'"))),
    ("a score", cells(**calculation("weighted-checklist(1, 2, ${age}, 1, ${age}, 2)"))),
]  # fmt: skip


@pytest.mark.parametrize("rows", [g[1] for g in GOOD], ids=[g[0] for g in GOOD])
def test_what_is_sound_raises_no_alarm(tmp_path: Path, rows: str) -> None:
    assert codes(tmp_path, rows) == set()


@pytest.mark.parametrize("given", range(4))
def test_every_function_with_a_wrong_number_of_arguments_is_named(tmp_path: Path, given: int) -> None:
    wrong = [f for f in REGISTRY.values() if not f.minimum <= given <= f.maximum]
    calls = [f"string({f.name}({', '.join(['${age}'] * given)}))" for f in wrong]
    rows = "".join(cells(**calculation(call), name=f"x{i}") for i, call in enumerate(calls))
    assert {row for code, row, _ in codes(tmp_path, rows) if code == "arity"} == set(range(7, 7 + len(wrong)))
