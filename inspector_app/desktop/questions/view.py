"""FormView shows the Sheet of any filling, part by part, and says what was answered; it saves nothing itself."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.boxes import column
from inspector_app.desktop.questions.desk import Desk
from inspector_app.desktop.questions.editor import NEXT
from inspector_app.desktop.questions.files import Files
from inspector_app.desktop.questions.part_view import WIDEST, Line, PartView
from inspector_app.desktop.questions.question_row import QuestionRow
from inspector_app.desktop.questions.state import QUESTION, Part, Row, Sheet
from inspector_app.desktop.questions.structure_rows import StructureRow


class FormView(QWidget):
    """Paths carry positions; values are in XForm's lexical form; clearing a file is `answered(path, "")`.

    `file_given` carries (name, bytes | Path). `current_changed` tells the question keys act on, `part_shown` its Part.
    """

    answered = Signal(str, str)
    file_given = Signal(str, object)
    repeat_added = Signal(str)
    repeat_removed = Signal(str)
    current_changed = Signal(str)
    part_shown = Signal(str)

    def __init__(self, kit: Kit, files: Files, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = Desk(kit, files, now)
        self._sheet = Sheet()
        self._pending: Mapping[str, str] = {}
        self._is_locked = False
        self._part = self._current = ""
        self._stack = QStackedWidget()
        self._views: dict[str, PartView] = {}
        self.setLayout(column(self._stack, spacing=0))
        kit.language.changed.connect(self._on_language_changed)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    @property
    def current(self) -> str:
        """Path of the question that keys act on; '' before one was reached."""
        return self._current

    @property
    def part(self) -> str:
        """Key of the Part in sight."""
        return self._part

    @property
    def sheet(self) -> Sheet:
        """What is shown."""
        return self._sheet

    @property
    def is_whole(self) -> bool:
        """The Part in sight is completely built."""
        view = self._views.get(self._part)
        return view is None or view.is_whole

    def show_sheet(self, sheet: Sheet, *, pending: Mapping[str, str] | None = None, is_locked: bool = False) -> None:
        """Bring the Part in sight up to date; `pending` are answers by path that are not saved yet."""
        self._sheet, self._pending, self._is_locked = sheet, pending or {}, is_locked
        if sheet.part(self._part) is None and sheet.parts:
            self.show_part(sheet.parts[0].key)
        else:
            self._show()

    def show_part(self, key: str) -> None:
        """Turn to a Part."""
        if self._sheet.part(key) is None:
            return
        is_new = key != self._part
        if is_new and self._part in self._views:
            self._views[self._part].flush()
        self._part = key
        self._show()
        if is_new:
            self.part_shown.emit(key)

    def go_to(self, path: str, take_focus: bool = True) -> bool:
        """Turn to a question and bring it into sight; False when it is not shown (not relevant, unknown)."""
        part = self._sheet.part_of(path)
        if part is None:
            return False
        self.show_part(part.key)
        line = self._views[part.key].line(path)
        if line is None:
            return False
        self._be_current(path)
        if take_focus:
            line.take_focus()
        self._views[part.key].bring_into_view(path)
        return True

    def next_unanswered(self) -> bool:
        """Go to the next question without an answer, required or not, from the current one on and around."""
        asked = [row for row in self._sheet.rows() if row.is_askable]
        return self._go_to_first(asked, lambda row: not row.is_answered and not self._pending.get(row.key))

    def next_problem(self) -> bool:
        """Go to the next question that is missing or wrong."""
        return self._go_to_first(list(self._sheet.rows()), lambda row: row.is_missing or row.is_wrong)

    def step(self, way: int) -> bool:
        """Go to the next (1) or previous (-1) question that can be answered; False at the end."""
        rows = [row for row in self._sheet.rows() if row.is_askable or row.key == self._current]
        at = next((n for n, row in enumerate(rows) if row.key == self._current), -1 if way > 0 else len(rows))
        return 0 <= at + way < len(rows) and self.go_to(rows[at + way].key)

    def flush(self) -> None:
        """Save now what is being typed."""
        for view in self._views.values():
            view.flush()

    def line(self, path: str) -> Line | None:
        """The widget of a Row, built now if need be; turns no page."""
        part = self._sheet.part_of(path)
        if part is None:
            return None
        return self._view(part).line(path)

    def _go_to_first(self, rows: list[Row], is_wanted: Callable[[Row], bool]) -> bool:
        start = next((n + 1 for n, row in enumerate(rows) if row.key == self._current), 0)
        found = next((row for row in (*rows[start:], *rows[:start]) if is_wanted(row)), None)
        return found is not None and self.go_to(found.key)

    def _show(self) -> None:
        part = self._sheet.part(self._part)
        if part is None:
            return
        view = self._view(part)
        if self._stack.currentWidget() is not view:
            self._stack.setCurrentWidget(view)

    def _view(self, part: Part) -> PartView:
        view = self._views.get(part.key)
        if view is None:
            view = self._views[part.key] = PartView(self._make, self._desk.kit.theme.px(WIDEST))
            self._stack.addWidget(view)
        view.show_rows(self._rows(part), is_locked=self._is_locked)
        return view

    def _rows(self, part: Part) -> tuple[Row, ...]:
        if not self._pending:
            return part.rows
        return tuple(_with_value(row, self._pending.get(row.key)) for row in part.rows)

    def _make(self, row: Row) -> Line:
        if row.kind != QUESTION:
            made = StructureRow(self._desk, row)
            made.added.connect(self.repeat_added)
            made.removed.connect(self.repeat_removed)
            return made
        question = QuestionRow(self._desk, row)
        question.answered.connect(self.answered)
        question.given.connect(self.file_given)
        question.moved.connect(self._on_moved)
        question.touched.connect(self._on_touched)
        question.mark_current(row.key == self._current)
        return question

    def _be_current(self, path: str) -> None:
        if path == self._current:
            return
        for key, is_current in ((self._current, False), (path, True)):
            for view in self._views.values():
                for line in view.lines():
                    if line.key == key:
                        line.mark_current(is_current)
        self._current = path
        self.current_changed.emit(path)

    def _on_moved(self, path: str, way: object) -> None:
        if path != self._current:
            self._be_current(path)
        self.step(NEXT if way == NEXT else -1)

    def _on_touched(self, path: str) -> None:
        row = self._sheet.row(path)
        if row is not None and row.is_askable:
            self.go_to(path)

    def _on_focus_changed(self, old: QObject | None, new: QObject | None) -> None:
        at = new
        while isinstance(at, QWidget) and at is not self:
            if isinstance(at, QuestionRow):
                if self.isAncestorOf(at):
                    self._be_current(at.key)
                return
            at = at.parentWidget()

    def _on_language_changed(self) -> None:
        for view in self._views.values():
            view.say()


def _with_value(row: Row, value: str | None) -> Row:
    if value is None or row.state is None or row.state.value == value:
        return row
    return replace(row, state=replace(row.state, value=value))
