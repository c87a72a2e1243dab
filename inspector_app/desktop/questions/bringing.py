"""What people bring by drop or clipboard: a file, or a bare picture as PNG; made smaller where the form says so."""

from pathlib import Path, PurePath

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage

from inspector_app.photos import intake, opening

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


def within(file: File, most: int) -> File:
    """The picture with its longest edge at most `most` pixels: as it is, or a smaller copy; for a lane.

    What is no readable picture is passed on as it is: whoever takes it in says what is wrong.
    """
    name, source = file
    try:
        content = source.read_bytes() if isinstance(source, Path) else source
        image, _ = opening.open_checked(content)
        if max(image.size) <= most:
            return file
        return f"{PurePath(name).stem}.jpg", intake.thumbnail(content, most)
    except (OSError, opening.PhotoRefused):
        return file


def png_of(image: QImage) -> bytes:
    """An image as PNG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
