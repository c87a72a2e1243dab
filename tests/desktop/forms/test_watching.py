"""A workbook that is saved again is noticed, however it is saved; what is saved elsewhere is not."""

import os
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from inspector_app.desktop.forms.watching import FileWatch

LIMIT = 5_000


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "form.xlsx"
    path.write_bytes(b"one")
    return path


@pytest.fixture
def watch(qtbot: QtBot, form: Path) -> FileWatch:
    made = FileWatch(calm_ms=0)
    made.follow(form, ("list.csv",))
    return made


def test_written_in_place(qtbot: QtBot, watch: FileWatch, form: Path) -> None:
    with qtbot.waitSignal(watch.changed, timeout=LIMIT):
        form.write_bytes(b"two two")


def test_replaced_again_and_again_as_office_programs_do(qtbot: QtBot, watch: FileWatch, form: Path) -> None:
    for number in range(3):
        other = form.with_name("~tmp")
        other.write_bytes(b"x" * (number + 10))
        with qtbot.waitSignal(watch.changed, timeout=LIMIT):
            other.replace(form)


def test_a_list_beside_it_counts_too(qtbot: QtBot, watch: FileWatch, form: Path) -> None:
    with qtbot.waitSignal(watch.changed, timeout=LIMIT):
        form.with_name("list.csv").write_bytes(b"name,label\n")


def test_other_files_are_none_of_its_business(qtbot: QtBot, watch: FileWatch, form: Path) -> None:
    said: list[int] = []
    watch.changed.connect(lambda: said.append(1))
    with qtbot.waitSignal(watch._calm.timeout, timeout=LIMIT):
        form.with_name("~$form.xlsx").write_bytes(b"lock")
    assert not said


def test_a_change_while_the_check_ran_is_said_afterwards(qtbot: QtBot, watch: FileWatch, form: Path) -> None:
    watch._calm.blockSignals(True)
    form.write_bytes(b"changed meanwhile")
    watch._calm.blockSignals(False)
    with qtbot.waitSignal(watch.changed, timeout=LIMIT):
        watch.follow(form, ("list.csv", "more.csv"))


def test_nothing_is_watched_after_leaving(qtbot: QtBot, watch: FileWatch, form: Path) -> None:
    watch.leave()
    os.utime(form, (1, 1))
    assert not watch._watcher.files()
    assert not watch._calm.isActive()
