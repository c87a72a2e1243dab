"""Corrections of a sealed visit in its window: a button and a key begin one, the toast or its line takes it back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from inspector_app.desktop.inspections.amend_state import derive_parts
from inspector_app.desktop.inspections.following import Facts
from inspector_app.desktop.inspections.frame import VisitFrame
from inspector_app.desktop.inspections.item_row import ItemRow
from inspector_app.desktop.inspections.state import Shown
from inspector_app.desktop.inspections.visiting import Visiting
from inspector_app.desktop.kit.context import Context
from inspector_app.operations import amending


class Amending(QObject):
    """Puts the panel of corrections into the middle; a draft has none, its answers are changed themselves."""

    def __init__(
        self, context: Context, frame: VisitFrame, visiting: Visiting, shown: Callable[[], Shown | None]
    ) -> None:
        super().__init__(frame)
        self._context, self._frame, self._visiting, self._shown = context, frame, visiting, shown
        self._place = ""
        frame.amend.confirmed.connect(self._on_confirmed)
        frame.outcome.withdrawn.connect(self.withdraw)
        frame.centre.currentChanged.connect(self.refresh)
        page = frame.parentWidget() or frame
        action = context.actions.add(page, "visit.amend", "E", self.begin)
        context.actions.wear(frame.footer.amend, action, tip="visit.amend")
        self.refresh()

    def follow(self, row: ItemRow) -> None:
        """A new row: its corrections can be taken back there, parallel answers decided on their page."""
        row.withdrawn.connect(self.withdraw)
        row.decide_wanted.connect(lambda: self._context.go("conflicts", self._visiting.id))

    def refresh(self) -> None:
        """The button is there while the answers of a sealed visit are in sight."""
        shown = self._shown()
        self._frame.footer.amend.setVisible(shown is not None and shown.is_finished and self._frame.shows_items)

    def begin(self) -> None:
        """Correct the current Item or question."""
        shown, frame = self._shown(), self._frame
        place = frame.questions.current if frame.is_asking else frame.checklist.current
        parts = derive_parts(shown, place) if shown is not None and shown.is_finished and frame.shows_items else ()
        if shown is None or not parts:
            return
        self._place = place
        row = shown.find(place)
        frame.amend.begin(place if row else "", row.text if row else parts[0].label, parts)
        frame.show_panel(frame.amend)

    def withdraw(self, amendment: str) -> None:
        """Take a correction back that was not sent yet."""
        self._visiting.change(partial(amending.withdraw, amendment=amendment))

    def _on_confirmed(self, path: str, value: str, reason: str) -> None:
        visit = self._visiting.visit
        if visit is not None:
            deed = partial(amending.amend, path=path, value=value, reason=reason)
            self._visiting.change_of(visit, deed, partial(self._on_amended, path), self._context.notify.fail)

    def _on_amended(self, path: str, facts: Facts) -> None:
        self._frame.amend.left.emit()
        mine = (one.amendment.id for one in reversed(facts.corrections.lines) if one.path == path)
        self._context.notify.done("amend.done", undo=partial(self.withdraw, next(mine, "")))
