"""The id table: fetched in pages, few pages kept, sound in the eyes of Qt's own model tester."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.table_model import KEPT_PAGES, PAGE, Column, IdTableModel
from inspector_app.desktop.kit.widgets.table import Table

COLUMNS: list[Column[str]] = [
    Column("title.one", text=str.upper),
    Column("title.two", text=str.title, right=True, needs=500),
]


class Source:
    """Remembers what was asked for."""

    def __init__(self) -> None:
        self.asked: list[Sequence[str]] = []

    def fetch(self, ids: Sequence[str]) -> Sequence[str]:
        self.asked.append(ids)
        return [f"row {each}" for each in ids]


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def model(qapp: QApplication, source: Source) -> IdTableModel[str]:
    return IdTableModel(COLUMNS, source.fetch, lambda key: f"<{key}>")


def test_qt_finds_the_model_sound(model: IdTableModel[str]) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for count in (0, 3, 300, 1):
        model.show_ids([str(n) for n in range(count)])
        model.refresh()
    assert tester.model() is model


def test_rows_are_fetched_when_shown_and_once(model: IdTableModel[str], source: Source) -> None:
    model.show_ids([str(n) for n in range(1000)])
    assert source.asked == []
    assert model.index(130, 0).data() == "ROW 130"
    assert model.index(131, 1).data() == "Row 131"
    assert [len(ids) for ids in source.asked] == [PAGE]
    assert model.id_at(130) == "130"
    assert model.row_of("130") == 130
    assert model.id_at(-1) == model.id_at(1000) == ""


def test_memory_stays_small(model: IdTableModel[str], source: Source) -> None:
    model.show_ids([str(n) for n in range(PAGE * 100)])
    for page in range(100):
        model.index(page * PAGE, 0).data()
    assert len(model._pages) == KEPT_PAGES
    model.index(0, 0).data()
    assert len(source.asked) == 101


def test_a_row_that_vanished_shows_nothing(qapp: QApplication) -> None:
    model: IdTableModel[str] = IdTableModel(COLUMNS, lambda ids: [], str)
    model.show_ids(["gone"])
    assert model.index(0, 0).data() is None


def test_a_cell_speaks_its_column(model: IdTableModel[str]) -> None:
    model.show_ids(["a"])
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "<title.one>: ROW A"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "<title.two>"
    assert model.headerData(9, Qt.Orientation.Horizontal) is None


def test_the_table_says_what_is_chosen_and_opened(kit: Kit, model: IdTableModel[str], qtbot: QtBot) -> None:
    table = Table(model, kit.theme, kit.settings, "a_table")
    qtbot.addWidget(table)
    chosen: list[str] = []
    opened: list[str] = []
    table.chosen.connect(chosen.append)
    table.opened.connect(opened.append)
    model.show_ids(["a", "b", "c"])
    table.choose("b")
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert chosen[-2:] == ["b", "c"]
    assert opened == ["c"]
    table.choose("nowhere")
    assert table.current_id() == ""


def test_a_narrow_table_leaves_out_what_matters_less(kit: Kit, model: IdTableModel[str], qtbot: QtBot) -> None:
    table = Table(model, kit.theme, kit.settings, "a_table")
    qtbot.addWidget(table)
    table.show()
    for width, hidden in ((400, True), (700, False)):
        table.resize(width, 300)
        assert table.isColumnHidden(1) is hidden
        assert not table.isColumnHidden(0)
