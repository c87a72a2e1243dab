"""Whose certificate signs papers: shown, and the organisation's own brought as a .p12 file with its password."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.widgets.boxes import button, column, label, row
from inspector_app.desktop.unlock.password_field import password_field
from inspector_app.operations import sealing
from inspector_app.store.certificate import CertificateFacts
from inspector_app.store.database import Store

_FILTERS = "(*.p12 *.pfx)"


class SignerField(QWidget):
    """One line of words and a button; a chosen file asks for its password in place."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._file: Path | None = None
        self._told: CertificateFacts | None = None
        self.words = label(wrap=True, name="signer")
        self.choose = button(name="choose_p12")
        context.icons.put(self.choose, "import")
        context.language.text(self.choose, "signer.import")
        self.password = password_field(context, "signer.password", "p12_password")
        self.use, self.leave = button("primary", name="use_p12"), button("quiet", name="leave_p12")
        context.language.text(self.use, "signer.use")
        context.language.text(self.leave, "signer.leave")
        self._ask = QWidget()
        asked = row(self.password, self.use, self.leave, spacing=8)
        asked.setStretch(0, 1)
        self._ask.setLayout(asked)
        self.setLayout(column(self.words, row(self.choose, 1), self._ask, spacing=10))
        self.choose.clicked.connect(self._on_choose)
        self.password.returnPressed.connect(self._on_use)
        self.use.clicked.connect(self._on_use)
        self.leave.clicked.connect(self._leave)
        context.language.changed.connect(self._say)
        self._leave()
        context.lanes.wide.run(partial(sealing.known_signer, context.store), self._on_told)

    def _on_told(self, told: CertificateFacts | None) -> None:
        self._told = told
        self._say()

    def _say(self) -> None:
        tr, told = self._context.language.tr, self._told
        if told is None:
            self.words.setText(tr("signer.none"))
        else:
            name = f"{told.name} · {told.organisation}" if told.organisation else told.name
            self.words.setText(tr("signer.now", name=name, day=str(told.ends.date())))

    def _on_choose(self) -> None:
        words = self._context.language.tr("signer.import")
        name, _ = QFileDialog.getOpenFileName(self, words, "", f"PKCS#12 {_FILTERS}")
        if name:
            self.take(Path(name))

    def take(self, file: Path) -> None:
        """Ask for the password of a file."""
        self._file = file
        self._ask.show()
        self.password.setFocus()

    def _leave(self) -> None:
        self._file = None
        self.password.clear()
        self._ask.hide()

    def _on_use(self) -> None:
        if self._file is not None:
            job = partial(_brought, self._context.store, self._file, self.password.text())
            self._context.lanes.write.run(job, self._on_brought)

    def _on_brought(self, told: CertificateFacts) -> None:
        self._leave()
        self._on_told(told)
        self._context.notify.done("signer.done", name=told.name)


def _brought(store: Store, file: Path, password: str) -> CertificateFacts:
    sealing.import_identity(store, file, password)
    return sealing.signs_with(store)
