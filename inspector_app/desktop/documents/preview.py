"""The paper on screen before it is printed or saved: drawn in the background, shown with QtPdf."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton, QStackedWidget, QWidget

from inspector_app.desktop.documents.state import Edges, derive_zoom, pages_wanted, place_on
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.widgets.boxes import button, card, column, holder, label, row
from inspector_app.domain.changeset import Touched
from inspector_app.reports.writing import write_file
from inspector_app.store.database import Store

if TYPE_CHECKING:  # the text engine is imported in the lane, at the first paper
    from inspector_app.reports.facts import Document

CHIPS = ("inspection", "one-page", "notice", "recheck")
"""Papers of one visit, between which the panel switches."""
MAX_DPI = 600
"""A page of A4 at 1,200 dpi is 400 MB of pixels; 600 prints the same letters."""


@dataclass(frozen=True)
class _Paper:
    """What was drawn; `offers` are the kinds that can be had of the same subject, `is_issued` False waits for a number."""

    document: "Document"
    name: str
    offers: tuple[str, ...]
    is_issued: bool


class PreviewPanel(QWidget):
    """`open(inspection_id)` draws and shows, with a chip for each paper of the visit; `left` is its back button."""

    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._kind, self._subject = "inspection", ""
        self._asked = 0
        self._paper: _Paper | None = None
        self._bytes, self._buffer = QByteArray(), QBuffer(self)
        self.document = QPdfDocument(self)
        self.view = QPdfView(self)
        self.view.setObjectName("pdf")
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setDocument(self.document)
        self.view.setFrameShape(QPdfView.Shape.NoFrame)
        context.language.name(self.view, "documents.paper")
        self._pages, self._zoom = label("muted", name="page-count"), label("muted", name="zoom")
        self._note = label(wrap=True, name="missing-glyphs")
        self._wait, self._trouble = label("muted", name="drawing"), label("fail", wrap=True, name="preview-error")
        self._lay_out()
        context.language.changed.connect(self._on_language_changed)

    @property
    def is_ready(self) -> bool:
        """The paper is shown."""
        return self._stack.currentWidget() is self._shown

    def open(self, subject: str, kind: str = "inspection") -> None:
        """Draw a paper in the window's language: of a visit, of a Team's day, of the district (`printing.Wanted`)."""
        self._kind, self._subject = kind, subject
        self._asked += 1
        self._paper = None
        self._stack.setCurrentWidget(self._waiting)
        self._show_tools(False)
        job = partial(_draw, self._context.store, kind, subject, self._context.language.code)
        self._context.lanes.wide.run(job, partial(self._on_drawn, self._asked), partial(self._on_failed, self._asked))

    def _lay_out(self) -> None:
        language = self._context.language
        self.back = self._tool("arrow-left", "documents.back", "close-preview", self.left.emit, kind="")
        self.smaller = self._tool("minus", "documents.smaller", "zoom-out", partial(self._on_zoom, -1))
        self.larger = self._tool("plus", "documents.larger", "zoom-in", partial(self._on_zoom, 1))
        self.save = self._tool("file-down", "documents.save", "save-pdf", self._on_save, kind="")
        self.print = self._tool("printer", "documents.print", "print", self._on_print, kind="primary")
        self.issue = self._tool("check", "documents.issue", "issue", self._on_issue, kind="")
        self.issue.hide()
        self._chips = {kind: self._chip(kind) for kind in CHIPS}
        tools = (self.smaller, self._zoom, self.larger, self.issue, self.save, self.print)
        bar = row(self.back, *self._chips.values(), self._pages, 1, *tools)
        bar.setContentsMargins(24, 0, 24, 8)
        self._notice = card(self._note, margins=10, kind="notice")
        self._notice.hide()
        language.text(self._wait, "documents.drawing")
        for words in (self._wait, self._trouble):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._waiting, self._failed = holder(column(1, self._wait, 1)), holder(column(1, self._trouble, 1, margins=40))
        self._shown = holder(column(self.view, spacing=0))
        for each in (self._waiting, self._failed, self._shown):
            self._stack.addWidget(each)
        notice = column(self._notice)
        notice.setContentsMargins(24, 0, 24, 8)
        whole = column(bar, notice, self._stack, spacing=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self._show_tools(False)

    def _tool(self, icon: str, key: str, name: str, run: Callable[[], None], *, kind: str = "icon") -> QPushButton:
        made = button(kind, name=name)
        self._context.icons.put(made, icon, color="on_accent" if kind == "primary" else "ink")
        if kind == "icon":
            self._context.language.name(made, key)
            self._context.language.tip(made, key)
        else:
            self._context.language.text(made, key)
        made.clicked.connect(lambda: run())
        return made

    def _chip(self, kind: str) -> QPushButton:
        made = button("chip", name=f"paper-{kind}", checkable=True)
        self._context.language.text(made, f"documents_kind.{kind}")
        made.clicked.connect(lambda: self.open(self._subject, kind))
        made.hide()
        return made

    def _show_tools(self, is_ready: bool) -> None:
        for each in (self.smaller, self.larger, self.save, self.print):
            each.setEnabled(is_ready)
        self._zoom.setVisible(is_ready)
        self._pages.setVisible(is_ready)
        if not is_ready:
            self._notice.hide()

    def _on_drawn(self, asked: int, paper: _Paper) -> None:
        if asked != self._asked:
            return
        self._paper = paper
        self.document.close()
        self._buffer.close()
        self._bytes = QByteArray(paper.document.pdf)
        self._buffer.setData(self._bytes)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        self._stack.setCurrentWidget(self._shown)
        self._show_tools(True)
        self._say()
        self.view.setFocus()

    def _on_failed(self, asked: int, error: Exception) -> None:
        if asked == self._asked:
            self._context.notify.fail(error)
            self._context.language.text(self._trouble, "documents.failed")
            self._stack.setCurrentWidget(self._failed)

    def _say(self) -> None:
        if self._paper is None:
            return
        document = self._paper.document
        for kind, chip in self._chips.items():
            chip.setVisible(kind in self._paper.offers and len(self._paper.offers) > 1)
            chip.setChecked(kind == self._kind)
        self.issue.setVisible(not self._paper.is_issued)
        tr = self._context.language.tr
        self._pages.setText(tr("documents.pages", n=document.pages))
        self._notice.setVisible(bool(document.missing))
        self._note.setText(tr("documents.missing", n=len(document.missing), glyphs=" ".join(sorted(document.missing))))
        self._show_zoom()

    def _show_zoom(self) -> None:
        fits = self.view.zoomMode() is QPdfView.ZoomMode.FitToWidth
        words = "documents.fit_width" if fits else "documents.percent"
        self._zoom.setText(self._context.language.tr(words, n=round(self.view.zoomFactor() * 100)))

    def _on_zoom(self, by: int) -> None:
        fits = self.view.zoomMode() is QPdfView.ZoomMode.FitToWidth
        now = self._fitting() if fits else self.view.zoomFactor()
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(derive_zoom(now, by))
        self._show_zoom()

    def _fitting(self) -> float:
        """The factor that 'fit to width' amounts to now."""
        points = self.document.pagePointSize(0).width() or 595.0
        return self.view.viewport().width() / (points * self.view.logicalDpiX() / 72)

    def _on_save(self) -> None:
        if self._paper is None:
            return
        name = self._paper.name
        words = self._context.language.tr("documents.save")
        file, _ = QFileDialog.getSaveFileName(self, words, name, "PDF (*.pdf)")
        if file:
            path = Path(file if file.lower().endswith(".pdf") else f"{file}.pdf")
            job = partial(_write, self._context.store, self._kind, self._subject, self._context.language.code, path)
            self._context.lanes.wide.run(job, self._on_written)

    def _on_written(self, path: Path) -> None:
        self._context.notify.done("documents.saved", name=path.name)

    def _on_issue(self) -> None:
        """Give the paper its number; it is drawn again with it."""
        job = partial(_issue, self._context.store, self._kind, self._subject)
        self._context.lanes.write.run(job, self._on_issued)

    def _on_issued(self, touched: Touched) -> None:
        self._context.bulletin.announce(touched)
        self._context.notify.done("documents.issued")
        self.open(self._subject, self._kind)

    def _on_print(self) -> None:
        if self._paper is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._paper.name.removesuffix(".pdf"))
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, self.document.pageCount())
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_on(printer)
            job = partial(_vouch, self._context.store, self._kind, self._subject, self._context.language.code)
            self._context.lanes.write.run(job, self._context.bulletin.announce)

    def print_on(self, printer: QPrinter) -> None:
        """Every wanted page at the printer's resolution, as large as its paper allows."""
        printer.setFullPage(True)
        painter = QPainter()
        if not painter.begin(printer):
            self._context.notify.done("documents.printer_failed")
            return
        wanted = pages_wanted(self.document.pageCount(), printer.fromPage(), printer.toPage())
        for number, page in enumerate(wanted):
            if number:
                printer.newPage()
            self._print_page(painter, printer, page)
        painter.end()

    def _print_page(self, painter: QPainter, printer: QPrinter, page: int) -> None:
        points = self.document.pagePointSize(page)
        dpi = min(printer.resolution(), MAX_DPI)
        options = QPdfDocumentRenderOptions()
        is_grey = printer.colorMode() is QPrinter.ColorMode.GrayScale
        if is_grey:
            options.setRenderFlags(QPdfDocumentRenderOptions.RenderFlag.Grayscale)
        size = QSize(round(points.width() / 72 * dpi), round(points.height() / 72 * dpi))
        image = self.document.render(page, size, options)
        if is_grey:  # a quarter of the bytes, and no printer mixes its black of three colours
            image = image.convertToFormat(QImage.Format.Format_Grayscale8)
        paper = printer.paperRect(QPrinter.Unit.DevicePixel)
        place = place_on((image.width(), image.height()), (paper.width(), paper.height()), unreachable(printer))
        painter.drawImage(QRectF(*place), image)

    def _on_language_changed(self) -> None:
        if self._subject and self.isVisible():
            self.open(self._subject, self._kind)
        else:
            self._say()


