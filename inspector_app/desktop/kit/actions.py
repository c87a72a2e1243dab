"""Every key of the window in one registry: bound to a page, shown in tooltips, the F1 sheet and the palette."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QWidget
from shiboken6 import isValid

from inspector_app.desktop.kit.language import Language


@dataclass(frozen=True)
class Deed:
    """Something the user can do. `words` is a catalogue key; its first part names the group on the F1 sheet."""

    words: str
    keys: str
    action: QAction
    where: QWidget

    @property
    def group(self) -> str:
        """Catalogue key of the heading, e.g. `group.sites`."""
        return f"group.{self.words.partition('.')[0]}"


class Actions(QObject):
    """One per window. A single-letter key needs no guard: a focused text field takes its letter first."""

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._deeds: list[Deed] = []
        language.changed.connect(self._on_language_changed)
        self._tips: list[tuple[QAbstractButton, Deed]] = []

    def add(
        self, where: QWidget, words: str, keys: str, run: Callable[[], object], *, everywhere: bool = False
    ) -> QAction:
        """Bind `keys` (portable text, e.g. "Ctrl+N") while the focus is in `where`, or in the whole window."""
        action = QAction(where)
        self._language.text(action, words)
        action.setShortcuts([QKeySequence(part) for part in keys.split(" / ") if part])
        context = Qt.ShortcutContext.WindowShortcut if everywhere else Qt.ShortcutContext.WidgetWithChildrenShortcut
        action.setShortcutContext(context)
        action.triggered.connect(lambda: run())
        where.addAction(action)
        self._deeds.append(Deed(words, keys, action, where))
        return action

    def wear(self, button: QAbstractButton, action: QAction, *, tip: str = "", run: bool = True) -> None:
        """Let a button do what `action` does and show its key in the tooltip; `tip` replaces the action's words.

        Without `run` only the tooltip is put: the button already does it.
        """
        deed = next(d for d in self._deeds if d.action is action)
        if run:
            button.clicked.connect(action.trigger)
            action.enabledChanged.connect(button.setEnabled)
        shown = Deed(tip, deed.keys, deed.action, deed.where) if tip else deed
        self._tips.append((button, shown))
        self._tip(button, shown)

    def listed(self) -> list[Deed]:
        """What can be done, for the F1 sheet and the palette; deeds of pages that are gone are left out."""
        self._deeds = [deed for deed in self._deeds if isValid(deed.action)]
        return list(self._deeds)

    def _tip(self, button: QAbstractButton, deed: Deed) -> None:
        words = self._language.tr(deed.words)
        button.setToolTip(f"{words}  {key_text(deed.keys)}" if deed.keys else words)
        if not button.text():
            button.setAccessibleName(words)

    def _on_language_changed(self) -> None:
        self._tips = [(button, deed) for button, deed in self._tips if isValid(button)]
        for button, deed in self._tips:
            self._tip(button, deed)


def key_text(keys: str) -> str:
    """Portable key names as this system writes them (⌘ on a Mac)."""
    native = QKeySequence.SequenceFormat.NativeText
    return "   ".join(QKeySequence(part).toString(native) for part in keys.split(" / "))
