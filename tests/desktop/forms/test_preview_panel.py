"""Trying a form: answers change what is asked, nothing is stored, a newer workbook goes on with what was tried."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from inspector_app.desktop.forms.preview_panel import PreviewPanel
from inspector_app.desktop.kit.context import Context
from inspector_app.store import inspections
from inspector_app.store.database import Store
from inspector_app.xforms import Form, load
from inspector_app.xforms.xlsform import convert

TABLE = """
| survey |
| | type | name | label::中文 (zh) | label::English (en) | relevant |
| | integer | n | 人數 | People | |
| | text | why | 為什麼 | Why | ${n} > 5 |
| settings |
| | form_id | version |
| | small | 1 |
"""


def form(table: str = TABLE) -> Form:
    return load(convert(table.encode(), kind="md").xml)


@pytest.fixture
def panel(qtbot: QtBot, context: Context) -> PreviewPanel:
    made = PreviewPanel(context)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    made.show_form(form(), lambda name: None)
    return made


def text(panel: PreviewPanel) -> str:
    field = panel.findChild(QPlainTextEdit, "trial_text")
    assert field is not None
    return field.toPlainText()


def keys(panel: PreviewPanel) -> list[str]:
    assert panel.trying is not None
    return [row.key for row in panel.trying.sheet.rows()]


def test_answers_change_what_is_asked_and_nothing_is_stored(panel: PreviewPanel, store: Store) -> None:
    assert panel.trying is not None
    assert keys(panel) == ["/small/n"] or keys(panel) == ["/data/n"]
    root = keys(panel)[0].split("/")[1]
    panel.trying.answer(f"/{root}/n", "9")
    assert keys(panel) == [f"/{root}/n", f"/{root}/why"]
    assert f"/{root}/n = 9" in text(panel)
    panel._choose("xml")
    assert "<n>9</n>" in text(panel)
    with store.reading() as session:
        assert inspections.ids(session) == []


def test_each_language_is_shown(panel: PreviewPanel) -> None:
    languages = panel.findChild(QComboBox, "trial_language")
    assert languages is not None and languages.count() == 2
    languages.setCurrentIndex(1)
    panel._on_language()
    assert panel.trying is not None
    row = next(panel.trying.sheet.rows())
    assert row.state is not None and row.state.label == "People"


def test_a_newer_workbook_goes_on_with_what_was_tried(panel: PreviewPanel) -> None:
    assert panel.trying is not None
    path = keys(panel)[0]
    panel.trying.answer(path, "9")
    newer = form(TABLE.replace("Why |", "Why so many |"))
    panel.show_form(newer, lambda name: None)
    assert panel.trying.session.value(path) == "9"
    panel.show_form(None, lambda name: None)
    assert panel.trying.form is newer
    panel._on_restart()
    assert panel.trying.session.value(path) == ""


def test_without_a_form_it_says_why(qtbot: QtBot, context: Context, tmp_path: Path) -> None:
    made = PreviewPanel(context)
    qtbot.addWidget(made)
    made.show_form(None, lambda name: None)
    assert made.trying is None
