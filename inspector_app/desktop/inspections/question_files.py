"""Files of the questions of a visit: small copies in the background, originals when wanted, new ones taken in."""

from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from inspector_app.desktop.inspections.visiting import Visiting
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.questions.files import Files, media_name
from inspector_app.domain.errors import DaoweiError, UserError, WorldError
from inspector_app.domain.inspection import Attached
from inspector_app.operations import attaching, offering
from inspector_app.operations.inspecting import Visit
from inspector_app.store.database import Store
from inspector_app.store.plain import MAX_BLOB

KEPT = 200
Told = Callable[[Attached | Exception], None]
"""Hears how it went with one file."""


def _nobody(outcome: Attached | Exception) -> None:
    """Whoever chooses a file sees it in the question."""


class QuestionFiles(Files):
    """`refused` carries the exception of a file that was not taken."""

    refused = Signal(object)

    def __init__(self, context: Context, visiting: Visiting, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.takes_phone = True
        self._context, self._visiting = context, visiting
        self._kept: OrderedDict[str, QPixmap] = OrderedDict()
        self._asked: set[str] = set()
        self._waiting = 0

    @property
    def is_busy(self) -> bool:
        """Some file is not durable yet."""
        return self._waiting > 0

    def thumbnail(self, path: str, name: str) -> QPixmap | None:
        file = self._visiting.file(path)
        if file is None or file.name != name:
            return None
        return self._picture(file.sha, name, partial(attaching.thumbnail, self._context.store, file))

    def original(self, path: str, name: str) -> bytes | None:
        file = self._visiting.file(path)
        try:
            return attaching.original(self._context.store, file) if file is not None and file.name == name else None
        except DaoweiError as error:
            self.refused.emit(error)
            return None

    def media(self, uri: str) -> QPixmap | None:
        visit, name = self._visiting.visit, media_name(uri)
        if visit is None or not name:
            return None
        form = visit.inspection.form_hash
        return self._picture(f"{form}/{name}", name, partial(offering.read_file, self._context.store, form, name))

    def take(self, path: str, name: str, source: bytes | Path, told: Told = _nobody) -> None:
        """Check a file, make it durable, and answer the question with it; `told` hears how it went."""
        visit = self._visiting.visit
        if visit is None:
            return
        self._waiting += 1
        job = partial(_keep, self._context.store, visit, path, name, source)
        self._context.lanes.wide.run(
            job, partial(self._on_durable, visit.id, path, told), partial(self._on_refused, told)
        )

    def _picture(self, key: str, name: str, read: partial[bytes | None]) -> QPixmap | None:
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key not in self._asked:
            self._asked.add(key)
            self._context.lanes.wide.run(
                partial(_decode, read), partial(self._on_decoded, key, name), partial(self._on_lost, key)
            )
        return self._kept.get(key)

    def _on_decoded(self, key: str, name: str, image: QImage) -> None:
        if image.isNull():
            return
        self._asked.discard(key)
        self._kept[key] = QPixmap.fromImage(image)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.arrived.emit(name)

    def _on_lost(self, key: str, error: Exception) -> None:
        """The bytes have not come with a Round yet; asked again when the visit is opened again."""

    def _on_durable(self, visit_id: str, path: str, told: Told, file: Attached) -> None:
        self._waiting -= 1
        if visit_id == self._visiting.id:
            self._visiting.give_file(path, file, partial(self._on_given, file, told))

    def _on_given(self, file: Attached, told: Told, path: str) -> None:
        told(file)

    def _on_refused(self, told: Told, error: Exception) -> None:
        self._waiting -= 1
        told(error)
        self.refused.emit(error)


def _decode(read: partial[bytes | None]) -> QImage:
    content = read()
    return QImage.fromData(content) if content else QImage()


def _keep(store: Store, visit: Visit, path: str, name: str, source: bytes | Path) -> Attached:
    return attaching.keep(store, visit, path, name, _bytes_of(source))


def _bytes_of(source: bytes | Path) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        if source.stat().st_size > MAX_BLOB:
            raise UserError("photo_too_large", "This file is larger than 200 MB; choose a smaller one.")
        return source.read_bytes()
    except OSError as error:
        raise WorldError("file_unreadable", f"{source.name} cannot be read: {error.strerror}.") from None
