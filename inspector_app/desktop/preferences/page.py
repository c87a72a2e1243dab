"""The settings page: language, look and size take effect at once; below, version and licences."""

from PySide6.QtWidgets import QFrame, QGridLayout, QPlainTextEdit, QPushButton, QWidget

from inspector_app import __version__, assets
from inspector_app.desktop.kit.catalogue import LANGUAGES
from inspector_app.desktop.kit.collating import ORDERS
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.theme import THEMES, ZOOMS
from inspector_app.desktop.kit.widgets.boxes import button, card, column, label, row, scroller
from inspector_app.desktop.kit.widgets.page_head import PageHead
from inspector_app.desktop.preferences.choices import Choices
from inspector_app.desktop.preferences.signer_field import SignerField
from inspector_app.desktop.preferences.stamp_choice import StampChoice
from inspector_app.desktop.preferences.state import PARTS, Part

_THEME_ICONS = {"system": "monitor", "light": "sun", "dark": "moon"}


class PreferencesPage(QWidget):
    """Every choice is remembered as it is made."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.head = PageHead(context.language, "page.preferences")
        settings = context.settings
        language = self._language = Choices(LANGUAGES, self._dress_language)
        theme = self._theme = Choices(THEMES, self._dress_theme)
        zoom = self._zoom = Choices([f"{zoom:g}" for zoom in ZOOMS], self._dress_zoom)
        order = self._order = Choices(ORDERS, self._dress_order)
        order.chosen.connect(settings.name_order.put)
        language.chosen.connect(settings.language.put)
        theme.chosen.connect(settings.theme.put)
        zoom.chosen.connect(self._on_zoom)
        for setting in (settings.language, settings.theme, settings.zoom, settings.name_order):
            setting.changed.connect(self._show)
        self._show()
        cards = [
            self._card("preferences.language", "preferences.language_text", language),
            self._card("preferences.theme", "preferences.theme_text", theme),
            self._card("preferences.zoom", "preferences.zoom_text", zoom),
            self._card("preferences.order", "preferences.order_text", order),
            self._card("preferences.stamp", "preferences.stamp_text", StampChoice(context)),
            self._letterhead(),
            self._card("preferences.signer", "preferences.signer_text", SignerField(context)),
            self._about(),
        ]
        body = QWidget()
        layout = column(*cards, 1, spacing=16)
        layout.setContentsMargins(24, 0, 24, 24)
        body.setLayout(layout)
        self.setLayout(column(self.head, scroller(body), spacing=0))

    def _show(self) -> None:
        settings = self._context.settings
        self._language.mark(settings.language.get())
        self._theme.mark(settings.theme.get())
        self._zoom.mark(f"{settings.zoom.get():g}")
        self._order.mark(settings.name_order.get())

    def _card(self, title: str, text: str, choices: QWidget) -> QFrame:
        head, below = label("section"), label("muted", wrap=True)
        self._context.language.text(head, title)
        self._context.language.text(below, text)
        return card(column(head, below, spacing=2), choices, spacing=14, margins=20)

    def _letterhead(self) -> QFrame:
        """The way to the page where papers get their looks."""
        opens = button(name="open_letterhead")
        self._context.icons.put(opens, "file-text")
        self._context.language.text(opens, "letterhead.open")
        opens.clicked.connect(lambda: self._context.go("letterhead", None))
        line = row(opens, 1)
        whole = QWidget()
        whole.setLayout(line)
        return self._card("page.letterhead", "letterhead.open_text", whole)

    def _about(self) -> QFrame:
        head, version = label("section"), label("muted")
        self._context.language.text(head, "preferences.about")
        self._context.language.text(version, "preferences.version", version=__version__)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for number, part in enumerate(PARTS):
            grid.setRowMinimumHeight(number, self._context.theme.px(32))
            self._add_part(grid, number, part)
        self._licence = QPlainTextEdit()
        self._licence.setReadOnly(True)
        self._licence.setObjectName("licence")
        self._licence.setFixedHeight(self._context.theme.px(220))
        self._context.language.name(self._licence, "preferences.licence")
        self._licence.hide()
        return card(column(head, version, spacing=2), grid, self._licence, spacing=14, margins=20)

    def _add_part(self, grid: QGridLayout, number: int, part: Part) -> None:
        name, licence = label(), label("muted")
        name.setText(part.name)
        licence.setText(part.licence)
        grid.addWidget(name, number, 0)
        grid.addWidget(licence, number, 1)
        if part.file:
            show = button("chip", name="show_licence")
            self._context.language.text(show, "preferences.show_licence")
            self._context.language.name(show, "preferences.show_licence_of", name=part.name)
            show.clicked.connect(lambda: self._show_licence(part.file))
            grid.addWidget(show, number, 2)

    def _show_licence(self, file: str) -> None:
        self._licence.setPlainText(assets.resource(file).read_text("utf-8"))
        self._licence.show()

    def _dress_language(self, made: QPushButton, code: str) -> None:
        """Each language names itself, so that a lost user finds the way back."""
        self._context.language.text(made, f"self.{code}")

    def _dress_theme(self, made: QPushButton, theme: str) -> None:
        self._context.language.text(made, f"theme.{theme}")
        self._context.icons.put(made, _THEME_ICONS[theme])

    def _dress_zoom(self, made: QPushButton, zoom: str) -> None:
        self._context.language.text(made, "preferences.percent", percent=round(float(zoom) * 100))

    def _dress_order(self, made: QPushButton, order: str) -> None:
        self._context.language.text(made, f"name_order.{order}")

    def _on_zoom(self, zoom: str) -> None:
        self._context.settings.zoom.put(float(zoom))
