"""Small pictures by Photo: decoded in the wide lane, kept while they are recent, told when they arrive."""

from collections import OrderedDict
from functools import partial

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

from inspector_app.desktop.kit.context import Context
from inspector_app.domain.photo import Photo
from inspector_app.operations import photographing
from inspector_app.store.database import Store

KEPT = 400
EDGE = 160
"""Pixels kept of each: 64 at the largest zoom on a screen of twice as many dots. 300 of them take 23 MB, not 90."""


class Thumbnails(QObject):
    """`arrived` carries the SHA-256 of a picture that can be shown now; `lost` of one whose bytes are not here."""

    arrived = Signal(str)
    lost = Signal(str)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._kept: OrderedDict[str, QPixmap] = OrderedDict()
        self._squares: dict[tuple[str, int, float], QPixmap] = {}
        self._asked: set[str] = set()
        self._lost: set[str] = set()

    def get(self, photo: Photo) -> QPixmap | None:
        """The picture, its short edge 160 px; None means that it is being fetched."""
        sha = photo.shown
        if sha in self._kept:
            self._kept.move_to_end(sha)
            return self._kept[sha]
        if sha not in self._asked:
            self._asked.add(sha)
            job = partial(_decode, self._context.store, photo)
            self._context.lanes.wide.run(job, partial(self._on_decoded, sha), partial(self._on_lost, sha))
        return self._kept.get(sha)

    def square(self, photo: Photo, edge: int, ratio: float) -> QPixmap | None:
        """Its middle as a square of `edge` logical pixels, cut once."""
        pixmap = self.get(photo)
        key = (photo.shown, edge, ratio)
        if pixmap is not None and key not in self._squares:
            self._squares[key] = squared(pixmap, edge, ratio)
        return self._squares.get(key)

    def has(self, photo: Photo) -> bool:
        """Whether it would be painted at once."""
        return photo.shown in self._kept

    def is_lost(self, photo: Photo) -> bool:
        """Whether its bytes were looked for and are not on this laptop."""
        return photo.shown in self._lost

    def _on_decoded(self, sha: str, image: QImage) -> None:
        self._asked.discard(sha)
        if image.isNull():
            self._lost.add(sha)
            self.lost.emit(sha)
            return
        self._lost.discard(sha)
        self._kept[sha] = QPixmap.fromImage(image)
        while len(self._kept) > KEPT:
            gone, _ = self._kept.popitem(last=False)
            self._squares = {key: square for key, square in self._squares.items() if key[0] != gone}
        self.arrived.emit(sha)

    def _on_lost(self, sha: str, error: Exception) -> None:
        """The bytes have not come with a Round yet; asked again when the page is opened again."""
        self._lost.add(sha)
        self.lost.emit(sha)


def _decode(store: Store, photo: Photo) -> QImage:
    whole = QImage.fromData(photographing.thumbnail(store, photo))
    small = QSize(EDGE, EDGE)
    if whole.isNull() or min(whole.width(), whole.height()) <= EDGE:
        return whole
    return whole.scaled(
        small, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )


def squared(pixmap: QPixmap, edge: int, ratio: float) -> QPixmap:
    """The middle of a picture as a square of `edge` logical pixels."""
    size = QSize(edge, edge) * ratio
    grown = pixmap.scaled(
        size, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    cut = grown.copy((grown.width() - size.width()) // 2, (grown.height() - size.height()) // 2, *size.toTuple())
    cut.setDevicePixelRatio(ratio)
    return cut
