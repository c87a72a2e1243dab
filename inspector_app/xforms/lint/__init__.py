"""Checks a form file for faults, traps and what other clients cannot do, pointing at rows where it can."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .. import safexml
from ..files import files_beside
from ..form import Form, inspect
from ..problems import FormError, Problem
from ..rowmap import Rowmap, locate
from ..workbook import Workbook
from ..xlsform import Converted, convert, read_bounded
from .appearances import check_appearances
from .cells import check_cells
from .circles import check_circles
from .drafts import check_drafts
from .expressions import check_expressions
from .options import check_options
from .reach import check_defaults, check_reach
from .references import check_references
from .scope import check_scope
from .slips import check_slips
from .subject import Subject
from .wording import check_wording

CHECKS: tuple[Callable[[Subject], Iterator[Problem]], ...] = (
    check_scope,
    check_references,
    check_circles,
    check_expressions,
    check_slips,
    check_reach,
    check_defaults,
    check_options,
    check_appearances,
    check_wording,
)
_SEVERITIES = ("error", "warning", "info")
_SHEETS = ("survey", "choices", "settings", "entities")


@dataclass(frozen=True, slots=True)
class Checked:
    """What looking through a file found. `form` is there when it could be read at all, even with errors.

    `workbook` has the sheets of an XLSForm as written, to show each Problem at its cell; None for XForm XML.
    """

    problems: tuple[Problem, ...]
    form: Form | None = None
    workbook: Workbook | None = None

    @property
    def ok(self) -> bool:
        """No errors: it can be installed."""
        return not any(p.severity == "error" for p in self.problems)


def look_through(path: Path) -> Checked:
    """Everything about an .xlsx, .xls, .csv, .md or .xml form. Never raises for a bad file."""
    try:
        return _look(path)
    except FormError as error:
        return Checked(error.problems)
    except RecursionError:
        return Checked((Problem("error", "The form is nested too deeply."),))


def check(path: Path) -> tuple[Problem, ...]:
    """All Problems of an .xlsx, .xls, .csv, .md or .xml form. Never raises for a bad file."""
    return look_through(path).problems


def _look(path: Path) -> Checked:
    kind = path.suffix.lower().lstrip(".")
    if kind == "xml":
        form, found = examine(read_bounded(path), path, Rowmap())
        return Checked(found, form)
    converted = convert(path, kind=kind)
    workbook = converted.rowmap.workbook
    if any(p.severity == "error" for p in converted.problems):
        return Checked(_with_drafts(converted), None, workbook)
    form, found = examine(converted.xml, path, converted.rowmap)
    return Checked(_ordered([*converted.problems, *found]), form, workbook)


def _with_drafts(converted: Converted) -> tuple[Problem, ...]:
    """What pyxform refused, and whatever else the sheets alone show."""
    said = {(p.code, p.row, p.facts) for p in converted.problems}
    ragged = {p.row for p in converted.problems if p.code == "row_ragged"}
    more = [p for look in (check_drafts, check_cells) for p in look(converted.rowmap)]
    fresh = [p for p in more if (p.code, p.row, p.facts) not in said]
    return _ordered([*converted.problems, *(p for p in fresh if p.code != "row_surplus" or p.row not in ragged)])


def examine(xml: bytes, path: Path, rowmap: Rowmap) -> tuple[Form, tuple[Problem, ...]]:
    """The Form of XForm XML whose data files lie beside `path`, and its Problems."""
    files = files_beside(path, xml)
    form, problems = inspect(xml, files)
    subject = Subject.of(form, safexml.parse(xml), rowmap)
    found = [*locate(problems, rowmap), *(p for look in CHECKS for p in look(subject)), *check_cells(rowmap)]
    return form, _ordered(found)


def _ordered(problems: list[Problem]) -> tuple[Problem, ...]:
    """Each once: by sheet and row, the graver first in a row; those of Nodes in the order they were found."""
    unique: dict[tuple[object, ...], Problem] = {}
    for problem in problems:
        unique.setdefault((problem.message, problem.sheet, problem.row, problem.column, problem.path), problem)
    return tuple(sorted(unique.values(), key=_rank))


def _rank(problem: Problem) -> tuple[int, int, int]:
    name = (problem.sheet or "").lower()
    sheet = _SHEETS.index(name) if name in _SHEETS else len(_SHEETS)
    return sheet, problem.row or 0, _SEVERITIES.index(problem.severity)
