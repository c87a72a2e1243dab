"""Three forms filled in the real window over an encrypted store: opening, and each answer until it is durable and shown."""

import os
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop

from inspector_app import assets
from inspector_app.demo import district
from inspector_app.desktop.app import Startup
from inspector_app.desktop.driving import Driver
from inspector_app.desktop.inspections.page import InspectionPage
from inspector_app.desktop.inspections.section import Section
from inspector_app.domain.team import Inspector, Role
from inspector_app.operations import inspecting, keeping, registering
from inspector_app.store import sites
from inspector_app.store.database import Store
from tests.benchmarks.bench_questions import OPEN_MS, STEP_MS, best, figures, value_of
from tests.benchmarks.turns import Turns
from tests.benchmarks.xforms_forms import wide_form
from tests.xforms.good_forms import verbal_autopsy

PASSWORD = "bench-password"
TURNS, MOST = 2, 150


def visits_of(store: Store, folder: Path) -> dict[str, list[str]]:
    """Visits to fill, by form: one a turn."""
    (folder / "r.csv").write_bytes(district.registry_csv(district.sites(39)))
    registering.import_registry(store, folder / "r.csv")
    (folder / "va.md").write_text(verbal_autopsy())
    (folder / "wide.xml").write_text(wide_form())
    files = {
        "five-in-place": assets.form("five-in-place.xml"),
        "verbal autopsy, 550": folder / "va.md",
        "500 questions": folder / "wide.xml",
    }
    with store.reading() as session:
        site = sites.search_ids(session, "", limit=1)[0]
    found = {}
    for name, file in files.items():
        form = keeping.install_form(store, file).id
        found[name] = [inspecting.start(store, site, form=form, inspectors=("甲", "乙"))[0] for _ in range(TURNS)]
    return found


Filled = tuple[float, dict[str, float], dict[str, float], dict[str, float]]


def fill(driver: Driver, page: InspectionPage, turns: Turns, visit: str) -> Filled:
    """Ms of opening; by place ms until durable and shown, ms of the window's longest turn, and of all its turns."""
    begun = time.perf_counter()
    page._context.go("inspection", visit)
    driver.until(lambda: page.visiting.id == visit and page.shown() is not None and page.is_idle(), "a visit")
    opened = (time.perf_counter() - begun) * 1000
    waited: dict[str, float] = {}
    longest: dict[str, float] = {}
    computed: dict[str, float] = {}
    wait = QEventLoop()
    page.visiting.saved.connect(wait.quit)
    while len(waited) < MOST and (found := _next(page, waited)) is not None:
        place, path, value = found
        page._go(place)
        driver.until(lambda: _is_built(page), "the part")
        driver.settle()
        turns.begin()
        started, busy = time.perf_counter(), time.thread_time()
        page.visiting.answer(place, {path: value})
        wait.exec()
        driver.settle()
        waited[place] = (time.perf_counter() - started) * 1000
        computed[place] = (time.thread_time() - busy) * 1000
        longest[place] = turns.longest()
    page.visiting.saved.disconnect(wait.quit)
    return opened, waited, longest, computed


def _is_built(page: InspectionPage) -> bool:
    """Rows that are still being built are no part of the next answer."""
    section = page.frame.checklist.currentWidget()
    return page.frame.questions.is_whole and not (isinstance(section, Section) and section._later.isActive())


def _next(page: InspectionPage, done: dict[str, float]) -> tuple[str, str, str] | None:
    shown = page.shown()
    assert shown is not None
    item = next((row for row in shown.flat if row.id not in done), None)
    if item is not None:
        return item.id, item.path, "pass"
    asked = (row for row in shown.sheet.rows() if row.is_askable and not row.is_answered and row.key not in done)
    row = next((row for row in asked if row.control.kind not in ("upload", "trigger")), None)
    return (row.key, row.key, value_of(row)) if row is not None else None


def rows() -> list[tuple[str, ...]]:
    """One line a form; times of answers as median, 99 % and worst.

    `a step`: processor time of the window's thread in its longest turn, in which it takes no input: what one can feel.
    `all steps`: of the key press, the save's return, rows that appear and all painting together.
    """
    limit = f"worst ≤ {STEP_MS} ms"
    table: list[tuple[str, ...]] = [
        ("form", "answers", f"opened ≤ {OPEN_MS} ms", "until durable: median", "99 %", "worst",
         "a step: median", "99 %", limit, "all steps: median", "99 %", "worst")
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = keeping.create_laptop(folder / "laptop", PASSWORD, Inspector("甲", 1, Role.LEADER))
        visits = visits_of(store, folder)
        store.close()
        startup = Startup(folder / "laptop", settings_file=folder / "settings.ini")
        startup.run()
        driver = Driver(startup.window)
        driver.type("password", PASSWORD)
        driver.click("unlock")
        driver.until(lambda: startup.window.context is not None, "the pages")
        shell = startup.window.shell
        assert shell is not None
        page = shell.page("inspection")
        steps = Turns()
        for form, ids in visits.items():
            turns = [fill(driver, page, steps, visit) for visit in ids]
            by_kind = [best([turn[kind] for turn in turns]) for kind in (1, 2, 3)]
            opened = min(turn[0] for turn in turns)
            table.append((form, str(len(by_kind[0])), f"{opened:.0f}", *(f for kind in by_kind for f in figures(kind))))
        startup.window.close()
        driver.settle()
    return table


if __name__ == "__main__":
    for line in rows():
        print(*line, sep="  |  ")
