"""The forms page: what is installed, newest first, with versions and deeds beside; a workbook comes in by button or drop.

Object names: install-form · form_search · form_table
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from inspector_app.desktop.forms.detail import FormDetail
from inspector_app.desktop.forms.models import form_model
from inspector_app.desktop.forms.picking import dropped_form, pick_form
from inspector_app.desktop.forms.state import COMPARE, FILE, VERBS, FormLine, Wish, derive_lines, file_name
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.table_model import in_order
from inspector_app.desktop.kit.widgets.boxes import button, column, holder, row
from inspector_app.desktop.kit.widgets.empty_state import EmptyState
from inspector_app.desktop.kit.widgets.page_head import PageHead
from inspector_app.desktop.kit.widgets.search_field import SearchField
from inspector_app.desktop.kit.widgets.table import Table
from inspector_app.domain.changeset import Touched
from inspector_app.operations import offering
from inspector_app.operations.offering import Removed, Shelf

if TYPE_CHECKING:
    from inspector_app.desktop.documents.preview import PreviewPanel


class FormsPage(QWidget):
    """`open(form id or content hash)` puts the cursor on a form."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("ground")
        self._context = context
        self._asked = 0
        self._wanted = ""
        self._shelf = Shelf((), "")
        self._lines: dict[str, FormLine] = {}
        self.setAcceptDrops(True)
        self.head = PageHead(context.language, "page.forms")
        self._install = button("primary", name="install-form")
        context.icons.put(self._install, "plus", color="on_accent")
        context.language.text(self._install, "forms.install")
        self.head.buttons.addWidget(self._install)
        self.search = SearchField(context.icons, context.language, "forms.search")
        self.search.setObjectName("form_search")
        self._model = form_model(context, self._fetch)
        self.table = Table(self._model, context.theme, context.settings, "form_table")
        context.language.name(self.table, "forms.table")
        self.detail = FormDetail(context)
        self.paper: PreviewPanel | None = None
        self.detail.hide()
        self._lay_out()
        self._wire()
        self._read()

    def open(self, wanted: str) -> None:
        """Show a form, whatever narrows the list."""
        self._wanted = wanted
        self.search.clear()
        self._read()

    def _lay_out(self) -> None:
        icons, language = self._context.icons, self._context.language
        self._none = EmptyState(icons, language, "file-text")
        self._none.say("forms.none_title", "forms.none_text")
        self._none.offer("forms.install", self._on_install)
        self._nothing = EmptyState(icons, language, "search")
        self._nothing.say("forms.nothing_title", "forms.nothing_text")
        self._nothing.offer("forms.show_all", self.search.clear)
        lists = row(self.table, self.detail, spacing=16)
        lists.setStretch(0, 1)
        self._stack = QStackedWidget()
        for each in (holder(lists), self._none, self._nothing):
            self._stack.addWidget(each)
        body = column(self.search, self._stack, spacing=12)
        body.setStretch(1, 1)
        body.setContentsMargins(24, 0, 24, 24)
        self._whole = QStackedWidget()
        self._whole.addWidget(holder(column(self.head, body, spacing=0)))
        self.setLayout(column(self._whole, spacing=0))

    def _wire(self) -> None:
        context = self._context
        add = context.actions.add
        context.actions.wear(self._install, add(self, "forms.install", "Ctrl+I", self._on_install))
        add(self, VERBS["compare"], "C", partial(self.detail.wish, "compare"))
        add(self, VERBS["default"], "D", partial(self.detail.wish, "default"))
        add(self, VERBS["blank"], "Ctrl+P", partial(self.detail.wish, "blank"))
        add(self, VERBS["workbook"], "Ctrl+S", partial(self.detail.wish, "workbook"))
        self.search.searched.connect(self._show)
        self.search.returnPressed.connect(self.table.setFocus)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self._on_opened)
        self.detail.wished.connect(self._on_wished)
        context.bulletin.follow(self, self._on_touched)
        context.language.changed.connect(self._show)
        context.theme.changed.connect(self._model.refresh)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()

    def _read(self) -> None:
        """In the write lane: what an older program did not count is noted on the way."""
        self._asked += 1
        self._context.lanes.write.run(partial(offering.shelf, self._context.store), partial(self._on_read, self._asked))

    def _on_read(self, asked: int, shelf: Shelf) -> None:
        if asked == self._asked:
            self._shelf = shelf
            self._show()

    def _fetch(self, ids: Sequence[str]) -> Sequence[FormLine | None]:
        return in_order(ids, self._lines)

    def _show(self) -> None:
        lines = derive_lines(self._shelf, self.search.text())
        self._lines = {line.id: line for line in lines}
        kept, version = self.table.current_id(), self.detail.chosen_hash()
        if self._wanted:
            version, self._wanted = self._wanted, ""
            found = (line.id for line in lines if version == line.id or any(v.hash == version for v in line.versions))
            kept = next(found, kept)
        self._model.show_ids(list(self._lines))
        total = len({each.form_id for each in self._shelf.versions})
        self._stack.setCurrentIndex(0 if lines else 2 if total else 1)
        self.search.setVisible(bool(total))
        words = self._context.language.tr("forms.count", n=total, versions=len(self._shelf.versions))
        self.head.say_where(words if total else "")
        if lines:
            self.table.choose(kept if kept in self._lines else lines[0].id)
            self.detail.show_line(self._lines[self.table.current_id()], version)

    def _on_chosen(self, form_id: str) -> None:
        self.detail.setVisible(bool(form_id))
        if form_id:
            self.detail.show_line(self._lines[form_id])

    def _on_opened(self, form_id: str) -> None:
        self.detail.wish("preview")

    def _on_install(self) -> None:
        file = pick_form(self, self._context)
        if file is not None:
            self._context.go("form", f"{FILE}{file}")

    def _on_wished(self, wish: Wish) -> None:
        store, version = self._context.store, wish.version
        write = self._context.lanes.write.run
        match wish.verb:
            case "preview":
                self._context.go("form", version.hash)
            case "compare":
                self._context.go("form", f"{COMPARE}{version.hash}")
            case "default":
                write(partial(offering.choose_default, store, version.form_id), self._on_default)
            case "hide" | "show":
                is_hidden = wish.verb == "hide"
                done = partial(self._on_hidden, version.hash, is_hidden)
                write(partial(offering.retire, store, version.hash, is_hidden), done)
            case "remove":
                write(partial(offering.remove, store, version.hash), self._on_removed)
            case "blank":
                self._show_blank(version.hash)
            case "workbook" | "xform":
                self._save(wish)

    def _show_blank(self, form_hash: str) -> None:
        """The form to print and fill in by hand; QtPdf is loaded with the first paper."""
        if self.paper is None:
            from inspector_app.desktop.documents.preview import PreviewPanel

            self.paper = PreviewPanel(self._context)
            self.paper.left.connect(self._on_paper_left)
            self._whole.addWidget(self.paper)
        self._whole.setCurrentWidget(self.paper)
        self.paper.open(form_hash, "blank")

    def _on_paper_left(self) -> None:
        self._whole.setCurrentIndex(0)

    def _save(self, wish: Wish) -> None:
        title = self._context.language.tr(VERBS[wish.verb])
        chosen, _ = QFileDialog.getSaveFileName(self, title, file_name(wish.version, wish.verb))
        if chosen:
            kind: offering.Kind = "workbook" if wish.verb == "workbook" else "xform"
            job = partial(offering.export, self._context.store, wish.version.hash, kind, Path(chosen))
            self._context.lanes.wide.run(job, self._on_saved)

    def _on_saved(self, files: Sequence[Path]) -> None:
        self._context.notify.done("forms.saved", name=files[0].name, n=len(files) - 1)

    def _on_default(self, touched: Touched) -> None:
        self._context.bulletin.announce(touched)
        self._context.notify.done("forms.default_chosen")

    def _on_hidden(self, form_hash: str, is_hidden: bool, touched: Touched) -> None:
        self._context.bulletin.announce(touched)
        undo = partial(self._hide, form_hash, not is_hidden)
        self._context.notify.done("forms.hidden" if is_hidden else "forms.shown", undo=undo)

    def _hide(self, form_hash: str, is_hidden: bool) -> None:
        job = partial(offering.retire, self._context.store, form_hash, is_hidden)
        self._context.lanes.write.run(job, self._context.bulletin.announce)

    def _on_removed(self, removed: Removed) -> None:
        self._context.bulletin.announce(removed.touched)
        self._context.notify.done("forms.removed", undo=partial(self._put_back, removed))

    def _put_back(self, removed: Removed) -> None:
        job = partial(offering.put_back, self._context.store, removed)
        self._context.lanes.write.run(job, self._context.bulletin.announce)

    def _on_touched(self, touched: Touched) -> None:
        if touched.forms or touched.inspections or touched.everything:
            self._read()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_form(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        file = dropped_form(event)
        if file is not None:
            event.acceptProposedAction()
            self._context.go("form", f"{FILE}{file}")
