"""Every sentence a form author may read, by code: what is wrong, and what to do about it."""

from collections.abc import Mapping
from types import MappingProxyType

from .problems import Problem, Severity

Place = tuple[str | None, int | None, str | None]
"""Sheet, row, column."""
NOWHERE: Place = (None, None, None)
NO_FACTS: Mapping[str, str] = MappingProxyType({})

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
    "row_surplus": (_W, "A cell of this row stands under no header and is ignored; move it, or add a header."),
    "column_misspelt": (_W, "The column “{name}” is not known and is ignored; perhaps you mean {meant}."),
    "column_ignored": (_I, "The column “{name}” has no meaning here and is ignored; use bind::… to keep it in the form."),
    # expressions
    "syntax": (_E, "This expression cannot be read: {reason} (“{source}”)."),
    "syntax_wide": (_E, "The expression has full-width signs; write ( ) , = and quotes in half width (“{source}”)."),
    "syntax_curly": (_E, "The expression has curly quotes; write straight ones (“{source}”)."),
    "syntax_quote": (_E, "A quote is opened and not closed; close it (“{source}”)."),
    "syntax_equals": (_E, "Equality is written with one = sign; take the other out (“{source}”)."),
    "syntax_and": (_E, "“&&” is not understood; write and (“{source}”)."),
    "syntax_or": (_E, "“||” is not understood; write or (“{source}”)."),
    "syntax_unequal": (_E, "“<>” is not understood; write != (“{source}”)."),
    "syntax_order": (_E, "The = comes last; write <= or >= (“{source}”)."),
    "syntax_dollar": (_E, "A question is named as ${{name}}; mend the dollar sign or the brackets (“{source}”)."),
    "syntax_value": (_E, "A value is missing beside an operator; write it (“{source}”)."),
    "syntax_operator": (_E, "Two values stand side by side; write and, or, = or a comma between them (“{source}”)."),
    "arity": (_E, "{name}() takes {wanted} arguments, not {given}; mend “{source}”."),
    "function_unknown": (_E, "There is no function {name}(); use one that ODK forms have."),
    "function_meant": (_E, "There is no function {name}(); perhaps you mean {meant}()."),
    "no_search": (_E, "search() works only in ODK Collect; use select_one_from_file with a choice_filter."),
    "file_absent": (_W, "The file {name} is not here, so its list is empty; put it beside the form."),
    "language_code": (_I, "The language “{name}” has no code; write for example “English (en)”."),
    "expression_faulty": (_E, "{reason}; mend “{source}”."),
    "reads_itself": (_E, "The {kind} of {node} refers to itself (“{source}”); take the reference out."),
    "circle": (_E, "These calculations need each other: {nodes}; break the circle."),
    "feedback": (
        _W, "Whether this is shown depends on {question}, which is computed from this very answer; break the circle."
    ),
    "hides_itself": (
        _W, "This group is shown only depending on “{question}” inside it, so once hidden it cannot come back; "
        "ask that outside the group."
    ),
    "path_dead": (_E, "{path} is not in the form; mend the reference."),
    "repeated_scalar": (
        _E, "“{name}” is answered once per repetition, so it is no single value here; use sum(), count() or "
        "indexed-repeat()."
    ),
    "group_as_value": (_W, "“{name}” is a group and has no answer of its own; name a question in it."),
    "always_true_term": (_W, "“{text}” alone beside and/or is always true; write the whole comparison again."),
    "sum_of_texts": (_W, "“{text}” is a text and cannot be added or multiplied; use concat() to join texts."),
    "quoted_reference": (_W, "The quotes make ${{{name}}} a plain text instead of its answer; take the quotes away."),
    "choice_name_of_text": (_W, "“{name}” has no options, so jr:choice-name() finds no label; name a select question."),
    "function_foreign": (_E, "{name}() is not part of ODK forms, and not all clients have it; do without it."),
    "function_rare": (_W, "{name}() is missing in some ODK clients; test the form in all you use."),
    "function_rare_instead": (_W, "{name}() is missing in ODK Collect; use {instead}."),
    "axis_foreign": (_E, "The axis {axis}:: is not part of ODK forms; name the question as ${{…}}."),
    "axis_rare": (_W, "“//” is not understood by ODK Collect; write the whole path, or name the question as ${{…}}."),
    "round_negative": (_I, "Clients round halves of negative numbers differently (-1.5 to -2 or -1); avoid negative halves."),
    "boolean_from_string": (_I, "Clients differ in which capitals boolean-from-string() accepts; store true or 1."),
    "boolean_of_blank": (_W, "Clients differ whether boolean() of a blank answer is true; compare with '' instead."),
    "position_elsewhere": (_W, "Clients differ in position() of anything but “..”; count with count() instead."),
    "pattern_broken": (_E, "The pattern “{pattern}” is no regular expression, so every answer fails; mend it."),
    "pattern_long": (_E, "The pattern is longer than {most} characters and is never tried; shorten it."),
    "pattern_slow": (_W, "The pattern “{pattern}” can take very long, a repeated part repeats itself; simplify it."),
    "pattern_loose": (
        _W, "ODK Collect wants the pattern “{pattern}” to match the whole answer, other clients search in it; "
        "begin with ^ and end with $, with alternatives in brackets."
    ),
    # what can and cannot happen
    "never_shown": (_W, "This is never shown, because “{source}” can never be true; mend the condition."),
    "never_shown_pair": (_W, "This is never shown, because “{source}” contradict each other; mend the condition."),
    "never_shown_option": (_W, "This is never shown, because “{option}” is not an option of “{question}”; mend one of the two."),
    "never_shown_here": (
        _W, "This is never shown, because “{source}” contradicts the conditions of its group or of the questions it "
        "names; mend one of them."
    ),
    "constraint_impossible": (_W, "No answer can meet this constraint, because “{source}” is never true; mend it."),
    "constraint_impossible_pair": (_W, "No answer can meet this constraint, because “{source}” contradict each other; mend it."),
    "constraint_impossible_option": (_W, "No answer can meet this constraint, as “{option}” is not an option here; mend it."),
    "constraint_idle": (_W, "This constraint accepts every answer (“{source}”); perhaps “and” is meant instead of “or”."),
    "option_unknown": (_W, "“{option}” is not an option of “{question}”; mend the option's name here or in the list."),
    "comparison_never": (_W, "“{source}” can never be true; mend the comparison."),
    "comparison_always": (_W, "“{source}” is always true; mend the comparison."),
    "default_type": (_W, "The default “{text}” is not of type {type}; write one that is, or an expression."),
    "default_function": (_W, "The default “{text}” is taken as plain text; write {text}() for the current moment."),
    "default_option": (_W, "The default “{text}” is not an option of the list; write the name of an option."),
    "default_refused": (_W, "The default “{text}” breaks the constraint of its own question; mend one of the two."),
    # lists
    "list_nowhere": (_E, "There is no list or file “{name}” in the form; mend its name."),
    "column_nowhere": (_E, "The list “{list}” has no column “{name}”; mend the name, or fill the column."),
    "column_blank": (_W, "The column “{name}” is blank for the whole list “{list}”; fill it, or mend the reference."),
    "trigger_context": (
        _W, "“{name}” is looked for beside the trigger instead of here, so it stays blank; put this row into the group "
        "of its trigger."
    ),
    "column_unread": (_W, "No filter or expression reads the column “{name}”; use it, or remove it."),
    "list_unused": (_W, "No question uses the list “{name}”; use it, or remove it."),
    "one_option": (_W, "There is only one option to choose from; add options, or use acknowledge."),
    "many_options": (_W, "{count} options without a search are hard to choose from; add the appearance autocomplete."),
    "option_name_twice": (_W, "The option “{name}” is in its list twice; rename one, answers cannot tell them apart."),
    "option_case": (_W, "The options “{name}” and “{other}” differ only by capital letters; rename one."),
    "option_label_twice": (_W, "Two options of the list are labelled “{label}”; word them differently."),
    # appearances
    "appearance_unknown": (_W, "The appearance “{word}” is unknown and does nothing; take it out, or mend its spelling."),
    "appearance_meant": (_W, "The appearance “{word}” is unknown and does nothing; perhaps you mean {meant}."),
    "appearance_misplaced": (_W, "The appearance “{word}” does nothing for {type}; it is for {fits}."),
    # wording
    "cell_untranslated": (_W, "This text has no translation into {language}; write it."),
    "cells_untranslated": (_W, "{count} more texts of this column have no translation into {language}; write them."),
    "column_untranslated": (_W, "There is no translation into {language}; add the column “{column}”."),
    "media_untranslated": (_W, "Files are named for one language only, {language} shows none; add the column “{column}”."),
    "text_untranslated": (_W, "The {part} has no translation into {language}; write it."),
    "option_untranslated": (_W, "The option “{option}” has no translation into {language}; write it."),
    "note_required": (_W, "A note takes no answer, so requiring one blocks the form; take “required” away."),
    "readonly_required": (_W, "An answer is required that nobody can give, as it is read-only; drop one of the two."),
    "constraint_silent": (_I, "The constraint says nothing when it is broken; add a constraint_message."),
    # left out on purpose
    "no_external_app": (_E, "This question asks another app for its answer, which only ODK Collect can; use a usual type."),
    "no_printer": (_E, "This question prints on a phone's printer, which does not exist here; take the appearance out."),
    "no_nfc": (_E, "This question reads an NFC tag, which does not exist here; use a barcode or text question."),
    "no_osm": (_E, "This question needs OpenMapKit, which does not exist here; use geopoint or text."),
    "no_sim": (_E, "This row asks for a SIM's serial number or subscriber id, which computers do not have; remove it."),
    "no_background_audio": (_E, "This row records sound in the background, which is not done here; remove it, or use audio."),
    "no_external_select": (_E, "select_one_external works only in ODK Collect; use select_one_from_file with a choice_filter."),
    "count_too_large": (_E, "{count} repetitions are more than the {most} a form may have; lower the repeat count."),
}  # fmt: skip


def say(
    code: str,
    facts: Mapping[str, str] = NO_FACTS,
    *,
    path: str | None = None,
    place: Place = NOWHERE,
    severity: Severity | None = None,
) -> Problem:
    """The Problem of that code; `facts` fill its sentence."""
    usual, sentence = SENTENCES[code]
    sheet, row, column = place
    message = sentence.format_map(facts)
    return Problem(severity or usual, message, sheet, row, column, path, code, tuple(facts.items()))
