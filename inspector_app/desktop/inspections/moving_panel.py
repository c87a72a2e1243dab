"""What moving a draft to a newer version means, before it is done: what stays, what is dropped, what is new."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.boxes import button, column, empty_out, holder, label, line, row, scroller
from inspector_app.operations.moving import Line, Preview

MOST = 200
"""Lines of one kind that are written out; the heading counts them all."""


class MovingPanel(QWidget):
    """`confirmed` asks for the move, `left` to stay on the version the draft has."""

    confirmed = Signal()
    left = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._title, self._text = label("section", wrap=True), label("muted", wrap=True)
        kit.language.text(self._text, "move.text")
        self.move_button, stay = button("primary", name="move-visit"), button(name="stay-on-version")
        kit.icons.put(self.move_button, "arrow-right", color="on_accent")
        kit.language.text(self.move_button, "move.do")
        kit.language.text(stay, "move.stay")
        self.move_button.clicked.connect(self.confirmed)
        stay.clicked.connect(self.left)
        self._list: QVBoxLayout = column(spacing=4)
        head = row(column(self._title, self._text, spacing=2), stay, self.move_button, spacing=12)
        head.setStretch(0, 1)
        whole = column(head, scroller(holder(column(self._list, 1))), spacing=12)
        whole.setContentsMargins(20, 12, 20, 12)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def show_preview(self, preview: Preview) -> None:
        """Dropped first: that is what a person must decide about."""
        say = self._kit.language.text
        say(self._title, "move.title", old=preview.old.version, new=preview.new.version)
        empty_out(self._list)
        self._kind("move.dropped", preview.dropped, icon="circle-x", color="fail")
        if preview.photos:
            note = label("muted", wrap=True)
            say(note, "move.photos", n=preview.photos)
            self._list.addWidget(note)
        self._kind("move.new", preview.asked, icon="plus", color="accent")
        self._kind("move.kept", preview.kept, icon="circle-check", color="pass")
        self.move_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _kind(self, words: str, lines: Sequence[Line], *, icon: str, color: str) -> None:
        caption = label("strong")
        self._kit.language.text(caption, words, n=len(lines))
        self._list.addWidget(caption)
        for each in lines[:MOST]:
            self._list.addWidget(self._line(each, icon, color))
        self._list.addWidget(line())

    def _line(self, shown: Line, icon: str, color: str) -> QWidget:
        mark, words, value, why = label(), label(wrap=True), label("muted", wrap=True), label("caption")
        self._kit.icons.put(mark, icon, color=color, size=16)
        words.setText(shown.label)
        value.setText(f"{shown.value} → {shown.now}" if shown.now not in ("", shown.value) else shown.value)
        if shown.why:
            self._kit.language.text(why, f"move_why.{shown.why.replace(' ', '_')}")
        inner = row(mark, words, value, why, spacing=10)
        inner.setStretch(1, 3)
        inner.setStretch(2, 2)
        inner.setContentsMargins(8, 2, 8, 2)
        return holder(inner)