def unreachable(printer: QPrinter) -> Edges:
    """Dots along the edges of the paper that the printer cannot reach."""
    layout = printer.pageLayout()
    layout.setUnits(QPageLayout.Unit.Inch)
    least, dots = layout.minimumMargins(), printer.resolution()
    return least.left() * dots, least.top() * dots, least.right() * dots, least.bottom() * dots


def _write(store: Store, kind: str, subject: str, language: str, path: Path) -> Path:
    """The file to hand over: archived and signed, unless it is a draft."""
    from inspector_app.operations import printing

    return write_file(path, printing.final(store, printing.Wanted(kind, subject), language))


def _vouch(store: Store, kind: str, subject: str, language: str) -> Touched:
    from inspector_app.operations import printing

    wanted = printing.Wanted(kind, subject)
    return printing.vouch(store, wanted, printing.gather(store, wanted, language))


def _draw(store: Store, kind: str, subject: str, language: str) -> _Paper:
    from inspector_app.operations import issuing, printing

    wanted = printing.Wanted(kind, subject)
    ready = printing.gather(store, wanted, language)
    offers = issuing.offered(store, subject) if kind in CHIPS else ()
    is_issued = kind not in issuing.NUMBERED or ready.frozen is not None
    return _Paper(printing.preview(ready), ready.name, offers, is_issued)


def _issue(store: Store, kind: str, subject: str) -> Touched:
    from inspector_app.operations import issuing

    return issuing.issue(store, subject, kind)[1]
