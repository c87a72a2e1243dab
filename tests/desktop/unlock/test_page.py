"""The first page with a real data folder: made on the first run, opened by password, refused by a wrong one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from inspector_app.desktop.driving import Driver
from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.unlock.page import UnlockPage, is_laptop
from inspector_app.domain.team import Inspector, Role
from inspector_app.operations import keeping
from inspector_app.store.database import Store, holds_store

PASSWORD = "一個 good password"


@pytest.fixture
def opened() -> Iterator[list[Store]]:
    """Stores that a test unlocked; closed afterwards."""
    stores: list[Store] = []
    yield stores
    for store in stores:
        store.close()


def shown(kit: Kit, qtbot: QtBot, folder: Path, opened: list[Store]) -> UnlockPage:
    page = UnlockPage(kit, folder)
    qtbot.addWidget(page)
    page.unlocked.connect(opened.append)
    page.resize(900, 700)
    page.show()
    return page


@pytest.mark.parametrize("names", [(), ("store.db",), ("store.db", "making"), ("vault.json",), ("holiday.jpg",)])
def test_the_page_knows_a_laptop_as_the_store_does(tmp_path: Path, names: tuple[str, ...]) -> None:
    for name in names:
        (tmp_path / name).touch()
    assert is_laptop(tmp_path) is holds_store(tmp_path)


def test_the_first_run_makes_a_laptop(kit: Kit, qtbot: QtBot, tmp_path: Path, opened: list[Store]) -> None:
    page = shown(kit, qtbot, tmp_path / "data", opened)
    driver = Driver(page)
    button = page.findChild(QPushButton, "unlock")
    assert button is not None
    driver.type("name", "李婉儀")
    driver.type("new_password", PASSWORD)
    assert not button.isEnabled()
    driver.type("again", PASSWORD)
    team, role = page.findChild(QComboBox, "team"), page.findChild(QComboBox, "role")
    assert team is not None
    assert role is not None
    team.setCurrentIndex(6)
    role.setCurrentIndex(1)
    driver.click("unlock")
    assert [store.me for store in opened] == [Inspector("李婉儀", 7, Role.LEADER)]
    assert not any(PASSWORD in field.text() for field in page.findChildren(QLabel))


def test_a_laptop_opens_with_its_password_only(kit: Kit, qtbot: QtBot, tmp_path: Path, opened: list[Store]) -> None:
    folder = tmp_path / "data"
    keeping.create_laptop(folder, PASSWORD, Inspector("李", 3)).close()
    page = shown(kit, qtbot, folder, opened)
    assert not page.is_first_run
    driver = Driver(page)
    driver.type("password", "wrong password")
    driver.key(Qt.Key.Key_Return)
    assert opened == []
    error = driver.find("unlock_error")
    assert isinstance(error, QLabel)
    assert error.text() == "密碼不正確。"
    driver.type("password", PASSWORD)  # the wrong one is selected and so replaced
    assert not error.isVisible()
    driver.key(Qt.Key.Key_Return)
    assert [store.me.team for store in opened] == [3]


def test_words_follow_the_language(kit: Kit, qtbot: QtBot, tmp_path: Path, opened: list[Store]) -> None:
    page = shown(kit, qtbot, tmp_path / "data", opened)
    kit.settings.language.put("en")
    team = page.findChild(QComboBox, "team")
    assert team is not None
    assert team.itemText(6) == "Team 07"
