"""Where a Problem lies in its workbook: Node path and kind of text or expression → sheet, row, header as written."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from .problems import Problem
from .sentences import say
from .workbook import Row, Sheet, Workbook

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "calculate": ("calculation", "repeat_count", "default"),
    "relevant": ("relevant",),
    "readonly": ("readonly",),
    "required": ("required",),
    "constraint": ("constraint",),
    "choices": ("choice_filter", "type"),
    "count": ("repeat_count",),
    "default": ("default", "calculation"),
}
"""Our name of an expression → the XLSForm columns it may come from, the likeliest first."""
_META = re.compile(r"/[^/]+/meta/(instanceName|audit)\Z")


@dataclass(frozen=True, slots=True)
class Rowmap:
    """Rows of the survey by Node path, and of the choices by list and option name."""

    workbook: Workbook = field(default_factory=Workbook)
    root: str = "data"
    nodes: Mapping[str, Row] = field(default_factory=dict)
    options: Mapping[tuple[str, str], Row] = field(default_factory=dict)
    lists: Mapping[str, Row] = field(default_factory=dict)

    def at(self, code: str, sheet: str, row: Row | int | None, column: str | None, /, **facts: str) -> Problem:
        """A Problem of a cell."""
        found = self.workbook.sheet(sheet)
        number = row.number if isinstance(row, Row) else row
        return say(code, facts, place=(found.name if found is not None else sheet, number, column))

    def at_node(self, problem: Problem, path: str) -> Problem:
        """The same Problem at the row and header of a Node."""
        row, sheet = self.nodes.get(path), self.workbook.sheet("survey")
        if row is None or sheet is None:
            return self._at_setting(problem, path)
        return replace(problem, sheet=sheet.name, row=row.number, column=_written(sheet, row, problem.column))

    def _at_setting(self, problem: Problem, path: str) -> Problem:
        found, sheet = _META.match(path), self.workbook.sheet("settings")
        if found is None or found[1] != "instanceName" or sheet is None or not sheet.rows:
            return problem
        column = sheet.header("instance_name") or problem.column
        return replace(problem, sheet=sheet.name, row=sheet.rows[0].number, column=column)

    def _at_file(self, problem: Problem) -> Problem:
        """A data file is missing at the row that names it."""
        name, sheet = dict(problem.facts).get("name", ""), self.workbook.sheet("survey")
        if sheet is None:
            return problem
        for row in sheet.rows:
            kind = sheet.cell(row, "type")
            declared = kind in ("csv-external", "xml-external") and sheet.cell(row, "name") == name.partition(".")[0]
            if declared or kind.endswith(f" {name}"):
                return replace(problem, sheet=sheet.name, row=row.number, column=_written(sheet, row, "type"))
        return problem

    def locate(self, problem: Problem) -> Problem:
        """The same Problem with sheet, row and header where its path is known; one that has a row keeps it."""
        if problem.code == "file_absent" and problem.row is None:
            return self._at_file(problem)
        if problem.row is not None or not problem.path:
            return problem
        return self.at_node(problem, re.sub(r"\[\d+\]", "", problem.path))


def _written(sheet: Sheet, row: Row, kind: str | None) -> str | None:
    if kind is None:
        return None
    wanted = _COLUMNS.get(kind, (kind,))
    for column in wanted:
        for header in sheet.written(column):
            if header in row.cells:
                return header
    return next((h for c in wanted if (h := sheet.header(c))), wanted[0])


def draw(workbook: Workbook) -> Rowmap:
    """The map of a workbook, as pyxform names its Nodes."""
    root = workbook.setting("name") or "data"
    survey, choices = workbook.sheet("survey"), workbook.sheet("choices")
    nodes = _nodes(survey, root) if survey is not None else {}
    options: dict[tuple[str, str], Row] = {}
    lists: dict[str, Row] = {}
    for row in choices.rows if choices is not None else ():
        assert choices is not None
        name = choices.cell(row, "list_name")
        lists.setdefault(name, row)
        options.setdefault((name, choices.cell(row, "name")), row)
    return Rowmap(workbook, root, nodes, options, lists)


def _nodes(sheet: Sheet, root: str) -> dict[str, Row]:
    found: dict[str, Row] = {}
    stack = [f"/{root}"]
    for count, row in enumerate(sheet.rows, 2):
        kind = kind_of(sheet, row)
        name = sheet.cell(row, "name")
        number = row.number if sheet.counted else count
        if kind.startswith("end ") and len(stack) > 1:
            stack.pop()
        elif kind == "audit":
            found[f"/{root}/meta/audit"] = row
        elif kind == "note" and not name:
            found[f"{stack[-1]}/generated_note_name_{number}"] = row
        elif name and kind:
            path = f"{stack[-1]}/{name}"
            found.setdefault(path, row)
            found.update((made, row) for made in _companions(sheet, row, kind, path, number) if made not in found)
            if kind.startswith("begin "):
                stack.append(path)
    return found


def _companions(sheet: Sheet, row: Row, kind: str, path: str, number: int) -> Iterator[str]:
    """Nodes that pyxform makes besides the question itself."""
    if kind.endswith(("or other", "or specify other")):
        yield f"{path}_other"
    if kind.startswith("begin ") and sheet.cell(row, "repeat_count"):
        yield f"{path}_count"
    if kind.startswith("begin "):
        yield f"{path}/generated_table_list_label_{number}"


def kind_of(sheet: Sheet, row: Row) -> str:
    """The type of a survey row, blanks for underscores, lower case: `select one yn`, `begin group`, `note`."""
    return re.sub(r"[\s_]+", " ", sheet.cell(row, "type").lower()).strip()


def locate(problems: Iterable[Problem], rowmap: Rowmap) -> tuple[Problem, ...]:
    """The same Problems with sheet, row and XLSForm column where their path is known."""
    return tuple(rowmap.locate(p) for p in problems)
