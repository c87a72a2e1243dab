"""A line under the head of a visit: two people changed the same thing, and somebody who knows should decide."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QBoxLayout, QWidget

from inspector_app.desktop.inspections.frame import VisitFrame
from inspector_app.desktop.inspections.visiting import Visiting
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.widgets.boxes import button, card, column, label, row
from inspector_app.domain.changeset import Touched
from inspector_app.operations import resolving


class ParallelBar(QWidget):
    """Its button `decide` opens the page where both values stand."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        icon, self._words = label(), label(wrap=True, name="parallel-edits")
        context.icons.put(icon, "triangle-alert", color="warn", size=16)
        self.decide = button("quiet", name="decide-edits")
        context.language.text(self.decide, "conflicts.decide")
        line = row(icon, self._words, self.decide, spacing=8)
        line.setStretch(1, 1)
        line.setContentsMargins(12, 2, 8, 2)
        outer = column(card(line, margins=0, kind="notice"), spacing=0)
        outer.setContentsMargins(16, 0, 16, 8)
        self.setLayout(outer)
        self.hide()

    def show_count(self, count: int) -> None:
        """0 takes the line away."""
        if count:
            self._context.language.text(self._words, "conflicts.visit", n=count)
        self.setVisible(count > 0)


class Parallels(QObject):
    """Counts the parallel edits of the open visit and puts the bar under its head."""

    def __init__(self, context: Context, frame: VisitFrame, visiting: Visiting) -> None:
        super().__init__(frame)
        self._context, self._visiting = context, visiting
        self._seen = ""
        self.bar = ParallelBar(context)
        layout = frame.layout()
        assert isinstance(layout, QBoxLayout)
        layout.insertWidget(1, self.bar)
        self.bar.decide.clicked.connect(lambda: context.go("conflicts", self._visiting.id))
        visiting.opened.connect(self._on_opened)
        context.bulletin.follow(frame, self._on_touched)

    def look(self) -> None:
        """Count in the wide lane."""
        visit = self._visiting.id
        job = partial(resolving.count, self._context.store, visit)
        self._context.lanes.wide.run(job, partial(self._on_counted, visit), self._context.notify.fail)

    def _on_opened(self) -> None:
        if self._visiting.id != self._seen:
            self._seen = self._visiting.id
            self.bar.show_count(0)
        self.look()

    def _on_touched(self, touched: Touched) -> None:
        if self._seen and (touched.everything or self._seen in touched.inspections or touched.sync):
            self.look()

    def _on_counted(self, visit: str, count: int) -> None:
        if visit == self._visiting.id:
            self.bar.show_count(count)
