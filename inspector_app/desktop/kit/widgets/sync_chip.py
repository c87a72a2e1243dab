"""The quiet chip that says whether everything is sent; it opens the sync page."""

from PySide6.QtWidgets import QPushButton, QWidget

from inspector_app.desktop.kit.chip_state import ChipState
from inspector_app.desktop.kit.icons import Icons
from inspector_app.desktop.kit.language import Language
from inspector_app.desktop.kit.widgets.boxes import button, row

_LOOKS = {
    "alone": ("cloud-off", "muted"),
    "sent": ("cloud-check", "pass"),
    "waiting": ("cloud-upload", "accent"),
    "sending": ("refresh-cw", "accent"),
    "needs_you": ("triangle-alert", "warn"),
}


class SyncChip(QWidget):
    """One per window; `button` is what is clicked."""

    def __init__(self, icons: Icons, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons, self._language = icons, language
        self.button: QPushButton = button("chip", name="sync_chip")
        self.setLayout(row(self.button))

    def show_state(self, state: ChipState) -> None:
        """Icon and words of a state."""
        icon, color = _LOOKS[state.kind]
        self._icons.put(self.button, icon, color=color, size=16)
        self._language.text(self.button, f"chip.{state.kind}", n=state.waiting)
