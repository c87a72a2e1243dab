"""The findings page: what must be put right, soonest first, with chips, search and the steps to closure beside.

Object names: chip-all chip-overdue chip-soon chip-recheck chip-closed · finding_table · report-mended close-finding
open-visit open-notice finding-error keep-open recheck-photo recheck-note finding-observation finding-requirement
"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from inspector_app.desktop.findings.detail import FindingDetail
from inspector_app.desktop.findings.models import Found, add_photo, find_findings, finding_model, read_finding
from inspector_app.desktop.findings.state import FILTERS, Filter, FindingFile
from inspector_app.desktop.inspections.thumbnails import Thumbnails
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.notify import sentence
from inspector_app.desktop.kit.widgets.boxes import column, holder, row
from inspector_app.desktop.kit.widgets.chips import Chips
from inspector_app.desktop.kit.widgets.empty_state import EmptyState
from inspector_app.desktop.kit.widgets.page_head import PageHead
from inspector_app.desktop.kit.widgets.search_field import SearchField
from inspector_app.desktop.kit.widgets.table import Table
from inspector_app.domain.changeset import Touched
from inspector_app.domain.errors import UserError
from inspector_app.operations import following_up

if TYPE_CHECKING:
    from inspector_app.desktop.documents.preview import PreviewPanel

MINUTE_MS = 60_000
"""What is overdue changes by itself."""


class FindingsPage(QWidget):
    """`open(finding_id)` puts the cursor on a Finding."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("ground")
        self._context = context
        self._asked = 0
        self._wanted_id = ""
        self.paper: PreviewPanel | None = None
        self.head = PageHead(context.language, "page.findings")
        self.search = SearchField(context.icons, context.language, "findings.search")
        self._chips = Chips(FILTERS, context.settings.word("findings/filter", "all"), self._chip_words)
        self._model = finding_model(context)
        self.table = Table(self._model, context.theme, context.settings, "finding_table")
        context.language.name(self.table, "findings.table")
        self.detail = FindingDetail(context, Thumbnails(context, self))
        self.detail.hide()
        self._lay_out()
        self._wire()
        self._search()

    def open(self, wanted: str) -> None:
        """Show a Finding, whatever narrows the list."""
        self._wanted_id = wanted
        self.search.clear()
        self._context.lanes.wide.run(partial(read_finding, self._context.store, wanted), self._on_wanted)

    def _lay_out(self) -> None:
        icons, language = self._context.icons, self._context.language
        self._none = EmptyState(icons, language, "shield-check")
        self._none.say("findings.none_title", "findings.none_text")
        self._nothing = EmptyState(icons, language, "search")
        self._nothing.say("findings.nothing_title", "findings.nothing_text")
        self._nothing.offer("findings.show_all", self._on_show_all)
        lists = row(self.table, self.detail, spacing=16)
        lists.setStretch(0, 1)
        self._stack = QStackedWidget()
        for each in (holder(lists), self._none, self._nothing):
            self._stack.addWidget(each)
        body = column(self.search, self._chips, self._stack, spacing=10)
        body.setStretch(2, 1)
        body.setContentsMargins(24, 0, 24, 24)
        self._whole = QStackedWidget()
        self._whole.addWidget(holder(body))
        self.setLayout(column(self.head, self._whole, spacing=0))

    def _wire(self) -> None:
        context = self._context
        self._chips.chosen.connect(self._search)
        self.search.searched.connect(self._search)
        self.search.returnPressed.connect(self.table.setFocus)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self._on_opened)
        self.detail.reported.connect(self._on_report)
        self.detail.closed.connect(self._on_close)
        self.detail.visit_wanted.connect(self._on_visit)
        self.detail.paper_wanted.connect(self._on_paper)
        self.detail.kept_open.connect(self._on_keep_open)
        self.detail.photo_wanted.connect(self._on_photo)
        context.bulletin.follow(self, self._on_touched)
        context.language.changed.connect(self._on_language_changed)
        context.theme.changed.connect(self._model.refresh)
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE_MS)
        self._minute.timeout.connect(self._on_minute)
        self._minute.start()

    def _chip_words(self, name: Filter, count: int) -> str:
        tr = self._context.language.tr
        return tr("findings.chip", words=tr(f"findings_filter.{name}"), n=count)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._search()

    def _search(self) -> None:
        self._asked += 1
        job = partial(find_findings, self._context.store, self._chips.current(), self.search.text().strip())
        self._context.lanes.wide.run(job, partial(self._on_found, self._asked))

    def _on_found(self, asked: int, found: Found) -> None:
        if asked != self._asked:
            return
        tr = self._context.language.tr
        self._chips.show_counts(found.counts)
        kept = self._wanted_id or self.table.current_id()
        self._wanted_id = ""
        self._model.show_ids(found.ids)
        has_any = any(found.counts.values()) or bool(self.search.text().strip())
        self._stack.setCurrentIndex(0 if found.ids else 2 if has_any else 1)
        self.head.say_where(tr("findings.count", n=len(found.ids)) if has_any else "")
        if kept in found.ids:
            self.table.choose(kept)

    def _on_wanted(self, file: FindingFile | None) -> None:
        """Switch to the chip under which the wanted Finding is listed."""
        if file is not None:
            is_done = file.finding.status in ("closed", "transferred", "withdrawn")
            self._chips.choose("closed" if is_done else "all")
        else:
            self._search()

    def _on_show_all(self) -> None:
        self.search.clear()
        self._chips.choose("all")

    def _on_chosen(self, finding_id: str) -> None:
        self.detail.setVisible(bool(finding_id))
        if finding_id:
            self._context.lanes.wide.run(partial(read_finding, self._context.store, finding_id), self._on_file)

    def _on_file(self, file: FindingFile | None) -> None:
        if file is not None and file.finding.id == self.table.current_id():
            self.detail.show_file(file)

    def _on_opened(self, finding_id: str) -> None:
        self._context.lanes.wide.run(partial(read_finding, self._context.store, finding_id), self._on_opened_file)

    def _on_opened_file(self, file: FindingFile | None) -> None:
        if file is not None:
            self._on_visit(file.finding.inspection)

    def _on_report(self, finding_id: str) -> None:
        job = partial(following_up.report_mended, self._context.store, finding_id)
        self._context.lanes.write.run(job, partial(self._on_done, "findings.reported"), self._on_refused)

    def _on_close(self, finding_id: str) -> None:
        job = partial(following_up.close, self._context.store, finding_id)
        self._context.lanes.write.run(job, partial(self._on_done, "findings.closed"), self._on_refused)

    def _on_keep_open(self, finding_id: str, note: str) -> None:
        job = partial(following_up.keep_open, self._context.store, finding_id, note)
        self._context.lanes.write.run(job, partial(self._on_done, "findings.kept_open"), self._on_refused)

    def _on_photo(self, finding_id: str) -> None:
        words = self._context.language.tr("findings.recheck_photo")
        file, _ = QFileDialog.getOpenFileName(self, words, "", "JPEG HEIC PNG (*.jpg *.jpeg *.heic *.png)")
        if file:
            job = partial(add_photo, self._context.store, finding_id, Path(file))
            done = partial(self._on_done, "findings.recheck_photo_added")
            self._context.lanes.write.run(job, done, self._on_refused)

    def _on_done(self, key: str, touched: Touched) -> None:
        self.detail.show_error("")
        self._context.bulletin.announce(touched)
        self._context.notify.done(key)

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.detail.show_error(sentence(error, self._context.language))
        else:
            self._context.notify.fail(error)

    def _on_visit(self, inspection_id: str) -> None:
        self._context.go("inspection", inspection_id)

    def _on_paper(self, inspection_id: str) -> None:
        """The Notice of the Finding's visit; QtPdf is loaded with the first paper."""
        if self.paper is None:
            from inspector_app.desktop.documents.preview import PreviewPanel

            self.paper = PreviewPanel(self._context)
            self.paper.left.connect(self._on_paper_left)
            self._whole.addWidget(self.paper)
        self._whole.setCurrentWidget(self.paper)
        self.paper.open(inspection_id, "notice")

    def _on_paper_left(self) -> None:
        self._whole.setCurrentIndex(0)

    def _on_touched(self, touched: Touched) -> None:
        if touched.findings or touched.sites or touched.everything:
            self._search()
            self._model.refresh()
            self._on_chosen(self.table.current_id())

    def _on_minute(self) -> None:
        if self.isVisible():
            self._search()

    def _on_language_changed(self) -> None:
        self._model.refresh()
        self._search()
        self._on_chosen(self.table.current_id())
