"""Choices take effect at once, are remembered, and follow when changed elsewhere."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.preferences.page import PreferencesPage
from inspector_app.desktop.preferences.signer_field import SignerField
from tests.store.pkcs12 import pkcs12_of


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> PreferencesPage:
    made = PreferencesPage(context)
    qtbot.addWidget(made)
    made.show()
    return made


def choice(page: PreferencesPage, value: str) -> QPushButton:
    found = page.findChild(QPushButton, f"choice_{value}")
    assert found is not None
    return found


def test_choices_take_effect_at_once(page: PreferencesPage, context: Context) -> None:
    choice(page, "en").click()
    choice(page, "dark").click()
    choice(page, "1.3").click()
    assert page.head.title.text() == "Settings"
    assert (context.theme.shown, context.theme.zoom) == ("dark", 1.3)
    assert choice(page, "zh-Hant").text() == "繁體中文"


def test_a_choice_made_elsewhere_is_shown(page: PreferencesPage, context: Context) -> None:
    context.settings.language.put("zh-Hans")
    assert choice(page, "zh-Hans").isChecked()
    assert not choice(page, "zh-Hant").isChecked()


def test_licences_can_be_read(page: PreferencesPage) -> None:
    shown = page.findChild(QPlainTextEdit, "licence")
    assert shown is not None
    assert not shown.isVisible()
    for button in page.findChildren(QPushButton, "show_licence"):
        button.click()
        assert "copyright" in shown.toPlainText().lower()
    assert shown.isVisible()


def test_the_order_of_names_is_chosen(page: PreferencesPage, context: Context) -> None:
    choice(page, "stroke").click()
    assert context.settings.name_order.get() == "stroke"


def test_the_organisations_certificate_is_brought_with_its_password(
    page: PreferencesPage, context: Context, tmp_path: Path
) -> None:
    field = page.findChild(SignerField)
    assert field is not None
    context.language.switch("en")
    assert "makes its own" in field.words.text()
    file = tmp_path / "org.p12"
    file.write_bytes(pkcs12_of("海珠區衛健局", "geheim"))
    faults: list[Exception] = []
    context.lanes.write.failed.connect(faults.append)
    field.take(file)
    field.password.setText("wrong")
    field.use.click()
    assert len(faults) == 1
    assert field.password.isVisible()
    field.password.setText("geheim")
    field.use.click()
    assert "海珠區衛健局" in field.words.text()
    assert not field.password.isVisible()
    assert field.password.text() == ""
