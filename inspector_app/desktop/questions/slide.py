"""A slider painted by hand: hollow until somebody chose, large enough for a finger, deaf to the wheel of a scrolling page."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider

from inspector_app.desktop.kit.context import Kit

HANDLE, TRACK, TICK, LENGTH = 20, 4, 8, 160
MOST_TICKS = 50
_ACROSS = {Qt.Key.Key_Up, Qt.Key.Key_Down}
_SETS = {
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End,
    Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
}  # fmt: skip


class Slide(QSlider):
    """`settled` says that a hand let go, a key was pressed or the focus left; `moved` what the arrows across ask for."""

    settled = Signal()
    moved = Signal(object)

    def __init__(self, kit: Kit, steps: int, *, is_upright: bool, has_ticks: bool) -> None:
        super().__init__(Qt.Orientation.Vertical if is_upright else Qt.Orientation.Horizontal)
        self._kit, self._is_upright = kit, is_upright
        self._has_ticks = has_ticks and steps <= MOST_TICKS
        self.is_chosen = False
        self.setRange(0, max(steps - 1, 0))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        long, short = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        self.setSizePolicy(short if is_upright else long, short)

    def show_place(self, place: int) -> None:
        """The step that is the answer; -1 shows an open handle at the beginning."""
        self.is_chosen = place >= 0
        blocked = self.blockSignals(True)
        self.setValue(max(place, 0))
        self.blockSignals(blocked)
        self.update()

    def sizeHint(self) -> QSize:
        px = self._kit.theme.px
        return QSize(px(40), px(LENGTH)) if self._is_upright else QSize(px(LENGTH), px(40))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turning the wheel scrolls the page and changes no answer."""
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._take(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._take(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.settled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.settled.emit()
            self.moved.emit(-1 if back else 1)
        elif key in _ACROSS and not self._is_upright:
            self.settled.emit()
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Space:
            self._choose(self.value())
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            event.ignore()
        else:
            before, was_chosen = self.value(), self.is_chosen
            self.is_chosen = was_chosen or key in _SETS
            super().keyPressEvent(event)
            if self.is_chosen and not was_chosen and self.value() == before:
                self.valueChanged.emit(before)
            self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.settled.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, color, px = QPainter(self), self._kit.theme.color, self._kit.theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        begin, end, here = self._at(0), self._at(self.maximum()), self._at(self.value())
        ink = color("accent" if self.isEnabled() else "na")
        painter.setPen(QPen(color("edge"), px(TRACK), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(begin, end)
        if self._has_ticks:
            self._paint_ticks(painter)
        if self.is_chosen:
            painter.setPen(QPen(ink, px(TRACK), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(begin, here)
        half = px(HANDLE) / 2
        painter.setPen(QPen(ink if self.is_chosen else color("muted"), 2))
        painter.setBrush(ink if self.is_chosen else color("field"))
        painter.drawEllipse(here, half - 1, half - 1)
        if self.hasFocus():
            painter.setPen(QPen(color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(8), px(8))

    def _paint_ticks(self, painter: QPainter) -> None:
        px = self._kit.theme.px
        painter.setPen(QPen(self._kit.theme.color("edge"), 1))
        across = QPointF(px(TICK), 0) if self._is_upright else QPointF(0, px(TICK))
        for step in range(self.maximum() + 1):
            at = self._at(step)
            painter.drawLine(at - across, at + across)

    def _room(self) -> tuple[float, float]:
        """Where the middle of the handle may stand, from and to."""
        margin = self._kit.theme.px(HANDLE) / 2 + 4
        return margin, (self.height() if self._is_upright else self.width()) - margin

    def _is_turned(self) -> bool:
        return self._is_upright or self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _at(self, step: int) -> QPointF:
        low, high = self._room()
        share = step / self.maximum() if self.maximum() else 0.0
        along = high - share * (high - low) if self._is_turned() else low + share * (high - low)
        return QPointF(self.width() / 2, along) if self._is_upright else QPointF(along, self.height() / 2)

    def _take(self, place: QPointF) -> None:
        low, high = self._room()
        along = place.y() if self._is_upright else place.x()
        share = (along - low) / max(high - low, 1.0)
        share = 1 - share if self._is_turned() else share
        self._choose(round(min(max(share, 0.0), 1.0) * self.maximum()))

    def _choose(self, step: int) -> None:
        is_new, self.is_chosen = not self.is_chosen, True
        if step == self.value() and is_new:
            self.valueChanged.emit(step)
        self.setValue(step)
        self.update()
