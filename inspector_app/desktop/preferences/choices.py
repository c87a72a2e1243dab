"""A row of buttons of which one is down."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from inspector_app.desktop.kit.widgets.boxes import button
from inspector_app.desktop.kit.widgets.flow import FlowLayout


class Choices(QWidget):
    """`chosen` carries the value of the button that went down; `dress` puts words or an icon on each button."""

    chosen = Signal(str)

    def __init__(self, values: Sequence[str], dress: Callable[[QPushButton, str], None]) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        layout = FlowLayout(spacing=8)
        for value in values:
            each = button(name=f"choice_{value}", checkable=True)
            dress(each, value)
            each.clicked.connect(lambda _=False, value=value: self.chosen.emit(value))
            self._group.addButton(each)
            self._buttons[value] = each
            layout.addWidget(each)
        self.setLayout(layout)

    def mark(self, value: str) -> None:
        """Show which one holds."""
        if value in self._buttons:
            self._buttons[value].setChecked(True)
