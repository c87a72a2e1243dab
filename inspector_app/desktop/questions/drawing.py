"""Drawing with mouse, finger or pen: a signature on white, a sketch, or strokes over a picture that stays untouched."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QTabletEvent,
)
from PySide6.QtWidgets import QWidget

from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.boxes import button, column, row
from inspector_app.desktop.questions.bringing import png_of

WIDTH, HEIGHT = 640, 240
LONGEST = 1600
"""Pixels of the longer edge of an annotated copy."""
INK, RED = QColor("#1B2430"), QColor("#C62828")


class Canvas(QWidget):
    """Strokes as smooth curves, kept as points of the drawing so that they stay sharp at every size.

    `stroked` carries the points of a stroke that was just finished. `trace` says how a stroke looks, `is_faint` that it
    only shows what will become of it.
    """

    changed = Signal()
    stroked = Signal(object)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.strokes: list[list[QPointF]] = []
        self.undone: list[list[QPointF]] = []
        self._ground: QPixmap | None = None
        self.trace: Callable[[list[QPointF]], QPainterPath] = smooth_path
        self.is_faint = False
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def extent(self) -> QSize:
        """Pixels of the drawing."""
        if self._ground is None:
            return QSize(WIDTH, HEIGHT)
        return self._ground.size()

    def begin(self, ground: QPixmap | None, room: QSize | None = None) -> None:
        """An empty drawing, on white or over a picture, as large as `room` allows."""
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        is_large = ground is not None and max(ground.width(), ground.height()) > LONGEST
        self._ground = ground.scaled(LONGEST, LONGEST, keep, smooth) if ground is not None and is_large else ground
        self.strokes.clear()
        self.undone.clear()
        px = self._kit.theme.px
        within = room or QSize(px(WIDTH), px(420))
        scale = min(within.width() / self.extent.width(), within.height() / self.extent.height())
        self.setFixedSize(int(self.extent.width() * scale), int(self.extent.height() * scale))
        self.update()
        self.changed.emit()

    def undo(self) -> None:
        """Take the last stroke away."""
        if self.strokes:
            self.undone.append(self.strokes.pop())
            self.update()
            self.changed.emit()

    def redo(self) -> None:
        """Put back the stroke taken away last."""
        if self.undone:
            self.strokes.append(self.undone.pop())
            self.update()
            self.changed.emit()

    def fit(self, width: int) -> None:
        """As wide as this on the screen, the height follows; the strokes stay where they are on the drawing."""
        self.setFixedSize(width, width * self.extent.height() // self.extent.width())

    def image(self) -> QImage:
        """The drawing, flattened on white."""
        image = QImage(self.extent, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter)
        painter.end()
        return image

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        painter.save()
        painter.scale(self.width() / self.extent.width(), self.height() / self.extent.height())
        self._draw(painter)
        painter.restore()
        painter.setPen(QPen(self._kit.theme.color("accent" if self.hasFocus() else "edge"), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._begin_stroke(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_on(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._end_stroke()

    def tabletEvent(self, event: QTabletEvent) -> None:
        if event.type() is QTabletEvent.Type.TabletPress:
            self._begin_stroke(event.position())
        elif event.type() is QTabletEvent.Type.TabletMove and event.pressure() > 0:
            self._go_on(event.position())
        elif event.type() is QTabletEvent.Type.TabletRelease:
            self._end_stroke()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace:
            self.undo()
        else:
            super().keyPressEvent(event)

    def _begin_stroke(self, place: QPointF) -> None:
        self.undone.clear()
        self.strokes.append([self._point(place)])
        self.update()

    def _go_on(self, place: QPointF) -> None:
        if self.strokes:
            self.strokes[-1].append(self._point(place))
            self.update()

    def _end_stroke(self) -> None:
        self.changed.emit()
        if self.strokes:
            self.stroked.emit(list(self.strokes[-1]))

    def _point(self, place: QPointF) -> QPointF:
        return QPointF(
            place.x() * self.extent.width() / max(self.width(), 1),
            place.y() * self.extent.height() / max(self.height(), 1),
        )

    def _draw(self, painter: QPainter) -> None:
        if self._ground is not None:
            painter.drawPixmap(0, 0, self._ground)
        width = max(3.2, max(self.extent.width(), self.extent.height()) / 260)
        color = INK if self._ground is None else RED
        painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(QColor(0, 0, 0, 90) if self.is_faint else Qt.BrushStyle.NoBrush)
        for stroke in self.strokes:
            painter.drawPath(self.trace(stroke))


def smooth_path(points: list[QPointF]) -> QPainterPath:
    """A curve through the middles between neighbours; a single point is a dot."""
    path = QPainterPath(points[0])
    if len(points) == 1:
        path.lineTo(points[0] + QPointF(0.1, 0.1))
        return path
    for here, there in zip(points[1:], points[2:], strict=False):
        path.quadTo(here, (here + there) / 2)
    path.lineTo(points[-1])
    return path


class DrawingPanel(QWidget):
    """`drawn` carries PNG bytes, `left` means that nothing was taken over."""

    drawn = Signal(bytes)
    left = Signal()

    def __init__(self, kit: Kit, kind: str) -> None:
        super().__init__()
        self.canvas = Canvas(kit)
        kit.language.name(self.canvas, f"questions.{kind}")
        self.take, self.undo, self.leave = button("primary"), button("quiet"), button("quiet")
        for each, words in (
            (self.take, "questions.take_over"), (self.undo, "questions.undo_stroke"), (self.leave, "questions.leave"),
        ):  # fmt: skip
            kit.language.text(each, words)
        self.take.setObjectName("take-drawing")
        self.take.clicked.connect(self._on_take)
        self.undo.clicked.connect(self.canvas.undo)
        self.leave.clicked.connect(self.left)
        self.canvas.changed.connect(self._on_changed)
        self.setLayout(column(self.canvas, row(self.take, self.undo, self.leave, 1, spacing=8), spacing=8))

    def begin(self, ground: QPixmap | None) -> None:
        """An empty drawing."""
        self.canvas.begin(ground)
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_changed(self) -> None:
        has_any = bool(self.canvas.strokes)
        self.take.setEnabled(has_any)
        self.undo.setEnabled(has_any)

    def _on_take(self) -> None:
        self.drawn.emit(png_of(self.canvas.image()))
