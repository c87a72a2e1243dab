"""One option of a select, painted by hand: mark, words, picture, the digit that chooses it."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from inspector_app.desktop.kit.context import Kit

HEIGHT, MARK, GAP, PAD, RADIUS = 40, 16, 8, 12, 8
PICTURE = 96
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class Look:
    """How the options of one question are drawn: a round or square mark or none, words or none, upright or in line."""

    is_multiple: bool = False
    has_mark: bool = True
    has_words: bool = True
    is_upright: bool = False
    is_bare: bool = False


class Option(QAbstractButton):
    """Checkable; whoever holds it decides what is checked. `focused` says that the focus came or went."""

    focused = Signal(bool)

    def __init__(self, kit: Kit, look: Look, name: str) -> None:
        super().__init__()
        self._kit, self._look = kit, look
        self.digit = 0
        self.shows_digit = False
        self._picture: QPixmap | None = None
        self._width = -1
        self.setObjectName(name)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_words(self, words: str, digit: int) -> None:
        """Its label; digits from 1 to 9 choose it by key."""
        if words != self.text() or digit != self.digit:
            self.digit = digit if digit <= 9 else 0
            self.setText(words)
            self.setAccessibleName(words)
            self.setToolTip(f"{words}  {digit}" if self.digit else words)
            self.forget_size()

    def show_picture(self, picture: QPixmap | None) -> None:
        """The picture of the option, when it has one and it has come."""
        self._picture = picture
        self.forget_size()

    def forget_size(self) -> None:
        """Words, font or picture changed."""
        self._width = -1
        self.updateGeometry()
        self.update()

    def nextCheckState(self) -> None:
        """The question decides what is checked."""

    def natural_width(self) -> int:
        """All words in one line."""
        if self._width < 0:
            px = self._kit.theme.px
            words = self._metrics().horizontalAdvance(self.text()) + 2 if self._look.has_words else 0
            if self._look.is_upright or self._picture is not None:
                self._width = max(words, px(PICTURE) if self._picture else px(MARK)) + 2 * px(PAD)
            else:
                self._width = words + (px(MARK + GAP) if self._look.has_mark else 0) + 2 * px(PAD)
        return self._width

    def sizeHint(self) -> QSize:
        width = self.natural_width()
        if self._picture is not None:
            width = min(width, self._kit.theme.px(PICTURE + 2 * PAD))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._kit.theme.px(HEIGHT), self._kit.theme.px(HEIGHT))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        px = self._kit.theme.px
        if self._look.is_upright or self._picture is not None:
            above = self._picture_size(width).height() + px(8) if self._picture else 0
            mark = px(MARK) + px(6) if self._look.has_mark else 0
            return max(px(HEIGHT), above + mark + self._words_height(width - px(8)) + px(12))
        if width >= self.natural_width():
            return px(HEIGHT)
        room = width - 2 * px(PAD) - (px(MARK + GAP) if self._look.has_mark else 0)
        return max(px(HEIGHT), self._words_height(room) + px(16))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space presses; everything else is the question's, arrows too (Qt would move the focus itself)."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self._kit.theme.color
        radius = self._kit.theme.px(RADIUS)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        fill = self._fill()
        if not self._look.is_bare:
            painter.setPen(QPen(color("accent" if self.isChecked() else "edge" if self.isEnabled() else "hairline"), 1))
            painter.setBrush(fill)
            painter.drawRoundedRect(box, radius, radius)
        elif self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("hover"))
            painter.drawRoundedRect(box, radius, radius)
        if self._look.is_upright or self._picture is not None:
            self._paint_upright(painter)
        else:
            self._paint_in_line(painter)
        if self.hasFocus():
            painter.setPen(QPen(color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _fill(self) -> QColor:
        color = self._kit.theme.color
        if self.isChecked():
            return color("accent_tint")
        if self.isDown():
            return color("pressed")
        return color("hover") if self.underMouse() and self.isEnabled() else color("field")

    def _paint_in_line(self, painter: QPainter) -> None:
        px = self._kit.theme.px
        left = px(PAD)
        if self._look.has_mark:
            self._paint_mark(painter, QPointF(left, (self.height() - px(MARK)) / 2))
            left += px(MARK + GAP)
        digit = px(10) if self.shows_digit and self.digit else 0
        place = QRect(left, 0, self.width() - left - px(PAD) + px(4), self.height())
        self._write(painter, place, _WRAP)
        if digit:
            painter.setFont(self._kit.theme.font(11))
            painter.setPen(self._kit.theme.color("muted"))
            corner = QRect(self.width() - digit - 2, 2, digit, px(14))
            painter.drawText(corner, Qt.AlignmentFlag.AlignCenter, str(self.digit))

    def _paint_upright(self, painter: QPainter) -> None:
        px = self._kit.theme.px
        top = px(6)
        if self._picture is not None:
            size = self._picture_size(self.width())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(
                QRect((self.width() - size.width()) // 2, top, size.width(), size.height()), self._picture
            )
            top += size.height() + px(8)
        if self._look.has_mark:
            if not self._look.has_words:
                top = (self.height() - px(MARK)) // 2
            self._paint_mark(painter, QPointF((self.width() - px(MARK)) / 2, top))
            top += px(MARK + 6)
        self._write(painter, QRect(px(4), top, self.width() - px(8), self.height() - top - px(4)), _CENTRED)

    def _paint_mark(self, painter: QPainter, corner: QPointF) -> None:
        px, color = self._kit.theme.px, self._kit.theme.color
        box = QRectF(corner.x(), corner.y(), px(MARK), px(MARK)).adjusted(0.5, 0.5, -0.5, -0.5)
        on = self.isChecked()
        painter.setPen(QPen(color("accent" if on else "muted" if self.isEnabled() else "na"), 1.5))
        painter.setBrush(color("accent") if on and self._look.is_multiple else color("field"))
        if not self._look.is_multiple:
            painter.drawEllipse(box)
            if on:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(color("accent"))
                inset = px(MARK) * 0.26
                painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))
            return
        painter.drawRoundedRect(box, px(4), px(4))
        if on:
            painter.drawPixmap(QPointF(corner.x() + 1, corner.y() + 1), self._tick())

    def _tick(self) -> QPixmap:
        return self._kit.icons.pixmap("check", color="on_accent", size=MARK - 2)

    def _write(self, painter: QPainter, place: QRect, flags: int) -> None:
        if self._look.has_words:
            color = "na" if not self.isEnabled() else "accent" if self.isChecked() and not self._look.is_bare else "ink"
            painter.setFont(self._kit.theme.font())
            painter.setPen(self._kit.theme.color(color))
            painter.drawText(place, int(flags), self.text())

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._kit.theme.font())

    def _words_height(self, width: int) -> int:
        if not self._look.has_words or not self.text():
            return 0
        return self._metrics().boundingRect(QRect(0, 0, max(width, 20), 10_000), int(_WRAP), self.text()).height()

    def _picture_size(self, width: int) -> QSize:
        if self._picture is None:
            return QSize()
        edge = min(self._kit.theme.px(PICTURE), max(width - self._kit.theme.px(12), 16))
        return self._picture.deviceIndependentSize().toSize().scaled(edge, edge, Qt.AspectRatioMode.KeepAspectRatio)
