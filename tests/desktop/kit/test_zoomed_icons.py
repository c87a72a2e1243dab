"""Icons in lists grow with the letters beside them."""

import pytest
from PySide6.QtWidgets import QStyle, QTableView
from pytestqt.qtbot import QtBot

from inspector_app.desktop.kit.context import Kit


@pytest.mark.parametrize(("zoom", "edge"), [(1.0, 16), (2.0, 32)])
def test_an_icon_in_a_list_is_as_large_as_its_word(kit: Kit, qtbot: QtBot, zoom: float, edge: int) -> None:
    kit.settings.zoom.put(zoom)
    table = QTableView()
    qtbot.addWidget(table)
    table.ensurePolished()
    assert table.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize, None, table) == edge
