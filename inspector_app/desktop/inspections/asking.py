"""The questions of a visit that belong to no Item: their answers, repeats and files on the way to the write lane."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from inspector_app.desktop.inspections.frame import VisitFrame
from inspector_app.desktop.inspections.question_files import QuestionFiles
from inspector_app.desktop.inspections.visiting import Visiting
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.questions.state import Sheet


class Asking(QObject):
    """`wanted` carries the question to go to after an instance came or went."""

    wanted = Signal(str)

    def __init__(self, context: Context, frame: VisitFrame, visiting: Visiting, files: QuestionFiles) -> None:
        super().__init__(frame)
        self._context, self._frame, self._visiting, self._files = context, frame, visiting, files
        view = frame.questions
        view.answered.connect(self._on_answered)
        view.file_given.connect(self._on_file_given)
        view.repeat_added.connect(visiting.add_repeat)
        view.repeat_removed.connect(visiting.remove_repeat)
        visiting.grown.connect(self._on_grown)
        visiting.shrunk.connect(self._on_shrunk)
        files.refused.connect(context.notify.fail)

    def go_to(self, path: str, *, take_focus: bool) -> None:
        """To a question; to the place of a repeat or group where the path names one."""
        view = self._frame.questions
        if view.go_to(path, take_focus):
            return
        near = next(_inside(view.sheet, path), "") or next(_inside(view.sheet, path.rpartition("/")[0]), "")
        if near:
            view.go_to(near, take_focus)

    def _on_answered(self, path: str, value: str) -> None:
        row = self._frame.questions.sheet.row(path)
        is_typing = row is not None and row.control.kind == "input"
        self._visiting.answer(path, {path: value}, is_typing=is_typing)

    def _on_file_given(self, path: str, file: object) -> None:
        if isinstance(file, tuple):
            name, source = file
            if isinstance(source, bytes | Path):
                self._files.take(path, str(name), source)

    def _on_grown(self, path: str) -> None:
        """The first question of the newest instance."""
        rows = [row for row in self._frame.questions.sheet.rows() if row.kind == "instance"]
        newest = next((row.key for row in reversed(rows) if row.key.rpartition("[")[0] == path), "")
        self.wanted.emit(next(_inside(self._frame.questions.sheet, newest), newest) if newest else path)

    def _on_shrunk(self, path: str) -> None:
        self._context.notify.done("inspections.instance_removed", undo=self._undo)

    def _undo(self) -> None:
        place = self._visiting.undo()
        if place:
            self.wanted.emit(place)


def _inside(sheet: Sheet, path: str) -> Iterator[str]:
    """Questions below a path, or of any instance of the repeat it names."""
    heads = (f"{path}/", f"{path}[")
    return (row.key for row in sheet.rows() if row.is_askable and row.key.startswith(heads))
