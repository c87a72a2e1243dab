"""ODK's audit trail of the open visit, for forms that ask for it: what came on the screen, for how long, what became of it."""

import time
from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject

from inspector_app.checklists.sections import plain
from inspector_app.desktop.inspections.frame import VisitFrame
from inspector_app.desktop.inspections.state import Shown
from inspector_app.desktop.inspections.visiting import Visiting
from inspector_app.desktop.kit.context import Context
from inspector_app.operations import auditing
from inspector_app.xforms import Form
from inspector_app.xforms.audit import Audit

_TOGETHER = frozenset(["field-list", "table-list"])


class Trail(QObject):
    """Begun when a visit is opened, kept when it is left or finished. Made before whoever finishes a visit, for both
    are told of the signature and the trail belongs into the frozen submission."""

    def __init__(
        self, context: Context, frame: VisitFrame, visiting: Visiting, shown: Callable[[], Shown | None]
    ) -> None:
        super().__init__(frame)
        self._context, self._frame, self._visiting, self._shown = context, frame, visiting, shown
        self._audit: Audit | None = None
        self._visit = self._group = ""
        self._paths: tuple[str, ...] = ()
        self._lists: frozenset[str] = frozenset()
        self._is_away = False
        visiting.opened.connect(self._on_opened)
        visiting.changed.connect(self._on_changed)
        visiting.shrunk.connect(self._on_shrunk)
        visiting.save_failed.connect(partial(self._on_failed, "save error"))
        visiting.not_finished.connect(partial(self._on_failed, "finalize error"))
        visiting.finished.connect(self._on_finished)
        frame.questions.current_changed.connect(self._on_reached)
        frame.checklist.current_changed.connect(self._on_reached)
        frame.dimensions.chosen.connect(self._on_jump)
        frame.head.finish.clicked.connect(self._on_end)
        frame.sign.confirmed.connect(self._on_confirmed)

    def leave(self) -> None:
        """The visit goes out of sight: what happened so far is kept."""
        if self._audit is not None and not self._is_away:
            self._is_away = True
            self._audit.happened("form save")
            self._audit.happened("form exit")
            self._keep()

    def come_back(self) -> None:
        """The same visit is in sight again."""
        if self._audit is not None and self._is_away:
            self._is_away = False
            self._audit.happened("form resume")
            self._view(self._place())

    def _on_opened(self) -> None:
        """News of the same visit do not begin another trail."""
        visit = self._visiting.visit
        if visit is None or self._visiting.id == self._visit:
            return
        self._visit, self._audit, self._is_away = self._visiting.id, None, False
        begun = time.monotonic()
        job = partial(auditing.begin, self._context.store, visit, lambda: time.monotonic() - begun)
        self._context.lanes.wide.run(job, partial(self._on_begun, visit.id, visit.checklist.form))

    def _on_begun(self, visit_id: str, form: Form, audit: Audit | None) -> None:
        if visit_id != self._visit or audit is None:
            return
        self._audit, self._lists = audit, _field_lists(form)
        audit.happened("form resume" if audit.before else "form start")
        self._view(self._place())

    def _place(self) -> str:
        return self._frame.questions.current if self._frame.is_asking else self._frame.checklist.current

    def _on_reached(self, place: str) -> None:
        if self._audit is not None and not self._is_away:
            self._flush()
            self._view(place)

    def _view(self, place: str) -> None:
        """A question by its path, an Item by its id."""
        if self._audit is None or not place:
            return
        group = self._list_of(place)
        if group and group == self._group:
            return
        values = self._values(place, group)
        self._group, self._paths = group, tuple(values)
        if group:
            self._audit.view_group(group, values)
        else:
            self._audit.view_together(values)

    def _values(self, place: str, group: str) -> Mapping[str, str]:
        if group:
            inside = [row.key for row in self._frame.questions.sheet.rows() if row.key.startswith(f"{group}/")]
            return {path: self._visiting.value(path) for path in inside}
        shown = self._shown()
        item = None if place.startswith("/") or shown is None else shown.find(place)
        paths = [place] if item is None else [item.path, item.note_path, *(m.path for m in item.measures)]
        return {path: self._visiting.value(path) for path in paths if path.startswith("/")}

    def _list_of(self, place: str) -> str:
        """The field-list around a question, with its positions."""
        at = place.rpartition("/")[0]
        while at and plain(at) not in self._lists:
            at = at.rpartition("/")[0]
        return at

    def _on_changed(self) -> None:
        if self._audit is not None:
            for path in self._paths:
                self._audit.answered(path, self._visiting.value(path))

    def _on_shrunk(self, path: str) -> None:
        if self._audit is not None:
            self._audit.delete_repeat(path)
            self._group, self._paths = "", ()

    def _on_failed(self, event: str, error: Exception) -> None:
        self._happened(event)

    def _on_jump(self, dimension: str) -> None:
        self._flush()
        self._happened("jump")

    def _on_end(self) -> None:
        if self._audit is not None and not self._is_away:
            self._flush()
            self._audit.end_screen()
            self._group, self._paths = "", ()

    def _on_confirmed(self, signing: object) -> None:
        if self._audit is not None:
            self._happened("form finalize")
            self._keep()

    def _on_finished(self) -> None:
        """Nothing is written about a visit that is frozen."""
        self._audit = None

    def _happened(self, event: str) -> None:
        if self._audit is not None:
            self._audit.happened(event)
            self._group, self._paths = "", ()

    def _flush(self) -> None:
        """What is being typed belongs to what is left now."""
        if self._audit is not None:
            self._frame.questions.flush()
            self._frame.checklist.flush()

    def _keep(self) -> None:
        if self._audit is not None:
            self._visiting.change(partial(auditing.keep, text=self._audit.write()))


def _field_lists(form: Form) -> frozenset[str]:
    controls = (control for top in form.controls for control in top.walk())
    return frozenset(c.path for c in controls if c.kind in ("group", "repeat") and _TOGETHER & set(c.appearances))
