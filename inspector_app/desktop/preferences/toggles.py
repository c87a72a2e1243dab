"""A row of buttons that go down and up by themselves, any number of them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from inspector_app.desktop.kit.widgets.boxes import button
from inspector_app.desktop.kit.widgets.flow import FlowLayout


class Toggles(QWidget):
    """`changed` once somebody has pressed one; `down` are the values of those that are down."""

    changed = Signal()

    def __init__(self, values: Sequence[str], dress: Callable[[QPushButton, str], None]) -> None:
        super().__init__()
        self._buttons: dict[str, QPushButton] = {}
        layout = FlowLayout(spacing=8)
        for value in values:
            each = button(name=f"toggle_{value}", checkable=True)
            dress(each, value)
            each.clicked.connect(lambda: self.changed.emit())
            self._buttons[value] = each
            layout.addWidget(each)
        self.setLayout(layout)

    @property
    def down(self) -> frozenset[str]:
        """What is chosen."""
        return frozenset(value for value, each in self._buttons.items() if each.isChecked())

    def show_down(self, values: frozenset[str]) -> None:
        """Put these down and the others up."""
        for value, each in self._buttons.items():
            each.setChecked(value in values)
