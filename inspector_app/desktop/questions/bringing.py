"""What people bring by drop or clipboard: a file, or a bare picture as PNG; nothing is decoded here."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage

File = tuple[str, bytes | Path]


def has_files(mime: QMimeData) -> bool:
    """Whether there may be something to take."""
    return mime.hasImage() or any(url.isLocalFile() for url in mime.urls())


def brought(mime: QMimeData) -> File | None:
    """The first file, else a bare picture; None for anything else."""
    for url in mime.urls():
        if url.isLocalFile():
            path = Path(url.toLocalFile())
            return (path.name, path) if path.is_file() else None
    image = mime.imageData()
    return ("picture.png", png_of(image)) if isinstance(image, QImage) and not image.isNull() else None


def png_of(image: QImage) -> bytes:
    """An image as PNG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
