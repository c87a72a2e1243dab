"""`make looks`: every page in each language, theme and zoom as contact sheets, to be looked at by people."""

import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

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
from inspector_app.domain.team import Inspector, Role
from inspector_app.operations import inspecting, keeping, offering, registering
from inspector_app.store import sites
from inspector_app.store.database import Store

NOW = milliseconds(datetime(2020, 3, 5, 10, 30))
SIZES = {1.0: (1280, 800), 1.3: (1280, 800)}
THEMES = ("light", "dark")


def filled(folder: Path) -> tuple[Store, str]:
    """A laptop with a registry and a visit under way; the id of that visit."""
    store = keeping.create_laptop(
        folder / "data", "looks-password", Inspector("陳志強", 1, Role.LEADER), clock=lambda: NOW
    )
    registry = folder / "registry.csv"
    registry.write_bytes(district.registry_csv(district.sites(count=240)))
    registering.import_registry(store, registry)
    with store.reading() as session:
        first, second = sites.search_ids(session, "", limit=2)
    visit, _ = inspecting.start(store, first)
    inspecting.start(store, second)
    opened = inspecting.open_visit(store, visit)
    verdicts = ("pass", "pass", "pass", "fail", "na")
    for number, item in enumerate(opened.state().items[:24]):
        inspecting.answer(store, opened, item.item.path, verdicts[number % len(verdicts)])
    return store, visit


def settle(app: QApplication) -> None:
    """Everything that was asked for is painted."""
    for _ in range(4):
        app.processEvents()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def own_form(window: MainWindow) -> str:
    """The version that new visits begin with."""
    assert window.context is not None
    return offering.default_form(window.context.store) or ""


def pictures(app: QApplication, window: MainWindow, visit: str) -> Iterator[tuple[str, QPixmap]]:
    """Each page with its name."""
    assert window.shell is not None
    for name, wanted in [*((name, None) for name, _ in PAGES), ("inspection", visit), ("form", own_form(window))]:
        window.shell.go(name, wanted)
        settle(app)
        yield name, window.grab()


def sheet(shots: list[QPixmap], columns: int = 2) -> QPixmap:
    """Pictures beside and below each other."""
    width, height = shots[0].width(), shots[0].height()
    whole = QPixmap(width * columns, height * -(-len(shots) // columns))
    whole.fill()
    painter = QPainter(whole)
    for number, shot in enumerate(shots):
        painter.drawPixmap(QPoint(number % columns * width, number // columns * height), shot)
    painter.end()
    return whole


def main(out: Path) -> None:
    """Write one sheet per language, theme and zoom into `out`, and the first page of a new laptop."""
    out.mkdir(parents=True, exist_ok=True)
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        kit = build_kit(Settings(Path(folder) / "window.ini"), Lanes.at_once())
        window = MainWindow(kit, Path(folder) / "none")
        window.show()
        store, visit = filled(Path(folder))
        first = []
        for language in LANGUAGES:
            for theme in THEMES:
                show(window, language, theme, 1.0)
                settle(app)
                first.append(window.grab())
        sheet(first).save(str(out / "first-run.png"))
        window.enter(store)
        for zoom in SIZES:
            for language in LANGUAGES:
                for theme in THEMES:
                    show(window, language, theme, zoom)
                    shots = [shot for _, shot in pictures(app, window, visit)]
                    file = out / f"{language}-{theme}-{zoom:g}.png"
                    sheet(shots).save(str(file))
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
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "looks"))
