"""One form on its page: checked, mended, checked again by itself, compared, installed, taken back."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from inspector_app.desktop.forms.form_page import FormPage
from inspector_app.desktop.kit.context import Context
from inspector_app.operations import offering
from inspector_app.store.database import Store
from tests.desktop.conftest import Ways
from tests.desktop.forms.conftest import NEWER
from tests.operations.workbooks import ROWS, broken, write

Versions = tuple[str, str]
LIMIT = 8_000


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> FormPage:
    made = FormPage(context)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    return made


def button(page: FormPage, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert found is not None
    return found


def status(page: FormPage) -> str:
    return page._status.text()


def column(page: FormPage, number: int = 0) -> list[str]:
    model = page.changes.table.model()
    return [model.index(row, number).data() for row in range(model.rowCount())]


def test_errors_are_shown_in_place_and_nothing_can_be_installed(page: FormPage, folder: Path, store: Store) -> None:
    page.open(f"file:{broken(folder)}")
    assert status(page) == "1 個錯誤"
    model = page.problems.table.model()
    assert [model.index(0, number).data() for number in (1, 2, 3)] == ["survey", "9", "relevant"]
    sentence = page.findChild(QLabel, "problem_sentence")
    assert sentence is not None
    assert sentence.text() == model.index(0, 0).data()
    assert "${A01} = = 'fail'" in [label.text() for label in page.problems.findChildren(QLabel)]
    assert not button(page, "install-form").isEnabled()
    page._on_install()
    assert offering.shelf(store).of("small") == ()


def test_saving_the_workbook_checks_it_again(page: FormPage, folder: Path, qtbot: QtBot) -> None:
    page.open(f"file:{broken(folder)}")
    write(folder, version="2")
    qtbot.waitUntil(lambda: status(page) == "可以安裝", timeout=LIMIT)
    assert button(page, "install-form").isEnabled()
    broken(folder)
    button(page, "recheck-form").click()
    assert status(page) == "1 個錯誤"
    assert page.subject.form is not None, "the preview keeps the form as it was when it could be read"


def test_a_sound_form_is_installed_and_taken_back(page: FormPage, folder: Path, store: Store, context: Context) -> None:
    toasts: list[object] = []
    context.notify.toasted.connect(toasts.append)
    page.open(f"file:{write(folder)}")
    assert page.head.where.text() == "small.xlsx · 版本 1 · 附帶 2 個檔案"
    button(page, "install-form").click()
    assert [each.version for each in offering.shelf(store).of("small")] == ["1"]
    assert status(page) == "已是安裝的版本"
    assert not button(page, "install-form").isEnabled()
    toasts[-1].undo()  # type: ignore[attr-defined]
    assert offering.shelf(store).of("small") == ()
    assert status(page) == "可以安裝"


def test_a_missing_file_is_named(page: FormPage, folder: Path) -> None:
    path = write(folder)
    (folder / "badge.png").unlink()
    page.open(f"file:{path}")
    advice = page.findChild(QLabel, "form_status")
    assert advice is not None
    assert "badge.png" in advice.text()


def test_a_workbook_is_compared_with_what_it_follows(page: FormPage, folder: Path, versions: Versions) -> None:
    page.open(f"file:{write(folder, [*NEWER[:2], *NEWER[3:]], version='3')}")
    assert button(page, "tab-changes").text() == "變更 1"
    assert column(page) == ["刪除問題"]
    assert column(page, 1) == ["hello"]
    page.changes._with.setCurrentIndex(1)
    page.changes._on_activated()
    assert page.checking.rival == versions[0]
    assert {"新增問題", "刪除問題"} <= set(column(page))


def test_two_installed_versions_are_compared(page: FormPage, versions: Versions) -> None:
    page.open(f"compare:{versions[1]}")
    assert page._stack.currentWidget() is page.changes
    assert page.checking.rival == versions[0]
    found = column(page)
    assert "新增問題" in found
    row = next(number for number, name in enumerate(found) if name.startswith("題目文字"))
    page.changes.table.choose(str(row))
    old, new = (page.findChild(QLabel, name) for name in ("change_old", "change_new"))
    assert old is not None
    assert new is not None
    assert old.text() == "人數"
    assert new.text().startswith("<span")
    assert new.text().endswith("人數")
    button(page, "copy_changes").click()
    assert "人數\t員工人數" in QGuiApplication.clipboard().text()


def test_an_installed_version_has_nothing_to_check(page: FormPage, versions: Versions, ways: Ways) -> None:
    page.open(versions[0])
    assert status(page) == "已安裝"
    assert not button(page, "recheck-form").isVisible()
    assert not button(page, "tab-problems").isVisible()
    button(page, "back-to-forms").click()
    assert ways.gone == [("forms", versions[0])]


def test_problems_are_narrowed_and_copied(page: FormPage, folder: Path) -> None:
    rows = [*ROWS, {"type": "text", "name": "odd", "zh": "奇", "en": "Odd", "relevant": "regex(${street}, '(a+)+')"}]
    page.open(f"file:{write(folder, rows)}")
    assert status(page).endswith("個提醒")
    assert button(page, "install-form").isEnabled()
    button(page, "problem-warning").click()
    model = page.problems.table.model()
    shown = model.rowCount()
    button(page, "copy_problems").click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == shown
    assert all(line.startswith("warning\t") for line in lines)


def test_models_are_sound(page: FormPage, folder: Path, versions: Versions, qtmodeltester: ModelTester) -> None:
    page.open(f"file:{broken(folder)}")
    qtmodeltester.check(page.problems.table.model())
    qtmodeltester.check(page.changes.table.model())


def test_another_language_is_spoken_at_once(page: FormPage, folder: Path, context: Context) -> None:
    page.open(f"file:{broken(folder)}")
    context.language.switch("en")
    assert status(page) == "1 error"
    assert button(page, "tab-problems").text() == f"Problems {len(page.subject.problems)}"


def test_a_file_that_is_no_form_says_so(page: FormPage, folder: Path) -> None:
    file = folder / "a.xlsx"
    file.write_bytes(b"nothing of the kind")
    page.open(f"file:{file}")
    assert status(page) == "1 個錯誤"
    assert page.subject.title == "a.xlsx"
