"""The QR code a phone scans, where its pictures go, and how many came; it stands beside the work and stops nothing."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QDialog, QSizePolicy, QWidget

from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.boxes import button, column, label, row

EDGE, QUIET, WIDTH = 248, 4, 420


class QrPicture(QWidget):
    """Black on white in every theme, with its quiet zone."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._rows: tuple[tuple[bool, ...], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setObjectName("phone-code")
        kit.language.name(self, "phone.code")

    def show_code(self, rows: tuple[tuple[bool, ...], ...]) -> None:
        """Other modules."""
        self._rows = rows
        self.update()

    def sizeHint(self) -> QSize:
        edge = self._kit.theme.px(EDGE)
        return QSize(edge, edge)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(Qt.GlobalColor.white))
        unit = self.width() / (len(self._rows) + 2 * QUIET)
        for number, modules in enumerate(self._rows):
            for place, dark in enumerate(modules):
                if dark:
                    box = QRectF((place + QUIET) * unit, (number + QUIET) * unit, unit + 0.1, unit + 0.1)
                    painter.fillRect(box, QColor(Qt.GlobalColor.black))


class PhoneDialog(QDialog):
    """`network_chosen` carries an address; `stopped` ends the receiving, closing the window does not."""

    network_chosen = Signal(str)
    retried = Signal()
    stopped = Signal()

    def __init__(self, kit: Kit, parent: QWidget) -> None:
        super().__init__(parent)
        self._kit = kit
        self.setObjectName("phone-dialog")
        self.setModal(False)
        kit.language.title(self, "phone.title")
        self._steps, self._aim = label(wrap=True), label("strong", wrap=True, name="phone-aim")
        self._came, self._note = label("muted", wrap=True, name="phone-came"), label("caption", wrap=True)
        self._lost = label(wrap=True, name="phone-no-network")
        self.code = QrPicture(kit)
        self.networks = QComboBox()
        self.networks.setObjectName("phone-networks")
        kit.language.name(self.networks, "phone.network")
        self.networks.activated.connect(self._on_network)
        self._retry, self._stop = button("primary", name="phone-retry"), button("quiet", name="phone-stop")
        close = button(name="phone-close")
        self._close = close
        for each, words in ((self._retry, "phone.retry"), (self._stop, "phone.stop"), (close, "phone.close")):
            kit.language.text(each, words)
        for words, part in (("phone.steps", self._steps), ("phone.own_network", self._note)):
            kit.language.text(part, words)
        kit.language.text(self._lost, "phone.no_network")
        self._retry.clicked.connect(self.retried)
        self._stop.clicked.connect(self.stopped)
        close.clicked.connect(self.hide)
        whole = column(
            self._steps, self._lost, row(1, self.code, 1), self.networks, self._aim, self._came, self._note, 1,
            row(self._stop, 1, self._retry, close, spacing=8), spacing=12, margins=20,
        )  # fmt: skip
        self.setLayout(whole)
        self.setMinimumWidth(kit.theme.px(WIDTH))

    def show_link(self, rows: tuple[tuple[bool, ...], ...], networks: Sequence[tuple[str, str]], host: str) -> None:
        """The code, and the networks (address, words) to choose from; no rows = this computer is on no network."""
        self.code.show_code(rows)
        self.networks.clear()
        for address, words in networks:
            self.networks.addItem(words, address)
        self.networks.setCurrentIndex(max(0, self.networks.findData(host)))
        on = bool(rows)
        for part in (self._steps, self.code, self._aim, self._came, self._note, self._stop, self._close):
            part.setVisible(on)
        self.networks.setVisible(on and len(networks) > 1)
        for part in (self._lost, self._retry):
            part.setVisible(not on)
        self._fit()

    def show_state(self, title: str, phones: int, photos: int) -> None:
        """Where pictures go ('' = nowhere at the moment) and what came."""
        tr = self._kit.language.tr
        self._aim.setText(tr("phone.goes_to", title=title) if title else tr("phone.goes_nowhere"))
        self._came.setText(tr("phone.joined", phones=phones, photos=photos) if phones else tr("phone.waiting"))
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Room for every line at this width: a code that is cut off cannot be scanned."""
        layout = self.layout()
        if layout is not None:
            width = max(self.width(), layout.minimumSize().width())
            self.setMinimumHeight(layout.totalHeightForWidth(width))

    def _on_network(self, number: int) -> None:
        self.network_chosen.emit(self.networks.itemData(number))
