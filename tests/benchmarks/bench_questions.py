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
OPEN_MS, STEP_MS = 300, 16
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


def fill(app: QApplication, form: Form) -> tuple[float, list[float], list[float]]:
    """Ms of opening; per answer ms of waiting and of this thread's processor time."""
    kit = build_kit(Settings(), Lanes.at_once())
    begun = time.perf_counter()
    trying = Trying(kit, form, now)
    trying.view.resize(900, 700)
    trying.view.show()
    app.processEvents()
    opened = (time.perf_counter() - begun) * 1000
    waited, computed = [], []
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
        waited.append((time.perf_counter() - started) * 1000)
        computed.append((time.thread_time() - busy) * 1000)
    trying.view.close()
    kit.lanes.close()
    return opened, waited, computed


def rows() -> list[tuple[str, ...]]:
    """(form, questions answered, opening, answer: median, 99 %, worst, processor time median, worst)"""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication([])
    forms = {
        "five-in-place": load(assets.form("five-in-place.xml")),
        "verbal autopsy, 550": load(convert(verbal_autopsy().encode(), kind="md").xml),
        "500 questions": load(wide_form()),
    }
    table: list[tuple[str, ...]] = [
        (
            "form",
            "answers",
            f"opened ≤ {OPEN_MS} ms",
            "median",
            "99 %",
            f"worst ≤ {STEP_MS} ms",
            "processor time: median",
            "worst",
        )  # fmt: skip
    ]
    for name, form in forms.items():
        opened, waited, computed = fill(app, form)
        ordered = sorted(waited)
        table.append(
            (
                name, str(len(waited)), f"{opened:.0f}", f"{statistics.median(waited):.1f}",
                f"{ordered[int(len(ordered) * 0.99) - 1]:.1f}", f"{ordered[-1]:.1f}",
                f"{statistics.median(computed):.1f}", f"{max(computed):.1f}",
            )
        )  # fmt: skip
    return table


if __name__ == "__main__":
    for line in rows():
        print(*line, sep="  |  ")
