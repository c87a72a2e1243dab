"""The trial: answered, checked, in every language, started over, kept over a change of the form; nothing is stored."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from inspector_app.desktop.forms.preview_panel import PreviewPanel
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.questions.trying import Trying
from inspector_app.operations import keeping, offering
from inspector_app.store import inspections
from inspector_app.store.database import Store

Versions = tuple[str, str]


@pytest.fixture
def panel(context: Context, store: Store, versions: Versions, qtbot: QtBot) -> PreviewPanel:
    made = PreviewPanel(context)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    show(made, store, versions[0])
    made.show()
    return made


def show(panel: PreviewPanel, store: Store, form_hash: str) -> None:
    panel.show_form(keeping.installed_form(store, form_hash), offering.read_files(store, form_hash))


def trying(panel: PreviewPanel) -> Trying:
    found = panel.trying
    assert found is not None
    return found


def give(panel: PreviewPanel, path: str, value: str) -> None:
    trying(panel).view.answered.emit(path, value)


def values(panel: PreviewPanel) -> dict[str, str]:
    model = panel._values.table.model()
    found = {model.index(row, 0).data(): model.index(row, 1).data() for row in range(model.rowCount())}
    found.pop("meta/instanceID", None)
    return found


def test_answers_take_effect_and_are_listed(panel: PreviewPanel, store: Store) -> None:
    give(panel, "/data/A/A01", "fail")
    give(panel, "/data/people", "250")
    session = trying(panel).session
    assert session.state("/data/A/A01_note").relevant
    assert (session.state("/data/people").valid, session.state("/data/people").message) == (False, "太多")
    assert values(panel) == {"A/A01": "fail", "people": "250"}
    with store.reading() as reading:
        assert inspections.ids(reading, limit=5) == []


def test_the_xml_that_would_be_sent_is_copied(panel: PreviewPanel) -> None:
    give(panel, "/data/people", "7")
    button = panel.findChild(QPushButton, "copy_xml")
    assert button is not None
    button.click()
    assert "<people>7</people>" in QGuiApplication.clipboard().text()
    assert trying(panel).session.value("/data/people") == "7"


def test_starting_over_empties_it(panel: PreviewPanel) -> None:
    give(panel, "/data/people", "7")
    panel.restart()
    assert values(panel) == {}


def test_every_language_of_the_form_is_shown(panel: PreviewPanel) -> None:
    chooser = panel.findChild(QComboBox, "trial_language")
    assert chooser is not None
    assert [chooser.itemText(number) for number in range(chooser.count())] == ["中文", "English"]
    assert trying(panel).session.state("/data/people").label == "人數"
    chooser.setCurrentIndex(1)
    chooser.activated.emit(1)
    assert trying(panel).session.state("/data/people").label == "People"


def test_a_changed_form_keeps_what_was_tried(panel: PreviewPanel, store: Store, versions: Versions) -> None:
    give(panel, "/data/people", "150")
    before = trying(panel)
    show(panel, store, versions[1])
    assert trying(panel) is not before
    assert values(panel) == {"people": "150"}
    assert trying(panel).session.state("/data/people").valid
    assert trying(panel).form.hash == versions[1]


def test_the_same_form_goes_on_as_it_is(panel: PreviewPanel, store: Store, versions: Versions) -> None:
    before = trying(panel)
    show(panel, store, versions[0])
    assert trying(panel) is before


def test_another_form_starts_afresh(panel: PreviewPanel, store: Store) -> None:
    give(panel, "/data/people", "7")
    own = offering.shelf(store).of(keeping.DEFAULT_FORM)[0]
    show(panel, store, own.hash)
    assert "people" not in values(panel)


def test_parts_are_offered_with_what_is_answered(panel: PreviewPanel) -> None:
    chooser = panel.findChild(QComboBox, "trial_part")
    assert chooser is not None
    give(panel, "/data/A/A01", "pass")
    assert chooser.itemText(1).startswith("2. 防控機制  1/1")
    chooser.setCurrentIndex(1)
    chooser.activated.emit(1)
    assert trying(panel).view.part == "/data/A"


def test_a_phone_is_narrow(panel: PreviewPanel) -> None:
    chooser = panel.findChild(QComboBox, "trial_width")
    assert chooser is not None
    chooser.setCurrentIndex(2)
    chooser.activated.emit(2)
    assert trying(panel).view.maximumWidth() == 390


def test_without_a_form_the_panel_says_why(panel: PreviewPanel) -> None:
    panel.show_form(None, {})
    assert panel._stack.currentWidget() is panel._none
    assert panel.trying is None


def test_the_list_of_values_is_sound(panel: PreviewPanel, qtmodeltester: ModelTester, tmp_path: Path) -> None:
    give(panel, "/data/people", "7")
    qtmodeltester.check(panel._values.table.model())
