"""Small makers of labels, buttons, cards and layouts, so that every page keeps the same grid and roles."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

Part = QWidget | QLayout | int


class RowButton(QPushButton):
    """A button that holds a layout: as large as that asks for, where a plain one would only count its own text."""

    def sizeHint(self) -> QSize:
        inner = self.layout()
        return inner.sizeHint() if inner is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        inner = self.layout()
        return inner.minimumSize() if inner is not None else super().minimumSizeHint()


def label(role: str = "", *, wrap: bool = False, name: str = "") -> QLabel:
    """A text; `role` ∈ title, section, strong, muted, caption, figure, fail, struck. Plain text: data never becomes markup."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if name:
        made.setObjectName(name)
    return made


def button(kind: str = "", *, name: str = "", checkable: bool = False) -> QPushButton:
    """A button; `kind` ∈ '' (outlined), primary, danger, quiet, icon, chip, row. `name` is its object name."""
    made = RowButton() if kind == "row" else QPushButton()
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setCheckable(checkable)
    if kind:
        made.setProperty("kind", kind)
    if name:
        made.setObjectName(name)
    return made


def row(*parts: Part, spacing: int = 8, margins: int = 0) -> QHBoxLayout:
    """Parts side by side; an int is a stretch of that weight."""
    made = QHBoxLayout()
    _fill(made, parts, spacing, margins)
    return made


def column(*parts: Part, spacing: int = 8, margins: int = 0) -> QVBoxLayout:
    """Parts one below the other; an int is a stretch of that weight."""
    made = QVBoxLayout()
    _fill(made, parts, spacing, margins)
    return made


def card(*parts: Part, spacing: int = 8, margins: int = 16, kind: str = "card") -> QFrame:
    """A surface with a hairline and round corners; `kind` ∈ card, bar, foot, notice, error."""
    made = QFrame()
    made.setProperty("kind", kind)
    made.setLayout(column(*parts, spacing=spacing, margins=margins))
    return made


def line() -> QFrame:
    """A horizontal hairline."""
    made = QFrame()
    made.setProperty("kind", "line")
    made.setFixedHeight(1)
    return made


def holder(layout: QLayout) -> QWidget:
    """A plain widget around a layout, to show and hide as one."""
    made = QWidget()
    made.setLayout(layout)
    return made


def scroller(content: QWidget) -> QScrollArea:
    """A vertical scroll area that never scrolls sideways and does not take the focus itself."""
    content.setObjectName(content.objectName() or "ground")
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setWidget(content)
    return made


def wide(widget: QWidget) -> QWidget:
    """Let a widget take the width it is given and no more height than it needs."""
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return widget


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet reads and let it take effect."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    for each in (widget, *widget.findChildren(QWidget)):
        style.unpolish(each)
        style.polish(each)


def empty_out(layout: QLayout) -> None:
    """Take everything out of a layout and delete its widgets."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            return
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty_out(inner)


def _fill(layout: QHBoxLayout | QVBoxLayout, parts: tuple[Part, ...], spacing: int, margins: int) -> None:
    layout.setSpacing(spacing)
    layout.setContentsMargins(margins, margins, margins, margins)
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addStretch(part)
