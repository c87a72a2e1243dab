"""A folder that is looked at again and again (a phone by cable, a camera card): new pictures in it are offered, not taken."""

import contextlib
import os
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from inspector_app.desktop.inspections.pictures import SUFFIXES
from inspector_app.desktop.kit.context import Context

EVERY_MS = 3_000
"""Phones and cards tell nobody what changed on them; looking costs a few milliseconds off the GUI thread."""
DEPTH, MOST_FOLDERS = 3, 200
"""DCIM/100APPLE/… is three deep; a whole disk chosen by mistake is not walked through."""


def pictures_below(folder: Path) -> frozenset[Path]:
    """Files that look like pictures, a few folders deep; what cannot be read (a card just pulled) holds none."""
    found: set[Path] = set()
    waiting, seen = [(folder, 0)], 0
    while waiting and seen < MOST_FOLDERS:
        here, depth = waiting.pop(0)
        seen += 1
        with contextlib.suppress(OSError), os.scandir(here) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False) and depth + 1 < DEPTH:
                    waiting.append((Path(entry.path), depth + 1))
                elif entry.name.lower().endswith(SUFFIXES) and entry.stat().st_size:
                    found.add(Path(entry.path))
    return frozenset(found)


class FolderWatch(QObject):
    """`changed` says that other pictures are offered now. What lay in the folder at first is not new."""

    changed = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.folder: Path | None = None
        self.offered: tuple[Path, ...] = ()
        self._known: frozenset[Path] | None = None
        self._is_looking = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)

    def watch(self, folder: Path) -> None:
        """From now on this folder."""
        self.stop()
        self.folder = folder
        self._timer.start()
        self.changed.emit()
        self.look()

    def stop(self) -> None:
        """No folder; nothing is offered."""
        self._timer.stop()
        self.folder, self._known, self.offered = None, None, ()
        self.changed.emit()

    def take(self) -> tuple[Path, ...]:
        """What is offered, which is offered no more."""
        taken, self.offered = self.offered, ()
        self.changed.emit()
        return taken

    def look(self) -> None:
        """What is new, asked off the GUI thread, never twice at a time."""
        if self.folder is not None and not self._is_looking:
            self._is_looking = True
            job = partial(pictures_below, self.folder)
            self._context.lanes.wide.run(job, partial(self._on_seen, self.folder), self._on_blind)

    def _on_blind(self, error: Exception) -> None:
        self._is_looking = False

    def _on_seen(self, folder: Path, found: frozenset[Path]) -> None:
        self._is_looking = False
        if folder != self.folder:
            return
        fresh = sorted(found - self._known) if self._known is not None else []
        self._known = found if self._known is None else self._known | found
        if fresh:
            self.offered = (*self.offered, *fresh)
            self.changed.emit()
