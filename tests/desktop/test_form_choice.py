"""Choosing the form of a new visit: hidden with one form, remembered with more, used by the start button."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from inspector_app.desktop.beginning import begin_visit
from inspector_app.desktop.form_choice import FormChoice
from inspector_app.desktop.kit.context import Context
from inspector_app.domain.changeset import DISTRICT, Edit, Touched
from inspector_app.domain.ids import new_id
from inspector_app.store import inspections, log
from inspector_app.store.database import Store
from tests.operations.house_form import install


def choice(qtbot: QtBot, context: Context, count: int) -> FormChoice:
    made = FormChoice(context)
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made.count() == count)
    return made


def test_one_form_leaves_nothing_to_choose(qtbot: QtBot, context: Context) -> None:
    made = choice(qtbot, context, 1)
    assert made.isHidden()
    assert made.form() == ""


def test_a_choice_is_remembered_and_begins_the_visit(
    qtbot: QtBot, context: Context, store: Store, tmp_path: Path
) -> None:
    made = choice(qtbot, context, 1)
    form_hash = install(store, tmp_path)
    context.bulletin.announce(Touched(forms=frozenset({form_hash})))
    qtbot.waitUntil(lambda: made.count() == 2)
    assert not made.isHidden()
    made.setCurrentIndex(made.findData("house"))
    made.activated.emit(made.currentIndex())
    assert choice(qtbot, context, 2).form() == "house"
    site = new_id()
    with store.writing() as session:
        log.append(session, [Edit("site", site, {"name": "甲", "street": "赤崗", "type": "IN"}, DISTRICT)])
    visit, _ = begin_visit(store, site, made.form())
    with store.reading() as session:
        begun = inspections.get(session, visit)
    assert begun is not None
    assert begun.form == "house"
