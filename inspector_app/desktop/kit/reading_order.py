"""Tab goes as one reads: the widgets of a page in the order its layouts hold them, also those that were added later."""

from collections.abc import Iterator
from itertools import pairwise
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QScrollArea, QSplitter, QStackedWidget, QWidget


def chain(root: QWidget) -> None:
    """Put the focus chain in reading order; cheap enough to do at every press of Tab."""
    for earlier, later in pairwise(stops(root)):
        QWidget.setTabOrder(earlier, later)


def stops(root: QWidget) -> list[QWidget]:
    """Where Tab stops, in reading order."""
    return [each for each in _walk(root) if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isEnabled()]


def _walk(widget: QWidget) -> Iterator[QWidget]:
    if not widget.isVisible():
        return
    yield widget
    if isinstance(widget, QScrollArea):
        inside = [widget.widget()]
    elif isinstance(widget, QStackedWidget):
        inside = [widget.currentWidget()]
    elif isinstance(widget, QSplitter):
        inside = [widget.widget(number) for number in range(widget.count())]
    else:
        layout = widget.layout()
        inside = list(_held(layout)) if layout is not None else []
    for each in inside:
        if each is not None:
            yield from _walk(each)


def _held(layout: QLayout) -> Iterator[QWidget]:
    for number in _order(layout):
        item = layout.itemAt(number)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _held(inner)


def _order(layout: QLayout) -> list[int]:
    """A grid by rows, everything else as it was filled."""
    numbers = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        numbers.sort(key=lambda number: _cell(layout, number))
    return numbers


def _cell(grid: QGridLayout, number: int) -> tuple[int, int]:
    row, column, *_ = cast("tuple[int, int, int, int]", grid.getItemPosition(number))
    return row, column
