"""Icons: lucide outlines from `resources/icons`, drawn in a colour of the theme and redrawn when it changes."""

from collections.abc import Mapping
from weakref import WeakKeyDictionary

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QLabel
from shiboken6 import isValid

from inspector_app import assets
from inspector_app.desktop.kit.theme import Theme

GAP = 6
"""Pixels between an icon and the word on a button."""
_Worn = tuple[str, str, int]


class Icons(QObject):
    """`put` keeps a widget's icon in step with theme and zoom; `icon` and `pixmap` draw once. Names are file names."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._outlines: dict[str, str] = {}
        self._drawn: dict[tuple[str, str, int], QPixmap] = {}
        self._worn: WeakKeyDictionary[QObject, _Worn] = WeakKeyDictionary()
        theme.changed.connect(self._on_theme_changed)

    def put(self, widget: QAbstractButton | QLabel | QAction, name: str, *, color: str = "ink", size: int = 18) -> None:
        """Show an icon on a button, label or action; `color` is a token, `size` pixels at zoom 1."""
        if self._worn.get(widget) != (name, color, size):
            self._worn[widget] = (name, color, size)
            self._dress(widget)

    def icon(self, name: str, *, color: str = "ink", size: int = 18) -> QIcon:
        """An icon with its disabled twin."""
        icon = QIcon(self.pixmap(name, color=color, size=size))
        icon.addPixmap(self.pixmap(name, color="na", size=size), QIcon.Mode.Disabled)
        return icon

    def pixmap(self, name: str, *, color: str = "ink", size: int = 18) -> QPixmap:
        """A square picture, sharp on this screen; cached. Raises OSError for an unknown name."""
        edge = self._theme.px(size)
        key = (name, self._theme.tokens[color], edge)
        if key not in self._drawn:
            self._drawn[key] = self._draw(*key)
        return self._drawn[key]

    def _draw(self, name: str, rgb: str, edge: int) -> QPixmap:
        if name not in self._outlines:
            self._outlines[name] = assets.resource(f"icons/{name}.svg").read_text("utf-8")
        renderer = QSvgRenderer(QByteArray(self._outlines[name].replace("currentColor", rgb).encode()))
        app = QGuiApplication.instance()
        ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
        pixmap = QPixmap(QSize(edge, edge) * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, edge, edge))
        painter.end()
        return pixmap

    def _dress(self, widget: QObject) -> None:
        name, color, size = self._worn[widget]
        if isinstance(widget, QLabel):
            widget.setPixmap(self.pixmap(name, color=color, size=size))
            return
        if isinstance(widget, QAbstractButton):
            edge = self._theme.px(size)
            gap = self._theme.px(GAP) if widget.property("kind") != "icon" else 0
            widget.setIconSize(QSize(edge + gap, edge))
            widget.setIcon(_beside(self.icon(name, color=color, size=size), edge, gap))
        elif isinstance(widget, QAction):
            widget.setIcon(self.icon(name, color=color, size=size))

    def _on_theme_changed(self) -> None:
        self._drawn.clear()
        for widget in list(self._worn):
            if isValid(widget):
                self._dress(widget)


def _beside(icon: QIcon, edge: int, gap: int) -> QIcon:
    """The same icon with air at its right: a style sheet cannot keep text away from it."""
    if not gap:
        return icon
    spaced = QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled):
        small = icon.pixmap(QSize(edge, edge), mode)
        pixmap = QPixmap(QSize(edge + gap, edge) * small.devicePixelRatio())
        pixmap.setDevicePixelRatio(small.devicePixelRatio())
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.drawPixmap(0, 0, small)
        painter.end()
        spaced.addPixmap(pixmap, mode)
    return spaced


VERDICT_ICONS: Mapping[str, str] = {"pass": "check", "fail": "x", "na": "minus"}
"""Verdict → icon, the same everywhere."""
