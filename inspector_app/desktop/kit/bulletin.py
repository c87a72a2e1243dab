"""Tells pages what an operation altered, so that each derives its state anew if it shows any of it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from inspector_app.domain.changeset import Touched


class Bulletin(QObject):
    """Pages `follow`; whoever ran an operation announces. `touched` carries every Touched at once."""

    touched = Signal(object)

    def announce(self, touched: Touched) -> None:
        """Say what changed; nothing changed is not said."""
        if touched:
            self.touched.emit(touched)

    def follow(self, page: QWidget, told: Callable[[Touched], None]) -> None:
        """Tell a page at once while it is in sight, and in one word when it comes into sight again."""
        self.touched.connect(_Follower(page, told).hear)


class _Follower(QObject):
    """What a page out of sight has missed."""

    def __init__(self, page: QWidget, told: Callable[[Touched], None]) -> None:
        super().__init__(page)
        self._page, self._told = page, told
        self._missed = Touched()
        page.installEventFilter(self)

    def hear(self, touched: Touched) -> None:
        """Tell, or keep for later."""
        if self._page.isVisible():
            self._told(touched)
        else:
            self._missed |= touched

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and self._missed:
            missed, self._missed = self._missed, Touched()
            self._told(missed)
        return False
