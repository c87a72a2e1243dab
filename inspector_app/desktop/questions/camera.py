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
        self._device = next((each for each in devices if each.position() == wanted), next(iter(devices), None))
        self._camera = QCamera(self._device) if self._device is not None else QCamera()
        self._capture, self._session = QImageCapture(), QMediaCaptureSession()
        self._plugs = QMediaDevices(self)
        self._plugs.videoInputsChanged.connect(self._on_plugged)
        self._capture.setQuality(QImageCapture.Quality.HighQuality)
        view = QVideoWidget()
        view.setMinimumSize(640, 400)
        self._session.setCamera(self._camera)
        self._session.setImageCapture(self._capture)
        self._session.setVideoOutput(view)
        self._capture.imageCaptured.connect(self._on_captured)
        self._kit = kit
        self._problem = label("fail", wrap=True, name="camera-problem")
        self._problem.setMinimumHeight(kit.theme.px(24))
        self._camera.errorOccurred.connect(self._on_error)
        self._take, leave = button("primary", name="take-picture"), button("quiet")
        kit.language.text(self._take, "questions.take_picture")
        kit.language.text(leave, "questions.leave")
        self._take.setShortcut("Space")
        self._take.clicked.connect(self._on_take)
        leave.clicked.connect(self.reject)
        self.setLayout(column(view, self._problem, row(1, leave, self._take, spacing=8), spacing=12, margins=16))
        self._camera.start()
        self._on_plugged()

    def _on_plugged(self) -> None:
        """A camera that is pulled out says so at once, and goes on where it is put in again."""
        from PySide6.QtMultimedia import QMediaDevices

        ids = [each.id() for each in QMediaDevices.videoInputs()]
        is_there = self._device is not None and self._device.id() in ids
        self._take.setEnabled(is_there)
        if is_there:
            self._problem.clear()
            self._camera.start()
        else:
            self._kit.language.text(self._problem, "questions.camera_gone")

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
        else:
            self._kit.language.text(self._problem, "questions.camera_gone")

    def _on_captured(self, number: int, image: QImage) -> None:
        from PySide6.QtCore import QBuffer, QIODevice

        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "JPEG", 92)  # type: ignore[call-overload]
        self.taken = bytes(buffer.data().data())

    def _on_error(self, error: object, words: str) -> None:
        self._kit.language.text(self._problem, "questions.camera_gone")
        self._problem.setToolTip(words)
