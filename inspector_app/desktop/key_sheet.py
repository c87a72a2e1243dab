"""F1: every key of the window, grouped by page."""

from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from inspector_app.desktop.kit.actions import Deed, key_text
from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.boxes import button, column, holder, label, row, scroller


class KeySheet(QDialog):
    """Closes with Esc; deleted when closed."""

    def __init__(self, kit: Kit, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        kit.language.title(self, "window.keys")
        self._kit = kit
        listed = sorted((deed for deed in kit.actions.listed() if deed.keys), key=lambda deed: deed.group)
        groups = [self._group(key, list(deeds)) for key, deeds in groupby(listed, key=lambda deed: deed.group)]
        half = (len(groups) + 1) // 2
        sides = row(
            column(*groups[:half], 1, spacing=20), column(*groups[half:], 1, spacing=20), spacing=40, margins=24
        )
        close = button("primary", name="close")
        kit.language.text(close, "window.close")
        close.clicked.connect(self.close)
        foot = row(1, close, margins=16)
        self.setLayout(column(scroller(holder(sides)), foot, spacing=0))
        self.resize(kit.theme.px(760), kit.theme.px(560))

    def _group(self, key: str, deeds: list[Deed]) -> QWidget:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        title = label("section")
        title.setText(self._kit.language.tr(key))
        grid.addWidget(title, 0, 0, 1, 2)
        for number, deed in enumerate(deeds, start=1):
            words, keys = label(), label("muted")
            words.setText(self._kit.language.tr(deed.words))
            keys.setText(key_text(deed.keys))
            keys.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(words, number, 0)
            grid.addWidget(keys, number, 1)
        return holder(grid)
