"""`python -m tests.desktop.soak --visits N`: visit after visit in one process; what it holds and takes must not grow.

A visit stands for twenty minutes, so 24 are the eight hours of issue 6; the clock of the store is put forward, nothing sleeps.
"""

import argparse
import gc
import os
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from inspector_app.domain.changeset import DISTRICT, Edit
from inspector_app.domain.ids import new_id
from inspector_app.domain.team import Inspector, Role
from inspector_app.operations import inspecting, installing, keeping
from inspector_app.store import log
from tests.benchmarks.bench_frames import BigVisit, Figures
from tests.benchmarks.big_visit import PARK, PASSWORD, pictures, workbook
from tests.benchmarks.turns import Frames

ITEMS, PHOTOS = 70, 6
VISIT_MS = 20 * 60 * 1000
PAGES = ("today", "sites", "inspections", "findings", "forms", "syncing", "preferences")
WARM = 4
"""Visits after which everything has been built and filled that is built and filled once."""


@dataclass(frozen=True)
class Held:
    """What the process holds after a visit: MB, files, threads, widgets, Qt objects of the window, Python objects; ms of
    processor time of the window's thread for an answer, at the median."""

    memory: float
    files: float
    threads: float
    widgets: float
    parts: float
    objects: float
    answer: float


LIMITS = Held(memory=1.05, files=1.0, threads=1.0, widgets=1.0, parts=1.0, objects=1.02, answer=1.2)
"""The last third beside the first after warming up, at most so many times."""


class Soak:
    """One window all day."""

    def __init__(self, folder: Path) -> None:
        self._site = new_id()
        store = keeping.create_laptop(folder / "laptop", PASSWORD, Inspector("陳志強", 7, Role.INSPECTOR))
        installing.install(store, installing.take(workbook(folder / "form", ITEMS)))
        with store.writing() as session:
            log.append(session, [Edit("site", self._site, PARK, DISTRICT)])
        store.close()
        self._photos = pictures(folder / "photos", PHOTOS, (1200, 900))
        self._frames = Frames()
        self._hand = BigVisit(folder, Figures(self._frames))
        self._store = self._hand.shell.context.store
        self._now = self._store.clock()
        self._store.clock = self._clock

    def visit(self, *, is_counted: bool) -> Held:
        """From the start to the number, then once around the window. Counting Qt's objects makes a shell of Python for each,
        which stays: it is done twice a day only."""
        self._frames.turns.clear()
        visit, _ = inspecting.start(self._store, self._site, inspectors=("陳志強", "李婉儀"))
        hand = self._hand
        hand.open(visit, "open")
        hand.photograph(self._photos)
        hand.answer()
        hand.look_around()
        hand.frames.what = "preview"
        hand.key(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
        hand.rest(300)
        hand.page.frame.preview.left.emit()
        hand.finish()
        for name in PAGES:
            hand.shell.go(name, None)
            hand.rest(60)
        self._now += VISIT_MS
        return self._held(is_counted=is_counted)

    def close(self) -> None:
        """The day is over."""
        self._hand.close()

    def _clock(self) -> int:
        return self._now

    def _held(self, *, is_counted: bool) -> Held:
        self._hand.driver.settle()
        gc.collect()
        answers = [busy for what, _, busy in self._frames.turns if what == "an Item passes" and busy > 1]
        status = Path("/proc/self/status").read_text().splitlines()
        rss = next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))
        objects = len(gc.get_objects())
        return Held(
            memory=rss,
            files=len(os.listdir("/proc/self/fd")),
            threads=threading.active_count(),
            objects=objects,
            answer=median(answers),
            widgets=len(QApplication.allWidgets()) - self._of_today(QWidget) if is_counted else 0,
            parts=len(self._hand.startup.window.findChildren(QObject)) - self._of_today(QObject) if is_counted else 0,
        )

    def _of_today(self, kind: type[QObject]) -> int:
        """The lines of Today, which tell of every visit of the day, do not count."""
        return len(self._hand.shell.page("today").findChildren(kind))


def growth(held: Sequence[Held]) -> list[tuple[str, float, float, float]]:
    """(what, in the first third after warming up, in the last, at most); what is counted twice only is 0 elsewhere."""
    day = held[WARM:]
    third = max(1, len(day) // 3)
    names, found = list(Held.__dataclass_fields__), []
    for name, most in zip(names, astuple(LIMITS), strict=True):
        first, last = ([getattr(one, name) for one in part] for part in (day[:third], day[-third:]))
        found.append((name, median(filter(None, first)), median(filter(None, last)), most))
    return found


def main(visits: int) -> int:
    """The exit status: 1 when something grew."""
    with tempfile.TemporaryDirectory() as name:
        soak = Soak(Path(name))
        held = []
        for number in range(1, visits + 1):
            held.append(soak.visit(is_counted=number in (WARM + 1, visits)))
            sys.stdout.write(f"{number:4}  " + "  ".join(f"{n} {v:.1f}" for n, v in vars(held[-1]).items()) + "\n")
            sys.stdout.flush()
        soak.close()
    grown = 0
    for what, first, last, most in growth(held):
        is_fine = last <= first * most
        grown += not is_fine
        sys.stdout.write(f"{what:8}  {first:10.1f} → {last:10.1f}   ≤ {most:.2f} ×  {'met' if is_fine else 'GROWN'}\n")
    return 1 if grown else 0


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--visits", type=int, default=24)
    app = QApplication([])
    sys.exit(main(asked.parse_args().visits))
