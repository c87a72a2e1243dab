"""pyxform's exceptions and warnings as Problems: which sheet, row and column, and one plain sentence."""

import re
from types import TracebackType

from .problems import Problem, Severity
from .sentences import say
from .workbook import Sheet, Workbook

_ROW = re.compile(r"\[row : (\d+)\]:?\s*")
_SHEET = re.compile(r"'(survey|choices|settings|entities)' sheet|sheet: '(\w+)'|(choices|survey|settings) sheet")
_COLUMN = re.compile(r"the '([\w:]+)' value(?: '([^']*)')? is (?:invalid|problematic)\. ")
_OPENING = re.compile(r"On the '\w+' sheet, the '[\w:]+' value(?: '[^']*')? is (?:invalid|problematic)\. ")
_LINK = re.compile(r"\s*Learn more: \S+?\.?(?=\s|$)")
_LONGEST = 4_000
"""pyxform quotes whole rows in its sentences; so much of one is read."""
_HARMLESS = ("max-pixels",)
_TAGGED = re.compile(r"\([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\)\s*\Z")
_REDUNDANT = re.compile(
    r"Language '.*' is missing the (?:survey|choices) column|case-insensitive match|the '' value", re.S
)

_KNOWN: tuple[tuple[re.Pattern[str], str, str, str], ...] = tuple(
    (re.compile(pattern, re.S), code, sheet, column)
    for pattern, code, sheet, column in (
        (r"Could not find the name '(?P<name>[^']*)'", "reference_unknown", "", ""),
        (r"The name '(?P<name>[^']*)' appears more than once", "reference_ambiguous", "", ""),
        (r"Reference variables must start with", "reference_malformed", "", ""),
        (r"List name not in (?:external )?choices sheet: (?P<name>.*)", "list_unknown", "survey", "type"),
        (r"There should be a choices sheet", "choices_missing", "survey", "type"),
        (r"Unknown question type '(?P<name>[^']*)'", "type_unknown", "survey", "type"),
        (r"Question with no type", "type_missing", "survey", "type"),
        (r"Question or group with no name", "name_missing", "survey", "name"),
        (r"Missing calculation", "calculation_missing", "survey", "calculation"),
        (r"Names must begin with a letter", "name_malformed", "", ""),
        (r"must be unique within their nearest parent", "name_twice", "survey", "name"),
        (r"case-insensitive match to another name", "name_case", "survey", "name"),
        (r"Choice names must be unique", "option_twice", "choices", "name"),
        (r"Choices must have a name", "option_unnamed", "choices", "name"),
        (r"Choices should have a label", "option_unlabelled", "choices", "label"),
        (r"Column headers must not be empty and must not contain spaces", "header_spaces", "choices", ""),
        (r"Unmatched 'end_(?P<name>\w+)'", "end_unmatched", "survey", "type"),
        (r"Unmatched 'begin_(?P<name>\w+)'", "begin_unmatched", "survey", "type"),
        (r"Duplicate column header: (?P<name>.*)", "header_twice", "", ""),
        (r"See \[(?P<name>.*?)\] in \[(?P<list>.*?)\]", "option_spaced", "choices", "name"),
        (r"(?:has no label or hint|Repeat has no label)", "label_missing", "survey", "label"),
        (r"You must have a sheet named", "survey_missing", "", ""),
    )
)


def complaint(severity: Severity, text: str, workbook: Workbook) -> Problem:
    """A Problem for what pyxform said."""
    text = " ".join(text[:_LONGEST].split())
    numbered, named, column = _ROW.search(text), _SHEET.search(text), _COLUMN.search(text)
    sheet = next((g for g in named.groups() if g), "") if named else ""
    row = int(numbered[1]) if numbered else None
    header = column[1] if column else ""
    plain = _LINK.sub("", _OPENING.sub("", _ROW.sub("", text))).strip()
    problem = Problem(severity, plain, sheet or ("survey" if row else None), row, header or None)
    for pattern, code, its_sheet, its_column in _KNOWN:
        found = pattern.search(text)
        if found is not None:
            facts = {"name": column[2] or "" if column else "", **found.groupdict(default="")}
            place = (its_sheet or problem.sheet, row, its_column or problem.column)
            problem = say(code, {k: v.strip() for k, v in facts.items()}, severity=severity, place=place)
            break
    return _placed(problem, workbook)


