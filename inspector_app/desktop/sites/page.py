"""The sites page: the registry as a table that narrows while typing, details beside it, import by button or drop."""

from functools import partial
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from inspector_app.desktop.beginning import begin_visit
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.widgets.boxes import button, column, holder, row
from inspector_app.desktop.kit.widgets.empty_state import EmptyState
from inspector_app.desktop.kit.widgets.page_head import PageHead
from inspector_app.desktop.kit.widgets.table import Table
from inspector_app.desktop.sites.detail import SiteDetail, SiteFile, read_file
from inspector_app.desktop.sites.filters import SiteFilters
from inspector_app.desktop.sites.import_panel import ImportPanel
from inspector_app.desktop.sites.models import find_sites, site_model
from inspector_app.desktop.sites.state import Filter, is_registry_file
from inspector_app.domain.changeset import Touched


class SitesPage(QWidget):
    """`open(site_id)` puts the cursor on a Site."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._asked = 0
        self._wanted_id = ""
        self.setAcceptDrops(True)
        self.head = PageHead(context.language, "page.sites")
        self._import = button(name="import")
        context.icons.put(self._import, "file-down")
        context.language.text(self._import, "sites.import")
        self.head.buttons.addWidget(self._import)
        self.filters = SiteFilters(context)
        self.importing = ImportPanel(context)
        self._model = site_model(context)
        self.table = Table(self._model, context.theme, context.settings, "site_table")
        context.language.name(self.table, "sites.table")
        self.detail = SiteDetail(context)
        self.detail.hide()
        self._lay_out()
        self._wire()
        self._search()

    def open(self, wanted: str) -> None:
        """Show a Site, whatever narrows the list."""
        self._wanted_id = wanted
        if self.filters.wanted() != Filter():
            self.filters.clear()
        else:
            self._search()

    def _lay_out(self) -> None:
        icons, language = self._context.icons, self._context.language
        self._none = EmptyState(icons, language, "building-2")
        self._none.say("sites.none_title", "sites.none_text")
        self._none.offer("sites.import", self._on_import)
        self._nothing = EmptyState(icons, language, "search")
        self._nothing.say("sites.nothing_title", "sites.nothing_text")
        self._nothing.offer("sites.show_all", self.filters.clear)
        lists = row(self.table, self.detail, spacing=16)
        lists.setStretch(0, 1)
        self._stack = QStackedWidget()
        for each in (holder(lists), self._none, self._nothing):
            self._stack.addWidget(each)
        body = column(self.filters, self.importing, self._stack, spacing=12)
        body.setStretch(2, 1)
        body.setContentsMargins(24, 0, 24, 24)
        self.setLayout(column(self.head, body, spacing=0))

    def _wire(self) -> None:
        context = self._context
        action = context.actions.add(self, "sites.import_key", "Ctrl+I", self._on_import)
        context.actions.wear(self._import, action)
        start = context.actions.add(self, "sites.start", "Ctrl+Return", self._on_start_key)
        context.actions.wear(self.detail.start_button, start, run=False)
        self.filters.narrowed.connect(self._search)
        self.filters.search.returnPressed.connect(self._on_enter)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self._on_start)
        self.detail.started.connect(self._on_start)
        self.detail.continued.connect(self._on_continue)
        context.bulletin.follow(self, self._on_touched)
        context.language.changed.connect(self._on_language_changed)
        context.settings.name_order.changed.connect(self._search)

    def _search(self) -> None:
        self._asked += 1
        order = self._context.settings.name_order.get()
        job = partial(find_sites, self._context.store, self.filters.wanted(), order)
        self._context.lanes.wide.run(job, partial(self._on_found, self._asked))

    def _on_found(self, asked: int, found: tuple[list[str], int]) -> None:
        if asked != self._asked:
            return  # an answer to an older question
        ids, total = found
        kept = self._wanted_id or self.table.current_id()
        self._wanted_id = ""
        self._model.show_ids(ids)
        self._show_count(len(ids), total)
        self._stack.setCurrentIndex(0 if ids else 2 if total else 1)
        self.filters.setVisible(bool(total))
        if ids:
            self.table.choose(kept if kept in ids else ids[0] if self.filters.wanted().text else kept)

    def _show_count(self, shown: int, total: int) -> None:
        key = "sites.count_all" if shown == total else "sites.count"
        words = self._context.language.tr(key, n=total, shown=f"{shown:,}", total=f"{total:,}")
        self.head.say_where(words if total else "")

    def _on_enter(self) -> None:
        if self.table.current_id():
            self.table.setFocus()

    def _on_chosen(self, site_id: str) -> None:
        self.detail.setVisible(bool(site_id))
        if site_id:
            self._context.lanes.wide.run(partial(read_file, self._context.store, site_id), self._on_file)

    def _on_file(self, file: SiteFile | None) -> None:
        if file is not None and file.site.id == self.table.current_id():
            self.detail.show_file(file)

    def _on_start_key(self) -> None:
        if self.detail.isVisible():
            self.detail.start_button.click()

    def _on_start(self, site_id: str) -> None:
        job = partial(begin_visit, self._context.store, site_id, self.detail.form.form())
        self._context.lanes.write.run(job, self._on_started)

    def _on_started(self, begun: tuple[str, Touched]) -> None:
        inspection, touched = begun
        self._context.bulletin.announce(touched)
        self._context.go("inspection", inspection)

    def _on_continue(self, inspection: str) -> None:
        self._context.go("inspection", inspection)

    def _on_import(self) -> None:
        words = self._context.language.tr
        file, _ = QFileDialog.getOpenFileName(
            self, words("sites.import_key"), "", f"{words('sites.files')} (*.csv *.xlsx)"
        )
        if file:
            self.importing.run(Path(file))

    def _on_touched(self, touched: Touched) -> None:
        if touched.sites or touched.everything:
            self._search()
        elif touched.inspections or touched.findings or touched.sync:
            self._on_chosen(self.table.current_id())

    def _on_language_changed(self) -> None:
        self._model.refresh()
        self._search()
        self._on_chosen(self.table.current_id())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile() and is_registry_file(urls[0].toLocalFile()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.importing.run(Path(event.mimeData().urls()[0].toLocalFile()))
        event.acceptProposedAction()
