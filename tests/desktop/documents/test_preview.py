"""The preview shows the real paper, saves it and prints it."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from inspector_app.desktop.documents.preview import PreviewPanel
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.notify import Fault
from inspector_app.domain.changeset import DISTRICT, Edit
from inspector_app.domain.ids import new_id
from inspector_app.operations import inspecting
from inspector_app.store import log
from inspector_app.store.database import Store
from tests.desktop.inspections.conftest import SITE


@pytest.fixture
def visit_id(store: Store) -> str:
    site = new_id()
    with store.writing() as session:
        log.append(session, [Edit("site", site, SITE, DISTRICT)])
    return inspecting.start(store, site)[0]


@pytest.fixture
def panel(qtbot: QtBot, context: Context, visit_id: str) -> PreviewPanel:
    made = PreviewPanel(context)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.open(visit_id)
    assert made.is_ready
    return made


def press(panel: PreviewPanel, name: str) -> None:
    found = panel.findChild(QAbstractButton, name)
    assert found is not None and found.isEnabled()
    found.click()


def said(panel: PreviewPanel, name: str) -> str:
    found = panel.findChild(QLabel, name)
    assert found is not None
    return found.text()


def test_all_pages_are_there(panel: PreviewPanel) -> None:
    assert panel.document.pageCount() > 0
    assert said(panel, "page-count") == f"共 {panel.document.pageCount()} 頁"


def test_zoom_leaves_fit_to_width_and_says_the_factor(panel: PreviewPanel) -> None:
    assert said(panel, "zoom") == "符合頁寬"
    press(panel, "zoom-in")
    first = panel.view.zoomFactor()
    press(panel, "zoom-in")
    assert panel.view.zoomFactor() > first
    assert said(panel, "zoom") == f"{panel.view.zoomFactor() * 100:.0f}%"


def test_it_is_saved_under_number_and_site(
    panel: PreviewPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []

    def choose(parent: object, title: str, name: str, filters: str) -> tuple[str, str]:
        offered.append(name)
        return str(tmp_path / "out"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    press(panel, "save-pdf")
    assert "廣州琶洲會展園區" in offered[0] and offered[0].endswith(".pdf")
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")


def test_every_page_goes_to_the_printer(panel: PreviewPanel, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    panel.print_on(printer)
    printed = (tmp_path / "printed.pdf").read_bytes()
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") == panel.document.pageCount()


def test_a_grey_printer_gets_grey(panel: PreviewPanel, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "grey.pdf"))
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    printer.setFromTo(1, 1)
    panel.print_on(printer)
    (page,) = pypdfium2.PdfDocument(tmp_path / "grey.pdf")
    red, green, blue = page.render(scale=0.5).to_pil().convert("RGB").split()
    assert red.tobytes() == green.tobytes() == blue.tobytes()


def test_another_language_draws_another_paper(panel: PreviewPanel, context: Context) -> None:
    context.settings.language.put("en")
    assert panel.is_ready
    assert said(panel, "page-count").endswith(("page", "pages"))


def test_a_visit_that_is_gone_is_said(panel: PreviewPanel, context: Context) -> None:
    faults: list[Fault] = []
    context.notify.faulted.connect(faults.append)
    panel.open("nobody")
    assert not panel.is_ready
    assert faults[0].title == "這次檢查不在本機。"
    button = panel.findChild(QAbstractButton, "print")
    assert button is not None and not button.isEnabled()


def test_a_team_day_is_shown_without_chips_of_a_visit(panel: PreviewPanel, context: Context) -> None:
    panel.open(f"{context.store.me.team:02d}@2020-03-20", "team-day")
    assert panel.is_ready and said(panel, "page-count") == "共 1 頁"
    chip = panel.findChild(QAbstractButton, "paper-notice")
    assert chip is not None and not chip.isVisible()
