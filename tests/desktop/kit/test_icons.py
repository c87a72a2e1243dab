"""Icons follow the theme, and the folder holds no icon that nobody shows."""

import ast
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton

from inspector_app import assets
from inspector_app.desktop.kit.context import Kit

DESKTOP = Path(__file__).resolve().parents[3] / "inspector_app" / "desktop"


def colors(image: QImage) -> set[str]:
    """Names of all fully opaque colours."""
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return {color.name().upper() for color in pixels if color.alpha() == 255}


def test_an_icon_wears_the_color_of_its_theme(kit: Kit) -> None:
    light = colors(kit.icons.pixmap("check", color="pass", size=24).toImage())
    assert light == {kit.theme.tokens["pass"]}
    kit.settings.theme.put("dark")
    dark = colors(kit.icons.pixmap("check", color="pass", size=24).toImage())
    assert dark == {kit.theme.tokens["pass"]}
    assert dark != light


def test_a_button_is_dressed_again(kit: Kit) -> None:
    button = QPushButton()
    kit.icons.put(button, "check", color="pass", size=24)
    size = button.iconSize()
    kit.settings.zoom.put(1.5)
    assert button.iconSize().height() == 36 > size.height()
    assert kit.theme.tokens["pass"] in colors(button.icon().pixmap(button.iconSize()).toImage())


def test_a_button_that_is_gone_is_forgotten(kit: Kit) -> None:
    button = QPushButton()
    kit.icons.put(button, "check")
    button.deleteLater()
    del button
    kit.settings.theme.put("dark")


def test_an_unknown_icon_is_an_error(kit: Kit) -> None:
    with pytest.raises(OSError):
        kit.icons.pixmap("no-such-icon")


def test_every_icon_is_shown_somewhere_and_every_name_is_an_icon() -> None:
    said = {
        node.value
        for file in DESKTOP.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    files = {file.stem for file in assets.resource("icons").glob("*.svg")}
    assert files - said == set(), "delete them: only what is used ships"
    assert assets.resource("icons/LICENSE").is_file()
