"""The form with which a laptop joins a hub: its address and a one-time code."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit

from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.notify import describe
from inspector_app.desktop.kit.widgets.boxes import button, column, label, row
from inspector_app.desktop.syncing.state import looks_complete
from inspector_app.domain.changeset import Touched
from inspector_app.operations import syncing
from inspector_app.operations.syncing import Joined

MAX_URL, MAX_CODE = 300, 80


class JoinCard(QFrame):
    """`joined` once the hub has accepted this laptop."""

    joined = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setProperty("kind", "card")
        title, text = label("section"), label("muted", wrap=True)
        context.language.text(title, "syncing.join_title")
        context.language.text(text, "syncing.join_text")
        self.url, self.code = QLineEdit(), QLineEdit()
        self.url.setObjectName("hub_url")
        self.code.setObjectName("hub_code")
        self.url.setMaxLength(MAX_URL)
        self.code.setMaxLength(MAX_CODE)
        context.language.hint(self.url, "syncing.url")
        context.language.hint(self.code, "syncing.code")
        self.error = label("fail", wrap=True, name="join_error")
        self.error.hide()
        self.button = button("primary", name="join")
        context.language.text(self.button, "syncing.join")
        context.icons.put(self.button, "link", color="on_accent")
        for field in (self.url, self.code):
            field.textChanged.connect(self._on_text_changed)
            field.returnPressed.connect(self._on_join)
        self.button.clicked.connect(self._on_join)
        fields = row(self.url, self.code, self.button, spacing=12)
        fields.setStretch(0, 3)
        fields.setStretch(1, 2)
        self.setLayout(column(title, text, fields, self.error, spacing=12, margins=20))
        self._on_text_changed()

    def _on_text_changed(self) -> None:
        self.button.setEnabled(looks_complete(self.url.text(), self.code.text()))
        self.error.hide()

    def _on_join(self) -> None:
        if not self.button.isEnabled():
            return
        self.setEnabled(False)
        job = partial(syncing.enroll, self._context.store, self.url.text(), self.code.text())
        self._context.lanes.wide.run(job, self._on_joined, self._on_failed)

    def _on_joined(self, joined: Joined) -> None:
        self.setEnabled(True)
        self.code.clear()
        self._context.notify.done("syncing.joined", team=f"{joined.team:02d}", letter=joined.letter)
        self._context.bulletin.announce(Touched(everything=True))
        self.joined.emit()

    def _on_failed(self, error: Exception) -> None:
        self.setEnabled(True)
        fault = describe(error, self._context.language)
        self.error.setText(" ".join(filter(None, (fault.title, fault.advice))))
        self.error.show()
