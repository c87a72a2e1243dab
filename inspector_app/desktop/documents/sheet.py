"""A PDF held in memory and shown page under page; a new one takes the place of the old at the same height."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QWidget

from inspector_app.desktop.kit.widgets.boxes import column


class Sheet(QWidget):
    """Fits the width it is given. Document and view are siblings: a view that owned its document would outlive it."""

    def __init__(self) -> None:
        super().__init__()
        self._bytes, self._buffer = QByteArray(), QBuffer(self)
        self.pages = QPdfDocument(self)
        self.view = QPdfView(self)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setDocument(self.pages)
        self.view.setFrameShape(QPdfView.Shape.NoFrame)
        self.setLayout(column(self.view, spacing=0))
        self.setFocusProxy(self.view)

    def show_pdf(self, pdf: bytes) -> None:
        """Draw it, as far down as the one before was scrolled."""
        height = self.view.verticalScrollBar().value()
        self.pages.close()
        self._buffer.close()
        self._bytes = QByteArray(pdf)
        self._buffer.setData(self._bytes)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.pages.load(self._buffer)
        self.view.verticalScrollBar().setValue(height)
