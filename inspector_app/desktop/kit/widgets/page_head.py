"""The head of every page: title, where am I, the page's actions at the right."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

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
        layout = row(column(self.title, self.where, spacing=2), 1, self.buttons, spacing=16)
        layout.setStretch(0, 1)
        layout.setStretch(1, 0)
        layout.setContentsMargins(24, 16, 24, 12)
        self.setLayout(layout)
        self.setMinimumHeight(80)

    def take_chip(self, chip: QWidget) -> None:
        """The window's one sync chip moves to whichever page is shown."""
        layout = self.layout()
        if layout is not None:
            layout.addWidget(chip)

    def say_where(self, words: str) -> None:
        """The line below the title, ending in … where there is no room (the tooltip has all); '' takes it away."""
        self.where.say(words)
        if self.where.toolTip() != words:
            self.where.setToolTip(words)
        self.where.setVisible(bool(words))
