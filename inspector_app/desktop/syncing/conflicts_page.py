"""The page of parallel edits: every field with several values, decided one by one by whoever knows, offline too.

Object names: conflict_card take conflict_visit · keys: Down/Up the next card, 1 2 3 take a value, the toast undoes.
"""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.widgets.boxes import column, empty_out, label, scroller
from inspector_app.desktop.kit.widgets.empty_state import EmptyState
from inspector_app.desktop.kit.widgets.page_head import PageHead
from inspector_app.desktop.syncing.conflict_card import ConflictCard
from inspector_app.desktop.syncing.conflict_state import Card, derive_cards, moved
from inspector_app.domain.changeset import Touched
from inspector_app.operations import describing, resolving
from inspector_app.operations.describing import Described
from inspector_app.store.conflicts import Conflict


class ConflictsPage(QWidget):
    """`open(inspection)` shows those of one visit; '' shows all."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("ground")
        self._context = context
        self._visit = ""
        self._at = -1
        self.cards: list[ConflictCard] = []
        self.head = PageHead(context.language, "page.conflicts")
        self._intro, self._more = label("muted", wrap=True), label("muted", wrap=True)
        context.language.text(self._intro, "conflicts.intro")
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        body = QWidget()
        layout = column(self._intro, self._list, self._more, 1, spacing=12)
        layout.setContentsMargins(24, 0, 24, 24)
        body.setLayout(layout)
        self._scroll: QScrollArea = scroller(body)
        self._none = EmptyState(context.icons, context.language, "circle-check")
        self._none.say("conflicts.none_title", "conflicts.none_text")
        self._none.offer("page.syncing", partial(context.go, "syncing", None))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._none)
        self._stack.addWidget(self._scroll)
        self.setLayout(column(self.head, self._stack, spacing=0))
        self._bind_keys()
        context.bulletin.follow(self, self._on_touched)
        context.language.changed.connect(self._look)
        self._look()

    def open(self, wanted: str) -> None:
        """Those of one visit."""
        self._visit = wanted
        self._look()

    def _bind_keys(self) -> None:
        add = self._context.actions.add
        add(self, "conflicts.next", "Down", partial(self._step, 1))
        add(self, "conflicts.before", "Up", partial(self._step, -1))
        for number, words in enumerate(("conflicts.first", "conflicts.second", "conflicts.third")):
            add(self, words, str(number + 1), partial(self._take_here, number))

    def _look(self) -> None:
        job = partial(describing.describe, self._context.store, self._context.language.code, self._visit)
        self._context.lanes.wide.run(job, self._on_told)

    def _on_told(self, told: tuple[Described, ...]) -> None:
        cards = derive_cards(told, self._context.store.identity.device)
        empty_out(self._list)
        self.cards = [self._card(each) for each in cards]
        for each in self.cards:
            self._list.addWidget(each)
        rest = len(told) - len(cards)
        self._more.setVisible(rest > 0)
        self._more.setText(self._context.language.tr("conflicts.more", n=rest))
        self._stack.setCurrentIndex(1 if cards else 0)
        was, self._at = self._at, -1
        if was >= 0 and self.isVisible():
            self._stand(moved(was, 0, len(cards)))

    def _card(self, shown: Card) -> ConflictCard:
        made = ConflictCard(self._context, shown)
        made.setObjectName("conflict_card")
        made.chosen.connect(partial(self._take, shown))
        made.visit_wanted.connect(partial(self._context.go, "inspection", shown.conflict.inspection))
        return made

    def _step(self, step: int) -> None:
        self._stand(moved(self._at, step, len(self.cards)))

    def _stand(self, place: int) -> None:
        self._at = place
        if place >= 0:
            shown = self.cards[place]
            shown.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
            self._scroll.ensureWidgetVisible(shown)

    def _here(self) -> int:
        focused = next((n for n, each in enumerate(self.cards) if each.isAncestorOf(self.focusWidget() or self)), -1)
        return focused if focused >= 0 else self._at

    def _take_here(self, number: int) -> None:
        place = self._here()
        if 0 <= place < len(self.cards) and number < len(self.cards[place].shown.choices):
            self._at = place
            self._take(self.cards[place].shown, number)

    def _take(self, shown: Card, number: int) -> None:
        choice = shown.choices[number]
        job = partial(resolving.resolve, self._context.store, shown.conflict, choice.cs)
        text = choice.text or self._context.language.tr("conflicts.empty")
        self._context.lanes.write.run(job, partial(self._on_decided, shown.conflict, text), self._on_failed)

    def _on_decided(self, conflict: Conflict, text: str, touched: Touched) -> None:
        self._context.notify.done("conflicts.decided", text=text, undo=partial(self._undo, conflict))
        self._context.bulletin.announce(touched | Touched(sync=True))

    def _undo(self, conflict: Conflict) -> None:
        job = partial(resolving.reopen, self._context.store, conflict)
        self._context.lanes.write.run(job, self._on_reopened, self._on_failed)

    def _on_reopened(self, touched: Touched) -> None:
        self._context.bulletin.announce(touched | Touched(sync=True))

    def _on_failed(self, error: Exception) -> None:
        self._context.notify.fail(error)
        self._look()

    def _on_touched(self, touched: Touched) -> None:
        if touched:
            self._look()
