"""Where photos and files are: to be sent, on a stick too, at the hub by its receipt; each that is not there yet by name."""

from functools import partial
from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QLabel

from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.widgets.boxes import button, column, empty_out, holder, label, line, row
from inspector_app.desktop.syncing.delivery_state import Waiting, derive_deliveries, stick_name
from inspector_app.domain.changeset import Touched
from inspector_app.domain.clock import iso
from inspector_app.operations import bundling, syncing
from inspector_app.operations.bundling import Written
from inspector_app.store.delivery import Deliveries
from inspector_app.sync.ports import RoundOutcome


class DeliveryCard(QFrame):
    """Hidden on a laptop that has not joined. Looks by itself when it is shown and whenever something was touched."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setProperty("kind", "card")
        title, text = label("section"), label("muted", wrap=True)
        context.language.text(title, "delivery.title")
        context.language.text(text, "delivery.text")
        self.write, self.read = button(name="stick_write"), button(name="stick_read")
        for made, icon, words in ((self.write, "usb", "delivery.write"), (self.read, "import", "delivery.read")):
            context.icons.put(made, icon)
            context.language.text(made, words)
        self.write.clicked.connect(self._on_write)
        self.read.clicked.connect(self._on_read)
        head = row(column(title, text, spacing=2), self.write, self.read, spacing=12)
        head.setStretch(0, 1)
        self._figures = [(label(), label("figure"), label("muted", wrap=True)) for _ in range(4)]
        self._left, self._more = label("strong", wrap=True, name="delivery_left"), label("muted")
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(16)
        self._lines.setVerticalSpacing(12)
        self._lines.setColumnStretch(1, 1)
        self._list = holder(column(line(), self._left, self._lines, self._more, spacing=8))
        self.setLayout(column(head, self._grid(self._figures), self._list, spacing=16, margins=20))
        context.bulletin.touched.connect(self.look)
        context.language.changed.connect(self.look)

    def _grid(self, figures: list[tuple[QLabel, QLabel, QLabel]]) -> QGridLayout:
        made = QGridLayout()
        made.setHorizontalSpacing(24)
        made.setVerticalSpacing(0)
        for number, (icon, figure, words) in enumerate(figures):
            pair = row(icon, figure, 1, spacing=8)
            made.addLayout(pair, 0, number)
            made.addWidget(words, 1, number)
            made.setColumnStretch(number, 1)
        return made

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look()

    def look(self, _: object = None) -> None:
        """Count afresh; costs nothing while the page is not looked at."""
        if self.isVisible():
            self._context.lanes.wide.run(partial(syncing.deliveries, self._context.store), self._on_counted)

    def _on_counted(self, found: Deliveries) -> None:
        shown, tr = derive_deliveries(found, self._context.language.code), self._context.language.tr
        for (icon, figure, words), place in zip(self._figures, shown.places, strict=True):
            self._context.icons.put(icon, place.icon, color=place.color, size=20)
            figure.setText(f"{place.n:,}")
            words.setText(tr(place.words))
        self._left.setText(tr("delivery.left", n=shown.left, size=shown.size))
        self._more.setText(tr("delivery.more", n=shown.more))
        self._more.setVisible(shown.more > 0)
        self._list.setVisible(shown.left > 0)
        empty_out(self._lines)
        for number, each in enumerate(shown.lines):
            self._add_line(number, each)

    def _add_line(self, number: int, one: Waiting) -> None:
        tr = self._context.language.tr
        icon, what, when, size, where = label(), label(wrap=True), label("muted"), label("muted"), label("caption")
        self._context.icons.put(icon, "usb" if one.stick else "monitor", color="muted", size=16)
        what.setText(one.what or tr("delivery.file"))
        when.setText(one.when)
        size.setText(one.size)
        where.setText(tr("delivery.on_stick", when=one.stick) if one.stick else tr("delivery.to_send"))
        for column_, each in enumerate((icon, what, when, size, where)):
            self._lines.addWidget(each, number, column_)

    def _on_write(self) -> None:
        store, tr = self._context.store, self._context.language.tr
        name = stick_name(store.me.team, syncing.letter(store), iso(store.clock())[:10])
        file, _ = QFileDialog.getSaveFileName(self, tr("delivery.write"), name, f"{tr('delivery.files')} (*.zip)")
        if file:
            self._busy(True)
            self._context.lanes.wide.run(partial(bundling.export, store, Path(file)), self._on_written, self._on_failed)

    def _on_written(self, written: Written) -> None:
        self._busy(False)
        moved = written.outcome
        self._context.notify.done("delivery.written", n=moved.pushed, photos=moved.blobs_up)
        self._context.bulletin.announce(Touched(sync=True))

    def _on_read(self) -> None:
        tr = self._context.language.tr
        file, _ = QFileDialog.getOpenFileName(self, tr("delivery.read"), "", f"{tr('delivery.files')} (*.zip)")
        if file:
            self._busy(True)
            job = partial(bundling.import_, self._context.store, Path(file))
            self._context.lanes.wide.run(job, self._on_taken, self._on_failed)

    def _on_taken(self, outcome: RoundOutcome) -> None:
        self._busy(False)
        self._context.notify.done("delivery.taken", n=outcome.pulled, photos=outcome.blobs_down)
        self._context.bulletin.announce(outcome.touched | Touched(sync=True))

    def _on_failed(self, error: Exception) -> None:
        self._busy(False)
        self._context.notify.fail(error)

    def _busy(self, is_busy: bool) -> None:
        for each in (self.write, self.read):
            each.setEnabled(not is_busy)
