"""From a fresh process to the first painted window, against a bare PySide6 QMainWindow."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 9
LIMIT = 2.0

_BARE = """
import sys, time
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1280, 800)
window.show()
window.repaint()
print(time.monotonic())
"""

_OURS = """
import sys, time
from pathlib import Path
from inspector_app.desktop.app import Startup
startup = Startup(Path(sys.argv[1]) / "data", Path(sys.argv[1]) / "window.ini")
startup.run()
startup.window.repaint()
print(time.monotonic(), flush=True)
import os
os._exit(0)
"""


def once(program: str) -> float:
    """Seconds from before the process exists until its window is painted."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "data").mkdir()
        (Path(folder) / "data" / "store.db").touch()  # a laptop in use: the window opens with its password page
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        begun = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-c", program, folder], env=environment, capture_output=True, text=True, check=True
        )
        return float(done.stdout.split()[-1]) - begun


def rows() -> list[tuple[str, str, str, str]]:
    """(what, ours, bare window, verdict): the best of alternating rounds, so that other work weighs on both alike."""
    once(_OURS), once(_BARE)
    ours, bare = zip(*((once(_OURS), once(_BARE)) for _ in range(ROUNDS)), strict=True)
    ratio = min(ours) / min(bare)
    verdict = f"{ratio:.2f}x ({'within' if ratio <= LIMIT else 'OVER'} {LIMIT:.1f}x)"
    return [("first painted window", f"{min(ours) * 1000:.0f} ms", f"{min(bare) * 1000:.0f} ms", verdict)]
