"""The page of the letterhead: fields at the left, at the right the paper as it would look, drawn again with each change.

Object names: letterhead_<field> choice_<value> toggle_<section> save_letterhead · keys: Ctrl+S saves.
"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from inspector_app.desktop.documents.sheet import Sheet
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.notify import sentence
from inspector_app.desktop.kit.widgets.boxes import button, card, column, holder, label, row, scroller
from inspector_app.desktop.kit.widgets.page_head import PageHead
from inspector_app.desktop.preferences.letterhead_fields import LetterheadFields
from inspector_app.desktop.preferences.letterhead_state import WIDE_FROM, derive_status, wants_remedies
from inspector_app.domain.changeset import Touched
from inspector_app.domain.errors import DaoweiError
from inspector_app.operations import letterhead, sealing
from inspector_app.operations.letterhead import Organisation
from inspector_app.store.database import Store

if TYPE_CHECKING:  # the text engine is imported in the lane
    from inspector_app.reports.facts import Document

SHOWN = ("inspection", "one-page", "notice")
PAUSE_MS = 250


class LetterheadPage(QWidget):
    """What is typed is a draft until it is saved; the preview shows the draft."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._kept, self._may = Organisation(), True
        self._kind, self._asked, self._wants_paper = SHOWN[0], 0, False
        self.head = PageHead(context.language, "page.letterhead")
        self.fields = LetterheadFields(context)
        self.sheet = Sheet()
        self.sheet.view.setObjectName("letterhead_paper")
        context.language.name(self.sheet.view, "documents.paper")
        self._trouble = label("fail", wrap=True, name="letterhead_trouble")
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._soon.timeout.connect(self.draw)
        self._lay_out()
        self.fields.changed.connect(self._on_changed)
        self.fields.logo.offered.connect(self._on_logo_offered)
        self.fields.logo.removed.connect(lambda: self.fields.take(logo=b""))
        context.language.changed.connect(self._on_language_changed)
        context.actions.add(self, "letterhead.save", "Ctrl+S", self._on_save)
        context.bulletin.follow(self, self._on_touched)
        self._look()

    def draw(self) -> None:
        """The paper of the draft, in the window's language."""
        self._asked += 1
        job = partial(_draw, self._context.store, self.fields.draft, self._kind, self._context.language.code)
        self._context.lanes.wide.run(
            job, partial(self._on_drawn, self._asked), partial(self._on_not_drawn, self._asked)
        )

    def _lay_out(self) -> None:
        self.back = self._button("", "arrow-left", "letterhead.back", "leave_letterhead")
        self.save = self._button("primary", "check", "letterhead.save", "save_letterhead")
        self.undo = self._button("icon", "undo-2", "letterhead.undo", "undo_letterhead")
        self.flip = self._button("chip", "eye", "letterhead.preview", "flip_letterhead")
        self.flip.setCheckable(True)
        self.back.clicked.connect(partial(self._context.go, "preferences", None))
        self.save.clicked.connect(self._on_save)
        self.undo.clicked.connect(self._on_undo)
        self.flip.clicked.connect(self._fit)
        for each in (self.back, self.flip, self.undo, self.save):
            self.head.buttons.addWidget(each)
        self._kinds = {kind: self._chip(kind) for kind in SHOWN}
        self._note = card(self._trouble, margins=10, kind="error")
        note = column(self._note)
        note.setContentsMargins(24, 0, 24, 8)
        inside = column(self.fields)
        inside.setContentsMargins(24, 0, 16, 24)
        self._form = scroller(holder(inside))
        chips = row(*self._kinds.values(), 1)
        chips.setContentsMargins(0, 0, 24, 8)
        self._paper = holder(column(chips, self.sheet, spacing=0))
        self._paper.setMinimumWidth(self._context.theme.px(330))
        both = row(self._form, self._paper, spacing=0)
        both.setStretch(0, 6)
        both.setStretch(1, 5)
        whole = column(self.head, note, both, spacing=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self._fit()

    def _button(self, kind: str, icon: str, key: str, name: str) -> QPushButton:
        made = button(kind, name=name)
        self._context.icons.put(made, icon, color="on_accent" if kind == "primary" else "ink")
        if kind == "icon":
            self._context.language.name(made, key)
            self._context.language.tip(made, key)
        else:
            self._context.language.text(made, key)
        return made

    def _chip(self, kind: str) -> QPushButton:
        made = button("chip", name=f"letterhead-{kind}", checkable=True)
        self._context.language.text(made, f"documents_kind.{kind}")
        made.setChecked(kind == self._kind)
        made.clicked.connect(lambda: self._on_kind(kind))
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        """Side by side where there is room, else one of the two."""
        is_wide = self.width() >= self._context.theme.px(WIDE_FROM)
        self.flip.setVisible(not is_wide)
        self._form.setVisible(is_wide or not self.flip.isChecked())
        self._paper.setVisible(is_wide or self.flip.isChecked())

    def _on_language_changed(self) -> None:
        self._trouble.clear()
        self._say()
        self.draw()

    def _look(self) -> None:
        self._context.lanes.wide.run(partial(_read, self._context.store), self._on_read)

    def _on_read(self, found: tuple[Organisation, bool]) -> None:
        is_draft = self.fields.draft != self._kept
        self._kept, self._may = found
        if not is_draft:
            self.fields.show_draft(self._kept)
        self.fields.setEnabled(self._may)
        self._say()
        self.draw()

    def _on_touched(self, touched: Touched) -> None:
        if touched.everything or touched.sync:
            self._look()

    def _on_changed(self) -> None:
        self._trouble.clear()
        self._say()
        self._soon.start()

    def _on_kind(self, kind: str) -> None:
        self._kind = kind
        for each, chip in self._kinds.items():
            chip.setChecked(each == kind)
        self.draw()

    def _on_logo_offered(self, file: Path) -> None:
        job = partial(_with_logo, self.fields.draft, file)
        self._context.lanes.wide.run(job, self._on_logo, self._on_refused)

    def _on_logo(self, what: Organisation) -> None:
        self.fields.take(logo=what.logo)

    def _on_save(self) -> None:
        if self._may and self.fields.draft != self._kept:
            job = partial(letterhead.save, self._context.store, self.fields.draft)
            self._context.lanes.write.run(job, self._on_saved, self._on_refused)

    def _on_saved(self, touched: Touched) -> None:
        self._kept = self.fields.draft
        self._say()
        self._context.notify.done("letterhead.done")
        self._context.bulletin.announce(touched)

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, DaoweiError):
            self._trouble.setText(sentence(error, self._context.language))
            self._say()
        else:
            self._context.notify.fail(error)

    def _on_undo(self) -> None:
        self.fields.show_draft(self._kept)
        self._on_changed()

    def _say(self) -> None:
        draft = self.fields.draft
        is_changed = self._may and draft != self._kept
        tr = self._context.language.tr
        self.head.say_where(tr(derive_status(self._kept, draft, may_change=self._may)))
        if wants_remedies(draft) and not self._trouble.text():
            self._trouble.setText(tr("error.organisation_remedies"))
        self._note.setVisible(bool(self._trouble.text()))
        self.save.setEnabled(is_changed)
        self.undo.setEnabled(is_changed)

    def _on_drawn(self, asked: int, document: "Document") -> None:
        if asked == self._asked:
            self.sheet.show_pdf(document.pdf)

    def _on_not_drawn(self, asked: int, error: Exception) -> None:
        if asked == self._asked:
            self._on_refused(error)


def _read(store: Store) -> tuple[Organisation, bool]:
    return letterhead.current(store), letterhead.may_change(store)


def _with_logo(what: Organisation, file: Path) -> Organisation:
    return letterhead.with_logo(what, sealing.read_bounded(file))


def _draw(store: Store, what: Organisation, kind: str, language: str) -> "Document":
    from inspector_app.operations.specimen import specimen

    return specimen(store, what, kind, language)
