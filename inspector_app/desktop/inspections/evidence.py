"""Photos of the open visit beyond taking them in: looked at in large, marked on a copy, removed with undo."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from inspector_app.desktop.inspections.frame import VisitFrame
from inspector_app.desktop.inspections.state import Row, Shown
from inspector_app.desktop.inspections.taking import Taking
from inspector_app.desktop.kit.context import Context
from inspector_app.domain.photo import Mark, Photo


class Evidence(QObject):
    """Wires the viewer of the page to what takes pictures."""

    def __init__(self, context: Context, frame: VisitFrame, taking: Taking, shown: Callable[[], Shown | None]) -> None:
        super().__init__(frame)
        self._context, self._frame, self._taking, self._shown = context, frame, taking, shown
        frame.viewer.removed.connect(self._on_removed)
        frame.viewer.retouched.connect(self._on_retouched)

    def open_photo(self, photo_id: str) -> None:
        """One picture in large, its Item's others beside it."""
        shown, found = self._shown(), self._row_of(photo_id)
        if shown is not None and found is not None:
            self._frame.viewer.show_photos(found.photos, photo_id, is_locked=shown.is_finished)
            self._frame.show_panel(self._frame.viewer)
            self._frame.viewer.setFocus()

    def hide(self, photo_id: str) -> None:
        """Begin to hide parts of a picture at once, as whoever has just taken it wants."""
        self.open_photo(photo_id)
        self._frame.viewer.begin_retouch("hide")

    def refresh(self) -> None:
        """The visit changed: what the viewer shows may have got a copy."""
        viewer = self._frame.viewer
        found = self._row_of(viewer.photo.id) if viewer.photo is not None and viewer.isVisible() else None
        if found is not None:
            viewer.refresh(found.photos)

    def _row_of(self, photo_id: str) -> Row | None:
        shown = self._shown()
        rows = shown.flat if shown is not None else ()
        return next((row for row in rows if any(photo.id == photo_id for photo in row.photos)), None)

    def _on_removed(self, photo_id: str) -> None:
        self._taking.remove(photo_id)
        self._frame.viewer.left.emit()
        self._context.notify.done("inspections.photo_removed", undo=partial(self._taking.restore, photo_id))

    def _on_retouched(self, photo: Photo, marks: tuple[Mark, ...]) -> None:
        self._taking.retouch(photo, marks)
        self._context.notify.done("retouch.saved", undo=partial(self._undo, photo))

    def _undo(self, photo: Photo) -> None:
        """The marks it had before, on the picture as it is now."""
        found = self._row_of(photo.id)
        now = next((each for each in found.photos if each.id == photo.id), None) if found is not None else None
        if now is not None:
            self._taking.retouch(now, photo.marks)
