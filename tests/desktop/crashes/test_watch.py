"""What is kept when nobody catches, when a bug is logged, and when the process dies."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from inspector_app.desktop.crashes.bar import CrashBar
from inspector_app.desktop.crashes.watch import MAX_REPORTS, CrashWatch, new_reports, put_aside
from inspector_app.desktop.kit.context import Kit


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[CrashWatch]:
    """Without the hooks of the process, which belong to the tests."""
    made = CrashWatch(lambda: {"version": "test"})
    made.keep_in(tmp_path)
    yield made
    made.end()


def test_reports_are_new_once(watch: CrashWatch, tmp_path: Path) -> None:
    watch.write(ValueError("secret"))
    reports = new_reports(tmp_path / "crashes")
    assert len(reports) == 1
    assert "secret" not in reports[0].read_text("utf-8")
    shown = put_aside(reports)
    assert [each.exists() for each in shown] == [True]
    assert new_reports(tmp_path / "crashes") == ()


def test_the_oldest_make_room(watch: CrashWatch, tmp_path: Path) -> None:
    for _ in range(MAX_REPORTS + 5):
        watch.write(ValueError())
    assert len(new_reports(tmp_path / "crashes")) == MAX_REPORTS


def test_an_uncaught_error_is_handed_over(watch: CrashWatch, qtbot: QtBot) -> None:
    with qtbot.waitSignal(watch.caught) as caught:
        watch._on_exception(ValueError, ValueError("x"), None)
    assert isinstance(caught.args[0], ValueError)


def test_a_logged_bug_is_kept(tmp_path: Path) -> None:
    watch = CrashWatch(dict)
    watch.begin()
    watch.keep_in(tmp_path)
    logging.getLogger("some.room").error("bug", exc_info=ValueError())
    watch.end()
    assert len(new_reports(tmp_path / "crashes")) == 1


def test_a_process_that_dies_is_found_by_the_next(tmp_path: Path, watch: CrashWatch) -> None:
    data = tmp_path / "data"
    data.mkdir()
    code = (
        "import os, sys; from pathlib import Path; from inspector_app.desktop.crashes.watch import CrashWatch\n"
        "watch = CrashWatch(dict); watch.keep_in(Path(sys.argv[1])); os.abort()"
    )
    died = subprocess.run([sys.executable, "-c", code, str(data)], check=False, capture_output=True, env={**os.environ})
    assert died.returncode != 0
    later = CrashWatch(lambda: {"version": "next"})
    (report,) = later.keep_in(data)
    later.end()
    assert "Aborted" in report.read_text("utf-8")


def test_a_folder_that_cannot_be_written_is_no_second_fault(tmp_path: Path) -> None:
    watch = CrashWatch(dict)
    (tmp_path / "crashes").write_text("a file is in the way")
    assert watch.keep_in(tmp_path) == ()
    watch.write(ValueError())
    watch.end()


def test_the_bar_says_so_and_copies(kit: Kit, watch: CrashWatch, tmp_path: Path, qtbot: QtBot) -> None:
    bar = CrashBar(kit.icons, kit.language)
    qtbot.addWidget(bar)
    bar.show_reports(())
    assert not bar.isVisible()
    watch.write(ValueError())
    bar.show_reports(new_reports(tmp_path / "crashes"))
    assert bar.isVisible()
    bar.copy_button.click()
    assert "ValueError" in QGuiApplication.clipboard().text()
