"""XLSForm to XForm through pyxform, whose every exception becomes a Problem with sheet and row."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from . import sheets
from .problems import FormError, Problem, Severity

MAX_BYTES = 20 * 1024 * 1024
KINDS = ("xlsx", "xlsm", "xls", "csv", "md")
_ROOT = "data"
_ROW = re.compile(r"\[row : (\d+)\]\s*")
_SHEET = re.compile(r"'(survey|choices|settings|entities)' sheet|(choices|survey|settings) sheet")
_HARMLESS = ("machine-readable", "max-pixels")
COLUMNS = {
    "calculate": "calculation",
    "relevant": "relevant",
    "readonly": "read_only",
    "required": "required",
    "constraint": "constraint",
    "choices": "choice_filter",
    "count": "repeat_count",
    "label": "label",
    "default": "default",
}
"""Our name of an expression → its XLSForm column."""


@dataclass(frozen=True, slots=True)
class Converted:
    """XForm XML ('' if an error is among `problems`), and which row each Node path comes from."""

    xml: bytes
    problems: tuple[Problem, ...]
    rows: Mapping[str, tuple[str, int]]


def convert(source: Path | bytes, *, kind: str = "xlsx") -> Converted:
    """Convert a workbook. `kind` is xlsx, xlsm, xls, csv or md. Never raises for bad input: see `problems`."""
    try:
        data = read_bounded(source) if isinstance(source, Path) else source
        if kind not in KINDS:
            raise FormError(f"A form is an .xlsx, .xls, .csv, .md or .xml file, not .{kind}.")
        if kind in ("xlsx", "xlsm"):
            sheets.check_zip(data)
        return _convert(data, kind)
    except FormError as error:
        return Converted(b"", error.problems, {})


def read_bounded(path: Path) -> bytes:
    """The file's bytes, up to 20 MB. FormError if it is larger or cannot be read."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise FormError(f"{path.name} is larger than {MAX_BYTES // 1024 // 1024} MB.")
        return path.read_bytes()
    except OSError as error:
        raise FormError(f"{path.name} cannot be read: {error.strerror}.") from None


def _convert(data: bytes, kind: str) -> Converted:
    from pyxform.xls2xform import convert as pyxform_convert

    warnings: list[str] = []
    given: str | BytesIO = data.decode("utf-8", "replace") if kind in ("md", "csv") else BytesIO(data)
    try:
        rows = sheets.node_rows(sheets.rows_of(data, kind, "survey"), _ROOT)
        made = pyxform_convert(given, warnings, validate=False, form_name=_ROOT, file_type=f".{kind}")
    except RecursionError:
        raise FormError("The form is nested too deeply.") from None
    except Exception as error:  # pyxform lets IndexError, KeyError and libraries' own errors through
        return Converted(b"", (_problem("error", _words(error)),), {})
    problems = tuple(
        _problem("info" if any(h in w for h in _HARMLESS) else "warning", w) for w in [*warnings, *made.warnings]
    )
    return Converted(made.xform.encode(), tuple(dict.fromkeys(problems)), rows)


def _words(error: Exception) -> str:
    if type(error).__name__.startswith("PyXForm") or type(error).__name__ == "XLRDError":
        return " ".join(str(error).split())
    return f"The workbook cannot be read as an XLSForm ({type(error).__name__}: {str(error)[:120]})."


def _problem(severity: Severity, text: str) -> Problem:
    row = _ROW.search(text)
    sheet = _SHEET.search(text)
    named = next((g for g in sheet.groups() if g), None) if sheet else None
    return Problem(
        severity,
        _ROW.sub("", text),
        sheet=named or ("survey" if row else None),
        row=int(row[1]) if row else None,
    )


def locate(problems: Iterable[Problem], rows: Mapping[str, tuple[str, int]]) -> tuple[Problem, ...]:
    """The same Problems with sheet, row and XLSForm column where their path is known."""
    return tuple(_located(p, rows) for p in problems)


def _located(problem: Problem, rows: Mapping[str, tuple[str, int]]) -> Problem:
    place = rows.get(problem.path or "")
    if place is None or problem.row is not None:
        return problem
    column = COLUMNS.get(problem.column or "", problem.column)
    return replace(problem, sheet=place[0], row=place[1], column=column)
