"""The left panel: how far each Dimension has come, what failed in it, and the Result so far."""

import re
from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from inspector_app.desktop.inspections.reasons import reason_lines
from inspector_app.desktop.inspections.state import RESULT_LOOKS, DimensionRow, Shown
from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.boxes import column, label, line, row, scroller
from inspector_app.desktop.kit.widgets.pill import Pill

WIDTH = 188
HEIGHT = 54


class DimensionButton(QAbstractButton):
    """Name, answered of total, a thin bar, and the number of failures as icon and figure."""

    def __init__(self, kit: Kit, name: str) -> None:
        super().__init__()
        self._kit = kit
        self.row: DimensionRow | None = None
        self._given: tuple[DimensionRow, str] | None = None
        self.setObjectName(f"dimension-{name}")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_row(self, shown: DimensionRow) -> None:
        """Repaint when something differs."""
        given = (shown, self._kit.language.code)
        if given == self._given:
            return
        self._given = given
        if not shown.label:
            shown = replace(shown, label=self._kit.language.tr("inspections.questions"))
        words = self._kit.language.tr(
            "inspections.dimension_name", label=shown.label, n=shown.answered, total=shown.total, failed=shown.failed
        )
        if shown != self.row or words != self.accessibleName():
            self.row = shown
            self.setAccessibleName(words)
            self.setToolTip(words)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._kit.theme.px(WIDTH - 24), self._kit.theme.px(HEIGHT) + self._more())

    def _more(self) -> int:
        """Height of the second line of a name too long for one: two lines, never a name cut off."""
        if self.row is None:
            return 0
        px, metrics = self._kit.theme.px, QFontMetrics(self._kit.theme.font(bold=True))
        room = px(WIDTH - 24) - px(16)
        return metrics.lineSpacing() if metrics.horizontalAdvance(short_name(self.row.label)) > room else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.row is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter)
        self._draw_words(painter, self.row)
        self._draw_bar(painter, self.row, self._draw_figures(painter, self.row))

    def _draw_ground(self, painter: QPainter) -> None:
        theme = self._kit.theme
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        token = "selected" if self.isChecked() else "hover" if self.underMouse() else "surface"
        painter.setPen(QPen(theme.color("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(token))
        painter.drawRoundedRect(box, theme.px(8), theme.px(8))

    def _draw_words(self, painter: QPainter, shown: DimensionRow) -> None:
        theme, px = self._kit.theme, self._kit.theme.px
        font = theme.font(bold=self.isChecked())
        painter.setFont(font)
        painter.setPen(theme.color("ink"))
        room = QRectF(px(10), px(5), self.width() - px(16), px(24) + self._more())
        painter.drawText(room, _MIDDLE | Qt.TextFlag.TextWordWrap, short_name(shown.label))

    def _draw_figures(self, painter: QPainter, shown: DimensionRow) -> float:
        """Failures and progress at the right of the lower line; the width they took."""
        theme, px = self._kit.theme, self._kit.theme.px
        right, top, height = float(self.width() - px(10)), px(28) + self._more(), px(20)
        is_done = shown.answered >= shown.total
        parts = [(f"{shown.answered}/{shown.total}", "pass" if is_done else "muted", "")]
        if shown.failed:
            parts.append((str(shown.failed), "fail", "x"))
        painter.setFont(theme.font(12))
        for words, token, icon in parts:
            width = QFontMetrics(theme.font(12)).horizontalAdvance(words)
            painter.setPen(theme.color(token))
            painter.drawText(QRectF(right - width, top, width + 2, height), _MIDDLE, words)
            right -= width
            if icon:
                right -= px(13)
                pixmap = self._kit.icons.pixmap(icon, color=token, size=12)
                painter.drawPixmap(int(right), top + (height - px(12)) // 2, pixmap)
            right -= px(8)
        return self.width() - right

    def _draw_bar(self, painter: QPainter, shown: DimensionRow, taken: float) -> None:
        theme, px = self._kit.theme, self._kit.theme.px
        whole = QRectF(px(10), px(36) + self._more(), self.width() - px(10) - taken, px(4))
        done = "pass" if shown.answered == shown.total else "accent"
        shares = (("na_tint", 1.0), (done, _share(shown.answered, shown)), ("fail", _share(shown.failed, shown)))
        painter.setPen(Qt.PenStyle.NoPen)
        for token, share in shares:
            if share:
                part = QRectF(whole)
                part.setWidth(whole.width() * share)
                painter.setBrush(theme.color(token))
                painter.drawRoundedRect(part, px(2), px(2))


_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class DimensionPanel(QWidget):
    """`chosen` carries a Dimension's id."""

    chosen = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._buttons: dict[str, DimensionButton] = {}
        self._given: object = None
        self._list: QVBoxLayout = column(spacing=2)
        self._caption = label("caption")
        kit.language.text(self._caption, "inspections.result_so_far")
        self._result = Pill(kit.icons)
        self._reasons = label("muted", wrap=True, name="verdict-reasons")
        self._counts = label("caption", wrap=True, name="verdict-counts")
        inner = column(self._list, line(), self._caption, row(self._result, 1), self._reasons, self._counts, 1)
        inner.setContentsMargins(8, 4, 8, 8)
        content = QWidget()
        content.setLayout(inner)
        self.setLayout(column(scroller(content), spacing=0))
        self._fit()
        kit.theme.changed.connect(self._fit)

    def show_state(self, shown: Shown, current: str) -> None:
        """`current` is the Dimension in the middle; every answer comes twice, pressed and saved."""
        counts = (shown.answered, shown.total, shown.failed, shown.is_finished)
        given = (self._kit.language.code, shown.dimensions, shown.result, shown.reasons, counts)
        if given != self._given:
            self._given = given
            self._show(shown)
        self.mark(current)

    def _show(self, shown: Shown) -> None:
        names = [dimension.id for dimension in shown.dimensions]
        if names != list(self._buttons):
            self._build(names)
        for dimension in shown.dimensions:
            self._buttons[dimension.id].show_row(dimension)
        tr = self._kit.language.tr
        tone, icon = RESULT_LOOKS[shown.result]
        self._result.show_state(tone, icon, tr(f"result_short.{shown.result.value}"))
        self._reasons.setText("\n".join(reason_lines(shown, tr)))
        self._reasons.setVisible(bool(shown.reasons))
        done = shown.total - shown.answered
        self._counts.setText(tr("inspections.counts", failed=shown.failed, unchecked=done))
        kind = "inspections.result" if shown.is_finished else "inspections.result_so_far"
        self._kit.language.text(self._caption, kind)

    def mark(self, current: str) -> None:
        """Which Dimension is in the middle."""
        for name, button in self._buttons.items():
            button.setChecked(name == current)

    def _build(self, names: list[str]) -> None:
        for button in self._buttons.values():
            self._list.removeWidget(button)
            button.deleteLater()
        self._buttons = {name: DimensionButton(self._kit, name) for name in names}
        for button in self._buttons.values():
            button.clicked.connect(self._on_clicked)
            self._list.addWidget(button)

    def _fit(self) -> None:
        self.setFixedWidth(self._kit.theme.px(WIDTH))

    def _on_clicked(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, DimensionButton) and pressed.row:
            self.chosen.emit(pressed.row.id)


def short_name(label: str) -> str:
    """A Dimension's name without the remark in brackets; the tooltip says it whole."""
    return re.split(r"\s*[（(]", label, maxsplit=1)[0] or label


def _share(count: int, shown: DimensionRow) -> float:
    return count / shown.total if shown.total else 0.0
