"""The five first steps: what counts as done, where each leads, gone for good when nobody wants them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.today.guide_state import GuideFacts, derive_steps, is_wanted
from inspector_app.desktop.today.page import TodayPage
from inspector_app.operations import registering
from tests.desktop.conftest import Ways

ALL = GuideFacts(sites=1, visits=1, papers=1, has_joined=True)


def test_steps_are_done_by_what_the_store_knows_or_by_being_pressed() -> None:
    assert [step.is_done for step in derive_steps(GuideFacts(), frozenset())] == [False] * 5
    assert [step.is_done for step in derive_steps(ALL, frozenset({"form"}))] == [True] * 5
    assert [step.name for step in derive_steps(GuideFacts(sites=3), frozenset({"print"})) if step.is_done] == [
        "registry",
        "print",
    ]


@pytest.mark.parametrize(
    ("facts", "choice", "wanted"),
    [(GuideFacts(), "", True), (GuideFacts(), "hidden", False), (ALL, "", False), (ALL, "shown", True)],
)
def test_the_guide_goes_when_done_or_unwanted(facts: GuideFacts, choice: str, wanted: bool) -> None:
    assert is_wanted(derive_steps(facts, frozenset({"form"})), choice) is wanted


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> TodayPage:
    made = TodayPage(context)
    qtbot.addWidget(made)
    made.resize(1100, 900)
    made.show()
    return made


def step(page: TodayPage, name: str) -> QPushButton:
    QApplication.processEvents()
    return next(each for each in page.findChildren(QPushButton, f"guide_{name}") if each.isVisible())


def test_steps_lead_where_they_are_taken(
    page: TodayPage, registry: Callable[..., Path], ways: Ways, context: Context
) -> None:
    step(page, "registry").click()
    step(page, "form").click()
    step(page, "sync").click()
    assert [name for name, _ in ways.gone] == ["sites", "forms", "syncing"]
    assert step(page, "form").accessibleName().endswith("已完成")
    assert step(page, "registry").accessibleName().endswith("未完成")
    outcome = registering.import_registry(context.store, registry(("某店", "餐飲", "海幢", "")))
    context.bulletin.announce(outcome.touched)
    assert step(page, "registry").accessibleName().endswith("已完成")
    context.settings.language.put("en")
    assert step(page, "sync").accessibleName().startswith("5 ")


def test_unwanted_it_stays_away_until_asked_for(page: TodayPage, context: Context, qtbot: QtBot) -> None:
    page.guide.hide_button.click()
    assert not page.guide.isVisible()
    again = TodayPage(context)
    qtbot.addWidget(again)
    again.show()
    assert not again.guide.isVisible()
    context.settings.guide.put("shown")
    assert page.guide.isVisible()
    assert again.guide.isVisible()
