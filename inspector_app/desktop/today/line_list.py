"""A card with a title and rows that open something, each with a badge; says so when there is nothing."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout

from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.widgets.boxes import button, column, empty_out, label, row
from inspector_app.desktop.kit.widgets.elided import ElidedLabel
from inspector_app.desktop.kit.widgets.pill import Pill
from inspector_app.desktop.today.state import Line


class LineList(QFrame):
    """`opened` carries the id of the row that was pressed; `title` and `nothing` are catalogue keys."""

    opened = Signal(str)

    def __init__(self, context: Context, title: str, nothing: str) -> None:
        super().__init__()
        self._context, self._nothing = context, nothing
        self.setProperty("kind", "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        head = label("section")
        context.language.text(head, title)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        top = row(head)
        top.setContentsMargins(8, 0, 8, 0)
        whole = column(top, self._rows, spacing=8)
        whole.setContentsMargins(12, 20, 12, 12)
        self.setLayout(whole)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Replace the rows."""
        empty_out(self._rows)
        if not lines:
            nothing = label("muted", wrap=True)
            nothing.setText(self._context.language.tr(self._nothing))
            nothing.setContentsMargins(8, 4, 8, 8)
            self._rows.addWidget(nothing)
        for line in lines:
            self._rows.addWidget(self._row(line))

    def _row(self, line: Line) -> QPushButton:
        made = button("row", name="today_row")
        title, below, badge = ElidedLabel(), ElidedLabel("caption"), Pill(self._context.icons)
        words = self._context.language.tr(line.words, n=line.n)
        title.say(line.title or words)
        below.say(line.below)
        badge.show_state(line.tone, line.icon, words)
        if not line.title:
            badge.hide()
        layout = row(column(1, title, below, 1, spacing=2), badge, spacing=12)
        layout.setStretch(0, 1)
        layout.setContentsMargins(8, 4, 8, 4)
        made.setLayout(layout)
        for part in (title, below):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        made.setAccessibleName(" ".join(filter(None, (line.title, line.below, words))))
        made.setToolTip(line.title or words)
        made.clicked.connect(lambda: self.opened.emit(line.id))
        return made
