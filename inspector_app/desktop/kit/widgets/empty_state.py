"""What a list shows when it holds nothing: what belongs here, and the one action that brings it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from inspector_app.desktop.kit.icons import Icons
from inspector_app.desktop.kit.language import Language
from inspector_app.desktop.kit.widgets.boxes import button, column, label, row

TEXT = 440


class EmptyState(QWidget):
    """An icon, a title, a sentence and at most one button."""

    def __init__(self, icons: Icons, language: Language, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        picture, self._title, self._text = label(), label("section"), label("muted", wrap=True)
        self._offer = row(1, 1)
        icons.put(picture, icon, color="na", size=40)
        for each in (picture, self._title, self._text):
            each.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setFixedWidth(TEXT)
        self.setLayout(column(1, picture, self._title, row(1, self._text, 1), self._offer, 2, spacing=12, margins=24))

    def say(self, title: str, text: str) -> None:
        """Catalogue keys of the title and the sentence."""
        self._language.text(self._title, title)
        self._language.text(self._text, text)

    def offer(self, words: str, run: Callable[[], object]) -> None:
        """The one action; `words` is a catalogue key."""
        made = button("primary", name="offer")
        self._language.text(made, words)
        made.clicked.connect(lambda: run())
        self._offer.insertWidget(1, made)
