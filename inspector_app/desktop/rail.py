"""The rail at the left: the pages, who is working, and nothing else. Icons only when the window is narrow."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout

from inspector_app.desktop.kit.actions import key_text
from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.boxes import label, row

WIDE, NARROW = 188, 64


class Rail(QFrame):
    """`chosen` carries the name of the page that was clicked."""

    chosen = Signal(str)

    def __init__(self, kit: Kit, pages: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._kit = kit
        self.setObjectName("rail")
        self._brand = label("brand")
        self._who = label("caption", wrap=True, name="who")
        kit.language.text(self._brand, "app.name")
        self._group = QButtonGroup(self)
        self._pages: dict[str, tuple[QToolButton, str]] = {}
        column = QVBoxLayout()
        column.setContentsMargins(12, 20, 12, 16)
        column.setSpacing(4)
        mark = label()
        kit.icons.put(mark, "shield-check", color="rail_mark", size=22)
        head = row(mark, self._brand, 1, spacing=8)
        head.setContentsMargins(9, 0, 0, 0)
        column.addLayout(head)
        column.addSpacing(16)
        for number, (name, icon) in enumerate(pages, start=1):
            column.addWidget(self._button(name, icon, number))
        column.addStretch(1)
        column.addWidget(self._who)
        self.setLayout(column)
        self._is_narrow = False
        self._on_look_changed()
        kit.theme.changed.connect(self._on_look_changed)
        kit.language.changed.connect(self._on_look_changed)

    def mark(self, page: str) -> None:
        """Show which page is open; a page that is not on the rail leaves the mark where it is."""
        if page in self._pages:
            self._pages[page][0].setChecked(True)
        for button, icon in self._pages.values():
            self._kit.icons.put(button, icon, color="rail_ink" if button.isChecked() else "rail_muted", size=20)

    def say_who(self, words: str) -> None:
        """Name and Team of whoever unlocked the laptop."""
        self._who.setText(words)

    def narrow(self, is_narrow: bool) -> None:
        """Icons only, or icons with words."""
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._on_look_changed()

    def _button(self, name: str, icon: str, number: int) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"rail_{name}")
        button.setCheckable(True)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setProperty("number", number)
        self._kit.language.text(button, f"page.{name}")
        self._kit.language.name(button, f"page.{name}")
        self._group.addButton(button)
        self._pages[name] = (button, icon)
        button.clicked.connect(lambda: self.chosen.emit(name))
        return button

    def _on_look_changed(self) -> None:
        px = self._kit.theme.px
        self.setFixedWidth(px(NARROW if self._is_narrow else WIDE))
        self._brand.setVisible(not self._is_narrow)
        self._who.setVisible(not self._is_narrow)
        style = (
            Qt.ToolButtonStyle.ToolButtonIconOnly if self._is_narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        )
        for name, (button, _) in self._pages.items():
            button.setToolButtonStyle(style)
            button.setFixedSize(QSize(self.width() - 24, px(44)))
            button.setToolTip(
                self._kit.language.tr(f"page.{name}") + "  " + key_text(f"Ctrl+{button.property('number')}")
            )
