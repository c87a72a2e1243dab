"""A kit whose lanes work at once and whose settings live in the test's folder; any Qt warning fails the test."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication, QStandardPaths, QtMsgType
from PySide6.QtWidgets import QApplication

from inspector_app.desktop.app import build_kit
from inspector_app.desktop.kit.context import Context, Kit
from inspector_app.desktop.kit.jobs import Lanes
from inspector_app.desktop.kit.settings import Settings
from inspector_app.domain.clock import milliseconds
from inspector_app.domain.team import Inspector, Role
from inspector_app.operations import keeping
from inspector_app.store.database import Store

_OF_THE_PLATFORM = ("This plugin does not support",)


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


PASSWORD = "a long password"
NOW = datetime(2020, 3, 5, 10, 30)


@pytest.fixture(scope="session")
def new_laptop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty laptop of a team leader, made once: the key derivation is slow on purpose."""
    folder = tmp_path_factory.mktemp("laptop") / "data"
    keeping.create_laptop(folder, PASSWORD, Inspector("李婉儀", 7, Role.LEADER)).close()
    return folder


@pytest.fixture
def store(new_laptop: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of the empty laptop, unlocked; its clock stands at NOW."""
    folder = tmp_path / "data"
    shutil.copytree(new_laptop, folder)
    opened = keeping.open_laptop(folder, PASSWORD, clock=lambda: milliseconds(NOW))
    yield opened
    opened.close()


class Ways:
    """Where pages asked to go."""

    def __init__(self) -> None:
        self.gone: list[tuple[str, str | None]] = []

    def go(self, page: str, wanted: str | None) -> None:
        self.gone.append((page, wanted))


@pytest.fixture
def ways() -> Ways:
    return Ways()


@pytest.fixture
def context(kit: Kit, store: Store, ways: Ways) -> Context:
    """What a page is given, over a real store."""
    shared = {name: getattr(kit, name) for name in Kit.__dataclass_fields__}
    return Context(store=store, go=ways.go, **shared)


@pytest.fixture
def registry(tmp_path: Path) -> Callable[..., Path]:
    """Writes a .csv registry of rows (name, type, street, code)."""

    def write(*rows: tuple[str, str, str, str]) -> Path:
        file = tmp_path / "registry.csv"
        lines = ["名稱,類型,街道,統一社會信用代碼,電話", *(",".join((*row, "13826001234")) for row in rows)]
        file.write_text("\n".join(lines), "utf-8")
        return file

    return write
