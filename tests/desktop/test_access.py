"""Every page with a day's work on it: what is drawn can be read in both themes, Tab goes as one reads, 200 % fits."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.desktop.kit import reading_order
from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.main_window import MainWindow
from inspector_app.desktop.shell import PAGES, Shell
from inspector_app.operations import inspecting, offering, registering
from inspector_app.store import sites
from inspector_app.store.database import Store
from tests.desktop.access import faint_texts, out_of_order

NAMES = (*(name for name, _ in PAGES), "inspection", "form", "letterhead")


@pytest.fixture
def window(kit: Kit, store: Store, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    registry = tmp_path / "registry.csv"
    registry.write_text("名稱,類型,街道\n某園區,園區,琶洲\n某店,餐飲,海幢", "utf-8")
    registering.import_registry(store, registry)
    with store.reading() as session:
        first = sites.search_ids(session, "", limit=1)[0]
    visit, _ = inspecting.start(store, first)
    opened = inspecting.open_visit(store, visit)
    for item, verdict in zip(opened.state().items, ("pass", "fail", "na"), strict=False):
        inspecting.answer(store, opened, item.item.path, verdict)
    made = MainWindow(kit, tmp_path / "none")
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    made.enter(store)
    made.setProperty("inspection", visit)
    made.setProperty("form", offering.default_form(store))
    yield made
    made.hide()


def visit_page(window: MainWindow, name: str) -> Shell:
    assert window.shell is not None
    window.shell.go(name, window.property(name))
    for _ in range(3):
        QApplication.processEvents()
    return window.shell


def test_what_is_drawn_can_be_read(window: MainWindow, kit: Kit) -> None:
    for theme in ("light", "dark"):
        kit.settings.theme.put(theme)
        assert {name: faint for name in NAMES if (faint := faint_texts(visit_page(window, name)))} == {}


def test_tab_goes_as_one_reads(window: MainWindow) -> None:
    wrong = {}
    for name in NAMES:
        shell = visit_page(window, name)
        found = out_of_order(shell, reading_order.stops(shell))
        if found:
            wrong[name] = found[:6]
    assert wrong == {}


def test_tab_moves_along_the_order(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    shell = visit_page(window, "today")
    wanted = reading_order.stops(shell)
    wanted[0].setFocus()
    places = [0]
    while True:
        shell.focusNextPrevChild(True)
        place = wanted.index(QApplication.focusWidget())
        if place <= places[-1]:
            break
        places.append(place)
    assert place == 0
    assert len(places) > len(wanted) // 2  # of buttons that exclude each other Tab visits the one that is down


@pytest.mark.parametrize(("zoom", "size"), [(1.5, (1280, 800)), (2.0, (1920, 1080))])
def test_large_letters_fit_a_usual_screen(window: MainWindow, kit: Kit, zoom: float, size: tuple[int, int]) -> None:
    kit.settings.language.put("en")
    kit.settings.zoom.put(zoom)
    window.resize(*size)
    room = window.width() - visit_page(window, "today").rail.width()
    wide = {name: visit_page(window, name).page(name).minimumSizeHint().width() for name in NAMES}
    assert {name: width for name, width in wide.items() if width > room} == {}


def test_the_measure_sees_grey_on_grey(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    faint = QLabel("看不清楚的字")
    faint.setStyleSheet("color: #b0b0b0; background: #c8c8c8; font-size: 20px;")
    layout = QVBoxLayout(page)
    layout.addWidget(faint)
    page.show()
    assert len(faint_texts(page)) == 1
