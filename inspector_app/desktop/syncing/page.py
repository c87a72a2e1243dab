"""The sync page: is everything sent, what waits, one Round with progress and cancel, the journal in plain words."""

from functools import partial

from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.widgets.boxes import button, card, column, empty_out, holder, label, line, row, scroller
from inspector_app.desktop.kit.widgets.page_head import PageHead
from inspector_app.desktop.kit.widgets.progress_panel import ProgressPanel
from inspector_app.desktop.syncing.aside_card import AsideCard
from inspector_app.desktop.syncing.delivery_card import DeliveryCard
from inspector_app.desktop.syncing.joining import JoinCard
from inspector_app.desktop.syncing.rounds import Rounds
from inspector_app.desktop.syncing.state import (
    JournalLine,
    derive_aside,
    derive_exchanged,
    derive_figures,
    derive_headline,
    derive_journal,
    derive_moved,
    derive_next,
)
from inspector_app.desktop.syncing.table_card import TableCard
from inspector_app.operations.syncing import SyncStatus


class SyncingPage(QWidget):
    """Shows what Rounds knows; holds no state of its own."""

    def __init__(self, context: Context, rounds: Rounds) -> None:
        super().__init__()
        self._context, self._rounds = context, rounds
        self.head = PageHead(context.language, "page.syncing")
        self._icon, self._words, self._where = label(), label("section", wrap=True, name="sync_words"), label("muted")
        self._why = label("muted", wrap=True)
        self.button = button("primary", name="sync_now")
        context.icons.put(self.button, "refresh-cw", color="on_accent")
        context.language.text(self.button, "window.sync")
        self.button.clicked.connect(rounds.start)
        self.button.setToolTip("F5")
        self._decide = button(name="decide_conflicts")
        self._decide.clicked.connect(partial(context.go, "conflicts", ""))
        self._progress = ProgressPanel(context.language)
        self._exchanged = label("muted", wrap=True, name="exchanged")
        self._next = label("muted", wrap=True, name="next_round")
        self._aside = AsideCard(context)
        self._deliveries = DeliveryCard(context)
        self.table = TableCard(context)
        self._deliveries.hide()
        self.table.hide()
        self._figures: list[tuple[QLabel, QLabel]] = [(label("figure"), label("muted", wrap=True)) for _ in range(4)]
        self._join = JoinCard(context)
        self._journal = QVBoxLayout()
        self._journal.setSpacing(0)
        self._lay_out()
        rounds.changed.connect(self._show)
        context.language.changed.connect(self._show)
        self._join.joined.connect(rounds.look)
        self._is_shown_running = False
        self._lines: tuple[JournalLine, ...] = ()
        rounds.look()
        self._show()

    def _lay_out(self) -> None:
        top = row(
            self._icon,
            column(self._words, self._where, self._why, self._next, spacing=2),
            self._decide,
            self.button,
            spacing=16,
        )
        top.setStretch(1, 1)
        self._figure_grid = QGridLayout()
        self._figure_grid.setHorizontalSpacing(24)
        self._figure_grid.setVerticalSpacing(0)
        for number, (figure, words) in enumerate(self._figures):
            self._figure_grid.addWidget(figure, 0, number)
            self._figure_grid.addWidget(words, 1, number)
            self._figure_grid.setColumnStretch(number, 1)
        self._figure_box = holder(column(line(), self._figure_grid, spacing=16))
        self._state: QFrame = card(top, self._figure_box, self._exchanged, spacing=16, margins=20)
        title = label("section")
        self._context.language.text(title, "syncing.journal")
        self._journal_card = card(title, self._journal, spacing=12, margins=20)
        body = QWidget()
        cards = (self._state, self._progress, self._join, self._aside, self._deliveries, self.table)
        layout = column(*cards, self._journal_card, 1, spacing=16)
        layout.setContentsMargins(24, 0, 24, 24)
        body.setLayout(layout)
        self.setLayout(column(self.head, scroller(body), spacing=0))

    def _show(self) -> None:
        rounds, tr = self._rounds, self._context.language.tr
        headline = derive_headline(rounds.status, rounds.outcome, rounds.is_running)
        self._context.icons.put(self._icon, headline.icon, color=headline.color, size=36)
        self._words.setText(tr(headline.words, n=headline.n))
        self._show_why(headline.why)
        link = rounds.status.link if rounds.status else None
        self._where.setText(link.url if link else "")
        self._where.setVisible(link is not None)
        self._join.setVisible(rounds.status is not None and link is None)
        self.button.setVisible(link is not None)
        self.button.setEnabled(not rounds.is_running)
        self._show_progress()
        key, when = derive_next(rounds.status, rounds.next_ms, rounds.is_running)
        self._next.setText(tr(key, when=when) if key else "")
        self._next.setVisible(bool(key))
        self._exchanged.setVisible(rounds.outcome is not None)
        if rounds.outcome is not None:
            self._exchanged.setText(tr("syncing.exchanged", **derive_exchanged(rounds.outcome)))
        if rounds.status is not None:
            self._show_status(rounds.status)

    def _show_why(self, why: str) -> None:
        language = self._context.language
        key = f"error.{why}"
        detail = self._rounds.outcome.detail if self._rounds.outcome else ""
        self._why.setText(language.tr(key) if language.knows(key) else detail)
        self._why.setVisible(bool(why))

    def _show_progress(self) -> None:
        rounds = self._rounds
        if rounds.is_running != self._is_shown_running:
            self._is_shown_running = rounds.is_running
            if rounds.is_running:
                self._progress.begin("syncing.running", rounds.cancel)
            else:
                self._progress.end()
        if rounds.progress is not None:
            tr, progress = self._context.language.tr, rounds.progress
            words = f"{tr(f'step.{progress.step}')}  {tr('syncing.moved', **derive_moved(progress))}"
            self._progress.show_progress(progress.done, progress.total, words)

    def _show_status(self, status: SyncStatus) -> None:
        tr = self._context.language.tr
        self._figure_box.setVisible(status.link is not None)
        self._deliveries.setVisible(status.link is not None)
        self.table.setVisible(status.link is not None)
        for (figure, words), (key, count) in zip(self._figures, derive_figures(status), strict=True):
            figure.setText(f"{count:,}")
            words.setText(tr(key))
        self._decide.setVisible(status.conflicts > 0)
        self._decide.setText(tr("syncing.decide", n=status.conflicts))
        self._aside.show_all(derive_aside(status, self._context.language.code))
        lines = derive_journal(status, self._context.language.code)
        self._journal_card.setVisible(bool(lines))
        if lines != self._lines:
            self._lines = lines
            empty_out(self._journal)
            for each in lines:
                self._journal.addWidget(self._line(each))

    def _said(self, entry: JournalLine) -> str:
        language = self._context.language
        known = [(key, args) for key, args in entry.facts if language.knows(key)]
        said = [language.tr(key, **args) for key, args in known]
        return language.tr("journal.between").join(said) or entry.text

    def _line(self, entry: JournalLine) -> QWidget:
        when, words, text, icon = label("muted"), label(), label("caption", wrap=True), label()
        when.setText(entry.when)
        when.setMinimumWidth(self._context.theme.px(150))
        words.setText(self._context.language.tr(entry.words))
        text.setText(self._said(entry))
        self._context.icons.put(icon, entry.icon, color=entry.color, size=16)
        layout = row(icon, when, words, text, spacing=12)
        layout.setStretch(3, 1)
        layout.setContentsMargins(0, 6, 0, 6)
        return holder(layout)
