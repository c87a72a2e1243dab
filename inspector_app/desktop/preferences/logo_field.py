"""The organisation's logo: shown as it will be printed, chosen as a file or dropped, taken away again."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPixmap
from PySide6.QtWidgets import QFileDialog, QWidget

from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.widgets.boxes import button, column, label, row

_FILTERS = "(*.png *.jpg *.jpeg *.webp *.heic)"


class LogoField(QWidget):
    """`offered` carries the file somebody chose; the page reads and judges it."""

    offered = Signal(object)
    removed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setAcceptDrops(True)
        self._picture = label("muted", name="logo")
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setFixedSize(context.theme.px(150), context.theme.px(76))
        self._picture.setStyleSheet("background: #FFFFFF; color: #566173; border-radius: 6px;")  # as paper is
        self.choose, self.remove = button(name="choose_logo"), button("quiet", name="remove_logo")
        context.icons.put(self.choose, "image")
        context.icons.put(self.remove, "trash-2")
        context.language.text(self.choose, "letterhead.choose_logo")
        context.language.text(self.remove, "letterhead.remove_logo")
        hint = label("muted", wrap=True)
        context.language.text(hint, "letterhead.logo_text")
        self.choose.clicked.connect(self._on_choose)
        self.remove.clicked.connect(lambda: self.removed.emit())
        line = row(self._picture, column(row(self.choose, self.remove, 1), hint, spacing=6), spacing=16)
        line.setStretch(1, 1)
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)

    def show_logo(self, jpeg: bytes) -> None:
        """As on paper; words where there is none."""
        made = QPixmap()
        if jpeg and made.loadFromData(jpeg, "JPEG"):
            room = self._picture.size() - QSize(12, 12)
            ratio = self.devicePixelRatioF()
            made = made.scaled(
                room * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            made.setDevicePixelRatio(ratio)
            self._picture.setPixmap(made)
        else:
            self._picture.clear()
            self._picture.setText(self._context.language.tr("letterhead.no_logo"))
        self.remove.setVisible(bool(jpeg))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.offered.emit(Path(files[0]))
            event.acceptProposedAction()

    def _on_choose(self) -> None:
        words = self._context.language.tr("letterhead.choose_logo")
        name, _ = QFileDialog.getOpenFileName(self, words, "", f"{words} {_FILTERS}")
        if name:
            self.offered.emit(Path(name))
