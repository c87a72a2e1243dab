"""`make looks`: every page in each language, theme and zoom as contact sheets, to be looked at by people."""

import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from inspector_app.demo import district
from inspector_app.desktop.app import build_kit
from inspector_app.desktop.kit.catalogue import LANGUAGES
from inspector_app.desktop.kit.jobs import Lanes
from inspector_app.desktop.kit.settings import Settings
from inspector_app.desktop.main_window import MainWindow
from inspector_app.desktop.shell import PAGES
from inspector_app.domain.clock import milliseconds
from inspector_app.domain.inspection import Signing
from inspector_app.domain.team import Inspector, Role
from inspector_app.operations import inspecting, keeping, offering, registering
from inspector_app.store import sites
from inspector_app.store.database import Store
from tests.desktop.inspections.conftest import complete

NOW = milliseconds(datetime(2020, 3, 5, 10, 30))
SIZES = {1.0: (1280, 800), 1.5: (1440, 900), 2.0: (1920, 1080)}
THEMES = ("light", "dark")
FAILING = ("A02", "C02", "D05")


@dataclass(frozen=True)
class Day:
    """What the laptop of the pictures holds: a visit under way and a sealed one."""

    store: Store
    visit: str
    sealed: str


def filled(folder: Path) -> Day:
    """A laptop with a registry, a visit under way, one just begun and one sealed with three findings."""
    store = keeping.create_laptop(
        folder / "data", "looks-password", Inspector("陳志強", 1, Role.LEADER), clock=lambda: NOW
    )
    registry = folder / "registry.csv"
    registry.write_bytes(district.registry_csv(district.sites(count=240)))
    registering.import_registry(store, registry)
    people = ("陳志強", "李婉儀")
    with store.reading() as session:
        first, second, third = sites.search_ids(session, "", limit=3)
    picture = folder / "IMG_0001.jpg"
    Image.effect_noise((640, 480), 60).convert("RGB").save(picture, "JPEG")
    sealed, _ = inspecting.start(store, third, inspectors=people)
    complete(store, sealed, picture, failing=FAILING)
    inspecting.finish(store, inspecting.open_visit(store, sealed), Signing("王建國"))
    visit, _ = inspecting.start(store, first, inspectors=people)
    inspecting.start(store, second)
    opened = inspecting.open_visit(store, visit)
    verdicts = ("pass", "pass", "pass", "fail", "na")
    for number, item in enumerate(opened.state().items[:24]):
        inspecting.answer(store, opened, item.item.path, verdicts[number % len(verdicts)])
    return Day(store, visit, sealed)


def settle(app: QApplication) -> None:
    """Everything that was asked for is painted."""
    for _ in range(4):
        app.processEvents()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def own_form(window: MainWindow) -> str:
    """The version that new visits begin with."""
    assert window.context is not None
    return offering.default_form(window.context.store) or ""


def pictures(app: QApplication, window: MainWindow, day: Day) -> Iterator[tuple[str, QPixmap]]:
    """Each page with its name; of a visit also its sealed state, and the pages that only others lead to."""
    assert window.shell is not None
    within = [("inspection", day.visit), ("inspection", day.sealed), ("form", own_form(window))]
    for name, wanted in [*((name, None) for name, _ in PAGES), *within, ("conflicts", None), ("letterhead", None)]:
        window.shell.go(name, wanted)
        settle(app)
        yield name, window.grab()


def sheet(shots: list[QPixmap], columns: int = 3) -> QPixmap:
    """Pictures beside and below each other."""
    width, height = shots[0].width(), shots[0].height()
    whole = QPixmap(width * columns, height * -(-len(shots) // columns))
    whole.fill()
    painter = QPainter(whole)
    for number, shot in enumerate(shots):
        painter.drawPixmap(QPoint(number % columns * width, number // columns * height), shot)
    painter.end()
    return whole


def main(out: Path, only: str = "") -> None:
    """Write one sheet per language, theme and zoom into `out` (those whose name has `only` in it), and the first page."""
    out.mkdir(parents=True, exist_ok=True)
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        kit = build_kit(Settings(Path(folder) / "window.ini"), Lanes.at_once())
        window = MainWindow(kit, Path(folder) / "none")
        window.show()
        day = filled(Path(folder))
        first = []
        for language in LANGUAGES:
            for theme in THEMES:
                show(window, language, theme, 1.0)
                settle(app)
                first.append(window.grab())
        sheet(first).save(str(out / "first-run.png"))
        window.enter(day.store)
        for zoom in SIZES:
            for language in LANGUAGES:
                for theme in THEMES:
                    file = out / f"{language}-{theme}-{zoom:g}.png"
                    if only not in file.name:
                        continue
                    show(window, language, theme, zoom)
                    sheet([shot for _, shot in pictures(app, window, day)]).save(str(file))
                    sys.stdout.write(f"{file}\n")
        window.close()


def show(window: MainWindow, language: str, theme: str, zoom: float) -> None:
    """As a user would choose it."""
    settings = window.kit.settings
    settings.language.put(language)
    settings.theme.put(theme)
    settings.zoom.put(zoom)
    window.resize(*SIZES[zoom])


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "looks"), *sys.argv[2:3])
