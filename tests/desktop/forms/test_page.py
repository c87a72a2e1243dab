"""The list of forms over a real store: search, versions, default, hiding, removing, saving, dropping a file."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from inspector_app.desktop.forms.page import FormsPage
from inspector_app.desktop.forms.state import Wish
from inspector_app.desktop.kit.context import Context
from inspector_app.operations import keeping, offering
from inspector_app.store.database import Store
from tests.desktop.conftest import Ways
from tests.operations.workbooks import write

Versions = tuple[str, str]


@pytest.fixture
def page(context: Context, versions: Versions, qtbot: QtBot) -> FormsPage:
    made = FormsPage(context)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    return made


def titles(page: FormsPage) -> list[str]:
    model = page.table.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def button(page: FormsPage, name: str) -> QPushButton:
    found = [each for each in page.findChildren(QPushButton, name) if each.isVisible()]
    assert len(found) == 1
    return found[0]


def rows(page: FormsPage) -> list[QPushButton]:
    QApplication.processEvents()  # a layout shows new widgets at the next turn
    return [each for each in page.findChildren(QPushButton, "version_row") if each.isVisible()]


def test_the_newest_comes_first_with_its_versions_beside(page: FormsPage, versions: Versions) -> None:
    assert titles(page) == ["小檢查表", "「五個到位」現場檢查清單"]
    assert page.head.where.text() == "2 份表單，3 個版本"
    assert [row.accessibleName().split()[:2] for row in rows(page)] == [["版本", "2"], ["版本", "1"]]
    assert page.detail.chosen_hash() == versions[1]
    rows(page)[1].click()
    assert page.detail.chosen_hash() == versions[0]


def test_the_model_is_sound(page: FormsPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.table.model())


def test_the_search_narrows_and_says_when_nothing_is_left(page: FormsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.search.searched):
        page.search.setText("五個")
    assert titles(page) == ["「五個到位」現場檢查清單"]
    with qtbot.waitSignal(page.search.searched):
        page.search.setText("no such form")
    assert not page.table.isVisible()
    button(page, "offer").click()
    qtbot.waitUntil(lambda: len(titles(page)) == 2)


def test_a_form_becomes_the_default(page: FormsPage, store: Store) -> None:
    button(page, "default_form").click()
    assert offering.shelf(store).default == "small"
    assert not [each for each in page.findChildren(QPushButton, "default_form") if each.isVisible()]


def test_a_version_is_hidden_and_shown_again(page: FormsPage, store: Store, versions: Versions) -> None:
    button(page, "hide_form").click()
    assert offering.shelf(store).of("small")[0].is_retired
    assert page.detail.chosen_hash() == versions[1]
    assert button(page, "hide_form").text() == "重新啟用"
    button(page, "hide_form").click()
    assert not offering.shelf(store).of("small")[0].is_retired


def test_removing_is_undone_by_its_toast(page: FormsPage, store: Store, context: Context, versions: Versions) -> None:
    toasts: list[object] = []
    context.notify.toasted.connect(toasts.append)
    rows(page)[1].click()
    button(page, "remove_form").click()
    assert [each.hash for each in offering.shelf(store).of("small")] == [versions[1]]
    toasts[-1].undo()  # type: ignore[attr-defined]
    assert len(offering.shelf(store).of("small")) == 2
    assert len(rows(page)) == 2


def test_the_last_form_stays_and_the_reason_is_said(context: Context, store: Store, qtbot: QtBot) -> None:
    page = FormsPage(context)
    qtbot.addWidget(page)
    faults: list[object] = []
    context.lanes.write.failed.connect(faults.append)
    page.detail.wish("hide")
    assert len(faults) == 1
    assert not offering.shelf(store).versions[0].is_retired


def test_keys_and_double_clicks_open_and_compare(page: FormsPage, ways: Ways, versions: Versions, qtbot: QtBot) -> None:
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    page.detail.wish("compare")
    assert ways.gone == [("form", versions[1]), ("form", f"compare:{versions[1]}")]


def test_a_workbook_is_saved_again(
    page: FormsPage, store: Store, tmp_path: Path, versions: Versions, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = tmp_path / "again.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(chosen), ""))
    page.detail.wish("workbook")
    assert keeping.installing.examine(chosen).form.hash == versions[1]  # type: ignore[union-attr]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    page._on_wished(Wish("xform", offering.shelf(store).versions[0]))
    assert not list(tmp_path.glob("*.xml"))


def test_the_dialog_and_a_drop_open_the_file(
    page: FormsPage, folder: Path, ways: Ways, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(folder)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    button(page, "install-form").click()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(each)) for each in (folder / "streets.csv", file)])
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
                            Qt.KeyboardModifier.NoModifier)  # fmt: skip
    page.dragEnterEvent(enter)
    assert enter.isAccepted()
    page.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
                              Qt.KeyboardModifier.NoModifier))  # fmt: skip
    assert ways.gone == [("form", f"file:{file}")] * 2


def test_a_picture_alone_is_not_taken(page: FormsPage, folder: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder / "badge.png"))])
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
                            Qt.KeyboardModifier.NoModifier)  # fmt: skip
    enter.ignore()
    page.dragEnterEvent(enter)
    assert not enter.isAccepted()


def test_a_page_is_opened_at_a_form_or_a_version(page: FormsPage, versions: Versions) -> None:
    page.open("five-in-place")
    assert page.table.current_id() == "five-in-place"
    page.open(versions[0])
    assert (page.table.current_id(), page.detail.chosen_hash()) == ("small", versions[0])


def test_another_language_is_spoken_at_once(page: FormsPage, context: Context) -> None:
    context.language.switch("en")
    assert page.head.where.text() == "2 forms, versions: 3"
    title = page.findChild(QLabel, "form_title")
    assert title is not None
    assert rows(page)[0].accessibleName().startswith("Version 2")


def test_the_blank_checklist_can_be_looked_at_and_printed(page: FormsPage, versions: Versions) -> None:
    page.detail.wish("blank")
    assert page.paper is not None and page.paper.is_ready and page.paper.isVisible()
    assert page.paper.document.pageCount() > 0 and page.paper.print.isEnabled()
    assert not page.paper.issue.isVisible()
    page.paper.back.click()
    assert page.table.isVisible()
