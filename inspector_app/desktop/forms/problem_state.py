"""What the list of problems shows: counts, filter, the row of the workbook a problem points at, text to copy; pure."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from inspector_app.xforms import Problem
from inspector_app.xforms.workbook import Workbook

Severity = Literal["all", "error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("all", "error", "warning", "info")
LOOKS = {"error": ("fail", "circle-x"), "warning": ("warn", "triangle-alert"), "info": ("na", "info")}
"""Tone and icon of each severity."""
MAX_CELLS = 12


@dataclass(frozen=True)
class Cell:
    """One filled cell of the row a problem points at; `is_marked` = the problem is here."""

    header: str
    text: str
    is_marked: bool


def counts(problems: Sequence[Problem]) -> dict[Severity, int]:
    """How many each chip would show."""
    found = Counter(problem.severity for problem in problems)
    return {name: len(problems) if name == "all" else found[name] for name in SEVERITIES}


def narrowed(problems: Sequence[Problem], wanted: Severity) -> tuple[Problem, ...]:
    """Problems of one severity, the gravest first, each severity in the order of the sheet."""
    rank = {name: number for number, name in enumerate(SEVERITIES)}
    kept = [problem for problem in problems if wanted in ("all", problem.severity)]
    return tuple(sorted(kept, key=lambda problem: rank[problem.severity]))


def cells_at(workbook: Workbook | None, problem: Problem) -> tuple[Cell, ...]:
    """The row of the workbook as its author sees it; empty where nothing is known of it."""
    sheet = workbook.sheet((problem.sheet or "").lower()) if workbook and problem.sheet else None
    found = next((row for row in sheet.rows if row.number == problem.row), None) if sheet else None
    if sheet is None or found is None:
        return ()
    wanted = (problem.column or "").strip().lower()
    cells = [Cell(header, text, header.strip().lower() == wanted) for header, text in found.cells.items() if text]
    if wanted and problem.column and not any(cell.is_marked for cell in cells):
        cells.append(Cell(problem.column, "", True))
    marked = [cell for cell in cells if cell.is_marked]
    rest = [cell for cell in cells if not cell.is_marked]
    return tuple((*marked, *rest)[:MAX_CELLS])


def place_text(problem: Problem, tr: Callable[..., str]) -> str:
    """Sheet, row and column in one line; '' when it belongs to the form as a whole."""
    row = tr("forms.row_place", n=problem.row) if problem.row else ""
    return " · ".join(filter(None, (problem.sheet, row, problem.column)))


def sentence_of(problem: Problem, tr: Callable[..., str], knows: Callable[[str], bool]) -> str:
    """The problem in the window's language; one without words keeps the sentence of the checker."""
    key = f"problem.{problem.code}"
    if not problem.code or not knows(key):
        return problem.message
    try:
        return tr(key, **dict(problem.facts))
    except (KeyError, IndexError, ValueError):
        return problem.message


def copied(problems: Sequence[Problem], say: Callable[[Problem], str]) -> str:
    """Lines that a spreadsheet or a message takes: severity, sheet, row, column, sentence."""
    return "\n".join(
        "\t".join((p.severity, p.sheet or "", str(p.row or ""), p.column or "", say(p).replace("\n", " ")))
        for p in problems
    )
