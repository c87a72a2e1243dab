"""Every sentence a form author may read, by code: what is wrong, and what to do about it."""

from collections.abc import Mapping

from .problems import Problem, Severity

Place = tuple[str | None, int | None, str | None]
"""Sheet, row, column."""
NOWHERE: Place = (None, None, None)

_E: Severity = "error"
_W: Severity = "warning"
_I: Severity = "info"

SENTENCES: Mapping[str, tuple[Severity, str]] = {
    # the workbook as pyxform reads it
    "reference_unknown": (_E, "There is no question called “{name}” on the survey sheet; mend the name in ${{…}}."),
    "reference_ambiguous": (_E, "Several questions are called “{name}”, so ${{{name}}} is unclear; rename one."),
    "reference_malformed": (_E, "A reference is not written as ${{name}}; mend the dollar sign, brackets or name."),
    "list_unknown": (_E, "There is no list “{name}” on the choices sheet; add it, or mend its name here."),
    "choices_missing": (_E, "The workbook has no choices sheet; add one with list_name, name and label."),
    "survey_missing": (_E, "The workbook has no survey sheet; name the sheet with the questions “survey”."),
    "type_unknown": (_E, "“{name}” is not a type of question; write a type such as text, integer or select_one list."),
    "type_missing": (_E, "This question has no type; write one, or empty the row."),
    "name_missing": (_E, "This question has no name; write one without blanks in the name column."),
    "calculation_missing": (_E, "This calculate has no calculation; write an expression, or remove the row."),
    "name_malformed": (
        _E, "This name cannot be used; begin with a letter, then letters, digits, “_”, “-” or “.”, and no blanks."
    ),
    "name_twice": (_E, "The name “{name}” is used twice in the same group; rename one of the two questions."),
    "name_case": (_W, "The name differs from “{name}” only by capital letters; rename one, many tools mix them up."),
    "option_twice": (
        _E, "This option's name is already in its list; rename it, or set allow_choice_duplicates to yes."
    ),
    "option_unnamed": (_E, "This option has no name; write one in the name column."),
    "option_unlabelled": (_W, "This option has no label; write what people shall read."),
    "option_spaced": (
        _E, "The option “{name}” of the list “{list}” has a blank in its name, which select_multiple cannot store; "
        "use “_” instead."
    ),
    "header_spaces": (_W, "The header “{name}” has a blank in it, so its column is ignored; use “_” instead."),
    "header_twice": (_E, "Two columns are headed “{name}”; rename or remove one."),
    "end_unmatched": (_E, "This row ends a {name} that was never begun; remove it, or add the begin row."),
    "begin_unmatched": (_E, "This {name} is begun but never ended; add its end row."),
    "label_missing": (_W, "This question has no label; write what people shall read."),
    "row_ragged": (_E, "This row has more cells than the sheet has headers; remove the surplus, or add a header."),
    "conversion_failed": (_E, "The workbook cannot be read as an XLSForm here ({what}); simplify this row."),
    # expressions
    "syntax": (_E, "This expression cannot be read: {reason} (“{source}”)."),
    "function_unknown": (_E, "There is no function {name}(); {meant}."),
    "expression_faulty": (_E, "{reason}; mend “{source}”."),
    "reads_itself": (_E, "The {kind} of {node} refers to itself (“{source}”); take the reference out."),
    "circle": (_E, "These calculations need each other: {nodes}; break the circle."),
}  # fmt: skip


def say(code: str, *, path: str | None = None, place: Place = NOWHERE, severity: Severity | None = None,
        **facts: str) -> Problem:  # fmt: skip
    """The Problem of that code; `facts` fill its sentence."""
    usual, sentence = SENTENCES[code]
    sheet, row, column = place
    message = sentence.format_map(facts)
    return Problem(severity or usual, message, sheet, row, column, path, code, tuple(facts.items()))
