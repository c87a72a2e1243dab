"""Somebody else's answer came while the same field was being typed in: it is said, and theirs can be had back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from inspector_app.desktop.inspections.frame import VisitFrame
from inspector_app.desktop.inspections.state import Shown
from inspector_app.desktop.inspections.visiting import Visiting
from inspector_app.desktop.kit.context import Context

MOST = 60
"""Characters of their answer that a toast shows."""


class Crossing(QObject):
    """What is typed goes on and replaces theirs as soon as it is saved; nothing happens in silence."""

    def __init__(
        self, context: Context, frame: VisitFrame, visiting: Visiting, shown: Callable[[], Shown | None]
    ) -> None:
        super().__init__(frame)
        self._context, self._frame, self._visiting, self._shown = context, frame, visiting, shown
        visiting.renewed.connect(self._on_renewed)

    def _on_renewed(self, paths: frozenset[str]) -> None:
        for row in self._frame.checklist.rows():
            for path in row.typed_paths() & paths:
                self._say(row.id, path)

    def _say(self, item: str, path: str) -> None:
        theirs, name = self._visiting.value(path), self._visiting.author(path)
        undo = partial(self._take_theirs, item, path, theirs)
        text = theirs if len(theirs) <= MOST else f"{theirs[:MOST]}…"
        self._context.notify.done("inspections.crossed", name=name or "—", item=item, text=text, undo=undo)

    def _take_theirs(self, item: str, path: str, theirs: str) -> None:
        self._frame.checklist.flush()
        self._visiting.answer(item, {path: theirs})
