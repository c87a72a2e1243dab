"""What a visit of 70 Items takes in the real window: key presses, clicks, drops and pen strokes; typed text is free."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.desktop.counted_visit import Visit

MOST = 110
"""Issue 6."""


def rows() -> list[tuple[str, str, str]]:
    """(what, actions, limit) of the visit issue 6 describes."""
    with tempfile.TemporaryDirectory() as folder:
        visit = Visit(Path(folder))
        try:
            count = visit.play()
        finally:
            visit.close()
    what = f"{count.items} Items, {count.failed} failed, {count.photos} photos, {count.signatures} signatures"
    verdict = "yes" if count.total <= MOST else "NO"
    parts = [(f"  {name}", str(actions), "") for name, actions in count.actions.items()]
    return [("what", "actions", "limit"), (what, str(count.total), f"≤ {MOST}: {verdict}"), *parts]


if __name__ == "__main__":
    for row in rows():
        print(*row, sep="  |  ")
