"""Importing a registry: progress while it runs, then what was taken and every refused row with its reason."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QTreeWidget, QTreeWidgetItem, QWidget

from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.jobs import Token
from inspector_app.desktop.kit.widgets.boxes import button, column, label, row
from inspector_app.desktop.kit.widgets.pill import Pill
from inspector_app.desktop.kit.widgets.progress_panel import ProgressPanel
from inspector_app.operations import registering
from inspector_app.operations.registering import ImportOutcome, Remark

MAX_LISTED = 2_000


class ImportPanel(QWidget):
    """`run(file)` imports in the wide lane, so that a visit can go on meanwhile. `imported` afterwards."""

    imported = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._token: Token | None = None
        self._progress = ProgressPanel(context.language)
        self._result = ImportResult(context)
        self.setLayout(column(self._progress, self._result, spacing=8))
        self.hide()
        self._result.closed.connect(self.hide)
        context.language.changed.connect(self._result.show_again)

    @property
    def is_running(self) -> bool:
        """One import at a time."""
        return self._token is not None

    def run(self, file: Path) -> None:
        """Import a .csv or .xlsx registry."""
        if self.is_running:
            return
        token = self._token = Token(self)
        token.progressed.connect(self._on_progressed)
        self._result.hide()
        self._progress.begin("sites.importing", token.cancel)
        self.show()
        job = partial(
            registering.import_registry,
            self._context.store,
            file,
            progress=token.report,
            cancelled=token.is_cancelled,
        )
        self._context.lanes.wide.run(job, self._on_done, self._on_failed)

    def _on_progressed(self, facts: tuple[int, int]) -> None:
        done, total = facts
        words = self._context.language.tr("sites.rows", done=f"{done:,}", total=f"{total:,}")
        self._progress.show_progress(done, total, words)

    def _on_done(self, outcome: ImportOutcome) -> None:
        self._over()
        self._result.show_outcome(outcome)
        self._context.bulletin.announce(outcome.touched)
        self.imported.emit()

    def _on_failed(self, error: Exception) -> None:
        self._over()
        self.hide()
        self._context.notify.fail(error)

    def _over(self) -> None:
        self._progress.end()
        if self._token is not None:
            self._token.deleteLater()
        self._token = None


class ImportResult(QFrame):
    """Counts as badges, refused and doubtful rows as a list."""

    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._outcome: ImportOutcome | None = None
        self.setProperty("kind", "card")
        self._title = label("strong", name="import_title")
        self._badges = [Pill(context.icons) for _ in range(4)]
        self._columns = label("caption", wrap=True)
        self._list = QTreeWidget()
        self._list.setObjectName("import_remarks")
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        self._list.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        context.language.name(self._list, "sites.remarks")
        close = button("icon", name="import_close")
        context.icons.put(close, "x", size=16)
        context.language.name(close, "window.close")
        context.language.tip(close, "window.close")
        close.clicked.connect(self._on_closed)
        top = row(self._title, *self._badges, 1, close, spacing=8)
        self.setLayout(column(top, self._columns, self._list, spacing=8, margins=12))
        self.hide()

    def show_outcome(self, outcome: ImportOutcome) -> None:
        """Fill and show."""
        self._outcome = outcome
        tr = self._context.language.tr
        self._title.setText(tr("sites.import_stopped" if outcome.cancelled else "sites.import_done"))
        counts = (
            ("pass", "plus", "sites.added", outcome.added),
            ("accent", "pen-line", "sites.changed", outcome.changed),
            ("na", "minus", "sites.unchanged", outcome.unchanged),
            ("fail", "circle-x", "sites.refused", len(outcome.refused)),
        )
        for badge, (tone, icon, words, count) in zip(self._badges, counts, strict=True):
            badge.show_state(tone if count else "na", icon, tr(words, n=count))
        self._columns.setText(tr("sites.unknown_columns", columns="、".join(outcome.unknown_columns)))
        self._columns.setVisible(bool(outcome.unknown_columns))
        self._fill(outcome.refused, outcome.warnings)
        self.show()

    def show_again(self) -> None:
        """The same in another language."""
        if self._outcome is not None and self.isVisible():
            self.show_outcome(self._outcome)

    def _fill(self, refused: Sequence[Remark], warnings: Sequence[Remark]) -> None:
        tr = self._context.language.tr
        self._list.clear()
        self._list.setVisible(bool(refused or warnings))
        self._list.setHeaderLabels([tr("sites.row"), tr("sites.column"), tr("sites.why")])
        marked = [(remark, "circle-x", "fail") for remark in refused]
        marked += [(remark, "triangle-alert", "warn") for remark in warnings]
        for remark, icon, color in marked[:MAX_LISTED]:
            item = QTreeWidgetItem([str(remark.row), remark.column, self._why(remark)])
            item.setIcon(0, self._context.icons.icon(icon, color=color, size=16))
            item.setToolTip(2, remark.message)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self._list.addTopLevelItem(item)
        self._list.setColumnWidth(0, self._context.theme.px(96))
        self._list.setColumnWidth(1, self._context.theme.px(160))
        self._list.setFixedHeight(self._context.theme.px(40 + 30 * min(max(len(marked), 1), 5)))

    def _why(self, remark: Remark) -> str:
        key = f"remark.{remark.why}"
        return self._context.language.tr(key) if self._context.language.knows(key) else remark.message

    def _on_closed(self) -> None:
        self._outcome = None
        self.hide()
        self.closed.emit()
