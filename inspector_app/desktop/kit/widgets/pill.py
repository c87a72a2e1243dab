"""A state as icon, word and colour together, never colour alone."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from inspector_app.desktop.kit.icons import Icons
from inspector_app.desktop.kit.widgets.boxes import label, restyle, row

_INKS = {"pass": "pass", "fail": "fail", "warn": "warn", "na": "muted", "accent": "accent"}


class Pill(QFrame):
    """A rounded badge; `tone` ∈ pass, fail, warn, na, accent."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._icon = label()
        self._word = label("strong")
        layout = row(self._icon, self._word, spacing=4)
        layout.setContentsMargins(8, 0, 10, 0)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_state(self, tone: str, icon: str, words: str) -> None:
        """Show a state; `words` is already in the user's language."""
        restyle(self, "pill", tone)
        self._icons.put(self._icon, icon, color=_INKS[tone], size=14)
        self._word.setText(words)
        self.setAccessibleName(words)

    def text(self) -> str:
        """The word shown."""
        return self._word.text()
