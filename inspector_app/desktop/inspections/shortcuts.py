"""What answers more than one Item at a press: the rest of a Dimension is fine, or as the last visit had it."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from inspector_app.desktop.inspections.frame import VisitFrame
from inspector_app.desktop.inspections.last_visit import LastVisit, read_last_visit, read_phrases
from inspector_app.desktop.inspections.state import Row, Shown
from inspector_app.desktop.inspections.visiting import Visiting
from inspector_app.desktop.kit.context import Context


class Shortcuts(QObject):
    """`wanted` carries the Item to go to. What it answers bears a mark until somebody judges the Item by itself."""

    wanted = Signal(str)

    def __init__(
        self, context: Context, frame: VisitFrame, visiting: Visiting, shown: Callable[[], Shown | None]
    ) -> None:
        super().__init__(frame)
        self._context, self._frame, self._visiting, self._shown = context, frame, visiting, shown
        self._last: LastVisit | None = None
        self._phrases: Mapping[str, Sequence[str]] = {}
        frame.checklist.learned = lambda item_id: self._phrases.get(item_id, ())
        frame.footer.rest_wanted.connect(self.pass_rest)
        frame.beside.take_over.clicked.connect(self.take_over)

    def begin(self, shown: Shown) -> None:
        """Another visit is open: read the one before it in the wide lane."""
        self._last = None
        job = partial(read_last_visit, self._context.store, shown.inspection)
        self._context.lanes.wide.run(job, partial(self._on_last, shown.inspection.id), _go_on_without)
        self._context.lanes.wide.run(partial(read_phrases, self._context.store), self._on_phrases, _go_on_without)

    def refresh(self) -> None:
        """How many Items the rest of this Dimension has, and what the last visit says of the current Item."""
        shown = self._shown()
        dimension = self._dimension()
        place = next((d for d in shown.dimensions if d.id == dimension), None) if shown else None
        can_change = shown is not None and not shown.is_finished
        self._frame.footer.show_rest(place.rest if place is not None and can_change else 0)
        row = self._row()
        last = self._last.of(row.path, row.note_path) if self._last is not None and row is not None else None
        self._frame.beside.show_last(last, can_take_over=can_change and row is not None and bool(self._values(row)))

    def pass_rest(self) -> None:
        """Everything still open in this Dimension passes, but what has to be looked at by itself."""
        shown, dimension = self._shown(), self._dimension()
        count = next((d.rest for d in shown.dimensions if d.id == dimension), 0) if shown else 0
        if shown is not None and count and not shown.is_finished:
            self._frame.checklist.flush()
            told = partial(self._on_many, "inspections.rest_done", count)
            self._visiting.pass_rest(self._frame.checklist.current, dimension, told)

    def take_over(self) -> None:
        """The current Item as the last visit had it: Verdict and note, never a number, a photo or a signature."""
        row, shown = self._row(), self._shown()
        values = self._values(row) if row is not None and shown is not None and not shown.is_finished else {}
        if row is not None and values:
            row_widget = self._frame.checklist.row(row.id)
            if row_widget is not None:
                row_widget.flush()
            self._visiting.take_over(row.id, values, _nobody_waits)

    def _on_last(self, inspection_id: str, last: LastVisit | None) -> None:
        if inspection_id == self._visiting.id:
            self._last = last
            self.refresh()

    def _on_phrases(self, phrases: Mapping[str, Sequence[str]]) -> None:
        self._phrases = phrases

    def _on_many(self, words: str, count: int, item_id: str) -> None:
        self._context.notify.done(words, undo=self._undo, n=count)
        shown = self._shown()
        rows = shown.rows.get(self._dimension(), ()) if shown else ()
        left = next((row.id for row in rows if row.verdict is None), item_id)
        self.wanted.emit(left)

    def _undo(self) -> None:
        place = self._visiting.undo()
        if place:
            self.wanted.emit(place)

    def _values(self, row: Row) -> dict[str, str]:
        """What taking over would write; {} when there is nothing, or nothing new."""
        last = self._last.of(row.path, row.note_path) if self._last is not None else None
        if last is None or last.verdict is None or (row.verdict is last.verdict and row.note == last.note):
            return {}
        return {row.path: last.verdict.value, row.note_path: last.note or row.note}

    def _row(self) -> Row | None:
        shown = self._shown()
        return shown.find(self._frame.checklist.current) if shown and not self._frame.is_asking else None

    def _dimension(self) -> str:
        shown = self._shown()
        return shown.dimension_of(self._frame.checklist.current) if shown and not self._frame.is_asking else ""


def _nobody_waits(item_id: str) -> None:
    """The row itself shows what was taken over."""


def _go_on_without(error: Exception) -> None:
    """The visit goes on without what was said before."""
