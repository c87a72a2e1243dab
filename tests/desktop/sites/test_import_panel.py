"""An import in real threads: the window goes on, progress is told, cancelling keeps whole batches."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.jobs import Lanes
from inspector_app.desktop.sites.import_panel import ImportPanel
from inspector_app.store import sites

ROWS = [(f"第{n}號園區", "園區", "琶洲", "") for n in range(3_000)]


@pytest.fixture
def threaded(context: Context) -> Iterator[Context]:
    lanes = Lanes.threaded()
    for lane in (lanes.write, lanes.wide):
        lane.failed.connect(context.notify.fail)
    yield replace(context, lanes=lanes)
    lanes.close()


@pytest.fixture
def panel(threaded: Context, qtbot: QtBot) -> ImportPanel:
    made = ImportPanel(threaded)
    qtbot.addWidget(made)
    made.show()
    return made


def count(context: Context) -> int:
    with context.store.reading() as session:
        return sites.count(session)


def test_progress_is_told_and_the_end_is_shown(
    panel: ImportPanel, threaded: Context, registry: Callable[..., Path], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(panel.imported, timeout=60_000):
        panel.run(registry(*ROWS))
        token = panel._token
        assert token is not None
        with qtbot.waitSignal(token.progressed, timeout=60_000):
            assert panel._progress.isVisible()
    assert count(threaded) == 3_000
    assert not panel.is_running
    assert not panel._progress.isVisible()


def test_cancelling_keeps_whole_batches(
    panel: ImportPanel, threaded: Context, registry: Callable[..., Path], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(panel.imported, timeout=60_000):
        panel.run(registry(*ROWS))
        panel._progress.cancel_button.click()
    assert count(threaded) in (1_000, 2_000)
    title = panel.findChild(QLabel, "import_title")
    assert title is not None
    assert title.text().startswith("匯入已停止")
