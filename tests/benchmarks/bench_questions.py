"""Large forms in the real widgets: opening, and each answer until it is computed, shown and painted."""

import os
import statistics
import time
from datetime import datetime, timedelta, timezone

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from inspector_app import assets
from inspector_app.desktop.app import build_kit
from inspector_app.desktop.kit.jobs import Lanes
from inspector_app.desktop.kit.settings import Settings
from inspector_app.desktop.questions.state import Row
from inspector_app.desktop.questions.trying import Trying
from inspector_app.xforms import Form, load
from inspector_app.xforms.xlsform import convert
from tests.benchmarks.xforms_forms import wide_form
from tests.xforms.good_forms import verbal_autopsy

ZONE = timezone(timedelta(hours=8))
OPEN_MS, STEP_MS, TURNS = 300, 16, 3
_TYPED = {"int": "3", "decimal": "36.5", "date": "2020-03-05", "time": "09:30:00.000+08:00", "string": "文字"}


def now() -> datetime:
    """A frozen clock."""
    return datetime(2020, 3, 5, 10, 30, tzinfo=ZONE)


def value_of(row: Row) -> str:
    """Something to answer a question with."""
    assert row.state is not None
    if row.state.choices:
        return row.state.choices[0].name
    return _TYPED.get(row.control.type, "x")


def fill(app: QApplication, form: Form) -> tuple[float, dict[str, float], dict[str, float]]:
    """Ms of opening; per question ms of waiting and of this thread's processor time for its answer."""
    kit = build_kit(Settings(), Lanes.at_once())
    begun = time.perf_counter()
    trying = Trying(kit, form, now)
    trying.view.resize(900, 700)
    trying.view.show()
    app.processEvents()
    opened = (time.perf_counter() - begun) * 1000
    waited: dict[str, float] = {}
    computed: dict[str, float] = {}
    done: set[str] = set()
    while (row := next((r for r in trying.sheet.rows() if r.is_askable and r.key not in done), None)) is not None:
        done.add(row.key)
        if row.control.kind in ("upload", "trigger") or row.is_answered:
            continue
        trying.view.go_to(row.key)
        while not trying.view.is_whole:
            app.processEvents()
        app.processEvents()
        started, busy = time.perf_counter(), time.thread_time()
        trying.view.answered.emit(row.key, value_of(row))
        app.processEvents()
        waited[row.key] = (time.perf_counter() - started) * 1000
        computed[row.key] = (time.thread_time() - busy) * 1000
    trying.view.close()
    kit.lanes.close()
    return opened, waited, computed


def best(turns: list[dict[str, float]]) -> list[float]:
    """Each answer at its best turn, in order of size: a busy machine only adds."""
    return sorted(min(turn[key] for turn in turns) for key in turns[0])


def figures(times: list[float]) -> tuple[str, str, str]:
    """Median, 99 % and worst."""
    return f"{statistics.median(times):.1f}", f"{times[int(len(times) * 0.99) - 1]:.1f}", f"{times[-1]:.1f}"


def rows() -> list[tuple[str, ...]]:
    """(form, questions answered, opening, answer until shown: median, 99 %, worst, processor time of it: the same)"""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication([])
    forms = {
        "five-in-place": load(assets.form("five-in-place.xml")),
        "verbal autopsy, 550": load(convert(verbal_autopsy().encode(), kind="md").xml),
        "500 questions": load(wide_form()),
    }
    limit = f"worst ≤ {STEP_MS} ms"
    table: list[tuple[str, ...]] = [
        ("form", "answers", f"opened ≤ {OPEN_MS} ms", "until shown: median", "99 %", limit,
         "processor time: median", "99 %", limit)
    ]  # fmt: skip
    for name, form in forms.items():
        turns = [fill(app, form) for _ in range(TURNS)]
        waited, computed = best([turn[1] for turn in turns]), best([turn[2] for turn in turns])
        opened = min(turn[0] for turn in turns)
        table.append((name, str(len(waited)), f"{opened:.0f}", *figures(waited), *figures(computed)))
    return table


if __name__ == "__main__":
    for line in rows():
        print(*line, sep="  |  ")
