"""The way to the end of a visit: what is missing, the signature, the Result."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from inspector_app.desktop.inspections.frame import VisitFrame
from inspector_app.desktop.inspections.state import Lack, Shown
from inspector_app.desktop.inspections.visiting import Visiting
from inspector_app.desktop.kit.context import Context
from inspector_app.domain.inspection import Signing
from inspector_app.operations.inspecting import NotFinished


class Finishing(QObject):
    """Puts the right panel into the middle; `item_wanted` carries (Item id, what is missing there)."""

    item_wanted = Signal(str, str)

    def __init__(
        self, context: Context, frame: VisitFrame, visiting: Visiting, shown: Callable[[], Shown | None]
    ) -> None:
        super().__init__(frame)
        self._context, self._frame, self._visiting, self._shown = context, frame, visiting, shown
        frame.head.finish.clicked.connect(self.begin)
        frame.lacks.chosen.connect(self._on_lack)
        frame.sign.confirmed.connect(self._on_confirmed)
        visiting.finished.connect(self.show_outcome)
        visiting.not_finished.connect(self._on_not_finished)

    def begin(self) -> None:
        """Ask for what is missing or for the signature; a finished visit shows its Result."""
        shown = self._shown()
        if shown is None:
            return
        self._frame.show_preview(False)
        if shown.is_finished:
            self.show_outcome()
            return
        self._frame.checklist.flush()
        self._context.lanes.write.run(nothing, self._on_all_saved)

    def show_outcome(self) -> None:
        """The Result with its Findings."""
        shown = self._shown()
        if shown is not None:
            self._frame.outcome.show_state(shown)
            self._frame.show_panel(self._frame.outcome)

    def refresh(self, shown: Shown) -> None:
        """Whichever panel is open shows the newest state and language."""
        current = self._frame.centre.currentWidget()
        if current is self._frame.lacks:
            self._frame.lacks.show_lacks(shown.lacks)
        elif current is self._frame.sign:
            self._frame.sign.show_state(shown)
        elif current is self._frame.outcome and shown.is_finished:
            self._frame.outcome.show_state(shown)

    def _on_all_saved(self, done: None) -> None:
        shown = self._shown()
        if shown is None or self._visiting.failure is not None:
            return
        if shown.lacks:
            self._show_lacks(shown.lacks)
            return
        self._frame.sign.show_state(shown)
        self._frame.show_panel(self._frame.sign)
        self._frame.sign.begin()

    def _show_lacks(self, lacks: tuple[Lack, ...]) -> None:
        self._frame.lacks.show_lacks(lacks)
        self._frame.show_panel(self._frame.lacks)
        self._frame.lacks.focus_first()

    def _on_lack(self, lack: Lack) -> None:
        self._frame.show_items()
        if lack.what == "inspectors":
            self._frame.head.inspectors.setChecked(True)
        else:
            self.item_wanted.emit(lack.item, lack.what)

    def _on_confirmed(self, signing: Signing) -> None:
        self._visiting.finish(signing, self._frame.sign.pads.drawings())

    def _on_not_finished(self, error: Exception) -> None:
        shown = self._shown()
        self._frame.sign.set_busy(False)
        if isinstance(error, NotFinished) and shown is not None:
            self._show_lacks(shown.lacks)
        else:
            self._context.notify.fail(error)


def nothing() -> None:
    """Runs in the write lane after everything that was queued before it."""
