"""A kit whose lanes work at once and whose settings live in the test's folder; any Qt warning fails the test."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication, QStandardPaths, QtMsgType
from PySide6.QtWidgets import QApplication

from inspector_app.desktop.app import build_kit
from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.jobs import Lanes
from inspector_app.desktop.kit.settings import Settings

_OF_THE_PLATFORM = ("This plugin does not support propagateSizeHints",)


@pytest.fixture(autouse=True)
def no_qt_warning(qtlog: Any) -> Iterator[None]:
    """What Qt complains about is a fault of ours, except what the offscreen platform says about itself."""
    QStandardPaths.setTestModeEnabled(True)
    yield
    wrong = [
        record.message
        for record in qtlog.records
        if record.type is not QtMsgType.QtDebugMsg and not record.message.startswith(_OF_THE_PLATFORM)
    ]
    assert not wrong, wrong


@pytest.fixture
def kit(qapp: QApplication, tmp_path: Path) -> Iterator[Kit]:
    """Traditional Chinese, light."""
    settings = Settings(tmp_path / "window.ini")
    settings.theme.put("light")
    built = build_kit(settings, Lanes.at_once())
    yield built
    built.lanes.close()
    QCoreApplication.removeTranslator(built.language._translator)
    qapp.setStyleSheet("")
