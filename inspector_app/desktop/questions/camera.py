"""The laptop's camera, where there is one: QtMultimedia is loaded only when a picture is wanted."""

from functools import cache

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QWidget

from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.boxes import button, column, label, row

WAIT_MS = 6_000
_DEVICES = "/dev"


@cache
def has_camera() -> bool:
    """Whether this computer has a camera; without QtMultimedia it has none for us."""
    import sys
    from pathlib import Path

    if sys.platform == "linux" and not any(Path(_DEVICES).glob("video*")):
        return False  # the common case, without loading a media framework
    try:
        from PySide6.QtMultimedia import QMediaDevices
    except ImportError:
        return False
    return bool(QMediaDevices.videoInputs())


def take_picture(parent: QWidget, kit: Kit, *, is_front: bool = False) -> bytes:
    """Show what the camera sees; the JPEG of one picture, b"" when it was left."""
    dialog = CameraDialog(parent, kit, is_front=is_front)
    dialog.exec()
    return dialog.taken


class CameraDialog(QDialog):
    """Space takes the picture, Esc leaves."""

    def __init__(self, parent: QWidget, kit: Kit, *, is_front: bool) -> None:
        from PySide6.QtMultimedia import QCamera, QCameraDevice, QImageCapture, QMediaCaptureSession, QMediaDevices
        from PySide6.QtMultimediaWidgets import QVideoWidget

        super().__init__(parent)
        self.taken = b""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        kit.language.title(self, "questions.take_picture")
        wanted = QCameraDevice.Position.FrontFace if is_front else QCameraDevice.Position.BackFace
        devices = QMediaDevices.videoInputs()
        device = next((each for each in devices if each.position() == wanted), devices[0])
        self._camera, self._capture, self._session = QCamera(device), QImageCapture(), QMediaCaptureSession()
        self._capture.setQuality(QImageCapture.Quality.HighQuality)
        view = QVideoWidget()
        view.setMinimumSize(640, 400)
        self._session.setCamera(self._camera)
        self._session.setImageCapture(self._capture)
        self._session.setVideoOutput(view)
        self._capture.imageCaptured.connect(self._on_captured)
        self._problem = label("fail", wrap=True)
        self._camera.errorOccurred.connect(self._on_error)
        self._take, leave = button("primary", name="take-picture"), button("quiet")
        kit.language.text(self._take, "questions.take_picture")
        kit.language.text(leave, "questions.leave")
        self._take.setShortcut("Space")
        self._take.clicked.connect(self._on_take)
        leave.clicked.connect(self.reject)
        self.setLayout(column(view, self._problem, row(1, leave, self._take, spacing=8), spacing=12, margins=16))
        self._camera.start()

    def _on_take(self) -> None:
        """Wait for the picture a few seconds at most: a camera may be unplugged at any moment."""
        self._take.setEnabled(False)
        wait = QEventLoop(self)
        self._capture.imageCaptured.connect(wait.quit)
        self._capture.errorOccurred.connect(wait.quit)
        QTimer.singleShot(WAIT_MS, wait, wait.quit)
        self._capture.capture()
        wait.exec()
        self._take.setEnabled(True)
        if self.taken:
            self._camera.stop()
            self.accept()

    def _on_captured(self, number: int, image: QImage) -> None:
        from PySide6.QtCore import QBuffer, QIODevice

        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "JPEG", 92)  # type: ignore[call-overload]
        self.taken = bytes(buffer.data().data())

    def _on_error(self, error: object, words: str) -> None:
        self._problem.setText(words)
