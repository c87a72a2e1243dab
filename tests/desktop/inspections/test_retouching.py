"""Marking a copy in the viewer: tools and keys, undo, done and left; strokes land where they were drawn."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from inspector_app.desktop.inspections.marking import TOOLS, mark_of, trace_of
from inspector_app.desktop.inspections.page import InspectionPage
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.notify import Fault, Toast
from inspector_app.domain.photo import Mark, Photo
from inspector_app.store import photos
from inspector_app.store.database import Store
from tests.desktop.inspections.conftest import key, part, press

SIZE = QSize(400, 300)


@pytest.mark.parametrize(("tool", "stroke", "mark"), [
    ("hide", [(40, 30), (99, 99), (200, 150)], Mark("hide", ((1000, 1000), (5000, 5000)))),
    ("crop", [(200, 150), (-50, 999)], Mark("crop", ((5000, 5000), (0, 10_000)))),
    ("arrow", [(0, 0), (400, 300)], Mark("arrow", ((0, 0), (10_000, 10_000)))),
    ("frame", [(40, 30), (42, 31)], None),
    ("frame", [(40, 30)], None),
    ("draw", [(40, 30)], Mark("draw", ((1000, 1000),))),
    ("write", [(40, 30), (80, 60)], Mark("write", ((2000, 2000),), "過期")),
])  # fmt: skip
def test_a_stroke_becomes_a_mark(tool: str, stroke: list[tuple[int, int]], mark: Mark | None) -> None:
    assert mark_of(tool, [QPointF(x, y) for x, y in stroke], SIZE, " 過期 ") == mark
    assert not trace_of(tool)([QPointF(1, 2), QPointF(30, 40)]).isEmpty()


def test_text_without_words_is_no_mark() -> None:
    assert mark_of("write", [QPointF(1, 1)], SIZE, "  ") is None


@pytest.fixture
def opened(page: InspectionPage, picture: Callable[[str], Path]) -> InspectionPage:
    page.add_photo_files("A01", [picture("a.jpg")])
    press(page, "photo-A01-0")
    return page


def kept(store: Store, visit_id: str) -> Photo:
    with store.reading() as session:
        return photos.of_inspection(session, visit_id)[0]


def drag(page: InspectionPage, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Across the drawing surface, in shares of its size."""
    canvas = page.frame.viewer.panel.canvas
    QApplication.processEvents()
    assert canvas.isVisible()
    spots = [QPoint(int(x * canvas.width()), int(y * canvas.height())) for x, y in (start, end)]
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=spots[0])
    QTest.mouseMove(canvas, spots[1])
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=spots[1])
    QApplication.processEvents()


def test_hiding_part_of_a_photo_keeps_the_original_and_can_be_undone(
    opened: InspectionPage, store: Store, visit_id: str, context: Context
) -> None:
    toasts: list[Toast] = []
    context.notify.toasted.connect(toasts.append)
    press(opened, "retouch-photo")
    drag(opened, (0.25, 0.25), (0.75, 0.5))
    key(opened, Qt.Key.Key_Return)
    found = kept(store, visit_id)
    assert [mark.kind for mark in found.marks] == ["hide"]
    left, top = found.marks[0].points[0]
    assert abs(left - 2500) < 60 and abs(top - 2500) < 60
    assert found.copy and store.blobs.has(found.copy) and store.blobs.has(found.sha)
    facts = part(opened, "photo-facts")
    assert isinstance(facts, QLabel) and facts.text().startswith("標註副本，原件已封存")
    assert toasts[-1].undo is not None
    toasts[-1].undo()
    assert (kept(store, visit_id).marks, kept(store, visit_id).copy) == ((), "")
    assert not facts.text().startswith("標註")


def test_keys_choose_tools_and_never_reach_the_visit(opened: InspectionPage, store: Store, visit_id: str) -> None:
    key(opened, Qt.Key.Key_E)
    panel = opened.frame.viewer.panel
    for tool, (_, letter) in TOOLS.items():
        if tool not in ("turn", "write"):
            key(opened, getattr(Qt.Key, f"Key_{letter}"))
            assert [name for name, each in panel.tools.items() if each.isChecked()] == [tool]
    key(opened, Qt.Key.Key_R)
    key(opened, Qt.Key.Key_R)
    key(opened, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [mark.kind for mark in panel.marks] == ["turn"]
    shown = opened.shown()
    assert shown is not None and all(row.verdict is None for row in shown.flat)
    key(opened, Qt.Key.Key_Escape)
    assert opened.frame.viewer.isVisible() and not opened.frame.viewer.is_retouching
    assert kept(store, visit_id).marks == ()


def test_words_are_written_where_one_clicks(opened: InspectionPage, store: Store, visit_id: str) -> None:
    press(opened, "retouch-photo")
    key(opened, Qt.Key.Key_T)
    field = part(opened, "retouch-text")
    assert isinstance(field, QLineEdit) and field.hasFocus()
    field.setText("門未關")
    drag(opened, (0.5, 0.5), (0.5, 0.5))
    press(opened, "retouch-done")
    assert [mark.text for mark in kept(store, visit_id).marks] == ["門未關"]


def test_a_photo_whose_bytes_are_gone_says_so_and_changes_nothing(
    opened: InspectionPage, store: Store, visit_id: str, context: Context
) -> None:
    faults: list[Fault] = []
    context.notify.faulted.connect(faults.append)
    store.blobs.set_aside(kept(store, visit_id).sha)
    press(opened, "retouch-photo")
    assert [fault.kind for fault in faults] == ["world"]
    key(opened, Qt.Key.Key_R)
    key(opened, Qt.Key.Key_Return)
    assert kept(store, visit_id).marks == ()
    assert opened.is_idle()


def test_h_begins_to_hide_on_the_newest_picture_of_the_item(
    page: InspectionPage, picture: Callable[[str], Path]
) -> None:
    key(page, Qt.Key.Key_H)
    assert page.frame.shows_items, "there is nothing to hide yet"
    page.add_photo_files("A01", [picture("a.jpg"), picture("b.jpg")])
    key(page, Qt.Key.Key_H)
    viewer = page.frame.viewer
    assert viewer.is_retouching and viewer.photo is not None and viewer.photo.name == "b.jpg"
    assert viewer.panel.tools["hide"].isChecked()
