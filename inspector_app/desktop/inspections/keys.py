"""The keys of the visit page: most act on the current Item, none while a text field wants the letter itself."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from inspector_app.desktop.inspections.frame import VisitFrame
from inspector_app.desktop.inspections.item_row import ItemRow
from inspector_app.desktop.inspections.pictures import clipboard_pictures
from inspector_app.desktop.inspections.state import Row, Shown, next_open, step
from inspector_app.desktop.inspections.verdict_buttons import VerdictButton
from inspector_app.desktop.inspections.visiting import Visiting
from inspector_app.desktop.kit.actions import Actions

OF_ITEMS = (
    "visit.pass", "visit.fail", "visit.na", "visit.clear", "visit.next", "visit.enter", "visit.previous",
    "visit.photo", "visit.hide", "visit.note", "visit.deadline", "visit.paste", "visit.rest", "visit.last",
)  # fmt: skip
"""Keys that mean something else, or nothing, while questions outside the Items are in the middle."""


class VisitKeys(QObject):
    """What keys do to the page; signals carry what the page does the same way for the mouse.

    `wanted` carries the Item or the question to go to.
    """

    answered = Signal(str, str, str)
    photos_wanted = Signal(str)
    photos_given = Signal(str, object)
    wanted = Signal(str)
    rest_wanted = Signal()
    last_wanted = Signal()
    hide_wanted = Signal(str)

    def __init__(self, frame: VisitFrame, visiting: Visiting, shown: Callable[[], Shown | None]) -> None:
        super().__init__(frame)
        self._frame, self._visiting, self._shown = frame, visiting, shown
        self._of_items: list[QAction] = []

    def bind(self, actions: Actions, page: QWidget, preview: Callable[[], None]) -> Mapping[str, QAction]:
        """Every key of the page by the last part of its words' key."""
        bindings: tuple[tuple[str, str, Callable[[], None]], ...] = (
            ("visit.pass", "1", lambda: self.verdict("pass")),
            ("visit.fail", "2", lambda: self.verdict("fail")),
            ("visit.na", "3", lambda: self.verdict("na")),
            ("visit.clear", "0 / Backspace", lambda: self.verdict("")),
            ("visit.next", "Down", lambda: self.step(1)),
            ("visit.enter", "Return / Enter", self.enter),
            ("visit.previous", "Up / Shift+Return / Shift+Enter", lambda: self.step(-1)),
            ("visit.unanswered", "Ctrl+Return / Ctrl+Enter", self.next_unanswered),
            ("visit.photo", "P", self.photo),
            ("visit.hide", "H", self.hide),
            ("visit.note", "N", self.note),
            ("visit.deadline", "F", self.deadline),
            ("visit.rest", "A", lambda: self._ask(self.rest_wanted)),
            ("visit.last", "L", lambda: self._ask(self.last_wanted)),
            ("visit.undo", "Ctrl+Z", self.undo),
            ("visit.redo", "Ctrl+Y / Ctrl+Shift+Z", self.redo),
            ("visit.paste", "Ctrl+V", self.paste),
            ("visit.print", "Ctrl+P", preview),
        )
        bound = {words: actions.add(page, words, keys, run) for words, keys, run in bindings}
        self._of_items = [bound[words] for words in OF_ITEMS]
        self._frame.answers.currentChanged.connect(self._on_turned)
        return bound

    def _on_turned(self) -> None:
        """A question takes digits, arrows and Enter itself."""
        for action in self._of_items:
            action.setEnabled(not self._frame.is_asking)

    def verdict(self, value: str) -> None:
        """1, 2, 3, and 0 to take it away, on the current Item."""
        row = self._current()
        if row is not None:
            self.answered.emit(row.id, row.path, value)

    def step(self, by: int) -> None:
        """The next or previous Item, or match while searching."""
        shown = self._shown()
        if self._frame.checklist.is_searching:
            self._frame.checklist.move_in_results(by)
        elif self._frame.shows_items and shown:
            self._go(step(shown.flat, self._frame.checklist.current, by))

    def enter(self) -> None:
        """The next field of the Item, the next Item, or the match under the cursor; a button or a name is its own."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QAbstractButton) and not isinstance(focused, VerdictButton):
            focused.click()
            return
        if focused is self._frame.inspectors.field:
            self._frame.inspectors.add()
            return
        if self._frame.centre.currentWidget() is self._frame.sign:
            self._frame.sign.enter()
            return
        checklist = self._frame.checklist
        if checklist.is_searching:
            checklist.choose_result()
            return
        row = self._row()
        if row is None or not row.next_field():
            self.step(1)

    def next_unanswered(self) -> None:
        """The next Item without a Verdict or question without an answer, beginning again at the top."""
        shown = self._shown()
        if shown:
            self._frame.show_items()
            self._go(next_open(shown, self.current(), self._visiting.pending))

    def current(self) -> str:
        """The Item, or the path of the question, that keys act on."""
        return self._frame.questions.current if self._frame.is_asking else self._frame.checklist.current

    def photo(self) -> None:
        """Choose pictures for the current Item."""
        row = self._current()
        if row is not None and row.photo_rule != "forbidden" and not row.is_full:
            self.photos_wanted.emit(row.id)

    def hide(self) -> None:
        """Hide faces, numbers or names on the newest picture of the current Item."""
        row = self._current()
        if row is not None and row.photos:
            self.hide_wanted.emit(row.photos[-1].id)

    def note(self) -> None:
        """Begin the note of the current Item."""
        row = self._row()
        if row:
            row.open_note()

    def deadline(self) -> None:
        """Change the Deadline of the current Item if it failed."""
        row = self._row()
        if row:
            row.open_deadline()

    def undo(self) -> None:
        """Take back the last answer and go to its Item."""
        if self._can_change():
            self._frame.checklist.flush()
            self._frame.questions.flush()
            self._go(self._visiting.undo())

    def redo(self) -> None:
        """Make it again."""
        if self._can_change():
            self._go(self._visiting.redo())

    def paste(self) -> None:
        """Pictures of the clipboard for the current Item."""
        row = self._current()
        if row is not None:
            self.photos_given.emit(row.id, clipboard_pictures())

    def _ask(self, asked: SignalInstance) -> None:
        if self._current() is not None:
            asked.emit()

    def _go(self, place: str) -> None:
        if place:
            self.wanted.emit(place)

    def _can_change(self) -> bool:
        shown = self._shown()
        return self._frame.shows_items and shown is not None and not shown.is_finished

    def _current(self) -> Row | None:
        """The current Item if it can be changed now."""
        shown = self._shown()
        if shown is None or not self._can_change() or self._frame.is_asking or self._frame.checklist.is_searching:
            return None
        return shown.find(self._frame.checklist.current)

    def _row(self) -> ItemRow | None:
        return self._frame.checklist.row(self._frame.checklist.current) if self._current() else None
