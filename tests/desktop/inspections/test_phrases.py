"""Phrases above a note: what the team wrote of this Item comes first, typing searches them, one press takes one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from inspector_app.desktop.inspections.page import InspectionPage
from inspector_app.operations import inspecting
from inspector_app.store.database import Store
from tests.desktop.inspections.conftest import complete, key, part, press
from tests.desktop.inspections.test_page import saved

A01 = "/data/A/A01"
WRITTEN = "無成立文件，口頭約定"


def offered(page: InspectionPage, item: str = "A01") -> list[str]:
    chips = part(page, f"item-{item}").findChildren(QPushButton)
    return [chip.text() for chip in chips if chip.objectName().startswith("phrase-") and chip.isVisible()]


def note(page: InspectionPage) -> QPlainTextEdit:
    found = part(page, "note-A01")
    assert isinstance(found, QPlainTextEdit)
    return found


@pytest.fixture
def learned(store: Store, site_id: str, picture: Callable[[str], Path]) -> None:
    """The team has failed A01 twice with the same words."""
    for day in (0, 1):
        made, _ = inspecting.start(
            store, site_id, inspectors=("李", "陳"), started_ms=1_578_000_000_000 + day * 86_400_000
        )
        complete(store, made, picture("a.jpg"), failing=("A01",))
        visit = inspecting.open_visit(store, made)
        inspecting.answer(store, visit, f"{A01}_note", WRITTEN)
        inspecting.finish(store, visit, finished_ms=1_578_003_600_000 + day * 86_400_000)


def test_what_the_team_wrote_comes_first_and_is_one_press_away(
    learned: None, page: InspectionPage, store: Store, visit_id: str
) -> None:
    key(page, Qt.Key.Key_2)
    assert offered(page)[0] == WRITTEN
    assert len(offered(page)) == 7
    assert part(page, "phrase-team-0-A01").hasFocus()
    key(page, Qt.Key.Key_Space)
    assert saved(store, visit_id).answers[f"{A01}_note"] == WRITTEN
    assert offered(page) == []


def test_typing_searches_and_up_goes_to_what_was_found(
    learned: None, page: InspectionPage, store: Store, visit_id: str
) -> None:
    key(page, Qt.Key.Key_2)
    note(page).setFocus()
    note(page).insertPlainText("文件")
    assert offered(page) == [WRITTEN]
    QTest.keyClick(note(page), Qt.Key.Key_Up)
    assert part(page, "phrase-team-0-A01").hasFocus()
    press(page, "phrase-team-0-A01")
    assert saved(store, visit_id).answers[f"{A01}_note"] == WRITTEN


def test_words_that_no_phrase_has_hide_them_all(page: InspectionPage) -> None:
    key(page, Qt.Key.Key_2)
    note(page).setFocus()
    note(page).insertPlainText("地面積水")
    assert offered(page) == []
    note(page).setPlainText("")
    assert len(offered(page)) == 6


def test_pinyin_initials_find_a_phrase(learned: None, page: InspectionPage) -> None:
    key(page, Qt.Key.Key_2)
    note(page).setFocus()
    note(page).insertPlainText("wclw")
    assert offered(page) == [WRITTEN]


def test_arrows_move_among_phrases(page: InspectionPage) -> None:
    key(page, Qt.Key.Key_2)
    key(page, Qt.Key.Key_Right)
    focused: QWidget | None = page.window().focusWidget()
    assert focused is part(page, "phrase-partial-A01")
    key(page, Qt.Key.Key_Left)
    assert part(page, "phrase-none-A01").hasFocus()
