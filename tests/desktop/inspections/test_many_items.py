"""Of a visit with very many Items only the Dimensions that were looked at last keep their widgets."""

import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from shiboken6 import isValid

from inspector_app.desktop.inspections import checklist
from inspector_app.desktop.inspections.page import InspectionPage
from tests.desktop.inspections.conftest import part, press


def test_what_was_left_longest_ago_makes_room_and_comes_back(
    page: InspectionPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checklist, "MOST_ROWS", 12)
    shown = page.shown()
    assert shown is not None
    press(page, "verdict-fail-A02")
    note = part(page, "note-A02")
    assert isinstance(note, QPlainTextEdit)
    note.setPlainText("通道堆放雜物")  # still being typed
    for dimension in shown.rows:
        page.frame.dimensions.chosen.emit(dimension)
        for _ in range(20):
            QApplication.processEvents()
    built = {row.id[0] for row in page.frame.checklist.rows()}
    assert "A" not in built and len(built) < len(shown.rows)
    page.frame.checklist.go_to("A02")
    again = part(page, "note-A02")
    assert isinstance(again, QPlainTextEdit) and again.toPlainText() == "通道堆放雜物"


def test_rows_that_make_room_go_a_few_a_turn(page: InspectionPage, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = page.shown()
    assert shown is not None
    first, second = list(shown.rows)[:2]
    for dimension in (first, second):
        page.frame.dimensions.chosen.emit(dimension)
        for _ in range(20):
            QApplication.processEvents()
    row = page.frame.checklist.row(shown.rows[first][0].id)
    monkeypatch.setattr(checklist, "MOST_ROWS", 1)
    page.frame.dimensions.chosen.emit(list(shown.rows)[2])
    while row in page.frame.checklist.rows():
        QApplication.processEvents()
    assert isValid(row)


def test_what_was_gone_to_stays_in_sight_while_the_others_are_built(page: InspectionPage) -> None:
    shown = page.shown()
    assert shown is not None
    wanted = shown.rows[list(shown.rows)[1]]
    row = page.frame.checklist.go_to(wanted[-1].id)
    assert row is not None
    while len([each for each in page.frame.checklist.rows() if each.id[0] == row.id[0]]) < len(wanted):
        QApplication.processEvents()
    for _ in range(5):
        QApplication.processEvents()
    assert not row.visibleRegion().isEmpty()
