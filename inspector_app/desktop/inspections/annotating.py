"""What stands beside the answers of a visit: corrections after sealing, who answered, where two answered at once; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from inspector_app.checklists.state import VisitState
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
    """The page with its corrections and its marks of parallel answers; mostly there are none."""
    if not (shared.parallel or corrections.lines):
        return shown
    shown = replace(shown, corrections=corrections.lines, amended_result=corrections.result)
    rows = {name: tuple(_row(row, corrections, shared) for row in group) for name, group in shown.rows.items()}
    return replace(shown, rows=rows)


def people_of(state: VisitState, shared: Shared) -> Mapping[str, str]:
    """Path of each judged Item → who judged it; empty while one person did it all."""
    judged = {one.item.path: shared.by.get(one.item.path, "") for one in state.items if one.verdict is not None}
    return judged if len({who for who in judged.values() if who}) > 1 else {}


def _row(row: Row, corrections: Corrections, shared: Shared) -> Row:
    paths = (row.path, row.note_path, *(measure.path for measure in row.measures))
    is_parallel = not shared.parallel.isdisjoint(paths)
    amended = tuple(one for one in corrections.lines if one.amendment.item == row.id)
    return replace(row, is_parallel=is_parallel, amended=amended) if is_parallel or amended else row
