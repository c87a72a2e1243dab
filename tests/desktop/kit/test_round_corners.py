"""Qt draws a corner square when its radius exceeds half the height: round things stay round at every zoom."""

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.theme import ZOOMS
from inspector_app.desktop.kit.widgets.boxes import button
from inspector_app.desktop.kit.widgets.pill import Pill


@pytest.mark.parametrize("zoom", ZOOMS)
def test_chips_and_pills_are_round(kit: Kit, qtbot: QtBot, zoom: float) -> None:
    kit.settings.zoom.put(zoom)
    window, pill = QWidget(), Pill(kit.icons)
    window.setObjectName("ground")
    qtbot.addWidget(window)
    chip: QPushButton = button("chip", checkable=True)
    chip.setText("園區")
    chip.setChecked(True)
    pill.show_state("fail", "x", "不合格")
    layout = QVBoxLayout(window)
    layout.addWidget(chip)
    layout.addWidget(pill)
    window.show()
    QApplication.processEvents()
    around = window.palette().window().color()
    for each in (chip, pill):
        corner = window.grab().toImage().pixelColor(each.x() + 1, each.y() + 1)
        assert corner == around, type(each).__name__
