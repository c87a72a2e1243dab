"""350 records of finished visits, archived and signed, by two processes beside the real window: CPU, memory, frames."""

import os
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from inspector_app.demo import district
from inspector_app.desktop.app import build_kit
from inspector_app.desktop.documents import work_panel
from inspector_app.desktop.kit.jobs import Lanes
from inspector_app.desktop.kit.settings import Settings
from inspector_app.desktop.main_window import MainWindow
from inspector_app.domain.team import Inspector, Role
from inspector_app.operations import inspecting, keeping, photographing, printing, registering, sealing
from inspector_app.reports import pressing
from inspector_app.store.database import Store
from tests.benchmarks import paper_content
from tests.operations.acting import begun, fill

COUNT = int(os.environ.get("PAPERS", "350"))
PHOTOS = 4
"""A visit's own, beside those the checklist asks for."""
WITHIN, MEMORY, FRAME = 1.3, 260, 50
Row = tuple[str, str, str]


def laptop(folder: Path, count: int) -> tuple[Store, list[str]]:
    """A store with `count` finished visits."""
    store = keeping.create_laptop(folder / "laptop", "correct horse", Inspector("陳志強", 1, Role.LEADER))
    file = folder / "registry.csv"
    file.write_bytes(district.registry_csv(district.sites(60)))
    registering.import_registry(store, file)
    shots = [paper_content.photo(seed, (800, 600)) for seed in range(16)]
    visits = []
    for number in range(count):
        visit = begun(store, number % 40)
        fill(store, visit, fails=("A02", "C04", "D01"))
        for at in range(PHOTOS):
            shot = shots[(number + at) % len(shots)]
            photographing.attach(store, visit, visit.state().items[at].item.id, shot, name="a.jpg")
        inspecting.finish(store, visit)
        visits.append(visit.id)
    return store, visits


def one_by_one(store: Store, visits: list[str], folder: Path) -> tuple[float, float, float]:
    """Least CPU of one paper in this process: gathered, pressed, and both; after two that warm it up."""
    signer = sealing.signer(store)
    found: list[tuple[float, float, float]] = []
    for number, visit in enumerate(visits[:12]):
        marks = [time.process_time()]
        ready = printing.gather(store, printing.Wanted("inspection", visit))
        marks.append(time.process_time())
        pressing.press(ready, signer, folder / f"{number}.pdf")
        marks.append(time.process_time())
        found.append((marks[1] - marks[0], marks[2] - marks[1], marks[2] - marks[0]))
    return min(found[2:], key=lambda one: one[2])


class Frames:
    """Milliseconds between ticks of a timer on the window's thread."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self._clock = QElapsedTimer()
        self._timer = QTimer()
        self._timer.setInterval(8)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        self._clock.start()
        self._timer.start()

    def stop(self) -> list[float]:
        self._timer.stop()
        return sorted(self.gaps)

    def _tick(self) -> None:
        self.gaps.append(self._clock.nsecsElapsed() / 1e6)
        self._clock.restart()


@dataclass(frozen=True)
class Ran:
    """The batch as the window ran it: seconds, CPU of this process and of the others, megabytes of the largest of these;
    frames before it and while it ran."""

    wall: float
    own: float
    others: float
    memory: float
    quiet: list[float]
    busy: list[float]


def beside_the_window(store: Store, visits: list[str], folder: Path) -> Ran:
    """Write all records from the list of visits."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication([])
    window = MainWindow(build_kit(Settings(folder / "window.ini"), Lanes.threaded()), folder / "none")
    window.show()
    window.enter(store)
    assert window.shell is not None
    window.shell.go("inspections", None)
    panel = window.findChild(work_panel.WorkPanel)
    idle = Frames()
    idle.start()
    until = time.monotonic() + 5
    while time.monotonic() < until:
        app.processEvents()
        time.sleep(0.001)
    quiet = idle.stop()
    frames = Frames()
    job = partial(work_panel._write_records, store, tuple(visits), folder / "out", "zh-Hant")
    started, before = time.monotonic(), _spent()
    panel._run("documents.writing", job)
    frames.start()
    seen, watch, loop = [0.0], QTimer(), QEventLoop()
    watch.setInterval(2000)
    watch.timeout.connect(lambda: seen.append(largest_worker()))
    end = QTimer()
    end.setInterval(50)
    end.timeout.connect(lambda: panel.is_running or loop.quit())
    watch.start()
    end.start()
    loop.exec()
    wall, after = time.monotonic() - started, _spent()
    busy = frames.stop()
    window.close()
    return Ran(wall, after[0] - before[0], after[1] - before[1], max(seen), quiet, busy)


def largest_worker() -> float:
    """Most memory any child of this process has held so far, in MB (where /proc tells)."""
    found = [0.0]
    for task in Path("/proc/self/task").glob("*/children"):
        for child in task.read_text().split():
            try:
                status = Path(f"/proc/{child}/status").read_text()
            except OSError:
                continue
            found += [float(line.split()[1]) / 1000 for line in status.splitlines() if line.startswith("VmHWM")]
    return max(found)


def rows() -> list[Row]:
    """What was measured, and whether it is within its limit."""
    with tempfile.TemporaryDirectory(prefix="bench-batch") as place:
        folder = Path(place)
        store, visits = laptop(folder, COUNT)
        gather, press, single = one_by_one(store, visits, folder)
        ran = beside_the_window(store, visits, folder)
        written = list((folder / "out").glob("*.pdf"))
        size = sum(file.stat().st_size for file in written) / max(len(written), 1)
    ideal, usual = COUNT * single / 2, ran.busy[-len(ran.busy) // 1000 - 1]
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return [
        ("what", "figure", "limit"),
        ("written", f"{len(written)} of {COUNT}, {size / 1000:.0f} kB each", _judged(len(written) == COUNT, "all")),
        ("one paper alone, CPU", f"{gather * 1000:.0f} gathered + {press * 1000:.0f} pressed ms", ""),
        (
            "batch, wall",
            f"{ran.wall:.1f} s at load {load}: {ran.wall / ideal:.2f} × ideal",
            _judged(ran.wall <= WITHIN * ideal, "1.3 ×"),
        ),
        ("batch, CPU", f"{ran.own:.1f} + {ran.others:.1f} s: {(ran.own + ran.others) / (2 * ideal):.2f} × {COUNT} alone", ""),
        ("most memory of a process", f"{ran.memory:.0f} MB", _judged(ran.memory <= MEMORY, f"{MEMORY} MB")),
        ("longest frame", f"{ran.busy[-1]:.0f} ms, 99.9 % under {usual:.0f} ms", _judged(ran.busy[-1] <= FRAME, "50 ms")),
        ("longest frame with nothing running", f"{ran.quiet[-1]:.0f} ms", ""),
    ]  # fmt: skip


def _spent() -> tuple[float, float]:
    """CPU seconds of this process and of those it waited for."""
    times = os.times()
    return times.user + times.system, times.children_user + times.children_system


def _judged(reached: bool, limit: str) -> str:
    return f"{limit}: {'reached' if reached else 'NOT REACHED'}"


if __name__ == "__main__":
    for row in rows():
        sys.stdout.write("  |  ".join(row) + "\n")
