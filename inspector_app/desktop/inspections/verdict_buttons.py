"""The three-way choice of an Item: 合格, 不合格, 不適用, each with icon, word and colour, drawn as one strip."""

from collections.abc import Mapping
from functools import lru_cache

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.icons import VERDICT_ICONS
from inspector_app.domain.inspection import Verdict

HEIGHT = 40
NARROWEST = 72
ICON = 16
GAP = 5
PAD = 8
RADIUS = 8.0
_INKS = {Verdict.PASS: "pass", Verdict.FAIL: "fail", Verdict.NA: "muted"}
_TINTS = {Verdict.PASS: "pass_tint", Verdict.FAIL: "fail_tint", Verdict.NA: "na_tint"}
_EDGES = {Verdict.PASS: "pass", Verdict.FAIL: "fail", Verdict.NA: "na"}
_KEYS = {Verdict.PASS: "1", Verdict.FAIL: "2", Verdict.NA: "3"}


class VerdictButton(QAbstractButton):
    """One segment; painted by hand because a style sheet doubles the cost of two hundred of them."""

    def __init__(self, kit: Kit, verdict: Verdict, item_id: str) -> None:
        super().__init__()
        self._kit, self.verdict = kit, verdict
        self.is_suggested = False
        self.setObjectName(f"verdict-{verdict.value}-{item_id}")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, words: str, item_id: str) -> None:
        """The word in the current language."""
        self.setText(words)
        self.setToolTip(f"{words}  {_KEYS[self.verdict]}")
        self.setAccessibleName(f"{item_id} {words}")

    def sizeHint(self) -> QSize:
        px = self._kit.theme.px
        words = QFontMetrics(self._kit.theme.font(bold=True)).horizontalAdvance(self.text())
        return QSize(max(px(NARROWEST), words + px(ICON + GAP + 2 * PAD)), px(HEIGHT))

    def nextCheckState(self) -> None:
        """The strip decides what is checked."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self._kit.theme.color
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(color(_EDGES[self.verdict] if self.isChecked() else "edge"), 1))
        painter.setBrush(self._fill())
        painter.drawPath(self._shape(box))
        if self.is_suggested and not self.isChecked():
            painter.setPen(QPen(color(_EDGES[self.verdict]), 1.5, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(self._shape(box.adjusted(2, 2, -2, -2)))
        self._draw_words(painter)
        if self.hasFocus():
            painter.setPen(QPen(color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(self._shape(box.adjusted(0.5, 0.5, -0.5, -0.5)))

    def _fill(self) -> QColor:
        color = self._kit.theme.color
        if self.isChecked():
            return color(_TINTS[self.verdict])
        if self.isDown():
            return color("pressed")
        return color("hover") if self.underMouse() and self.isEnabled() else color("surface")

    def _draw_words(self, painter: QPainter) -> None:
        px, theme = self._kit.theme.px, self._kit.theme
        token = _INKS[self.verdict] if self.isChecked() else "ink" if self.isEnabled() else "na"
        font = theme.font(bold=self.isChecked())
        painter.setFont(font)
        width = QFontMetrics(font).horizontalAdvance(self.text())
        left = (self.width() - width - px(ICON + GAP)) / 2
        icon = self._kit.icons.pixmap(
            VERDICT_ICONS[self.verdict.value],
            color=_INKS[self.verdict] if self.isChecked() or self.isEnabled() else "na",
            size=ICON,
        )
        painter.drawPixmap(QPointF(left, (self.height() - px(ICON)) / 2), icon)
        painter.setPen(theme.color(token))
        place = QRectF(left + px(ICON + GAP), 0, width + px(4), self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())

    def _shape(self, box: QRectF) -> QPainterPath:
        """Round only at the ends of the strip; joining paths costs more than all the painting, so they are kept."""
        return _end_of_strip(
            (box.x(), box.y(), box.width(), box.height()), self._kit.theme.px(int(RADIUS)), self.verdict
        )


@lru_cache(maxsize=64)
def _end_of_strip(place: tuple[float, float, float, float], radius: int, verdict: Verdict) -> QPainterPath:
    """All rows share the few there are."""
    box, path = QRectF(*place), QPainterPath()
    path.addRoundedRect(box, radius, radius)
    square = QPainterPath()
    half = box.width() / 2
    if verdict is not Verdict.PASS:
        square.addRect(QRectF(box.left(), box.top(), half, box.height()))
    if verdict is not Verdict.NA:
        square.addRect(QRectF(box.left() + half, box.top(), half, box.height()))
    return path.united(square).simplified()


class VerdictButtons(QWidget):
    """`chosen` carries the Verdict's value; a second press changes nothing, so a double click is harmless.

    It confirms a Verdict that was not given to this Item by itself.
    """

    chosen = Signal(str)

    def __init__(self, kit: Kit, item_id: str) -> None:
        super().__init__()
        self._kit, self._item_id = kit, item_id
        self._buttons: Mapping[Verdict, VerdictButton] = {v: VerdictButton(kit, v, item_id) for v in Verdict}
        self._verdict: Verdict | None = None
        self._is_firm = True
        layout = QHBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for each in self._buttons.values():
            layout.addWidget(each)
            each.clicked.connect(self._on_clicked)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.say()

    def show_verdict(self, verdict: Verdict | None, suggested: Verdict | None, *, is_firm: bool) -> None:
        """What is chosen, and what the measures say; only what looks otherwise is painted again."""
        self._verdict, self._is_firm = verdict, is_firm
        for each, one in self._buttons.items():
            one.setChecked(each is verdict)
            if one.is_suggested != (each is suggested):
                one.is_suggested = each is suggested
                one.update()

    def lock(self, is_locked: bool) -> None:
        """A finished visit shows what was chosen and takes no presses."""
        for one in self._buttons.values():
            one.setEnabled(not is_locked)

    def say(self) -> None:
        """Words in the current language, all three equally wide."""
        for verdict, one in self._buttons.items():
            one.say(self._kit.language.tr(f"verdict.{verdict.value}"), self._item_id)
        widest = max(one.sizeHint().width() for one in self._buttons.values())
        for one in self._buttons.values():
            one.setFixedSize(QSize(widest, self._kit.theme.px(HEIGHT)))

    def focus_first(self) -> None:
        """Put the focus on what is chosen, else on the first."""
        self._buttons[self._verdict or Verdict.PASS].setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Another zoom: the same words take another room."""
        if event.type() == QEvent.Type.FontChange:
            self.say()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        order = list(self._buttons.values())
        focused = next((n for n, one in enumerate(order) if one.hasFocus()), None)
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if focused is None or by is None:
            super().keyPressEvent(event)
            return
        order[max(0, min(focused + by, len(order) - 1))].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_clicked(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, VerdictButton) and (pressed.verdict is not self._verdict or not self._is_firm):
            self.chosen.emit(pressed.verdict.value)
