"""Two windows on one data folder: the first is called, the second explains."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from inspector_app.desktop.app import Startup
from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.meeting import FirstWindow, SecondWindow, call_first, come_forward, place_of


@pytest.fixture
def first(tmp_path: Path) -> Iterator[FirstWindow]:
    made = FirstWindow(tmp_path)
    yield made
    made.close()


def test_a_lone_window_calls_nobody(tmp_path: Path) -> None:
    assert not call_first(tmp_path)


def test_the_first_window_is_called(first: FirstWindow, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(first.called):
        assert call_first(tmp_path / "." / "..") is False
        assert call_first(tmp_path)
    first.close()
    assert not call_first(tmp_path)


def test_one_folder_has_one_place_however_it_is_written(tmp_path: Path) -> None:
    assert place_of(tmp_path / "a" / "..") == place_of(tmp_path)
    assert place_of(tmp_path / "a") != place_of(tmp_path)


def test_a_minimised_window_comes_forward(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    come_forward(window)
    assert not window.isMinimized()


def test_the_second_window_explains_and_calls_again(first: FirstWindow, kit: Kit, tmp_path: Path, qtbot: QtBot) -> None:
    second = SecondWindow(kit, tmp_path)
    qtbot.addWidget(second)
    with qtbot.waitSignal(first.called):
        second.again_button.click()
    second.close_button.click()
    assert not second.isVisible()


def test_a_second_start_opens_no_store(first: FirstWindow, kit: Kit, tmp_path: Path, qtbot: QtBot) -> None:
    startup = Startup(tmp_path, tmp_path / "w.ini")
    startup.kit = kit
    with qtbot.waitSignal(first.called):
        startup._meet()
    startup._window()
    assert startup.second is not None
    qtbot.addWidget(startup.second)
    assert startup.second.isVisible()
    assert not hasattr(startup, "window")
