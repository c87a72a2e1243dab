"""The hits as a list with headings: icon and name at the left, what tells it apart at the right."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.searching.state import Hit

ROW, HEADING = 40, 32
_HIT = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class HitList(QListWidget):
    """`opened` carries the Hit that was chosen."""

    opened = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setObjectName("palette_list")
        self.setUniformItemSizes(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(HitPainter(context, self))
        context.language.name(self, "search.title")
        self.itemActivated.connect(self._on_item)
        self.itemClicked.connect(self._on_item)

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Replace the list; the cursor is on the first hit."""
        self.clear()
        px, tr = self._context.theme.px, self._context.language.tr
        for group, members in groupby(hits, key=lambda hit: hit.group):
            head = QListWidgetItem(tr(f"search_group.{group}"), self)
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            head.setSizeHint(QSize(0, px(HEADING)))
            for hit in members:
                item = QListWidgetItem(hit.title, self)
                item.setData(_HIT, hit)
                item.setSizeHint(QSize(0, px(ROW)))
                item.setToolTip(hit.title)
                item.setData(
                    Qt.ItemDataRole.AccessibleTextRole, f"{tr(f'search_group.{group}')}: {hit.title} {hit.below}"
                )
        self.setCurrentRow(1 if hits else -1)
        self.scrollToTop()

    def open_current(self) -> None:
        """As if the current hit were clicked."""
        self._on_item(self.currentItem())

    def _on_item(self, item: QListWidgetItem | None) -> None:
        hit = item.data(_HIT) if item is not None else None
        if isinstance(hit, Hit):
            self.opened.emit(hit)


class HitPainter(QStyledItemDelegate):
    """Two texts on one line: the name may take two thirds, what tells it apart the rest."""

    def __init__(self, context: Context, parent: QListWidget) -> None:
        super().__init__(parent)
        self._context = context

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit = index.data(_HIT)
        theme = self._context.theme
        rect: QRect = option.rect.adjusted(theme.px(12), 0, -theme.px(12), 0)
        painter.save()
        if not isinstance(hit, Hit):
            painter.setFont(theme.font(12, bold=True))
            painter.setPen(theme.color("muted"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignBottom, str(index.data()))
            painter.restore()
            return
        self._ground(painter, option)
        edge = theme.px(16)
        icon = self._context.icons.pixmap(hit.icon, color="muted", size=16)
        painter.drawPixmap(rect.left(), rect.center().y() - edge // 2, icon)
        rect.setLeft(rect.left() + edge + theme.px(12))
        self._texts(painter, rect, hit)
        painter.restore()

    def _texts(self, painter: QPainter, rect: QRect, hit: Hit) -> None:
        theme, middle = self._context.theme, Qt.AlignmentFlag.AlignVCenter
        large, small = theme.font(), theme.font(12)
        wanted = QFontMetrics(large).horizontalAdvance(hit.title)
        below = QFontMetrics(small).horizontalAdvance(hit.below)
        gap = theme.px(16)
        room = max(rect.width() - below - gap, min(wanted, rect.width() * 2 // 3))
        elide = Qt.TextElideMode.ElideRight
        painter.setFont(large)
        painter.setPen(theme.color("ink"))
        painter.drawText(rect, middle, QFontMetrics(large).elidedText(hit.title, elide, room))
        rest = rect.adjusted(min(wanted, room) + gap, 0, 0, 0)
        painter.setFont(small)
        painter.setPen(theme.color("muted"))
        words = QFontMetrics(small).elidedText(hit.below, elide, rest.width())
        painter.drawText(rest, middle | Qt.AlignmentFlag.AlignRight, words)

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """Selected and hovered rows as everywhere; a bar at the left says the same without colour."""
        theme, state = self._context.theme, option.state
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        if not is_selected and not state & QStyle.StateFlag.State_MouseOver:
            return
        rect: QRect = option.rect
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("selected" if is_selected else "hover"))
        painter.drawRoundedRect(rect, theme.px(6), theme.px(6))
        if is_selected:
            painter.setBrush(theme.color("accent"))
            painter.drawRoundedRect(QRect(rect.left(), rect.top() + theme.px(8), 3, rect.height() - theme.px(16)), 1, 1)
