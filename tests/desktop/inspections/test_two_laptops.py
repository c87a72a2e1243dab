"""Two laptops, two windows, one draft, a hub between them: instances that both added, answered or took away at once."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector_app.desktop.inspections.page import InspectionPage
from inspector_app.desktop.kit.actions import Actions
from inspector_app.desktop.kit.bulletin import Bulletin
from inspector_app.desktop.kit.context import Context, Kit
from inspector_app.desktop.questions.structure_rows import StructureRow
from inspector_app.desktop.questions.typed import Field
from inspector_app.domain.changeset import DISTRICT, Edit
from inspector_app.domain.ids import new_id
from inspector_app.domain.team import Role
from inspector_app.hub.settings import HubSettings
from inspector_app.operations import inspecting
from inspector_app.store import log
from inspector_app.store.ledger import StoreLedger
from inspector_app.sync import client
from tests.desktop.inspections.conftest import SITE, part
from tests.hub.trial import Trial, trial
from tests.operations.house_form import install
from tests.sync.laptops import laptop


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Trial]:
    with trial(HubSettings(tmp_path / "hub", port=0)) as made:
        yield made


@dataclass(frozen=True)
class Desk:
    """One laptop with the visit in its window."""

    hub: Trial
    context: Context
    page: InspectionPage

    def sync(self) -> None:
        """A Round, and the window hears of it as after F5."""
        self.page.flush()
        outcome = client.run_round(StoreLedger(self.context.store), clock=self.hub.clock)
        assert outcome.outcome == "done", outcome
        self.context.bulletin.announce(outcome.touched)
        QApplication.processEvents()

    def add(self, name: str) -> None:
        """One more room, named."""
        self.page.frame.questions.repeat_added.emit("/data/room")
        QApplication.processEvents()
        self.type(f"/data/room[{len(self.rooms())}]/name", name)

    def type(self, path: str, text: str) -> None:
        self.page._go(path)
        field = part(self.page, f"question-{path}").findChild(Field)
        assert field is not None
        field.enter(text)
        QApplication.processEvents()

    def remove(self, name: str) -> None:
        place = self.rooms().index(name) + 1
        self.page.frame.questions.repeat_removed.emit(f"/data/room[{place}]")
        QApplication.processEvents()

    def rooms(self) -> list[str]:
        """Names of the rooms as the window shows them: in the fields, one below the head of each instance."""
        view = self.page.frame.questions
        keys = [row.key for row in view.sheet.rows() if row.key.startswith("/data/room[") and row.kind == "instance"]
        shown = []
        for key in [each for each in keys if each.count("/") == 2]:
            line = view.line(f"{key}/name")
            field = line.findChild(Field) if line is not None else None
            head = view.line(key)
            assert isinstance(field, Field) and isinstance(head, StructureRow)
            assert not field.isHidden() and not head.isHidden()
            shown.append(field.text())
        return shown


@pytest.fixture
def desks(qtbot: QtBot, kit: Kit, hub: Trial, tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """Both on the same draft, which the first has begun."""
    first, second = laptop(hub, tmp_path / "a", role=Role.LEADER), laptop(hub, tmp_path / "b")
    for store in (first, second):
        install(store, tmp_path)
    site = new_id()
    with first.writing() as session:
        log.append(session, [Edit("site", site, SITE, DISTRICT)])
    visit, _ = inspecting.start(first, site, form="house", inspectors=("李婉儀", "陳志強"))
    for store in (first, second):
        client.run_round(StoreLedger(store), clock=hub.clock)
    made = []
    for store in (first, second):
        own = replace(kit, bulletin=Bulletin(), actions=Actions(kit.language))
        shared = {name: getattr(own, name) for name in Kit.__dataclass_fields__}
        context = Context(store=store, go=lambda page, wanted: None, **shared)
        page = InspectionPage(context)
        qtbot.addWidget(page)
        page.resize(1092, 760)
        page.show()
        page.open(visit)
        QApplication.processEvents()
        made.append(Desk(hub, context, page))
    yield made[0], made[1]
    for desk in made:
        desk.page.close()
        desk.context.store.close()


def meet(*desks: Desk) -> None:
    """Everything has come to everybody."""
    for _ in range(2):
        for desk in desks:
            desk.sync()


def test_rooms_added_on_both_laptops_are_all_there_in_one_order(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    first.type("/data/room[1]/name", "大廳")
    meet(first, second)
    assert second.rooms() == ["大廳"]
    first.add("廚房")
    second.add("倉庫")
    first.add("宿舍")
    meet(first, second)
    assert sorted(first.rooms()) == sorted(["大廳", "廚房", "倉庫", "宿舍"])
    assert first.rooms() == second.rooms()
    assert first.rooms()[0] == "大廳"


def test_one_takes_a_room_away_while_the_other_writes_in_the_next(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    first.type("/data/room[1]/name", "大廳")
    first.add("廚房")
    first.add("倉庫")
    meet(first, second)
    first.remove("廚房")
    second.type("/data/room[3]/name", "冷庫")
    meet(first, second)
    assert first.rooms() == second.rooms() == ["大廳", "冷庫"], "positions moved, answers stayed with their room"
    first.page.keys.undo()
    meet(first, second)
    assert first.rooms() == second.rooms() == ["大廳", "廚房", "冷庫"]


def test_the_same_room_written_on_both_reads_the_same_on_both(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    first.type("/data/room[1]/name", "甲寫的")
    second.hub.clock.forward(minutes=1)
    second.type("/data/room[1]/name", "乙寫的")
    meet(first, second)
    assert first.rooms() == second.rooms() == ["乙寫的"]
