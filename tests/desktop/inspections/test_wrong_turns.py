"""What goes wrong at a factory gate: a huge panorama, a clock set back, a window closed too soon, a camera pulled out."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QLoggingCategory
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from inspector_app.desktop.app import build_kit
from inspector_app.desktop.inspections.page import InspectionPage
from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.jobs import Lanes
from inspector_app.desktop.kit.settings import Settings
from inspector_app.desktop.main_window import MainWindow
from inspector_app.domain.clock import milliseconds, parse_iso
from inspector_app.operations import inspecting, keeping, photographing
from inspector_app.store import inspections, photos
from inspector_app.store.database import Store
from tests.desktop.conftest import NOW, PASSWORD
from tests.desktop.inspections.conftest import complete, part, press

WIDE, HIGH = 16_000, 2_600


def test_a_panorama_of_forty_megabytes_is_taken_as_it_is(
    page: InspectionPage, store: Store, visit_id: str, tmp_path: Path
) -> None:
    file = tmp_path / "panorama.jpg"
    Image.frombytes("L", (WIDE, HIGH), os.urandom(WIDE * HIGH)).save(file, "JPEG", quality=95)
    assert file.stat().st_size > 38_000_000
    page.add_photo_files("A01", [file])
    assert page.is_idle() and part(page, "photo-A01-0").isVisible()
    with store.reading() as session:
        (photo,) = photos.of_inspection(session, visit_id)
    assert (photo.width, photo.height, photo.size) == (WIDE, HIGH, file.stat().st_size)
    assert photographing.original(store, photo) == file.read_bytes()
    assert len(photographing.report_copy(store, photo)) < 1_000_000


def test_a_clock_set_back_a_year_loses_nothing_and_ends_no_visit_before_it_began(
    page: InspectionPage, store: Store, visit_id: str, picture: Callable[[str], Path]
) -> None:
    complete(store, visit_id, picture("a.jpg"), failing=("A04",))
    page.open(visit_id)
    store.clock = lambda: milliseconds(NOW - timedelta(days=365))
    press(page, "verdict-fail-A01")
    path = "/data/A/A01"
    assert page.is_idle()
    assert inspecting.open_visit(store, visit_id).session.value(path) == "fail", "the later answer, not the later clock"
    page.keys.undo()
    visit = inspecting.open_visit(store, visit_id)
    assert visit.session.value(path) == "pass"
    with pytest.raises(inspecting.NotFinished) as refused:
        inspecting.finish(store, visit)
    assert {what for _, what in refused.value.missing} == {"invalid"}, "dates that lie ahead of such a clock are named"
    store.clock = lambda: milliseconds(NOW - timedelta(hours=2))
    inspecting.finish(store, inspecting.open_visit(store, visit_id))
    with store.reading() as session:
        head = inspections.get(session, visit_id)
    assert head is not None and parse_iso(head.finished) >= parse_iso(head.started)


def test_a_window_closed_during_a_save_has_saved(
    store: Store, visit_id: str, kit: Kit, tmp_path: Path, qtbot: QtBot
) -> None:
    """Real lanes: the answer is still on its way, the note not even sent, when the window is closed."""
    settings = Settings(tmp_path / "busy.ini")
    window = MainWindow(build_kit(settings, Lanes.threaded()), tmp_path / "none")
    qtbot.addWidget(window)
    window.show()
    window.enter(store)
    assert window.shell is not None
    window.shell.go("inspection", visit_id)
    page = window.findChild(InspectionPage)
    assert page is not None
    qtbot.waitUntil(lambda: page.shown() is not None and page.current_item() == "A01")
    page._on_answered("A01", "/data/A/A01", "fail")
    qtbot.waitUntil(lambda: bool(page.findChildren(QPlainTextEdit, "note-A01")))
    note = part(page, "note-A01")
    assert isinstance(note, QPlainTextEdit)
    note.setPlainText("關窗前最後一句")
    page._on_answered("A02", "/data/A/A02", "pass")
    window.close()
    again = keeping.open_laptop(tmp_path / "data", PASSWORD, clock=lambda: milliseconds(NOW))
    visit = inspecting.open_visit(again, visit_id)
    values = [visit.session.value(path) for path in ("/data/A/A01", "/data/A/A01_note", "/data/A/A02")]
    again.close()
    assert values == ["fail", "關窗前最後一句", "pass"]


def test_a_camera_that_is_pulled_out_says_so_and_gives_no_picture(
    page: InspectionPage, kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    QLoggingCategory.setFilterRules("qt.multimedia.*=false")
    pytest.importorskip("PySide6.QtMultimedia")
    from inspector_app.desktop.questions import camera

    monkeypatch.setattr(camera, "WAIT_MS", 0)
    dialog = camera.CameraDialog(page, kit, is_front=False)
    take, said = dialog.findChild(QAbstractButton, "take-picture"), dialog.findChild(QLabel, "camera-problem")
    assert take is not None and said is not None
    assert not take.isEnabled() and said.text().startswith("相機沒有畫面")
    said.clear()
    dialog._on_take()
    assert said.text().startswith("相機沒有畫面") and dialog.taken == b""
    dialog.reject()
    dialog.deleteLater()
    QApplication.processEvents()
    assert page.isVisible()
