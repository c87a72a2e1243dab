"""Ctrl+K: type what you look for or want to do, in characters or pinyin; Enter opens or does the first hit."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from inspector_app.desktop.kit.actions import key_text
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.widgets.boxes import column, label
from inspector_app.desktop.kit.widgets.search_field import SearchField
from inspector_app.desktop.searching.hit_list import HitList
from inspector_app.desktop.searching.models import find_everything
from inspector_app.desktop.searching.state import PAGE_OF, Deed, Found, Hit, derive_hits

_MOVES = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class Palette(QDialog):
    """Sites, visits, Findings, and what can be done on the page that is open; deleted when closed."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        context.language.title(self, "search.title")
        self._context = context
        listed = context.actions.listed()
        self._deeds = [deed for deed in listed if deed.where.isVisible() and deed.action.isEnabled()]
        self._text = ""
        self._is_waiting = self._is_hurried = False
        self.search = SearchField(context.icons, context.language, "search.hint")
        self.list = HitList(context)
        self._nothing = label("muted", wrap=True, name="search_nothing")
        context.language.text(self._nothing, "search.nothing")
        self._nothing.hide()
        self.search.installEventFilter(self)
        self.search.searched.connect(self._look)
        self.search.returnPressed.connect(self._on_enter)
        self.list.opened.connect(self._on_opened)
        self.setLayout(column(self.search, self._nothing, self.list, spacing=12, margins=16))
        self.resize(context.theme.px(640), context.theme.px(520))
        self._look("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _MOVES:
            self.list.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def _look(self, text: str) -> None:
        self._text, self._is_waiting = text, True
        job = partial(find_everything, self._context.store, text)
        self._context.lanes.wide.run(job, partial(self._on_found, text))

    def _on_found(self, text: str, found: Found) -> None:
        if text != self._text:
            return  # an answer to an older question
        self._is_waiting = False
        language = self._context.language
        deeds = [Deed(n, language.tr(each.words), key_text(each.keys)) for n, each in enumerate(self._deeds)]
        hits = derive_hits(found, deeds, text, language.tr, language.code)
        self.list.show_hits(hits)
        self._nothing.setVisible(not hits)
        if self._is_hurried:
            self._on_enter()

    def _on_enter(self) -> None:
        """Enter before the answer is there holds for the answer."""
        self._is_hurried = self._is_waiting or self.search.text().strip() != self._text
        if not self._is_hurried:
            self.list.open_current()

    def _on_opened(self, hit: Hit) -> None:
        self.close()
        if hit.group == "deeds":
            self._deeds[int(hit.id)].action.trigger()
        else:
            self._context.go(PAGE_OF[hit.group], hit.id)
