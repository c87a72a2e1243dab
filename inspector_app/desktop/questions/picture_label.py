"""A picture that belongs to the form's own words, shown when it has come, as small as the room demands."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from inspector_app.desktop.questions.desk import Desk

WIDTH, HEIGHT = 360, 240


class PictureLabel(QLabel):
    """Empty until the Files know the picture."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._uri = desk, ""
        desk.files.arrived.connect(self._on_arrived)
        self.hide()

    def show_uri(self, uri: str) -> None:
        """A `jr://` address; '' shows nothing."""
        if uri != self._uri:
            self._uri = uri
            self._show()

    def _show(self) -> None:
        picture = self._desk.files.media(self._uri) if self._uri else None
        if picture is not None and not picture.isNull():
            px = self._desk.kit.theme.px
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            fits = picture.width() <= px(WIDTH) and picture.height() <= px(HEIGHT)
            self.setPixmap(picture if fits else picture.scaled(px(WIDTH), px(HEIGHT), keep, smooth))
        self.setVisible(picture is not None)

    def _on_arrived(self, name: str) -> None:
        if self._uri and self._uri.endswith(name):
            self._show()
