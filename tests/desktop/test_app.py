"""Start-up: what is refused, what is chosen, in which order, and what is not imported before the first paint."""

import subprocess
import sys
from pathlib import Path

import pytest

from inspector_app.desktop.app import Startup, choose_input_method, refuse_broken_qt


@pytest.mark.parametrize(("qt", "python"), [("6.12.0", (3, 11)), ("6.13.1", (3, 10)), ("7.0.0", (3, 11))])
def test_a_qt_that_kills_the_process_is_refused(qt: str, python: tuple[int, int]) -> None:
    with pytest.raises(SystemExit, match=r"6\.11"):
        refuse_broken_qt(qt, python)


@pytest.mark.parametrize(("qt", "python"), [("6.11.3", (3, 11)), ("6.9.3", (3, 11)), ("6.12.0", (3, 12))])
def test_a_sound_qt_is_taken(qt: str, python: tuple[int, int]) -> None:
    refuse_broken_qt(qt, python)


@pytest.mark.skipif(sys.platform != "linux", reason="input methods of Linux")
@pytest.mark.parametrize(
    ("environment", "runs", "chosen"),
    [
        ({"DISPLAY": ":0"}, True, "ibus"),
        ({"XMODIFIERS": "@im=fcitx"}, False, "ibus"),
        ({"DISPLAY": ":0"}, False, None),
        ({}, True, None),
        ({"DISPLAY": ":0", "QT_IM_MODULE": "xim"}, True, "xim"),
    ],
)
def test_fcitx_is_reached_through_ibus(environment: dict[str, str], runs: bool, chosen: str | None) -> None:
    choose_input_method(environment, lambda: runs)
    assert environment.get("QT_IM_MODULE") == chosen


def test_steps_are_named_and_the_window_comes_before_what_is_heavy(tmp_path: Path) -> None:
    names = [name for name, _ in Startup(tmp_path).steps()]
    assert names.index("window") < names.index("after the first paint") == len(names) - 1


def test_nothing_heavy_is_imported_before_the_first_paint(tmp_path: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom inspector_app.desktop.app import Startup\n"
        f"start = Startup(Path({str(tmp_path / 'none')!r}), Path({str(tmp_path / 'w.ini')!r}))\nstart.run()\n"
        "start.window.repaint()\n"
        "heavy = {'sqlalchemy', 'pyxform', 'openpyxl', 'reportlab', 'lxml', 'PIL', 'cryptography', 'asyncio'}\n"
        "print(start.window.isVisible(), sorted(heavy & set(sys.modules)), flush=True)\nimport os\nos._exit(0)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[0] == "True []"
