"""Two inspectors, two laptops, one visit open in both windows, a real hub between: answers appear while one types."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QScrollArea
from pytestqt.qtbot import QtBot

from inspector_app.desktop.inspections.page import InspectionPage
from inspector_app.desktop.kit.actions import Actions
from inspector_app.desktop.kit.bulletin import Bulletin
from inspector_app.desktop.kit.context import Context, Kit
from inspector_app.desktop.kit.notify import Toast
from inspector_app.domain.changeset import DISTRICT, Edit
from inspector_app.domain.ids import new_id
from inspector_app.domain.inspection import Verdict
from inspector_app.domain.team import Role
from inspector_app.hub.settings import HubSettings
from inspector_app.operations import amending, inspecting, keeping
from inspector_app.store import log
from inspector_app.store.database import Store
from inspector_app.store.ledger import StoreLedger
from inspector_app.sync import client
from tests.desktop.inspections.conftest import SITE, complete, key, part, press
from tests.desktop.inspections.test_two_laptops import Desk, meet
from tests.hub.trial import Trial, trial
from tests.sync.laptops import laptop

NAMES = ("李婉儀", "陳志強")


@pytest.fixture
def gone() -> list[tuple[str, str | None]]:
    return []


@dataclass(frozen=True)
class Laptops:
    """Both with the checklist and one Site, made once: keys and forms are what costs."""

    hub: Trial
    stores: tuple[Store, ...]
    site: str


@pytest.fixture(scope="module")
def laptops(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laptops]:
    folder = tmp_path_factory.mktemp("live")
    with trial(HubSettings(folder / "hub", port=0)) as hub:
        stores = tuple(laptop(hub, folder / name, role=Role.LEADER, name=name) for name in NAMES)
        for store in stores:
            keeping.install_bundled(store)
        site = new_id()
        with stores[0].writing() as session:
            log.append(session, [Edit("site", site, SITE, DISTRICT)])
        yield Laptops(hub, stores, site)
        for store in stores:
            store.close()


@pytest.fixture
def desks(qtbot: QtBot, kit: Kit, laptops: Laptops, gone: list[tuple[str, str | None]]) -> Iterator[tuple[Desk, Desk]]:
    """A visit of the five points in place, open on both laptops."""
    hub = laptops.hub
    visit, _ = inspecting.start(laptops.stores[0], laptops.site, inspectors=NAMES)
    made = []
    for store in laptops.stores:
        client.run_round(StoreLedger(store), clock=hub.clock)
    for store in laptops.stores:
        own = replace(kit, bulletin=Bulletin(), actions=Actions(kit.language))
        shared = {name: getattr(own, name) for name in Kit.__dataclass_fields__}
        page = InspectionPage(Context(store=store, go=lambda where, what: gone.append((where, what)), **shared))
        qtbot.addWidget(page)
        page.resize(1092, 760)
        page.show()
        page.open(visit)
        QApplication.processEvents()
        made.append(Desk(hub, page._context, page))
    yield made[0], made[1]
    for desk in made:
        desk.page.close()


def name_on(page: InspectionPage, item: str) -> str:
    found = page.findChildren(QLabel, f"by-{item}")
    return found[0].text() if found and not found[0].isHidden() else ""


def is_marked(page: InspectionPage, item: str) -> bool:
    return part(page, f"parallel-{item}").isVisibleTo(page)


def test_answers_arrive_while_the_other_types_and_nothing_on_the_page_lets_go(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    press(second.page, "verdict-fail-A06")
    assert name_on(second.page, "A06") == "", "one inspector alone sees no names"
    press(first.page, "verdict-pass-A01")
    note = part(second.page, "note-A06")
    assert isinstance(note, QPlainTextEdit)
    second.page.activateWindow()
    note.setFocus()
    note.setPlainText("未見預案")
    second.page.flush()
    note.textCursor().insertText("（負責人")
    scroll = part(second.page, "item-A06").parentWidget()
    area = next(p for p in second.page.findChildren(QScrollArea) if scroll is not None and p.isAncestorOf(scroll))
    area.verticalScrollBar().setValue(40)
    was_focused, place = QApplication.focusWidget(), area.verticalScrollBar().value()
    first.sync()
    outcome = client.run_round(StoreLedger(second.context.store), clock=second.hub.clock)
    second.context.bulletin.announce(outcome.touched)
    QApplication.processEvents()
    assert part(second.page, "verdict-pass-A01").isChecked()  # type: ignore[attr-defined]
    assert part(second.page, "note-A06") is note and "（負責人" in note.toPlainText()
    assert QApplication.focusWidget() is was_focused is note
    assert area.verticalScrollBar().value() == place
    assert second.page.current_item() == "A06"
    second.page.flush()
    meet(first, second)
    assert name_on(first.page, "A06") == NAMES[1] and name_on(second.page, "A01") == NAMES[0]
    row = first.page.shown().find("A06")  # type: ignore[union-attr]
    assert row is not None and "（負責人" in row.note
    _what_is_typed_over_is_said_and_had_back(first, second)


def _what_is_typed_over_is_said_and_had_back(first: Desk, second: Desk) -> None:
    """Both write the same note: whoever is still typing hears of it, and can have the other's words."""
    toasts: list[Toast] = []
    second.context.notify.toasted.connect(toasts.append)
    first.page.visiting.answer("A06", {"/data/A/A06_note": "甲寫的"})
    first.sync()
    note = part(second.page, "note-A06")
    assert isinstance(note, QPlainTextEdit)
    note.setPlainText("乙正在寫")
    second.context.bulletin.announce(
        client.run_round(StoreLedger(second.context.store), clock=second.hub.clock).touched
    )
    QApplication.processEvents()
    assert note.toPlainText() == "乙正在寫", "typing goes on"
    (toast,) = toasts
    assert NAMES[0] in toast.text and "甲寫的" in toast.text
    second.page.flush()
    assert second.page.visiting.value("/data/A/A06_note") == "乙正在寫"
    assert toast.undo is not None
    toast.undo()
    assert second.page.visiting.value("/data/A/A06_note") == "甲寫的" == note.toPlainText()


