"""A draft and the newer version of its form: found beside the answers, previewed, moved, undone."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QBoxLayout

from inspector_app.desktop.inspections.frame import VisitFrame
from inspector_app.desktop.inspections.moving_panel import MovingPanel
from inspector_app.desktop.inspections.version_bar import VersionBar
from inspector_app.desktop.inspections.visiting import Visiting
from inspector_app.desktop.kit.context import Context
from inspector_app.domain.changeset import Touched
from inspector_app.operations import moving
from inspector_app.operations.moving import Preview
from inspector_app.store.forms import Installed


class Versions(QObject):
    """Puts the bar under the head and the preview into the middle of the page."""

    def __init__(self, context: Context, frame: VisitFrame, visiting: Visiting) -> None:
        super().__init__(frame)
        self._context, self._frame, self._visiting = context, frame, visiting
        self._newer: Installed | None = None
        self._seen = ("", "", "")
        self.bar, self.panel = VersionBar(context), MovingPanel(context)
        layout = frame.layout()
        assert isinstance(layout, QBoxLayout)
        layout.insertWidget(1, self.bar)
        frame.centre.addWidget(self.panel)
        self.bar.looked.connect(self.preview)
        self.panel.confirmed.connect(self._on_confirmed)
        self.panel.left.connect(frame.show_items)
        visiting.opened.connect(self._on_changed)
        visiting.changed.connect(self._on_changed)
        visiting.moved.connect(self._on_moved)
        context.bulletin.touched.connect(self._on_touched)
        context.language.changed.connect(self._on_language_changed)

    def look(self) -> None:
        """Ask the store in the wide lane whether a newer version is installed."""
        visit = self._visiting.visit
        if visit is not None:
            job = partial(moving.newer_version, self._context.store, visit.inspection)
            self._context.lanes.wide.run(job, partial(self._on_found, visit.id), self._context.notify.fail)

    def preview(self) -> None:
        """Show what a move would mean, once everything typed is durable."""
        if self._newer is not None:
            self._frame.checklist.flush()
            self._frame.questions.flush()
            job = partial(
                moving.preview,
                self._context.store,
                self._visiting.id,
                self._newer.hash,
                language=self._context.language.code,
            )
            self._context.lanes.write.run(job, self._on_previewed, self._context.notify.fail)

    def _on_changed(self) -> None:
        visit = self._visiting.visit
        if visit is None:
            return
        seen = (visit.id, visit.inspection.form_hash, visit.inspection.status.value)
        if seen != self._seen:
            self._seen = seen
            self._show(None)
            self.look()

    def _on_touched(self, touched: Touched) -> None:
        if touched.forms or touched.everything:
            self.look()

    def _on_found(self, visit_id: str, newer: Installed | None) -> None:
        if visit_id == self._visiting.id:
            self._show(newer)

    def _show(self, newer: Installed | None) -> None:
        visit = self._visiting.visit
        self._newer = newer
        self.bar.show_version(newer, visit.inspection.form_version if visit else "")

    def _on_previewed(self, preview: Preview) -> None:
        self.panel.show_preview(preview)
        self._frame.show_panel(self.panel)

    def _on_confirmed(self) -> None:
        if self._newer is not None:
            self._visiting.move(self._newer.hash)

    def _on_moved(self, version: str) -> None:
        self._frame.show_items()
        self._context.notify.done("move.done", undo=self._undo, version=version)

    def _undo(self) -> None:
        self._visiting.undo()

    def _on_language_changed(self) -> None:
        if self._frame.centre.currentWidget() is self.panel:
            self.preview()
