"""Many papers and exports from the window: written where the user said, counted, resumable, the folder offered."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from inspector_app.desktop.documents.work_panel import WorkPanel, derive_place
from inspector_app.desktop.kit.context import Context
from tests.desktop.documents.test_preview import visit_id

__all__ = ["visit_id"]


@pytest.fixture
def panel(qtbot: QtBot, context: Context, visit_id: str) -> WorkPanel:
    made = WorkPanel(context)
    qtbot.addWidget(made)
    return made


def said(panel: WorkPanel) -> str:
    found = panel.findChild(QLabel, "work-done")
    assert found is not None and panel.isVisible()
    return found.text()


def test_the_papers_of_a_list_lie_in_the_folder(
    panel: WorkPanel, visit_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "pdf"))
    panel.write_records([visit_id, "nobody"])
    assert said(panel) == "已寫好 1 份文件" and not panel.is_running
    assert len(list((tmp_path / "pdf").glob("*.pdf"))) == 1
    folder = panel.findChild(QAbstractButton, "open-folder")
    assert folder is not None and folder.isVisible()


def test_an_export_is_written_and_counted(panel: WorkPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "all"), "CSV (*.csv)"))
    panel.export()
    assert said(panel).startswith("已匯出")
    assert (tmp_path / "all" / "visits.csv").exists()


def test_the_ending_follows_the_filter() -> None:
    assert derive_place("/x/a", "JSON (*.json)") == Path("/x/a.json")
    assert derive_place("/x/a.xlsx", "CSV (*.csv)") == Path("/x/a.xlsx")
    assert derive_place("/x/2020.03", "") == Path("/x/2020.03.xlsx")
