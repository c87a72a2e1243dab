"""What stands beside the answers of a visit: corrections after sealing, who answered, where two answered at once; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from inspector_app.desktop.inspections.state import Row, Shown
from inspector_app.domain.inspection import Result
from inspector_app.operations.amending import Amended
from inspector_app.operations.sharing import Shared


@dataclass(frozen=True)
class Corrections:
    """Amendments of a sealed visit, oldest first, and the Result with them; None while there are none."""

    lines: tuple[Amended, ...] = ()
    result: Result | None = None


def annotate(shown: Shown, corrections: Corrections, shared: Shared) -> Shown:
    """The page with its remarks. Names appear only once two people have judged Items of this visit."""
    people = _people(shown, shared)
    if not (people or shared.parallel or corrections.lines):
        return shown
    shown = replace(shown, corrections=corrections.lines, amended_result=corrections.result)
    rows = {name: tuple(_row(row, corrections, shared, people) for row in group) for name, group in shown.rows.items()}
    return replace(shown, rows=rows)


def _people(shown: Shown, shared: Shared) -> Mapping[str, str]:
    """Path of each judged Item → who judged it; empty while one person did it all."""
    judged = {row.path: shared.by.get(row.path, "") for row in shown.flat if row.verdict is not None}
    return judged if len({who for who in judged.values() if who}) > 1 else {}


def _row(row: Row, corrections: Corrections, shared: Shared, people: Mapping[str, str]) -> Row:
    paths = (row.path, row.note_path, *(measure.path for measure in row.measures))
    is_parallel = not shared.parallel.isdisjoint(paths)
    amended = tuple(one for one in corrections.lines if one.amendment.item == row.id)
    by = people.get(row.path, "")
    return replace(row, by=by, is_parallel=is_parallel, amended=amended) if by or is_parallel or amended else row
