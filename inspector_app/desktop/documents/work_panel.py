"""Long work with papers: many PDFs into a folder, or an export; progress, cancel, and afterwards the folder to open."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.jobs import Token, set_aside
from inspector_app.desktop.kit.widgets.boxes import button, card, column, label, row
from inspector_app.desktop.kit.widgets.progress_panel import ProgressPanel
from inspector_app.store.database import Store

ENDINGS = ("xlsx", "json", "csv")


@dataclass(frozen=True)
class WorkDone:
    """How it went: the key of the sentence with its numbers, what failed, and the folder."""

    key: str
    count: int
    failed: tuple[str, ...]
    folder: Path


class WorkPanel(QWidget):
    """Hidden until something runs; one work at a time. What was written by a stopped batch is kept and not done again."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._token: Token | None = None
        self._done: WorkDone | None = None
        self._progress = ProgressPanel(context.language)
        self._words, self._failed = label("strong", wrap=True, name="work-done"), label("fail", wrap=True)
        self.open_folder, close = button(name="open-folder"), button("icon", name="close-work")
        context.icons.put(self.open_folder, "file-text")
        context.language.text(self.open_folder, "documents.open_folder")
        context.icons.put(close, "x", size=16)
        context.language.name(close, "window.close")
        context.language.tip(close, "window.close")
        self.open_folder.clicked.connect(self._on_open_folder)
        close.clicked.connect(self.hide)
        line = row(column(self._words, self._failed, spacing=2), self.open_folder, close, spacing=12)
        line.setStretch(0, 1)
        self._result = card(line, margins=12)
        layout = column(self._progress, self._result, spacing=0)
        layout.setContentsMargins(24, 0, 24, 12)
        self.setLayout(layout)
        self.hide()
        context.language.changed.connect(self._say)

    @property
    def is_running(self) -> bool:
        """Something is being written."""
        return self._token is not None

    def write_records(self, visits: Sequence[str]) -> None:
        """Ask for a folder and write the record of each visit into it."""
        words = self._context.language.tr("documents.choose_folder")
        folder = QFileDialog.getExistingDirectory(self, words) if visits and not self.is_running else ""
        if folder:
            job = partial(_write_records, self._context.store, tuple(visits), Path(folder), self._context.language.code)
            self._run("documents.writing", job)

    def export(self) -> None:
        """Ask for a file and write everything the user may see into it."""
        words = self._context.language.tr("documents.export")
        filters = "Excel (*.xlsx);;CSV (*.csv);;JSON (*.json)"
        name, chosen = (
            QFileDialog.getSaveFileName(self, words, "daowei.xlsx", filters) if not self.is_running else ("", "")
        )
        if name:
            job = partial(_export, self._context.store, derive_place(name, chosen), self._context.language.code)
            self._run("documents.exporting", job)

    def _run(self, title: str, job: Callable[[Token], WorkDone]) -> None:
        token = self._token = Token(self)
        token.progressed.connect(self._on_progressed)
        self._result.hide()
        self._progress.begin(title, token.cancel)
        self.show()
        set_aside()
        self._context.lanes.wide.run(partial(job, token), self._on_done, self._on_failed)

    def _on_progressed(self, facts: tuple[int, int]) -> None:
        done, total = facts
        self._progress.show_progress(done, total, f"{done:,} / {total:,}")

    def _on_done(self, done: WorkDone) -> None:
        self._over()
        self._done = done
        self._say()
        self._result.show()

    def _on_failed(self, error: Exception) -> None:
        self._over()
        self.hide()
        self._context.notify.fail(error)

    def _over(self) -> None:
        self._progress.end()
        if self._token is not None:
            self._token.deleteLater()
        self._token = None

    def _say(self) -> None:
        if self._done is not None:
            tr, done = self._context.language.tr, self._done
            self._words.setText(tr(f"documents_done.{done.key}", n=done.count))
            self._failed.setText(tr("documents.not_written", n=len(done.failed)))
            self._failed.setToolTip("\n".join(done.failed[:20]))
            self._failed.setVisible(bool(done.failed))
            self.open_folder.setVisible(done.count > 0)

    def _on_open_folder(self) -> None:
        if self._done is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._done.folder)))


def derive_place(name: str, chosen: str) -> Path:
    """The file with the ending that the chosen filter means, unless it has one of its own; CSV makes a folder."""
    path = Path(name)
    if path.suffix.lower().lstrip(".") in ENDINGS:
        return path
    ending = next((each for each in ENDINGS if f"*.{each}" in chosen), ENDINGS[0])
    return path.with_name(f"{path.name}.{ending}")


def _write_records(store: Store, visits: tuple[str, ...], folder: Path, language: str, token: Token) -> WorkDone:
    from inspector_app.operations import batching, printing

    wanted = [printing.Wanted("inspection", one) for one in visits]
    batch = batching.write_batch(
        store, wanted, folder, language=language, progress=token.report, cancelled=token.is_cancelled
    )
    key = "stopped" if token.is_cancelled() and len(batch.written) < len(visits) else "written"
    return WorkDone(key, len(batch.written), tuple(why for _, why in batch.failed), folder)


def _export(store: Store, place: Path, language: str, token: Token) -> WorkDone:
    from inspector_app.operations import exporting

    form = place.suffix.lower().lstrip(".")
    out = place.with_suffix("") if form == "csv" else place
    made = exporting.export(store, form, out, language=language, progress=token.report, cancelled=token.is_cancelled)
    key = "not_exported" if made.is_stopped else "exported"
    count = 0 if made.is_stopped else sum(made.rows.values())
    return WorkDone(key, count, (), out if form == "csv" else out.parent)
