"""The quiet chip that says whether everything is sent; it opens the sync page."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtWidgets import QPushButton, QWidget

from inspector_app.desktop.kit.icons import Icons
from inspector_app.desktop.kit.language import Language
from inspector_app.desktop.kit.widgets.boxes import button, row

ChipKind = Literal["alone", "sent", "waiting", "sending", "needs_you"]
_LOOKS = {
    "alone": ("cloud-off", "muted"),
    "sent": ("cloud-check", "pass"),
    "waiting": ("cloud-upload", "accent"),
    "sending": ("refresh-cw", "accent"),
    "needs_you": ("triangle-alert", "warn"),
}


@dataclass(frozen=True)
class ChipState:
    """What the chip says; `waiting` counts records and photos not yet sent."""

    kind: ChipKind
    waiting: int = 0


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
