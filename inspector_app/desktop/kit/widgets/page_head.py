"""The head of every page: title, where am I, the page's actions at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from inspector_app.desktop.kit.language import Language
from inspector_app.desktop.kit.widgets.boxes import column, label, row
from inspector_app.desktop.kit.widgets.elided import ElidedLabel


class PageHead(QWidget):
    """`title` is a catalogue key; the page's own widgets go into the layout `buttons`."""

    def __init__(self, language: Language, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = label("title", name="page_title")
        self.where = ElidedLabel("muted")
        self.where.setObjectName("page_where")
        self.where.hide()
        self.buttons: QHBoxLayout = row(spacing=8)
        if title:
            language.text(self.title, title)
        self._tools = row(self.buttons, spacing=16)
        self._whole = row(column(self.title, self.where, spacing=2), self._tools, spacing=16)
        self._whole.setStretch(0, 1)
        self._whole.setContentsMargins(24, 16, 24, 12)
        self.setLayout(self._whole)
        self.setMinimumHeight(80)

    def take_chip(self, chip: QWidget) -> None:
        """The window's one sync chip moves to whichever page is shown."""
        self._tools.addWidget(chip)

    def stack_up(self, is_tight: bool) -> None:
        """Title and actions one below the other where they have no room side by side."""
        way = QBoxLayout.Direction
        self._whole.setDirection(way.TopToBottom if is_tight else way.LeftToRight)
        self._whole.setSpacing(8 if is_tight else 16)
        self._whole.setAlignment(self._tools, Qt.AlignmentFlag.AlignLeft if is_tight else Qt.AlignmentFlag(0))

    def say_where(self, words: str) -> None:
        """The line below the title, ending in … where there is no room (the tooltip has all); '' takes it away."""
        self.where.say(words)
        if self.where.toolTip() != words:
            self.where.setToolTip(words)
        self.where.setVisible(bool(words))
