"""All visits, drafts first: chips, search by Site or number, Enter or a double click opens.

Object names: chip-all chip-draft chip-finished · visit_table · new-visit print-listed export verify-pdf
"""

from functools import partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from inspector_app.desktop.documents.verify_panel import VerifyPanel
from inspector_app.desktop.documents.work_panel import WorkPanel
from inspector_app.desktop.inspections.list_state import FILTERS, Filter
from inspector_app.desktop.inspections.models import Found, find_visits, finished_of, visit_model
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.widgets.boxes import button, column
from inspector_app.desktop.kit.widgets.chips import Chips
from inspector_app.desktop.kit.widgets.empty_state import EmptyState
from inspector_app.desktop.kit.widgets.page_head import PageHead
from inspector_app.desktop.kit.widgets.search_field import SearchField
from inspector_app.desktop.kit.widgets.table import Table
from inspector_app.domain.changeset import Touched


class InspectionsPage(QWidget):
    """`open(inspection_id)` puts the cursor on a visit."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("ground")
        self._context = context
        self._asked = 0
        self._wanted_id = ""
        self._listed: tuple[str, ...] = ()
        self.head = PageHead(context.language, "page.inspections")
        new = button("primary", name="new-visit")
        context.icons.put(new, "plus", color="on_accent")
        context.language.text(new, "inspections.new")
        new.clicked.connect(self._on_new)
        check = self._tool("shield-check", "verify.open", "verify-pdf")
        print_all = self._tool("printer", "documents.print_listed", "print-listed")
        export = self._tool("file-down", "documents.export", "export")
        for each in (check, print_all, export, new):
            self.head.buttons.addWidget(each)
        self.work, self.verify = WorkPanel(context), VerifyPanel(context)
        check.clicked.connect(self.verify.show)
        print_all.clicked.connect(self._on_print_listed)
        export.clicked.connect(self.work.export)
        self.search = SearchField(context.icons, context.language, "inspections.search_list")
        self._chips = Chips(FILTERS, context.settings.word("inspections/filter", "all"), self._chip_words)
        self._model = visit_model(context)
        self.table = Table(self._model, context.theme, context.settings, "visit_table")
        context.language.name(self.table, "inspections.table")
        self._lay_out()
        self._chips.chosen.connect(self._search)
        self.search.searched.connect(self._search)
        self.search.returnPressed.connect(self.table.setFocus)
        self.table.opened.connect(self._on_opened)
        context.bulletin.follow(self, self._on_touched)
        context.language.changed.connect(self._on_language_changed)
        context.theme.changed.connect(self._model.refresh)
        self._search()

    def open(self, wanted: str) -> None:
        """Show a visit, whatever narrows the list."""
        self._wanted_id = wanted
        self.search.clear()
        self._chips.choose("all")

    def _tool(self, icon: str, words: str, name: str) -> QPushButton:
        made = button("icon", name=name)
        self._context.icons.put(made, icon)
        self._context.language.name(made, words)
        self._context.language.tip(made, words)
        return made

    def _lay_out(self) -> None:
        icons, language = self._context.icons, self._context.language
        self._none = EmptyState(icons, language, "clipboard-check")
        self._none.say("inspections.none_title", "inspections.none_text")
        self._none.offer("inspections.new", self._on_new)
        self._nothing = EmptyState(icons, language, "search")
        self._nothing.say("inspections.nothing_title", "inspections.nothing_text")
        self._nothing.offer("inspections.show_all", self._on_show_all)
        self._stack = QStackedWidget()
        for each in (self.table, self._none, self._nothing):
            self._stack.addWidget(each)
        body = column(self.verify, self.search, self._chips, self._stack, spacing=10)
        body.setStretch(3, 1)
        body.setContentsMargins(24, 0, 24, 24)
        self.setLayout(column(self.head, self.work, body, spacing=0))

    def _chip_words(self, name: Filter, count: int) -> str:
        tr = self._context.language.tr
        return tr("inspections.chip", words=tr(f"inspections_filter.{name}"), n=count)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._search()

    def _search(self) -> None:
        self._asked += 1
        job = partial(find_visits, self._context.store, self._chips.current(), self.search.text().strip())
        self._context.lanes.wide.run(job, partial(self._on_found, self._asked))

    def _on_found(self, asked: int, found: Found) -> None:
        if asked != self._asked:
            return
        tr = self._context.language.tr
        self._chips.show_counts(found.counts)
        kept = self._wanted_id or self.table.current_id()
        self._wanted_id = ""
        self._model.show_ids(found.ids)
        self._listed = tuple(found.ids)
        is_narrowed = bool(self.search.text().strip()) or bool(found.counts["all"])
        self._stack.setCurrentIndex(0 if found.ids else 2 if is_narrowed else 1)
        self.head.say_where(tr("inspections.count", n=len(found.ids)) if is_narrowed else "")
        if kept in found.ids:
            self.table.choose(kept)

    def _on_show_all(self) -> None:
        self.search.clear()
        self._chips.choose("all")

    def _on_print_listed(self) -> None:
        """Every finished visit that the list shows, as it is narrowed now."""
        job = partial(finished_of, self._context.store, self._listed)
        self._context.lanes.wide.run(job, self.work.write_records)

    def _on_new(self) -> None:
        self._context.go("sites", None)

    def _on_opened(self, inspection_id: str) -> None:
        self._context.go("inspection", inspection_id)

    def _on_touched(self, touched: Touched) -> None:
        if touched.inspections or touched.sites or touched.everything:
            self._model.refresh()
            if self.isVisible():
                self._search()

    def _on_language_changed(self) -> None:
        self._model.refresh()
        self._search()
