"""A place to drop a PDF that came back: signed by whom, unchanged or not, and whether its record is the one kept here."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame

from inspector_app.desktop.documents.verify_state import derive_looks
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.widgets.boxes import button, column, label, row
from inspector_app.desktop.kit.widgets.flow import FlowLayout
from inspector_app.desktop.kit.widgets.pill import Pill
from inspector_app.store.database import Store

if TYPE_CHECKING:
    from inspector_app.reports.verifying import Verification


class VerifyPanel(QFrame):
    """`check(file)` looks at a file, offline; nothing of it is kept."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._found: tuple[str, Verification, int] | None = None
        self.setProperty("kind", "card")
        self.setAcceptDrops(True)
        self._title, self._detail = label("strong", wrap=True, name="verify-title"), label("muted", wrap=True)
        self._pills = [Pill(context.icons) for _ in range(4)]
        choose, close = button(name="choose-pdf"), button("icon", name="close-verify")
        context.icons.put(choose, "search")
        context.language.text(choose, "verify.choose")
        context.icons.put(close, "x", size=16)
        context.language.name(close, "window.close")
        context.language.tip(close, "window.close")
        choose.clicked.connect(self._on_choose)
        close.clicked.connect(self.hide)
        pills = FlowLayout(spacing=6)
        for pill in self._pills:
            pills.addWidget(pill)
        layout = row(column(self._title, self._detail, pills, spacing=6), choose, close, spacing=12, margins=16)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self._say()
        self.hide()
        context.language.changed.connect(self._say)

    def check(self, file: Path) -> None:
        """Look at a PDF."""
        job = partial(_check, self._context.store, file)
        self._context.lanes.wide.run(job, self._on_checked)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        file = _dropped(event)
        if file is not None:
            event.acceptProposedAction()
            self.check(file)

    def _on_choose(self) -> None:
        words = self._context.language.tr("verify.choose")
        file, _ = QFileDialog.getOpenFileName(self, words, "", "PDF (*.pdf)")
        if file:
            self.check(Path(file))

    def _on_checked(self, found: "tuple[str, Verification, int]") -> None:
        self._found = found
        self._say()
        self.show()

    def _say(self) -> None:
        tr = self._context.language.tr
        looks = derive_looks(*self._found[1:]) if self._found else ()
        count = self._found[2] if self._found else 0
        for at, pill in enumerate(self._pills):
            pill.setVisible(at < len(looks))
            if at < len(looks):
                tone, icon, key = looks[at]
                pill.show_state(tone, icon, tr(key, n=count) if key == "verify.corrected" else tr(key))
        if self._found is None:
            self._title.setText(tr("verify.title"))
            self._detail.setText(tr("verify.text"))
            return
        name, found, _ = self._found
        self._title.setText(name)
        signed = tr("verify.signed_by", name=found.signer) if found.signer else ""
        self._detail.setText(" · ".join(part for part in (signed, found.number) if part))


def _dropped(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
    return path if path is not None and path.suffix.lower() == ".pdf" else None


def _check(store: Store, file: Path) -> "tuple[str, Verification, int]":
    from inspector_app.operations import certifying

    found = certifying.check(file, store)
    return file.name, found, certifying.corrections(store, found.number)
