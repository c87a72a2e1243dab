"""Keys work where they belong, show in tooltips, and letters stay letters in text fields."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.desktop.kit.actions import key_text
from inspector_app.desktop.kit.context import Kit


def test_a_letter_key_acts_outside_fields_only(kit: Kit, qtbot: QtBot) -> None:
    page, field, button = QWidget(), QLineEdit(), QPushButton()
    layout = QVBoxLayout(page)
    layout.addWidget(field)
    layout.addWidget(button)
    qtbot.addWidget(page)
    done: list[bool] = []
    kit.actions.add(page, "window.search", "/ / Ctrl+F", lambda: done.append(True))
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Slash)
    assert (field.text(), done) == ("/", [])
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Slash)
    assert done == [True]


def test_the_tooltip_shows_the_key_in_every_language(kit: Kit) -> None:
    page, button = QWidget(), QPushButton()
    action = kit.actions.add(page, "window.sync", "F5", lambda: None)
    kit.actions.wear(button, action)
    assert button.toolTip() == "立即同步  F5"
    assert button.accessibleName() == "立即同步"
    kit.language.switch("en")
    assert button.toolTip() == "Sync now  F5"


def test_deeds_of_a_page_that_is_gone_are_not_listed(kit: Kit) -> None:
    page = QWidget()
    kit.actions.add(page, "window.sync", "F5", lambda: None)
    assert [deed.group for deed in kit.actions.listed()] == ["group.window"]
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert kit.actions.listed() == []


def test_several_keys_of_one_deed() -> None:
    assert key_text("/ / Ctrl+F") == "/   Ctrl+F"
