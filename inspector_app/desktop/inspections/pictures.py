"""Pictures people bring: chosen files, dropped files, the clipboard; nothing is decoded here."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog, QWidget

from inspector_app.desktop.kit.language import Language

Picture = tuple[str, bytes | Path]
"""A name and the bytes, or the file they are read from."""
SUFFIXES = ("jpg", "jpeg", "png", "heic", "heif", "webp")
MOST = 50
"""At most so many at once; a whole card is surely a mistake."""


def choose_pictures(parent: QWidget, language: Language) -> list[Picture]:
    """Ask for files; empty when nothing was chosen."""
    pattern = " ".join(f"*.{suffix} *.{suffix.upper()}" for suffix in SUFFIXES)
    files, _ = QFileDialog.getOpenFileNames(
        parent, language.tr("inspections.choose_photos"), "", f"{language.tr('inspections.pictures')} ({pattern})"
    )
    return [picture_of(Path(file)) for file in files[:MOST]]


def picture_of(file: Path) -> Picture:
    """A file as a Picture."""
    return file.name, file


def has_pictures(mime: QMimeData) -> bool:
    """Whether a drop or the clipboard may hold pictures; the bytes decide later."""
    return mime.hasImage() or any(url.isLocalFile() for url in mime.urls())


def pictures_in(mime: QMimeData) -> list[Picture]:
    """Files first; a bare image (a screenshot) becomes a PNG."""
    files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if files:
        return [picture_of(file) for file in files[:MOST]]
    image = mime.imageData()
    if isinstance(image, QImage) and not image.isNull():
        return [("", png_of(image))]
    return []


def clipboard_pictures() -> list[Picture]:
    """What was copied elsewhere."""
    return pictures_in(QGuiApplication.clipboard().mimeData())


def png_of(image: QImage) -> bytes:
    """An image as PNG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
