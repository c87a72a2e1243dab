"""A file that came back is told from one that was tampered with, in words and shapes."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from inspector_app.desktop.documents.verify_panel import VerifyPanel
from inspector_app.desktop.documents.verify_state import derive_looks
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.widgets.pill import Pill
from inspector_app.operations import printing
from inspector_app.reports.verifying import Verification


@pytest.fixture
def panel(qtbot: QtBot, context: Context) -> VerifyPanel:
    made = VerifyPanel(context)
    qtbot.addWidget(made)
    return made


def pills(panel: VerifyPanel) -> list[str]:
    return [pill.text() for pill in panel.findChildren(Pill) if pill.isVisible()]


def test_own_paper_and_the_same_with_one_bit_turned(panel: VerifyPanel, context: Context, tmp_path: Path) -> None:
    wanted = printing.Wanted("team-day", f"{context.store.me.team}@2020-03-20")
    pdf = bytearray(printing.final(context.store, wanted))
    file = tmp_path / "day.pdf"
    file.write_bytes(pdf)
    panel.check(file)
    assert pills(panel) == ["簽名有效", "記錄一致"]
    title = panel.findChild(QLabel, "verify-title")
    assert title is not None and title.text() == "day.pdf"
    pdf[len(pdf) // 3] ^= 4
    file.write_bytes(pdf)
    panel.check(file)
    assert pills(panel)[0] == "簽名無效：文件被改動"


def test_what_was_added_is_said() -> None:
    looks = derive_looks(Verification("valid", "matches", changed_after_signing=True))
    assert [look[0] for look in looks] == ["pass", "pass", "fail"]
    corrected = derive_looks(Verification("valid", "matches", changed_after_signing=False), 2)
    assert corrected[-1] == ("warn", "pen-line", "verify.corrected")
