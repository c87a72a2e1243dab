"""Measures a page as people with weak eyes or without a mouse meet it: contrast of what is drawn, order of the focus."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget


def luminance(color: QColor) -> float:
    """WCAG 2.2 relative luminance."""
    parts = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    """From 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def drawn_contrast(picture: QImage, part: QRect) -> float:
    """Between the commonest colour of a part of the picture and the one that stands out most."""
    part = part.intersected(picture.rect())
    colors: Counter[int] = Counter(
        picture.pixel(x, y) for y in range(part.top(), part.bottom() + 1) for x in range(part.left(), part.right() + 1)
    )
    if not colors:
        return 21.0
    ground = QColor(colors.most_common(1)[0][0])
    return max(contrast(ground, QColor(color)) for color in colors)


def faint_texts(page: QWidget, least: float = 4.5) -> list[str]:
    """Enabled texts in sight whose strokes reach less than `least`."""
    picture = page.grab().toImage()
    found = []
    for widget in page.findChildren(QWidget):
        text = widget.text().strip() if isinstance(widget, QLabel | QAbstractButton | QLineEdit) else ""
        if not text or not widget.isVisibleTo(page) or not widget.isEnabled() or widget.visibleRegion().isEmpty():
            continue
        inner = widget.visibleRegion().boundingRect().adjusted(3, 3, -3, -3)
        if inner.height() < min(widget.fontMetrics().height(), widget.height() - 8):
            continue  # half scrolled away
        ratio = drawn_contrast(picture, QRect(widget.mapTo(page, inner.topLeft()), inner.size()))
        if ratio < least:
            found.append(f"{type(widget).__name__} {widget.objectName()!r} {text[:20]!r} {ratio:.1f}")
    return found


def out_of_order(page: QWidget, visited: Sequence[QWidget]) -> list[str]:
    """Pairs that Tab visits against the reading order: clearly below comes later, on one line the left comes first."""
    found = []
    in_sight = [each for each in visited if not each.visibleRegion().isEmpty()]
    for earlier, later in combinations(in_sight, 2):
        one, other = _place(earlier, page), _place(later, page)
        beside = one.top() < other.bottom() and other.top() < one.bottom()
        left = beside and other.right() <= one.left() and _are_near(earlier, later)
        above = other.bottom() <= one.top() and other.left() < one.right() and one.left() < other.right()
        if left or above:
            found.append(f"{_name(earlier)} before {_name(later)}")
    return found


def _are_near(one: QWidget, other: QWidget) -> bool:
    """In one row of one card; columns beside each other are read one after the other."""
    return one.parentWidget() is other.parentWidget()


def _place(widget: QWidget, page: QWidget) -> QRect:
    return QRect(widget.mapTo(page, QPoint(0, 0)), widget.size())


def _name(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName() or widget.accessibleName()!r}"
