"""All Items of a visit: one lazily built section per Dimension, one current Item, and the search across all of them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget, QWidget

from inspector_app.desktop.inspections.item_row import ItemRow
from inspector_app.desktop.inspections.section import Section
from inspector_app.desktop.inspections.state import Row, Shown, matching, questions_matching
from inspector_app.desktop.inspections.thumbnails import Thumbnails
from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.icons import VERDICT_ICONS
from inspector_app.desktop.questions.state import Row as QuestionRow

MOST_ROWS = 150
"""Rows of widgets that stay while out of sight; a usual visit never has as many, one of 500 Items would take 200 MB of them."""


class ChecklistView(QStackedWidget):
    """`current_changed` carries the id of the Item that keys act on; `row_made` a new row to be connected."""

    current_changed = Signal(str)
    row_made = Signal(object)
    result_chosen = Signal(str)

    def __init__(self, kit: Kit, thumbnails: Thumbnails, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._kit, self._thumbnails, self._now = kit, thumbnails, now
        self._sections: dict[str, Section] = {}
        self._leaving: set[Section] = set()
        self._stale: set[str] = set()
        self._shown: Shown | None = None
        self._current = ""
        self._text = ""
        self.waiting: Callable[[str], int] = lambda item_id: 0
        self.learned: Callable[[str], Sequence[str]] = lambda item_id: ()
        self.results = QListWidget()
        self.results.setObjectName("search-results")
        self.results.setWordWrap(True)
        self.results.setFrameShape(QListWidget.Shape.NoFrame)
        kit.language.name(self.results, "inspections.search_results")
        self.results.itemClicked.connect(self.choose_result)
        self.results.itemActivated.connect(self.choose_result)
        self.addWidget(self.results)
        kit.language.changed.connect(self._on_language_changed)
        kit.theme.changed.connect(self.update)

    @property
    def current(self) -> str:
        """The Item that keys act on."""
        return self._current

    @property
    def is_searching(self) -> bool:
        """The list of matches covers the Items."""
        return bool(self._text)

    def forget(self) -> None:
        """Another visit comes: take all rows away."""
        for section in list(self._sections.values()):
            self.removeWidget(section)
            section.deleteLater()
        self._sections.clear()
        self._stale.clear()
        self._shown = None
        self._current = ""

    def show_state(self, shown: Shown) -> None:
        """Bring the Dimension in sight up to date; the others when somebody goes to them."""
        self._shown = shown
        for dimension, section in list(self._sections.items()):
            if section is self.currentWidget():
                self._bring(dimension)
            else:
                self._stale.add(dimension)
        if self._current and shown.find(self._current) is None:
            self.go_to(shown.flat[0].id if shown.flat else "")

    def go_to(self, item_id: str, *, take_focus: bool = False) -> ItemRow | None:
        """Make an Item the current one, in view; with `take_focus` its verdict has the focus."""
        row = self.row(item_id)
        if row is None:
            return None
        section = self._sections[self._dimension_of(item_id)]
        if self.currentWidget() is not section:
            self.setCurrentWidget(section)
        before = self.row(self._current) if self._current != item_id else None
        if before is not None:
            before.mark_current(False)
        is_new = self._current != item_id
        self._current = item_id
        row.mark_current(True)
        if take_focus:
            row.verdicts.focus_first()
        section.bring_into_view(item_id)
        QTimer.singleShot(0, section, lambda: section.bring_into_view(self._current))
        if is_new:
            QTimer.singleShot(0, self, self._make_room)
            self.current_changed.emit(item_id)
        return row

    def row(self, item_id: str) -> ItemRow | None:
        """The row of an Item, built now if need be."""
        dimension = self._dimension_of(item_id)
        return self._section(dimension).row(item_id) if dimension else None

    def flush(self) -> None:
        """Save now what is being typed anywhere."""
        for section in list(self._sections.values()):
            for row in section.rows():
                row.flush()

    def rows(self) -> list[ItemRow]:
        """Those that are built, of every Dimension."""
        return [row for section in self._sections.values() for row in section.rows()]

    def search(self, text: str) -> None:
        """Show the Items that match; '' returns to the Dimension."""
        self._text = text
        self.results.clear()
        if not text or self._shown is None:
            self.go_to(self._current)
            return
        for row in matching(self._shown.flat, text):
            self.results.addItem(self._result(row))
        for question in questions_matching(self._shown.sheet, text):
            self.results.addItem(self._question(question))
        self.results.setCurrentRow(0)
        self.setCurrentWidget(self.results)

    def move_in_results(self, by: int) -> None:
        """Up and down while searching."""
        row = self.results.currentRow() + by
        self.results.setCurrentRow(max(0, min(row, self.results.count() - 1)))

    def choose_result(self) -> None:
        """Take the match under the cursor."""
        item = self.results.currentItem()
        if item is not None:
            self.result_chosen.emit(str(item.data(Qt.ItemDataRole.UserRole)))

    def _result(self, row: Row) -> QListWidgetItem:
        item = QListWidgetItem(f"{row.id}  {row.text}")
        verdict = row.verdict.value if row.verdict else ""
        icon = VERDICT_ICONS.get(verdict, "circle-dashed")
        item.setIcon(self._kit.icons.icon(icon, color=verdict or "muted"))
        item.setData(Qt.ItemDataRole.UserRole, row.id)
        return item

    def _question(self, row: QuestionRow) -> QListWidgetItem:
        item = QListWidgetItem(row.state.label if row.state is not None else row.key)
        is_done = row.is_answered
        item.setIcon(
            self._kit.icons.icon("circle-check" if is_done else "circle-dashed", color="pass" if is_done else "muted")
        )
        item.setData(Qt.ItemDataRole.UserRole, row.key)
        return item

    def _section(self, dimension: str) -> Section:
        if dimension not in self._sections:
            self._sections[dimension] = Section(self._make, self._waiting_of)
            self.addWidget(self._sections[dimension])
            self._stale.add(dimension)
        if dimension in self._stale:
            self._bring(dimension)
        self._sections[dimension] = self._sections.pop(dimension)  # the last one asked for is the last to go
        return self._sections[dimension]

    def _make_room(self) -> None:
        """Take the Dimensions away that were left longest ago; what is typed in them is saved first."""
        for dimension, section in list(self._sections.items()):
            if len(self.rows()) <= MOST_ROWS or section is self.currentWidget():
                return
            for row in section.rows():
                row.flush()
            self.removeWidget(self._sections.pop(dimension))
            self._stale.discard(dimension)
            self._leaving.add(section)  # a widget in no layout goes with its last name, with all rows in one turn
            section.dissolved.connect(partial(self._leaving.discard, section))
            section.dissolve()

    def _bring(self, dimension: str) -> None:
        """What was asked of a Dimension that no longer applies shows nothing."""
        assert self._shown is not None
        self._stale.discard(dimension)
        self._sections[dimension].show_rows(self._shown.rows.get(dimension, ()), is_locked=self._shown.is_finished)

    def _make(self, shown: Row) -> ItemRow:
        row = ItemRow(self._kit, self._thumbnails, shown, self._now)
        row.learned = self.learned
        row.mark_current(shown.id == self._current)
        self.row_made.emit(row)
        return row

    def _waiting_of(self, item_id: str) -> int:
        return self.waiting(item_id)

    def _dimension_of(self, item_id: str) -> str:
        return self._shown.dimension_of(item_id) if self._shown else ""

    def _on_language_changed(self) -> None:
        for section in list(self._sections.values()):
            section.repeat()


def row_above(widget: QWidget | None) -> ItemRow | None:
    """The row a widget is in."""
    while widget is not None and not isinstance(widget, ItemRow):
        widget = widget.parentWidget()
    return widget
