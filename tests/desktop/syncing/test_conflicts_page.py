"""The page of parallel edits over a real store that met another laptop's: both values, a decision by key, undone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.desktop.inspections.models import fetch_heads
from inspector_app.desktop.inspections.page import InspectionPage
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.syncing.conflicts_page import ConflictsPage
from inspector_app.domain.team import Inspector, Role
from inspector_app.operations import inspecting, keeping, registering, resolving
from inspector_app.store import sites
from inspector_app.store.database import Store
from tests.desktop.conftest import PASSWORD, Ways
from tests.store.test_log import exchange


@pytest.fixture
def colleague(tmp_path: Path, context: Context) -> Iterator[Store]:
    other = Inspector("黃志明", 7, Role.INSPECTOR)
    made = keeping.create_laptop(tmp_path / "other", PASSWORD, other, clock=lambda: context.store.clock() + 60_000)
    yield made
    made.close()


@pytest.fixture
def visit(context: Context, colleague: Store, registry: Callable[..., Path]) -> str:
    """A visit in which two people answered two Items differently."""
    store = context.store
    registering.import_registry(store, registry(("甲商場", "餐飲", "琶洲", "")))
    with store.reading() as session:
        (site,) = sites.search_ids(session, "", limit=1)
    made, _ = inspecting.start(store, site)
    exchange(store, colleague)
    for side, verdict in ((store, "pass"), (colleague, "na")):
        opened = inspecting.open_visit(side, made)
        for item in opened.state().items[:2]:
            inspecting.answer(side, opened, item.item.path, verdict)
    exchange(colleague, store)
    return made


@pytest.fixture
def page(context: Context, visit: str, qtbot: QtBot) -> ConflictsPage:
    made = ConflictsPage(context)
    qtbot.addWidget(made)
    made.resize(1100, 760)
    made.show()
    return made


def texts(page: QWidget) -> list[str]:
    QApplication.processEvents()
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_both_values_with_who_when_and_where(page: ConflictsPage, colleague: Store) -> None:
    said = "\n".join(texts(page))
    assert len(page.cards) == 2
    for expected in (
        "甲商場",
        "合格",
        "不適用",
        "李婉儀 · ",
        "黃志明 · ",
        "這台電腦",
        colleague.identity.device[:6],
        "現在顯示",
    ):
        assert expected in said
    assert page.cards[0].shown.title


def test_a_note_names_the_item_it_is_about(context: Context, visit: str, colleague: Store, qtbot: QtBot) -> None:
    for side, note in ((context.store, "路窄"), (colleague, "暢通")):
        opened = inspecting.open_visit(side, visit)
        item = next(each for each in opened.state().items if each.item.note_path)
        inspecting.answer(side, opened, item.item.note_path, note)
    exchange(colleague, context.store)
    opened = inspecting.open_visit(context.store, visit)
    made = ConflictsPage(context)
    qtbot.addWidget(made)
    asked = opened.session.state(item.item.path).label
    assert any(card.shown.title.startswith(f"{asked} · ") for card in made.cards)


def test_a_value_is_taken_by_key_and_taken_back(
    page: ConflictsPage, context: Context, visit: str, qtbot: QtBot
) -> None:
    undone: list[Callable[[], None]] = []
    context.notify.toasted.connect(lambda toast: undone.append(toast.undo))
    before = resolving.open_conflicts(context.store, visit)
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_Down)
    qtbot.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_2)
    assert len(page.cards) == 1 and len(resolving.open_conflicts(context.store, visit)) == 1
    undone[-1]()
    assert len(page.cards) == 2
    after = resolving.open_conflicts(context.store, visit)
    assert [[head.value for head in one.heads] for one in after] == [
        [head.value for head in one.heads] for one in before
    ]


def test_with_nothing_left_the_page_says_so(page: ConflictsPage) -> None:
    while page.cards:
        page.cards[0].buttons[0].click()
    assert "沒有需要決定的內容" in texts(page)


def test_the_visit_and_the_list_say_it(
    page: ConflictsPage, context: Context, visit: str, ways: Ways, qtbot: QtBot
) -> None:
    shown = InspectionPage(context)
    qtbot.addWidget(shown)
    shown.resize(1200, 800)
    shown.show()
    shown.open(visit)
    assert "這次檢查有 2 處並行修改待決定" in texts(shown)
    shown.parallels.bar.decide.click()
    assert ways.gone[-1] == ("conflicts", visit)
    (head,) = fetch_heads(context.store, [visit])
    assert head is not None and head.conflicts == 2
    while page.cards:
        page.cards[0].buttons[0].click()
    assert not shown.parallels.bar.isVisible()
