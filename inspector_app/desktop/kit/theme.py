"""Colours, fonts and sizes: tokens → palette and one small style sheet on Fusion; switched live."""

import json
import re
from collections.abc import Mapping
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from inspector_app import assets

THEMES = ("system", "light", "dark")
ZOOMS = (0.9, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0)
BASE_SIZE = 14
"""Pixels of body text at zoom 1."""
FAMILIES = ("Noto Sans SC", "Noto Sans TC", "Noto Sans JP")
_STILL = "QProgressBar, QScrollBar, QComboBox, QAbstractSpinBox { widget-animation-duration: 0; }"
_AT_ONCE = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
_FALLBACKS = ("NotoSansTC-Regular.ttf", "NotoSansTC-Bold.ttf", "NotoSansJP-Regular.ttf", "NotoSansJP-Bold.ttf")
_ROLES = {
    "Window": "ground", "WindowText": "ink", "Base": "surface", "AlternateBase": "ground", "Text": "ink",
    "Button": "surface", "ButtonText": "ink", "Highlight": "accent", "HighlightedText": "on_accent", "Link": "accent",
    "LinkVisited": "accent", "ToolTipBase": "ink", "ToolTipText": "surface", "PlaceholderText": "muted",
    "Light": "hover", "Midlight": "hairline", "Mid": "edge", "Dark": "edge", "Shadow": "ink", "BrightText": "on_accent",
    "Accent": "accent",
}  # fmt: skip

Tokens = Mapping[str, str]
"""Role of a colour → #RRGGBB."""


def read_tokens(name: str) -> Tokens:
    """The tokens of `light` or `dark`."""
    tokens: dict[str, str] = json.loads(assets.resource(f"theme/{name}.json").read_text("utf-8"))
    return tokens


def palette_of(tokens: Tokens) -> QPalette:
    """Every colour group of a QPalette; `setColorScheme` alone does nothing on many desktops."""
    palette = QPalette()
    for role, token in _ROLES.items():
        palette.setColor(QPalette.ColorRole[role], QColor(tokens[token]))
    for role in ("WindowText", "Text", "ButtonText"):
        palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole[role], QColor(tokens["na"]))
    return palette


def sheet_of(tokens: Tokens, name: str, zoom: float) -> str:
    """The style sheet with colours filled in and every size above 2 px scaled."""
    source = assets.resource("theme/window.qss").read_text("utf-8")
    filled = Template(source).substitute(tokens, folder=assets.resource(f"theme/{name}").as_posix())
    sized = re.sub(r"\b(\d+)px", lambda m: f"{scaled(int(m[1]), zoom)}px", filled)
    return sized if has_motion() else sized + _STILL


def has_motion() -> bool:
    """The system wants moving parts; where it asks for less, or does not say, nothing moves but what somebody drags."""
    return QApplication.isEffectEnabled(Qt.UIEffect.UI_General)


def scaled(size: int, zoom: float) -> int:
    """Hairlines stay hairlines, everything else grows."""
    return size if size <= 2 else round(size * zoom)


def next_zoom(now: float, step: int) -> float:
    """One size up or down, never past the ends."""
    place = ZOOMS.index(now) if now in ZOOMS else ZOOMS.index(1.0)
    return ZOOMS[min(max(place + step, 0), len(ZOOMS) - 1)]


class Theme(QObject):
    """One per window; `changed` is emitted after palette, font and sheet have been applied."""

    changed = Signal()

    def __init__(self, choice: str = "system", zoom: float = 1.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.choice = choice if choice in THEMES else "system"
        self.zoom = zoom if zoom in ZOOMS else 1.0
        self._fonts: dict[tuple[int, bool, float], QFont] = {}
        self.tokens: Tokens = {}
        self.load_fonts(_AT_ONCE)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    @property
    def shown(self) -> str:
        """`light` or `dark`."""
        if self.choice != "system":
            return self.choice
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return "dark" if dark else "light"

    def switch(self, choice: str) -> None:
        """Follow the system, or stay light or dark."""
        if choice in THEMES and choice != self.choice:
            self.choice = choice
            self.apply()

    def enlarge(self, zoom: float) -> None:
        """One of ZOOMS."""
        if zoom in ZOOMS and zoom != self.zoom:
            self.zoom = zoom
            self.apply()

    def apply(self) -> None:
        """Put the look on the application."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.tokens = read_tokens(self.shown)
        if app.style().objectName() != "fusion":
            app.setStyle("Fusion")
        app.setPalette(palette_of(self.tokens))
        app.setFont(self.font())
        app.setStyleSheet(sheet_of(self.tokens, self.shown, self.zoom))
        self.changed.emit()

    def font(self, size: int = BASE_SIZE, *, bold: bool = False) -> QFont:
        """The typeface at a size in pixels at zoom 1."""
        known = self._fonts.get((size, bold, self.zoom))
        if known is None:
            known = QFont()
            known.setFamilies(list(FAMILIES))
            known.setPixelSize(self.px(size))
            known.setBold(bold)
            self._fonts[size, bold, self.zoom] = known
        return QFont(known)

    def color(self, token: str) -> QColor:
        """A colour by its role, e.g. `fail`."""
        return QColor(self.tokens[token])

    def px(self, size: int) -> int:
        """A length in pixels at the current zoom."""
        return scaled(size, self.zoom)

    def load_fonts(self, files: tuple[str, ...] = _FALLBACKS) -> None:
        """Make bundled typefaces known; the fallbacks for rare characters may come after the first paint."""
        for file in files:
            QFontDatabase.addApplicationFont(str(assets.resource(f"fonts/{file}")))

    def _on_system_changed(self) -> None:
        if self.choice == "system":
            self.apply()
