"""The three languages: bound widgets follow, plurals, Qt's own words, unknown codes."""

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from inspector_app.desktop.kit.catalogue import nearest_language, read_catalogue, render
from inspector_app.desktop.kit.context import Kit


def test_bound_widgets_follow(kit: Kit) -> None:
    label, field, button = QLabel(), QLineEdit(), QPushButton()
    kit.language.text(label, "page.sites")
    kit.language.hint(field, "sites.search")
    kit.language.name(button, "window.close")
    assert (label.text(), field.accessibleName()[:2], button.accessibleName()) == ("場所", "搜尋", "關閉")
    kit.settings.language.put("en")
    assert (label.text(), field.placeholderText()[:6], button.accessibleName()) == ("Sites", "Search", "Close")
    kit.settings.language.put("xx")
    assert label.text() == "Sites"


def test_a_widget_that_is_gone_is_forgotten(kit: Kit) -> None:
    label = QLabel()
    kit.language.text(label, "page.sites")
    del label
    kit.language.switch("en")


def test_plurals_and_numbers(kit: Kit) -> None:
    kit.language.switch("en")
    assert kit.language.tr("progress.left", n=1) == "about 1 second left"
    assert kit.language.tr("progress.left", n=2) == "about 2 seconds left"


def test_data_with_braces_is_data(kit: Kit) -> None:
    assert "{0.__class__}" in kit.language.tr("today.quick_start", name="{0.__class__}")


def test_an_unknown_key_shows_itself() -> None:
    assert render({}, "en", "no.such", {}) == "no.such"


def test_qt_speaks_the_language_too(kit: Kit) -> None:
    def cancel() -> str:
        return QCoreApplication.translate("QPlatformTheme", "Cancel")

    assert cancel() == "取消"
    kit.language.switch("en")
    assert cancel() == "Cancel"


@pytest.mark.parametrize(
    ("locale", "code"),
    [
        ("zh-Hant-HK", "zh-Hant"), ("zh_TW", "zh-Hant"), ("zh_CN.UTF-8", "zh-Hans"), ("zh", "zh-Hans"),
        ("zh-Hans-HK", "zh-Hans"), ("en_GB", "en"), ("C", "en"), ("", "en"),
    ],
)  # fmt: skip
def test_a_system_locale_becomes_a_language(locale: str, code: str) -> None:
    assert nearest_language(locale) == code


def test_a_key_defined_twice_is_an_error(tmp_path) -> None:  # type: ignore[no-untyped-def]
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text('{"x": {"zh-Hant": "x"}}', "utf-8")
    with pytest.raises(ValueError, match="twice"):
        read_catalogue(tmp_path)
