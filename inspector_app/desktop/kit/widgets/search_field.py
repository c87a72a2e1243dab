"""A search input that narrows while typing: it speaks at the next turn of the event loop, once per burst."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from inspector_app.desktop.kit.icons import Icons
from inspector_app.desktop.kit.language import Language

MAX_SEARCH = 200


class SearchField(QLineEdit):
    """`searched` carries the trimmed text; `hint` is the catalogue key of the placeholder and the accessible name."""

    searched = Signal(str)

    def __init__(self, icons: Icons, language: Language, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(MAX_SEARCH)
        glass = QAction(self)
        icons.put(glass, "search", color="muted", size=16)
        self.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        language.hint(self, hint)
        self._wipe = QAction(self)
        icons.put(self._wipe, "x", color="muted", size=16)
        language.text(self._wipe, "search.clear")
        self._wipe.triggered.connect(self.clear)
        self.addAction(self._wipe, QLineEdit.ActionPosition.TrailingPosition)
        self._wipe.setVisible(False)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._on_soon)
        self._said = ""
        self.textChanged.connect(self._on_text_changed)

    def _on_text_changed(self) -> None:
        self._wipe.setVisible(bool(self.text()))
        self._soon.start()

    def _on_soon(self) -> None:
        text = self.text().strip()
        if text != self._said:
            self._said = text
            self.searched.emit(text)
