"""Tells pages what an operation altered, so that each derives its state anew if it shows any of it."""

from PySide6.QtCore import QObject, Signal

from inspector_app.domain.changeset import Touched


class Bulletin(QObject):
    """Pages connect `touched` (carries a Touched); whoever ran an operation announces."""

    touched = Signal(object)

    def announce(self, touched: Touched) -> None:
        """Say what changed; nothing changed is not said."""
        if touched:
            self.touched.emit(touched)
