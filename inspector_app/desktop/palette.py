"""Ctrl+K: type a few letters of what you want to do, Enter does it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from inspector_app.desktop.kit.actions import Deed, key_text
from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.boxes import column
from inspector_app.desktop.kit.widgets.search_field import SearchField

_SHOWN_KEYS = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class Palette(QDialog):
    """Lists what can be done on the page that is open; deleted when closed."""

    def __init__(self, kit: Kit, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        kit.language.title(self, "window.palette")
        self._kit = kit
        self._deeds = [deed for deed in kit.actions.listed() if deed.where.isVisible() and deed.action.isEnabled()]
        self._search = SearchField(kit.icons, kit.language, "window.palette_hint")
        self._list = QListWidget()
        self._list.setObjectName("palette_list")
        kit.language.name(self._list, "window.palette")
        self._search.installEventFilter(self)
        self._search.searched.connect(self._narrow)
        self._search.returnPressed.connect(self._on_chosen)
        self._list.itemActivated.connect(self._on_chosen)
        self._list.itemClicked.connect(self._on_chosen)
        self.setLayout(column(self._search, self._list, margins=16))
        self.resize(kit.theme.px(520), kit.theme.px(420))
        self._narrow("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _SHOWN_KEYS:
            self._list.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def _narrow(self, text: str) -> None:
        self._list.clear()
        for deed in matching(self._deeds, text, self._kit.language.tr):
            item = QListWidgetItem("    ".join(filter(None, (self._kit.language.tr(deed.words), key_text(deed.keys)))))
            item.setData(Qt.ItemDataRole.UserRole, self._deeds.index(deed))
            self._list.addItem(item)
        self._list.setCurrentRow(0)

    def _on_chosen(self) -> None:
        item: QListWidgetItem | None = self._list.currentItem()
        if item is None:
            return
        deed = self._deeds[item.data(Qt.ItemDataRole.UserRole)]
        self.close()
        deed.action.trigger()


def matching(deeds: list[Deed], text: str, words: Callable[[str], str]) -> list[Deed]:
    """Deeds whose words hold every part of the text, whatever its case."""
    parts = text.casefold().split()
    return [deed for deed in deeds if all(part in words(deed.words).casefold() for part in parts)]
