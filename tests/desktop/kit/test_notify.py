"""The one door: three kinds of error in words, toasts, the bar and its copy button."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.notify import Fault, Toast, describe
from inspector_app.desktop.kit.widgets.messages import ErrorBar, ToastStrip
from inspector_app.domain.errors import UserError, WorldError


def test_each_kind_of_error_has_its_words(kit: Kit) -> None:
    mendable = describe(UserError("password_short", "short", minimum=8), kit.language)
    assert (mendable.kind, mendable.title) == ("user", "密碼至少需要 8 個字元。")
    world = describe(WorldError("disk_write", "disk"), kit.language)
    assert (world.kind, world.title) == ("world", "磁碟無法寫入。")
    assert "再試" in world.advice
    bug = describe(KeyError("x"), kit.language)
    assert bug.kind == "bug"
    assert "KeyError" in bug.detail


def test_an_error_without_words_or_arguments_speaks_english(kit: Kit) -> None:
    assert describe(UserError("brand_new", "Plain English."), kit.language).title == "Plain English."
    assert describe(UserError("password_short", "Too short."), kit.language).title == "Too short."


def test_the_bar_shows_details_on_demand_and_copies(kit: Kit, qtbot: QtBot) -> None:
    bar = ErrorBar(kit.icons, kit.language)
    qtbot.addWidget(bar)
    bar.show_fault(Fault("bug", "<b>title</b>", "advice", "detail"))
    title = bar.findChild(QLabel, "error_title")
    assert title is not None
    assert title.text() == "<b>title</b>"
    assert not bar._detail.isVisible()
    bar.more_button.click()
    assert bar._detail.isVisible()
    bar.copy_button.click()
    assert QGuiApplication.clipboard().text() == "<b>title</b>\nadvice\ndetail"
    bar.close_button.click()
    assert not bar.isVisible()


def test_a_toast_can_be_undone_once(kit: Kit, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    window.show()
    strip = ToastStrip(kit.language, window)
    undone: list[bool] = []
    kit.notify.toasted.connect(strip.pop)
    kit.notify.done("page.sites", undo=lambda: undone.append(True))
    assert strip.isVisible()
    assert strip.geometry().bottom() < 400
    strip.undo_button.click()
    assert undone == [True]
    assert not strip.isVisible()
    strip.pop(Toast("plain"))
    assert not strip.undo_button.isVisible()
