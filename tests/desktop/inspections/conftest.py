"""A started visit of a park on a real store, and the page that shows it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.desktop.driving import Driver
from inspector_app.desktop.inspections.page import InspectionPage
from inspector_app.desktop.kit.context import Context
from inspector_app.domain.changeset import DISTRICT, Edit
from inspector_app.domain.ids import new_id
from inspector_app.operations import inspecting
from inspector_app.store import log
from inspector_app.store.database import Store

SITE = {
    "name": "廣州琶洲會展園區", "street": "琶洲", "type": "EX", "code": "", "address": "琶洲大道東1號",
    "contact": "王經理", "team": 7, "headcount": 20,
}  # fmt: skip


@pytest.fixture
def site_id(store: Store) -> str:
    made = new_id()
    with store.writing() as session:
        log.append(session, [Edit("site", made, SITE, DISTRICT)])
    return made


@pytest.fixture
def visit_id(store: Store, site_id: str) -> str:
    return inspecting.start(store, site_id, inspectors=("李婉儀", "陳志強"))[0]


class Watcher(QObject):
    """Windows that appear while it watches."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


@pytest.fixture
def page(qtbot: QtBot, context: Context, visit_id: str) -> Iterator[InspectionPage]:
    made = InspectionPage(context)
    qtbot.addWidget(made)
    made.resize(1092, 760)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.open(visit_id)
    qtbot.waitUntil(lambda: len(made.findChildren(QWidget, "item-A01")) == 1)
    watcher = Watcher()
    QApplication.instance().installEventFilter(watcher)
    yield made
    assert not watcher.seen, "a part was shown before it had a parent: it flashes up and takes the keys away"


@pytest.fixture
def hand(page: InspectionPage) -> Driver:
    return Driver(page, patience=5)


def key(page: InspectionPage, code: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key in whatever has the focus."""
    QTest.keyClick(page.window().focusWidget() or page, code, modifiers)
    QApplication.processEvents()


def part(page: QWidget, name: str) -> QWidget:
    """The one widget with this object name; rows come one a turn."""
    for _ in range(100):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        found = page.findChildren(QWidget, name)
        if found:
            break
        QApplication.processEvents()
    assert len(found) == 1, f"{len(found)} widgets are called {name}"
    return found[0]


def press(page: QWidget, name: str) -> None:
    """Click a button by name."""
    widget = part(page, name)
    assert isinstance(widget, QAbstractButton)
    widget.click()
    QApplication.processEvents()


@pytest.fixture
def picture(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a small JPEG."""

    def write(name: str) -> Path:
        file = tmp_path / name
        Image.new("RGB", (640, 480), (30, 90, 160)).save(file, "JPEG")
        return file

    return write


def complete(store: Store, visit_id: str, picture: Path, *, failing: tuple[str, ...] = ()) -> None:
    """Answer everything so that the visit can be finished."""
    from inspector_app.operations import photographing

    visit = inspecting.open_visit(store, visit_id)
    values: dict[str, str] = {}
    texts = {"integer": "5", "decimal": "36.5", "date": "2020-03-01", "text": "街道辦"}
    for item in visit.state().items:
        fails = item.item.id in failing
        values[item.item.path] = "fail" if fails else "pass"
        if fails:
            values[item.item.note_path] = "現場未能出示"
        values |= {m.measure.path: texts[m.measure.kind] for m in item.measures}
    inspecting.answer_many(store, visit, values)
    for item in visit.state().items:
        if "photo" in item.missing:
            photographing.attach(store, visit, item.item.id, picture.read_bytes(), name=picture.name)
    assert not visit.state().missing, visit.state().missing
