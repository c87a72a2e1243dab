"""Notices that a workbook or a file beside it was saved again, however the author's program saves."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

CALM_MS = 400
"""A program that saves writes, renames and touches; one word follows when it is quiet."""
Stamp = tuple[tuple[str, int, int], ...]
"""File, time of its last change, size."""


class FileWatch(QObject):
    """`changed` follows once the files were written and are all there again. Watching nothing costs nothing."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None, *, calm_ms: int = CALM_MS) -> None:
        super().__init__(parent)
        self._watcher = QFileSystemWatcher(self)
        self._form: Path | None = None
        self._names: tuple[str, ...] = ()
        self._seen: Stamp = ()
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(calm_ms)
        self._calm.timeout.connect(self._on_calm)
        self._watcher.fileChanged.connect(self._on_stirred)
        self._watcher.directoryChanged.connect(self._on_stirred)

    def follow(self, form: Path, names: Iterable[str] = ()) -> None:
        """Watch this form, and files of these names beside it or in its media folder.

        Of a form that is watched already, what changed since the last word is still said.
        """
        before = {each[0]: each for each in self._seen} if form == self._form else {}
        self.leave()
        self._form, self._names = form, tuple(names)
        now = self._stamp()
        self._seen = tuple(before.get(each[0], each) for each in now)
        self._watch()
        if self._seen != now:
            self._calm.start()

    def leave(self) -> None:
        """Watch nothing."""
        self._calm.stop()
        watched = [*self._watcher.files(), *self._watcher.directories()]
        if watched:
            self._watcher.removePaths(watched)
        self._form, self._names, self._seen = None, (), ()

    def _watch(self) -> None:
        """A file that was replaced is another file: watch it anew."""
        watched = {*self._watcher.files(), *self._watcher.directories()}
        missing = [str(each) for each in self._places() if each.exists() and str(each) not in watched]
        if missing:
            self._watcher.addPaths(missing)

    def _places(self) -> list[Path]:
        if self._form is None:
            return []
        return [self._form, self._form.parent, self._form.parent / f"{self._form.stem}-media", *self._beside()]

    def _beside(self) -> list[Path]:
        assert self._form is not None
        folders = (self._form.parent, self._form.parent / f"{self._form.stem}-media")
        return [folder / name for name in self._names for folder in folders]

    def _stamp(self) -> Stamp:
        if self._form is None or not self._form.is_file():
            return ()
        found = []
        for file in (self._form, *self._beside()):
            try:
                facts = file.stat()
            except OSError:
                continue
            found.append((str(file), facts.st_mtime_ns, facts.st_size))
        return tuple(found)

    def _on_stirred(self) -> None:
        self._calm.start()

    def _on_calm(self) -> None:
        stamp = self._stamp()
        self._watch()
        if stamp and stamp != self._seen:
            self._seen = stamp
            self.changed.emit()
