"""Drives the real window as a person would, by clicks, keys and typed text; for the demo and for tests."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

LAYOUT_PASSES = 4


class Keys:
    """The keys a demo presses, so that only the desktop speaks Qt."""

    ONE, TWO, THREE = Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3
    ESCAPE, ENTER = Qt.Key.Key_Escape, Qt.Key.Key_Return
    CONTROL = Qt.KeyboardModifier.ControlModifier


class StuckError(AssertionError):
    """The window did not come to the awaited state in time."""


class Driver:
    """One person at one window. Widgets are found by object name; only visible, enabled ones can be used."""

    def __init__(self, window: QWidget, *, patience: float = 20.0) -> None:
        self.window = window
        self.patience = patience
        self.actions = 0

    def find(self, name: str) -> QWidget:
        """The visible widget with this object name; waits for it to appear."""
        self.until(lambda: self._visible(name) is not None, f"a visible widget '{name}'")
        found = self._visible(name)
        assert found is not None
        return found

    def _visible(self, name: str) -> QWidget | None:
        candidates = self.window.findChildren(QWidget, name)
        return next((w for w in candidates if w.isVisible()), None)

    def sees(self, name: str) -> bool:
        """Whether a widget of this name is visible now."""
        return self._visible(name) is not None

    def click(self, name: str) -> None:
        """A left click in the middle of an enabled button or widget."""
        widget = self.find(name)
        self.until(widget.isEnabled, f"'{name}' to be enabled")
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.actions += 1
        self.settle()

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key press in whatever has the focus."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        self.actions += 1
        self.settle()

    def type(self, name: str, text: str) -> None:
        """Text committed by an input method, as Chinese is typed (`keyClicks` aborts the process on it)."""
        widget = self.find(name)
        widget.setFocus(Qt.FocusReason.MouseFocusReason)
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(widget, event)
        self.actions += 1
        self.settle()

    def retype(self, name: str, text: str) -> None:
        """Replace what a field holds."""
        self.find(name).setFocus(Qt.FocusReason.MouseFocusReason)
        self.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.type(name, text)

    def drop(self, target: str | QWidget, files: Sequence[Path]) -> None:
        """Files dragged from a file manager onto a widget, given itself or by name."""
        widget = self.find(target) if isinstance(target, str) else target
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        middle = widget.rect().center()
        copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(middle, copy, mime, left, none)
        QApplication.sendEvent(widget, enter)
        if not enter.isAccepted():
            raise StuckError(f"{target} does not take {', '.join(file.name for file in files)}.")
        QApplication.sendEvent(widget, QDropEvent(QPointF(middle), copy, mime, left, none))
        self.actions += 1
        self.settle()

    def choose(self, name: str, text: str) -> None:
        """An entry of a combo box by its text."""
        box = self.find(name)
        assert isinstance(box, QComboBox)
        box.setCurrentText(text)
        self.actions += 1
        self.settle()

    def text(self, name: str) -> str:
        """What a label, button or field says."""
        return str(self.find(name).property("text") or "")

    def rest(self, seconds: float) -> None:
        """Let the window draw for a moment."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)

    def is_checked(self, name: str) -> bool:
        """Whether a button is down."""
        button = self.find(name)
        return isinstance(button, QAbstractButton) and button.isChecked()

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Run the window until `condition` holds; raises StuckError naming `what` after the patience is over."""
        end = time.monotonic() + self.patience
        while not condition():
            if time.monotonic() > end:
                raise StuckError(f"The window did not show {what} within {self.patience:.0f} s.")
            QApplication.processEvents()
            time.sleep(0.002)  # the lanes' threads need the interpreter too

    def settle(self) -> None:
        """Let queued events and deferred deletions run once."""
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def screenshot(self, path: Path) -> Path:
        """The window as it is, as PNG, after the layouts that a late style or font asks for have come to rest."""
        for _ in range(LAYOUT_PASSES):
            self.settle()
        path.parent.mkdir(parents=True, exist_ok=True)
        if not self.window.grab().save(str(path), "PNG"):
            raise OSError(f"{path} cannot be written")
        return path
