"""A newer version of a draft's form in the real page: a quiet bar, a preview, the move, its undo by toast and key."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from inspector_app.desktop.inspections.page import InspectionPage
from inspector_app.desktop.kit.context import Context
from inspector_app.domain.changeset import Touched
from inspector_app.operations import inspecting
from inspector_app.store import forms
from inspector_app.store.database import Store
from tests.operations.house_form import HOUSE, install
from tests.operations.test_moving import NEWER


@pytest.fixture
def house(store: Store, site_id: str, tmp_path: Path) -> str:
    install(store, tmp_path, HOUSE)
    made = inspecting.start(store, site_id, form="house", inspectors=("李婉儀", "陳志強"))[0]
    visit = inspecting.open_visit(store, made)
    inspecting.answer_many(store, visit, {"/data/who": "Li", "/data/n": "1", "/data/colour": "g"})
    return made


def test_a_draft_moves_and_comes_back(
    page: InspectionPage, context: Context, house: str, tmp_path: Path, qtbot: QtBot
) -> None:
    store = context.store
    page.open(house)
    qtbot.waitUntil(lambda: page.shown() is not None and page.visiting.id == house and page.is_idle())
    assert page.versions.bar.isHidden()
    new = install(store, tmp_path, NEWER)
    context.bulletin.announce(Touched(forms=frozenset({new})))
    qtbot.waitUntil(page.versions.bar.isVisible)
    page.versions.bar.look.click()
    qtbot.waitUntil(page.versions.panel.isVisible)
    said = " ".join(each.text() for each in page.versions.panel.findChildren(QLabel))
    assert "Colour" in said and "Street" in said
    page.versions.panel.move_button.click()
    qtbot.waitUntil(lambda: version(store, house) == new and page.is_idle())
    qtbot.waitUntil(page.versions.bar.isHidden)
    qtbot.waitUntil(lambda: page.frame.shows_items)
    page.keys.undo()
    qtbot.waitUntil(lambda: version(store, house) != new and page.is_idle())
    qtbot.waitUntil(page.versions.bar.isVisible)
    assert inspecting.open_visit(store, house).session.value("/data/colour") == "g"


def version(store: Store, visit: str) -> str:
    """The form the stored visit is on."""
    from inspector_app.store import inspections

    with store.reading() as session:
        found = inspections.get(session, visit)
        assert found is not None and forms.is_installed(session, found.form_hash)
        return found.form_hash
