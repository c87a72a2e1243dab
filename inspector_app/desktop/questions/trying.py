"""A filling of a Form that nobody keeps: for preview, trial and tests; files stay in memory."""

import random
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path, PurePath

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.questions.files import Files, media_name
from inspector_app.desktop.questions.state import Reading, Sheet
from inspector_app.desktop.questions.view import FormView
from inspector_app.xforms import Delta, Form, FormError, Session

EDGE = 320
MAX_FILE = 200 * 1024 * 1024


class FilesInMemory(Files):
    """What was given while trying, and the pictures that came with the form (`resources`, by file name)."""

    def __init__(self, resources: dict[str, bytes] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kept: dict[str, bytes] = {}
        self._resources = resources or {}
        self._small: dict[str, QPixmap] = {}

    def keep(self, name: str, content: bytes) -> None:
        """Remember a file; it can be shown from now on."""
        self.kept[name] = content
        self._small.pop(name, None)
        self.arrived.emit(name)

    def thumbnail(self, path: str, name: str) -> QPixmap | None:
        return self._picture(name, self.kept.get(name), EDGE)

    def original(self, path: str, name: str) -> bytes | None:
        return self.kept.get(name)

    def media(self, uri: str) -> QPixmap | None:
        name = media_name(uri)
        return self._picture(f"jr://{name}", self._resources.get(name), 2 * EDGE)

    def _picture(self, key: str, content: bytes | None, edge: int) -> QPixmap | None:
        if key not in self._small and content is not None:
            image = QImage.fromData(content)
            if not image.isNull():
                keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
                fits = max(image.width(), image.height()) <= edge
                self._small[key] = QPixmap.fromImage(image if fits else image.scaled(QSize(edge, edge), keep, smooth))
        return self._small.get(key)


class Trying(QObject):
    """`stepped` carries the Sheet after each answer; `failed` a FormError or OSError in its own words."""

    stepped = Signal(object)
    failed = Signal(str)

    def __init__(
        self,
        kit: Kit,
        form: Form,
        now: Callable[[], datetime],
        resources: dict[str, bytes] | None = None,
        *,
        values: Mapping[str, str] | None = None,
    ) -> None:
        """`values` are answers by path to go on with, as far as the form can hold them."""
        super().__init__()
        self.form, self._now = form, now
        self.files = FilesInMemory(resources)
        self.view = FormView(kit, self.files, now)
        self.files.setParent(self.view)  # rows that are still being built ask for it
        chance = random.Random(1)
        self.session: Session = (
            form.resume(values, now, randomness=chance) if values else form.begin(now, randomness=chance)
        )
        self._reading = Reading(form, self.session)
        self._removed: list[dict[str, str]] = []
        self.view.answered.connect(self.answer)
        self.view.file_given.connect(self._on_file_given)
        self.view.repeat_added.connect(self.add_repeat)
        self.view.repeat_removed.connect(self.remove_repeat)
        self._show(self._reading.sheet())

    @property
    def sheet(self) -> Sheet:
        """What is shown."""
        return self._reading.sheet()

    def answer(self, path: str, value: str) -> None:
        """Set one answer."""
        self._step(lambda: self.session.set_answer(path, value))

    def add_repeat(self, path: str) -> None:
        """One more instance, and the first question of it."""
        delta = self._step(lambda: self.session.add_repeat(path))
        inside = tuple(f"{added}/" for added in delta.added) if delta is not None else ()
        first = next(
            (row for row in self.sheet.rows() if inside and row.key.startswith(inside) and row.is_askable), None
        )
        if first is not None:
            self.view.go_to(first.key)

    def remove_repeat(self, path: str) -> None:
        """Take an instance away; `put_back` is its undo."""
        values = {each: self.session.value(each) for each in self.session.paths()}
        if self._step(lambda: self.session.remove_repeat(path)) is not None:
            self._removed.append(values)

    def put_back(self) -> None:
        """Undo the last removal: the filling as it was before."""
        if self._removed:
            self.session = self.form.resume(self._removed.pop(), self._now, language=self.session.language)
            self._reading = Reading(self.form, self.session)
            self._show(self._reading.sheet())

    def speak(self, language: str) -> None:
        """Show the form in another of its languages."""
        self._step(lambda: self.session.set_language(language))

    def restart(self) -> None:
        """An empty filling again."""
        self.session = self.form.begin(self._now, language=self.session.language)
        self._reading = Reading(self.form, self.session)
        self._removed.clear()
        self.files.kept.clear()
        self._show(self._reading.sheet())

    def _step(self, act: Callable[[], Delta]) -> Delta | None:
        try:
            delta = act()
        except FormError as error:
            self.failed.emit(str(error))
            self._show(self._reading.sheet())
            return None
        self._show(self._reading.take(delta))
        return delta

    def _show(self, sheet: Sheet) -> None:
        self.view.show_sheet(sheet)
        self.stepped.emit(sheet)

    def _on_file_given(self, path: str, file: object) -> None:
        if not isinstance(file, tuple):
            return
        name, source = file
        try:
            if isinstance(source, Path) and source.stat().st_size > MAX_FILE:
                raise OSError(f"{source.name} is larger than 200 MB")
            content = source.read_bytes() if isinstance(source, Path) else source
        except OSError as error:
            self.failed.emit(str(error))
            return
        self.files.keep(self._free_name(str(name)), content)
        self.answer(path, list(self.files.kept)[-1])

    def _free_name(self, wanted: str) -> str:
        pure, number = PurePath(wanted or "file"), 2
        name = pure.name
        while name in self.files.kept:
            name, number = f"{pure.stem}-{number}{pure.suffix}", number + 1
        return name
