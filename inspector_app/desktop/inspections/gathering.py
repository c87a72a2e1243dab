"""Pictures for the current Item from a watched folder or the laptop's camera: offered, many at once, stopped when wished."""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from inspector_app.desktop.inspections.frame import VisitFrame
from inspector_app.desktop.inspections.pictures import picture_of
from inspector_app.desktop.inspections.state import Row, Shown
from inspector_app.desktop.inspections.taking import Taking
from inspector_app.desktop.inspections.watching import FolderWatch
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.questions.camera import take_picture
from inspector_app.domain.errors import UserError

_DEVICES = Path("/dev")


class Gathering(QObject):
    """`given` carries an Item and pictures, as a drop would."""

    given = Signal(str, object)

    def __init__(self, context: Context, frame: VisitFrame, taking: Taking, shown: Callable[[], Shown | None]) -> None:
        super().__init__(frame)
        self._context, self._frame, self._taking, self._shown = context, frame, taking, shown
        self._total = 0
        self.watch = FolderWatch(context, self)
        self.watch.changed.connect(self.refresh)
        bar = frame.offer
        bar.accepted.connect(self._on_accepted)
        bar.passed.connect(self.watch.take)
        bar.stopped.connect(taking.stop)
        bar.unwatched.connect(self.watch.stop)
        frame.watch_button.clicked.connect(self.choose_folder)
        frame.capture_button.clicked.connect(self.capture)
        frame.checklist.current_changed.connect(self.refresh)
        context.language.changed.connect(self.refresh)

    def choose_folder(self) -> None:
        """Once per visit; another choice takes its place."""
        words = self._context.language.tr("offer.choose")
        folder = QFileDialog.getExistingDirectory(self._frame, words)
        if folder:
            self.watch.watch(Path(folder))

    def capture(self) -> None:
        """One picture of the laptop's camera for the current Item; without a camera one clear sentence."""
        row = self._row()
        if row is None or row.photo_rule == "forbidden":
            return
        why = why_no_camera()
        if why is not None:
            self._context.notify.fail(why)
            return
        taken = take_picture(self._frame, self._context)
        if taken:
            self.given.emit(row.id, [("", taken)])

    def refresh(self) -> None:
        """The bar and the two buttons as they are to look now."""
        bar, row, shown = self._frame.offer, self._row(), self._shown()
        is_open = shown is not None and not shown.is_finished
        may_take = row is not None and row.photo_rule != "forbidden" and is_open
        self._frame.watch_button.setEnabled(is_open)
        self._frame.capture_button.setEnabled(may_take)
        busy = self._taking.in_all
        self._total = max(self._total, busy) if busy else 0
        if self._total > 1:
            bar.show_progress(self._total - busy, self._total)
        elif self.watch.folder is not None and is_open:
            name = self.watch.folder.name or str(self.watch.folder)
            bar.show_offer(name, len(self.watch.offered), row.id if row else "", may_take=may_take)
        else:
            bar.hide()

    def _row(self) -> Row | None:
        shown = self._shown()
        return shown.find(self._frame.checklist.current) if shown is not None else None

    def _on_accepted(self) -> None:
        row = self._row()
        if row is not None:
            self.given.emit(row.id, [picture_of(file) for file in self.watch.take()])


def why_no_camera(devices: Path = _DEVICES) -> UserError | None:
    """The sentence where no picture can be taken here: no camera, or no multimedia part of Qt; else None."""
    missing = UserError("camera_missing", "This computer has no camera; take the photo with a phone and drop it here.")
    if sys.platform == "linux" and not any(devices.glob("video*")):
        return missing
    try:
        from PySide6.QtMultimedia import QMediaDevices
    except ImportError:
        return UserError(
            "multimedia_missing", "The camera part of this program is not installed; add the photo as a file."
        )
    return None if QMediaDevices.videoInputs() else missing
