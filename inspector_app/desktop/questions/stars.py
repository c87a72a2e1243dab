"""A rating: as many stars as the range has steps, filled up to the chosen one; a digit chooses."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from inspector_app.desktop.kit.context import Kit

EDGE, STAR = 40, 24
_OUTLINE = (
    (0.5, 0.03), (0.647, 0.345), (0.99, 0.39), (0.738, 0.628), (0.802, 0.97), (0.5, 0.803),
    (0.198, 0.97), (0.262, 0.628), (0.01, 0.39), (0.353, 0.345),
)  # fmt: skip


class Star(QAbstractButton):
    """Checked up to the rating; arrows are the question's."""

    def __init__(self, kit: Kit, name: str) -> None:
        super().__init__()
        self._kit = kit
        self.setObjectName(name)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._kit.theme.px(EDGE), self._kit.theme.px(EDGE))

    def nextCheckState(self) -> None:
        """The question decides what is checked."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, color, px = QPainter(self), self._kit.theme.color, self._kit.theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("hover"))
            painter.drawRoundedRect(self.rect(), px(8), px(8))
        inset = (self.width() - px(STAR)) / 2
        shape = QPolygonF([QPointF(inset + x * px(STAR), inset + y * px(STAR)) for x, y in _OUTLINE])
        ink = color("accent" if self.isEnabled() else "na")
        painter.setPen(self._pen(ink if self.isChecked() else color("muted")))
        painter.setBrush(ink if self.isChecked() else color("field"))
        painter.drawPolygon(shape)
        if self.hasFocus():
            painter.setPen(QPen(color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(8), px(8))

    def _pen(self, color: QColor) -> QPen:
        return QPen(color, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
