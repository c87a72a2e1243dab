"""Chips that narrow a list: one is chosen and remembered, each says how many it holds."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from inspector_app.desktop.kit.settings import Setting
from inspector_app.desktop.kit.widgets.boxes import button
from inspector_app.desktop.kit.widgets.flow import FlowLayout

Name = TypeVar("Name", bound=str)


class Chips(FlowLayout, Generic[Name]):
    """`chosen` follows every choice; `words` names one and how many it holds. Object names: chip-<name>."""

    chosen = Signal()

    def __init__(self, names: Sequence[Name], kept: Setting[str], words: Callable[[Name, int], str]) -> None:
        super().__init__(spacing=6)
        self._names, self._kept, self._words = names, kept, words
        self._buttons: dict[Name, QPushButton] = {}
        for name in names:
            made = button("chip", name=f"chip-{name}", checkable=True)
            made.setChecked(name == self.current())
            made.clicked.connect(partial(self.choose, name))
            self._buttons[name] = made
            self.addWidget(made)

    def current(self) -> Name:
        """The chosen one; the first where nothing known is remembered."""
        kept = self._kept.get()
        return next((name for name in self._names if name == kept), self._names[0])

    def choose(self, name: Name) -> None:
        """Choose one, as a click does."""
        self._kept.put(name)
        self.chosen.emit()

    def show_counts(self, counts: Mapping[Name, int]) -> None:
        """How many each holds, in the current language."""
        for name, each in self._buttons.items():
            each.setText(self._words(name, counts[name]))
            each.setChecked(name == self.current())
