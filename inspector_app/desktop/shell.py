"""Rail, error bar and pages around an open store; built when first shown. Owns the window's keys."""

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QStackedWidget, QTextEdit, QWidget

from inspector_app.desktop.key_sheet import KeySheet
from inspector_app.desktop.kit.collector import Collector
from inspector_app.desktop.kit.context import Context, Kit
from inspector_app.desktop.kit.notify import Fault
from inspector_app.desktop.kit.reading_order import chain
from inspector_app.desktop.kit.theme import next_zoom
from inspector_app.desktop.kit.widgets.boxes import column, row
from inspector_app.desktop.kit.widgets.messages import ErrorBar
from inspector_app.desktop.kit.widgets.page_head import PageHead
from inspector_app.desktop.kit.widgets.search_field import SearchField
from inspector_app.desktop.kit.widgets.sync_chip import SyncChip
from inspector_app.desktop.palette import Palette
from inspector_app.desktop.rail import Rail
from inspector_app.desktop.syncing.rounds import Rounds

if TYPE_CHECKING:
    from inspector_app.store.database import Store

PAGES = (
    ("today", "calendar-check"),
    ("sites", "building-2"),
    ("inspections", "clipboard-check"),
    ("findings", "wrench"),
    ("forms", "file-text"),
    ("syncing", "refresh-cw"),
    ("preferences", "settings"),
)
"""What the rail shows, top to bottom, with icons; Ctrl+1… open them."""
ON_RAIL = {"inspection": "inspections", "form": "forms", "conflicts": "syncing", "letterhead": "preferences"}
NARROW_BELOW, TIGHT_BELOW = 900, 700


@runtime_checkable
class Opens(Protocol):
    """A page that can show one thing: an Inspection, or a row of its list."""

    def open(self, wanted: str) -> None: ...


class Shell(QWidget):
    """One per unlocked store."""

    def __init__(self, kit: Kit, store: "Store") -> None:
        super().__init__()
        self.setObjectName("ground")
        shared = {name: getattr(kit, name) for name in Kit.__dataclass_fields__}
        self.context = Context(store=store, go=self.go, **shared)
        self._store = store
        self._built: dict[str, QWidget] = {}
        self.rounds = Rounds(self.context, self)
        self._collector = Collector(self)
        self.rail = Rail(kit, PAGES)
        self.chip = SyncChip(kit.icons, kit.language)
        self.chip.button.clicked.connect(lambda: self.go("syncing", None))
        self._errors = ErrorBar(kit.icons, kit.language)
        self._stack = QStackedWidget()
        beside = column(self._errors, self._stack, spacing=0)
        whole = row(self.rail, beside, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.rail.chosen.connect(self._on_chosen)
        self.rounds.changed.connect(self._on_rounds_changed)
        kit.notify.faulted.connect(self._on_faulted)
        kit.notify.cleared.connect(self._errors.hide)
        kit.language.changed.connect(self._say_who)
        kit.theme.changed.connect(self._fit)
        kit.bulletin.touched.connect(self._say_who)
        self._say_who()
        self._bind_keys()
        self.rounds.look()

    def known(self, name: str) -> str:
        """The page if it is one of the rail's, else today."""
        return name if name in dict(PAGES) else "today"

    def go(self, name: str, wanted: str | None) -> None:
        """Open a page, and in it the thing with this id."""
        page = self.page(name)
        if self._shown() is self._built.get("inspection") is not page:
            self._collector.soon()
        self._stack.setCurrentWidget(page)
        self._errors.hide()
        on_rail = ON_RAIL.get(name, name)
        self.rail.mark(on_rail)
        self.context.settings.last_page.put(on_rail)
        head = page.findChild(PageHead)
        if head is not None:
            head.take_chip(self.chip)
            self.chip.show()
            self._fit()
        page.setFocus()  # its keys work at once, and no focus ring is left on the rail
        if wanted is not None and isinstance(page, Opens):
            page.open(wanted)

    def page(self, name: str) -> QWidget:
        """The page, built now if it never was shown."""
        if name not in self._built:
            from inspector_app.desktop.pages import build_page

            page = self._built[name] = build_page(name, self.context, self.rounds)
            page.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            self.context.language.name(page, f"page.{ON_RAIL.get(name, name)}")
            self._stack.addWidget(page)
        return self._built[name]

    def leave(self) -> None:
        """The window closes: stop a Round that runs."""
        self.rounds.cancel()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        """Tab: rows come and go, so the order is made when it is wanted."""
        chain(self)
        return super().focusNextPrevChild(next)

    def _fit(self) -> None:
        """Little room, be it a small window or large letters: icons on the rail, buttons of the head below its title."""
        px = self.context.theme.px
        self.rail.narrow(self.width() < px(NARROW_BELOW))
        head = self._shown().findChild(PageHead)
        if head is not None:
            head.stack_up(self.width() - self.rail.width() < px(TIGHT_BELOW))

    def _bind_keys(self) -> None:
        add = self.context.actions.add
        for number, (name, _) in enumerate(PAGES, start=1):
            add(self, f"page.{name}", f"Ctrl+{number}", lambda name=name: self.go(name, None), everywhere=True)  # type: ignore[misc]
        add(self, "window.visit", "Ctrl+N", self._on_visit, everywhere=True)
        add(self, "window.sync", "F5", self.rounds.start, everywhere=True)
        add(self, "window.search", "/ / Ctrl+F", self._on_search, everywhere=True)
        add(self, "window.palette", "Ctrl+K", self._on_palette, everywhere=True)
        add(self, "window.guide", "", self._on_guide, everywhere=True)
        add(self, "window.keys", "F1", self._on_keys, everywhere=True)
        add(self, "window.larger", "Ctrl++ / Ctrl+=", lambda: self._on_zoom(1), everywhere=True)
        add(self, "window.smaller", "Ctrl+-", lambda: self._on_zoom(-1), everywhere=True)
        add(self, "window.usual_size", "Ctrl+0", lambda: self._on_zoom(0), everywhere=True)
        add(self, "window.leave_field", "Esc", self._on_leave_field, everywhere=True)

    def _on_chosen(self, name: str) -> None:
        self.go(name, None)

    def _on_visit(self) -> None:
        self.go("today", None)
        self._on_search()

    def _on_search(self) -> None:
        fields = self._stack.findChildren(SearchField)
        field = next((each for each in fields if each.isVisible()), None)
        if field is not None:
            field.setFocus()
            field.selectAll()

    def _on_palette(self) -> None:
        Palette(self.context, self.window()).open()

    def _on_guide(self) -> None:
        self.context.settings.guide.put("shown")
        self.go("today", None)

    def _on_keys(self) -> None:
        KeySheet(self.context, self.window()).open()

    def _on_zoom(self, step: int) -> None:
        zoom = self.context.settings.zoom
        zoom.put(next_zoom(zoom.get(), step) if step else 1.0)

    def _on_leave_field(self) -> None:
        focused = QApplication.focusWidget()
        if isinstance(focused, QLineEdit | QPlainTextEdit | QTextEdit):
            focused.clearFocus()
            self._shown().setFocus()

    def _shown(self) -> QWidget:
        return self._stack.currentWidget() or self

    def _on_faulted(self, fault: Fault) -> None:
        self._errors.show_fault(fault)

    def _on_rounds_changed(self) -> None:
        self.chip.show_state(self.rounds.chip())

    def _say_who(self) -> None:
        me = self._store.me
        tr = self.context.language.tr
        whole = tr("window.whole_district", name=me.name)
        self.rail.say_who(tr("window.who", name=me.name, team=f"{me.team:02d}") if me.team else whole)
