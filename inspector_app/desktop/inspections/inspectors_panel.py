"""Who is on the visit: names that can be added and taken away in place; two are needed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QWidget

from inspector_app.desktop.inspections.state import MIN_INSPECTORS
from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.boxes import button, card, column, empty_out, holder, label, row
from inspector_app.desktop.kit.widgets.flow import FlowLayout

MAX_NAME = 60


class InspectorsPanel(QWidget):
    """`changed` carries the tuple of names, `closed` is its own button."""

    changed = Signal(object)
    closed = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._names: tuple[str, ...] = ()
        self._title, self._need = label("strong"), label("muted", wrap=True)
        kit.language.text(self._title, "inspections.inspectors")
        kit.language.text(self._need, "inspections.two_needed")
        self._flow = FlowLayout()
        self.field = QLineEdit()
        self.field.setObjectName("inspector-name")
        self.field.setMaxLength(MAX_NAME)
        kit.language.hint(self.field, "inspections.inspector_hint")
        self._add, close = button(name="add-inspector"), button("icon", name="close-inspectors")
        kit.icons.put(self._add, "plus")
        kit.language.text(self._add, "inspections.add_inspector")
        kit.icons.put(close, "x", size=16)
        kit.language.name(close, "inspections.close_inspectors")
        self._add.clicked.connect(self.add)
        self.field.returnPressed.connect(self.add)
        self.field.textChanged.connect(self._on_text_changed)
        close.clicked.connect(self.closed)
        self._add.setEnabled(False)
        entry = row(self.field, self._add)
        entry.setStretch(0, 1)
        self._chips = holder(self._flow)
        frame: QFrame = card(row(self._title, self._need, 1, close), self._chips, entry, margins=12)
        self.setLayout(column(frame, spacing=0))

    def show_names(self, names: tuple[str, ...]) -> None:
        """The names as saved."""
        if names == self._names and self._flow.count():
            return
        self._names = names
        empty_out(self._flow)
        for number, name in enumerate(names):
            self._flow.addWidget(self._chip(number, name))
        self._need.setVisible(len(names) < MIN_INSPECTORS)
        self._chips.updateGeometry()

    def begin(self) -> None:
        """The focus on the field."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chip(self, number: int, name: str) -> QPushButton:
        made = button("chip", name=f"remove-inspector-{number}")
        made.setText(name)
        made.setAccessibleName(self._kit.language.tr("inspections.remove_inspector", name=name))
        made.setToolTip(made.accessibleName())
        self._kit.icons.put(made, "x", color="muted", size=14)
        made.clicked.connect(lambda: self.changed.emit(tuple(n for n in self._names if n != name)))
        return made

    def _on_text_changed(self, text: str) -> None:
        self._add.setEnabled(bool(text.strip()))

    def add(self) -> None:
        """The name that is written, unless it is there already."""
        name = self.field.text().strip()
        if name and name not in self._names:
            self.field.clear()
            self.changed.emit((*self._names, name))
