"""Colleagues beside this laptop, without the hub: let them in for a while, or exchange with one who does."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.networks import networks
from inspector_app.desktop.kit.notify import describe
from inspector_app.desktop.kit.widgets.boxes import button, column, label, line, row
from inspector_app.domain.changeset import Touched
from inspector_app.domain.errors import WorldError
from inspector_app.operations import tabling
from inspector_app.sync.ports import RoundOutcome
from inspector_app.sync.table import Table

if TYPE_CHECKING:  # a web server is loaded when colleagues are let in, not before the first paint
    from inspector_app.table.server import TableServer


class TableCard(QFrame):
    """Closed until somebody opens it, and closed again with the window. `networks` gives (address, words)."""

    _came = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.networks = networks
        self.server: TableServer | None = None
        self.setProperty("kind", "card")
        title, text = label("section"), label("muted", wrap=True)
        context.language.text(title, "table.title")
        context.language.text(text, "table.text")
        self.open = button(name="table_open")
        self.open.clicked.connect(self._on_open)
        self._choice = QComboBox()
        context.language.name(self._choice, "table.network")
        head = row(column(title, text, spacing=2), self._choice, self.open, spacing=12)
        head.setStretch(0, 1)
        self._where, self._code = label("figure", name="table_where"), label("figure", name="table_code")
        self._told, self._shown = label("muted", wrap=True), QFrame()
        self.address, self.code = QLineEdit(), QLineEdit()
        self.visit, self.error = button(name="table_visit"), label("fail", wrap=True, name="table_error")
        context.language.text(self.visit, "table.visit")
        self.visit.clicked.connect(self._on_visit)
        self._shown.setLayout(self._open_part())
        self.setLayout(column(head, self._shown, line(), self._visiting_part(), self.error, spacing=16, margins=20))
        self._came.connect(self._on_came)
        context.language.changed.connect(self._show)
        self._on_text_changed()
        self._show()

    def _open_part(self) -> QVBoxLayout:
        """What colleagues have to type, and what came from them."""
        pairs = ((self._where, "table.address"), (self._code, "table.code"))
        told = []
        for figure, key in pairs:
            words = label("muted")
            self._context.language.text(words, key)
            told.append(column(words, figure, spacing=0))
        return column(row(*told, 1, spacing=48), self._told, spacing=8)

    def _visiting_part(self) -> QHBoxLayout:
        """Where one types what a colleague's laptop shows."""
        fields = ((self.address, "table_address", "table.type_address"), (self.code, "table_typed", "table.type_code"))
        for field, name, hint in fields:
            field.setObjectName(name)
            field.setMaxLength(80)
            self._context.language.hint(field, hint)
            field.textChanged.connect(self._on_text_changed)
            field.returnPressed.connect(self._on_visit)
        made = row(self.address, self.code, self.visit, spacing=12)
        made.setStretch(0, 3)
        made.setStretch(1, 2)
        return made

    def close_table(self) -> None:
        """Nobody is let in any more."""
        if self.server is not None:
            server, self.server = self.server, None
            server.stop()
        self._show()

    def _show(self) -> None:
        is_open = self.server is not None
        if not is_open:
            chosen = self._choice.currentData()
            self._choice.clear()
            for address, words in self.networks():
                self._choice.addItem(words, address)
            self._choice.setCurrentIndex(max(0, self._choice.findData(chosen)))
        self._choice.setVisible(not is_open and self._choice.count() > 1)
        self._context.language.text(self.open, "table.stop" if is_open else "table.open")
        self._shown.setVisible(is_open)
        if self.server is not None:
            self._where.setText(self.server.table.address)
            self._code.setText(self.server.table.code)

    def _on_open(self) -> None:
        self.error.hide()
        if self.server is not None:
            self.close_table()
            return
        from inspector_app.table.server import TableServer

        store = self._context.store
        try:
            address = self._choice.currentData()
            if not address:
                raise WorldError("table_listen", "This laptop is on no network.")
            server = TableServer(tabling.StoreHost(store, self._came.emit), (address, 0), tabling.who(store))
            server.start()
        except Exception as error:
            self._on_failed(error)
            return
        self.server = server
        self.destroyed.connect(partial(server.stop))
        self._context.language.text(self._told, "table.waiting")
        self._show()

    def _on_came(self, outcome: RoundOutcome) -> None:
        """A colleague's work was taken in, in the server's thread."""
        self._told.setText(self._context.language.tr("table.came", n=outcome.pulled, photos=outcome.blobs_down))
        self._context.bulletin.announce(outcome.touched | Touched(sync=True))

    def _on_text_changed(self) -> None:
        self.visit.setEnabled(bool(self.address.text().strip() and self.code.text().strip()))
        self.error.hide()

    def _on_visit(self) -> None:
        if self.visit.isEnabled():
            self.visit.setEnabled(False)
            job = partial(tabling.visit, self._context.store, Table(self.address.text(), self.code.text()))
            self._context.lanes.wide.run(job, self._on_visited, self._on_failed)

    def _on_visited(self, outcome: RoundOutcome) -> None:
        self._on_text_changed()
        done, up, down = self._context.notify.done, outcome.pushed, outcome.pulled
        done("table.done", up=up, down=down, photos_up=outcome.blobs_up, photos_down=outcome.blobs_down)
        self._context.bulletin.announce(outcome.touched | Touched(sync=True))

    def _on_failed(self, error: Exception) -> None:
        self._on_text_changed()
        fault = describe(error, self._context.language)
        self.error.setText(fault.title)
        self.error.show()