def _placed(problem: Problem, workbook: Workbook) -> Problem:
    """Row and header as the author's program shows them; a row looked for where pyxform names none."""
    sheet = workbook.sheet(problem.sheet or "")
    if sheet is None:
        return problem
    facts = dict(problem.facts)
    row = sheet.number(problem.row) if problem.row else _search(sheet, problem.code, facts)
    column = problem.column and (sheet.header(problem.column.replace("jr:count", "repeat_count")) or problem.column)
    return Problem(
        problem.severity, problem.message, sheet.name, row, column, problem.path, problem.code, problem.facts
    )


def _search(sheet: Sheet, code: str, facts: dict[str, str]) -> int | None:
    """The row of a complaint without one."""
    for row in sheet.rows:
        if code == "option_spaced" and (sheet.cell(row, "list_name"), sheet.cell(row, "name")) == (
            facts.get("list"),
            facts.get("name"),
        ):
            return row.number
        if code == "type_unknown" and sheet.cell(row, "type") == facts.get("name"):
            return row.number
        if code == "choices_missing" and sheet.cell(row, "type").lower().startswith(("select", "rank")):
            return row.number
    return None


def refusal(error: Exception, workbook: Workbook) -> tuple[Problem, ...]:
    """Why pyxform gave up; its own sentences, or the row it was at when something unforeseen happened."""
    if type(error).__name__.startswith("PyXForm") or type(error).__name__ == "XLRDError":
        text = str(error)[: _LONGEST * 5]
        numbered = [m.start() for m in _ROW.finditer(text)]
        cuts = numbered if len(numbered) > 1 else [0]
        pieces = [text[a:b] for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]
        return tuple(complaint("error", piece, workbook) for piece in pieces)
    surplus = _surplus(workbook)
    if surplus is not None:
        return (surplus,)
    sheet, row = _where(error.__traceback__, workbook)
    what = f"{type(error).__name__}: {str(error)[:120]}"
    return (say("conversion_failed", {"what": what}, place=(sheet, row, None)),)


def _surplus(workbook: Workbook) -> Problem | None:
    """The first row with more cells than its sheet has headers."""
    for sheet in workbook.sheets.values():
        for row in sheet.rows:
            if row.surplus:
                return say("row_ragged", place=(sheet.name, row.number, None))
    return None


def _where(trace: TracebackType | None, workbook: Workbook) -> tuple[str | None, int | None]:
    """Sheet and row pyxform was working on, from the names its loops use; a best effort."""
    found: int | None = None
    while trace is not None:
        number = trace.tb_frame.f_locals.get("row_number")
        found = number if isinstance(number, int) else found
        trace = trace.tb_next
    sheet = workbook.sheet("survey")
    if found is None or sheet is None:
        return None, None
    return sheet.name, sheet.number(found)


def _uncoded(text: str, workbook: Workbook) -> Problem | None:
    """The first language without a code in brackets; pyxform doubts some that are sound, such as zh-Hant."""
    named = re.search(r"machine-readable codes: (.*?)\. Learn more", text, re.S)
    names = named[1].split(", ") if named else []
    bare = next((n for n in names if not _TAGGED.search(n)), None)
    if bare is None:
        return None
    for sheet in workbook.sheets.values():
        header = next((h for h, m in sheet.meanings() if m.language == bare), None)
        if header is not None:
            return say("language_code", {"name": bare}, place=(sheet.name, sheet.header_row, header))
    return say("language_code", {"name": bare})


def warning(text: str, workbook: Workbook) -> Problem | None:
    """A Problem for a warning of pyxform; None for those that lint says better, cell by cell."""
    text = text[:_LONGEST]
    if _REDUNDANT.search(text):
        return None
    if "machine-readable" in text:
        return _uncoded(text, workbook)
    return complaint("info" if any(h in text for h in _HARMLESS) else "warning", text, workbook)
