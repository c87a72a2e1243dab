"""The shell over a real store: rail, keys, chip, error bar, and that every control of every page has a name."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QLineEdit,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from inspector_app.desktop.key_sheet import KeySheet
from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.messages import ErrorBar
from inspector_app.desktop.main_window import MainWindow
from inspector_app.desktop.palette import Palette
from inspector_app.desktop.shell import PAGES, Shell
from inspector_app.domain.errors import UserError
from inspector_app.operations import inspecting, registering
from inspector_app.store import sites
from inspector_app.store.database import Store

BUILT = [name for name, _ in PAGES]


@pytest.fixture
def window(kit: Kit, store: Store, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(kit, tmp_path / "none")
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.enter(store)
    yield made
    made.hide()


@pytest.fixture
def shell(window: MainWindow) -> Shell:
    assert window.shell is not None
    return window.shell


def rail(shell: Shell, page: str) -> QToolButton:
    button = shell.rail.findChild(QToolButton, f"rail_{page}")
    assert button is not None
    return button


def press(qtbot: QtBot, window: QWidget, key: Qt.Key, *, control: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(QApplication.focusWidget() or window, key, modifier)


def title(shell: Shell) -> str:
    labels = [label for label in shell.findChildren(QLabel, "page_title") if label.isVisible()]
    return labels[0].text()


def test_the_first_page_is_today_and_the_last_one_is_remembered(shell: Shell, kit: Kit) -> None:
    assert title(shell) == "今日"
    shell.go("preferences", None)
    assert kit.settings.last_page.get() == "preferences"
    assert shell.known("preferences") == "preferences"
    assert shell.known("no such page") == "today"


def test_keys_open_pages_and_the_rail_follows(window: MainWindow, shell: Shell, qtbot: QtBot) -> None:
    press(qtbot, window, Qt.Key.Key_2, control=True)
    assert title(shell) == "場所"
    assert rail(shell, "sites").isChecked()
    assert not rail(shell, "today").isChecked()
    rail(shell, "preferences").click()
    assert title(shell) == "設定"


def test_a_slash_goes_to_the_search_and_escape_leaves_it(window: MainWindow, shell: Shell, qtbot: QtBot) -> None:
    press(qtbot, window, Qt.Key.Key_Slash)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    press(qtbot, window, Qt.Key.Key_Slash)
    assert field.text() == "/"
    press(qtbot, window, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is shell.page("today")


def test_a_laptop_on_its_own_is_led_to_join(window: MainWindow, shell: Shell, qtbot: QtBot) -> None:
    assert shell.chip.button.text() == "未加入同步"
    press(qtbot, window, Qt.Key.Key_F5)
    assert title(shell) == "同步"
    visible = [field.objectName() for field in shell.page("syncing").findChildren(QLineEdit) if field.isVisible()]
    assert visible == ["hub_url", "hub_code"]


def test_an_error_is_shown_above_the_page_and_goes_with_it(shell: Shell, kit: Kit) -> None:
    kit.notify.fail(UserError("site_unknown", "gone"))
    bar = shell.findChild(ErrorBar)
    assert bar is not None
    assert bar.isVisible()
    shell.go("preferences", None)
    assert not bar.isVisible()


def test_who_works_here_is_said_in_each_language(shell: Shell, kit: Kit) -> None:
    who = shell.rail.findChild(QLabel, "who")
    assert who is not None
    assert who.text() == "李婉儀\n第 07 服務隊"
    kit.settings.language.put("en")
    assert who.text() == "李婉儀\nTeam 07"


def test_a_narrow_window_has_icons_only(shell: Shell) -> None:
    shell.resize(1000, 700)
    wide = shell.rail.width()
    shell.resize(880, 700)
    QApplication.processEvents()
    assert shell.rail.width() < wide / 2
    assert rail(shell, "today").accessibleName() == "今日"


def test_the_key_sheet_and_the_palette_list_what_can_be_done(window: MainWindow, shell: Shell, qtbot: QtBot) -> None:
    shell.page("sites")
    sheet = KeySheet(window.kit, window)
    qtbot.addWidget(sheet)
    words = [label.text() for label in sheet.findChildren(QLabel)]
    assert {"匯入場所名冊", "立即同步", "F5"} <= set(words)


def test_the_palette_does_what_can_be_done(window: MainWindow, shell: Shell, qtbot: QtBot) -> None:
    palette = Palette(shell.context, window)
    qtbot.addWidget(palette)
    palette.show()
    with qtbot.waitSignal(palette.search.searched):
        qtbot.keyClicks(palette.search, "sd")  # 設定
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert title(shell) == "設定"


def test_the_palette_finds_sites_and_visits(
    window: MainWindow, shell: Shell, registry: Callable[..., Path], qtbot: QtBot
) -> None:
    store = shell.context.store
    registering.import_registry(store, registry(("琶洲會展酒店", "餐飲", "琶洲", "")))
    with store.reading() as session:
        (site,) = sites.search_ids(session, "")
    inspecting.start(store, site)
    palette = Palette(shell.context, window)
    qtbot.addWidget(palette)
    palette.show()
    assert [palette.list.item(row).text() for row in (0, 1)] == ["最近的檢查", "琶洲會展酒店"]
    with qtbot.waitSignal(palette.search.searched):
        palette.search.setText("琶洲")
    found = [palette.list.item(row).text() for row in range(palette.list.count())]
    assert found == ["場所", "琶洲會展酒店", "檢查", "琶洲會展酒店"]
    with qtbot.waitSignal(palette.search.searched):
        palette.search.setText("pzhz")
    assert palette.list.count() == 4
    qtbot.keyClick(palette.search, Qt.Key.Key_Down)
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert shell.page("inspection").isVisible()


def test_the_palette_says_when_it_finds_nothing(window: MainWindow, shell: Shell, qtbot: QtBot) -> None:
    palette = Palette(shell.context, window)
    qtbot.addWidget(palette)
    palette.show()
    palette.search.setText("鑫鑫鑫")
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)  # before the search has even begun
    qtbot.waitUntil(lambda: palette.list.count() == 0)
    assert palette.findChild(QLabel, "search_nothing").isVisible()  # type: ignore[union-attr]


def test_keys_make_everything_larger_and_smaller(window: MainWindow, shell: Shell, kit: Kit, qtbot: QtBot) -> None:
    press(qtbot, window, Qt.Key.Key_Equal, control=True)
    assert kit.theme.zoom == 1.15
    press(qtbot, window, Qt.Key.Key_Minus, control=True)
    press(qtbot, window, Qt.Key.Key_Minus, control=True)
    assert kit.theme.zoom == 0.9
    press(qtbot, window, Qt.Key.Key_0, control=True)
    assert kit.theme.zoom == 1.0


def test_a_key_reaches_the_undo_of_the_toast(window: MainWindow, shell: Shell, kit: Kit, qtbot: QtBot) -> None:
    undone: list[bool] = []
    press(qtbot, window, Qt.Key.Key_U, control=True)
    kit.notify.done("findings.reported", undo=lambda: undone.append(True))
    press(qtbot, window, Qt.Key.Key_U, control=True)
    press(qtbot, window, Qt.Key.Key_U, control=True)
    assert undone == [True]


def unnamed(page: QWidget) -> list[str]:
    """Focusable controls that a screen reader could not name."""
    found = []
    for widget in page.findChildren(QWidget):
        inside = widget.parentWidget()
        popup = inside is not None and inside.inherits("QComboBoxPrivateContainer")  # its box speaks for it
        if popup or not (widget.focusPolicy() & Qt.FocusPolicy.TabFocus) or widget.objectName().startswith("qt_"):
            continue
        if (
            isinstance(widget, QAbstractScrollArea)
            and not isinstance(widget, QAbstractItemView)
            and not widget.objectName()
        ):
            continue
        said = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        if not said.strip():
            found.append(f"{type(widget).__name__} {widget.objectName()!r}")
    return found


@pytest.mark.parametrize("language", ["zh-Hant", "en"])
@pytest.mark.parametrize("name", BUILT)
def test_every_control_has_a_name(shell: Shell, kit: Kit, name: str, language: str) -> None:
    kit.settings.language.put(language)
    shell.go(name, None)
    assert unnamed(shell) == []


def test_the_walk_sees_a_nameless_button(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    QToolButton(page).setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    assert unnamed(page) == ["QToolButton ''"]


@pytest.mark.parametrize("name", BUILT)
def test_nothing_is_wider_than_the_smallest_window(shell: Shell, window: MainWindow, kit: Kit, name: str) -> None:
    kit.settings.language.put("en")
    window.resize(1024, 640)
    shell.go(name, None)
    QApplication.processEvents()
    assert shell.page(name).minimumSizeHint().width() <= window.width() - shell.rail.width()


def test_closing_closes_the_store(window: MainWindow, tmp_path: Path) -> None:
    window.close()
    assert not window.kit.settings.geometry.get().isEmpty()
