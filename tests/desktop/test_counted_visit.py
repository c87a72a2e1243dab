"""A visit takes few actions: 70 Items, 5 failures, 2 required photos, signed, counted in the real window."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.desktop.counted_visit import FAILING, PHOTOGRAPHED, Visit

MOST = 110
"""Issue 6."""


@pytest.mark.slow
def test_a_visit_of_seventy_items_takes_at_most_110_actions(qtbot: QtBot, tmp_path: Path) -> None:
    visit = Visit(tmp_path)
    qtbot.addWidget(visit.startup.window)
    try:
        count = visit.play()
    finally:
        visit.close()
    print(count.total, count.actions)
    assert (count.items, count.failed, count.photos) == (70, len(FAILING), len(FAILING) + len(PHOTOGRAPHED))
    assert (count.signatures, bool(count.number)) == (3, True)
    assert count.total <= MOST, count.actions