def test_the_same_item_judged_by_both_is_marked_and_opens_its_page(
    desks: tuple[Desk, Desk], gone: list[tuple[str, str | None]]
) -> None:
    first, second = desks
    press(first.page, "verdict-pass-A01")
    second.hub.clock.forward(minutes=1)
    press(second.page, "verdict-fail-A01")
    meet(first, second)
    for desk in desks:
        assert part(desk.page, "verdict-fail-A01").isChecked()  # type: ignore[attr-defined]
        press(desk.page, "parallel-A01")
        assert gone[-1] == ("conflicts", desk.page.visiting.id)
    press(first.page, "verdict-pass-A01")
    meet(first, second)
    assert not any(is_marked(desk.page, "A01") for desk in desks), "an answer that saw both decides"
    _undo_leaves_theirs_alone(first, second)


def _undo_leaves_theirs_alone(first: Desk, second: Desk) -> None:
    """Ctrl+Z takes back our own last answer, never one that somebody else has given since."""
    press(first.page, "verdict-pass-A02")
    press(first.page, "verdict-pass-A03")
    meet(first, second)
    press(second.page, "verdict-fail-A03")
    meet(second, first)
    first.page.keys.undo()
    shown = first.page.shown()
    assert shown is not None
    ours, theirs = shown.find("A02"), shown.find("A03")
    assert ours is not None and ours.verdict is None
    assert theirs is not None and theirs.verdict is Verdict.FAIL


def test_a_visit_sealed_and_corrected_elsewhere_shows_both_here(desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    first, second = desks
    file = tmp_path / "a.png"
    Image.new("RGB", (64, 48), (90, 120, 60)).save(file)
    store, visit_id = first.context.store, first.page.visiting.id
    complete(store, visit_id, file)
    visit = inspecting.open_visit(store, visit_id)
    inspecting.finish(store, visit)
    amending.amend(store, visit, visit.checklist.items_by_id["A04"].path, "fail", "覆核")
    meet(first, second)
    shown = second.page.shown()
    assert shown is not None and shown.is_finished
    (one,) = shown.corrections
    assert one.amendment.by == NAMES[0] and one.amendment.is_sent
    second.page.frame.checklist.go_to("A04")
    assert not second.page.findChildren(QLabel, "withdraw-amendment")
    key(second.page, Qt.Key.Key_2)
    assert part(second.page, "amendment-A04").isVisibleTo(second.page)
