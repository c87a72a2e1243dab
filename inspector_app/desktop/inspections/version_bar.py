"""A quiet line under the head of a draft: a newer version of its form is installed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.boxes import button, card, column, label, row
from inspector_app.store.forms import Installed


class VersionBar(QWidget):
    """`looked` asks for the preview of the move."""

    looked = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        icon, self._words = label(), label(wrap=True, name="newer-version")
        kit.icons.put(icon, "info", color="muted", size=16)
        self.look = button("quiet", name="look-at-version")
        kit.language.text(self.look, "inspections.newer_look")
        self.look.clicked.connect(self.looked)
        line = row(icon, self._words, self.look, spacing=8)
        line.setStretch(1, 1)
        line.setContentsMargins(12, 2, 8, 2)
        outer = column(card(line, margins=0, kind="notice"), spacing=0)
        outer.setContentsMargins(16, 0, 16, 8)
        self.setLayout(outer)
        self.hide()

    def show_version(self, newer: Installed | None, current: str) -> None:
        """The version that is newer than `current`; None takes the line away."""
        if newer is not None:
            self._kit.language.text(self._words, "inspections.newer", version=newer.version, current=current)
        self.setVisible(newer is not None)
