"""The today page: figures, drafts to continue, what is due, today's visits, and a quick start."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QStackedWidget, QWidget

from inspector_app.desktop.beginning import begin_visit
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.widgets.boxes import button, column, label, row, scroller
from inspector_app.desktop.kit.widgets.page_head import PageHead
from inspector_app.desktop.today.guide import Guide
from inspector_app.desktop.today.line_list import LineList
from inspector_app.desktop.today.models import TodayFacts, read_today
from inspector_app.desktop.today.news_state import NewsLine, derive_news
from inspector_app.desktop.today.quick_start import QuickStart
from inspector_app.desktop.today.state import TodayState, derive_plans, derive_today
from inspector_app.domain.changeset import Touched
from inspector_app.domain.clock import iso, moment
from inspector_app.domain.team import Role
from inspector_app.operations import planning

if TYPE_CHECKING:
    from inspector_app.desktop.documents.preview import PreviewPanel


class Figure(QFrame):
    """A number with an icon and a word; red or amber only when it is not zero."""

    def __init__(self, context: Context, icon: str, words: str, tone: str) -> None:
        super().__init__()
        self._context, self._icon_name, self._tone = context, icon, tone
        self.setProperty("kind", "card")
        self._icon: QLabel = label()
        self._number = label("figure", name=words)
        caption = label("muted")
        context.language.text(caption, words)
        self.setLayout(row(self._icon, column(self._number, caption, spacing=0), 1, spacing=16, margins=16))
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """The number."""
        self._context.icons.put(self._icon, self._icon_name, color=self._tone if count else "na", size=26)
        self._number.setText(f"{count:,}")


class TodayPage(QWidget):
    """Derived afresh whenever an operation touches visits, Findings or Sites."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._facts = TodayFacts((), (), {})
        self._news_lines: tuple[NewsLine, ...] = ()
        self.head = PageHead(context.language, "page.today")
        self.visit_button: QPushButton = button("primary", name="new_visit")
        context.icons.put(self.visit_button, "plus", color="on_accent")
        context.language.text(self.visit_button, "window.visit")
        self.visit_button.clicked.connect(self._on_visit)
        self.day_button = self._paper_button("file-text", "today.day_report", "day-report", self._on_day_report)
        self.district_button = self._paper_button("building-2", "today.district_report", "district", self._on_district)
        if context.store.me.role is Role.INSPECTOR:
            self.district_button.hide()  # never shown before it has a parent: it would be a window that takes the focus
        for each in (self.day_button, self.district_button, self.visit_button):
            self.head.buttons.addWidget(each)
        self.paper: PreviewPanel | None = None
        self.figures = (
            Figure(context, "pen-line", "today.drafts_figure", "accent"),
            Figure(context, "circle-alert", "today.overdue_figure", "fail"),
            Figure(context, "clock", "today.soon_figure", "warn"),
            Figure(context, "clipboard-check", "today.visits_figure", "pass"),
        )
        self.quick = QuickStart(context)
        self.plans = LineList(context, "today.plans", "today.no_plans")
        self.drafts = LineList(context, "today.drafts", "today.no_drafts")
        self.urgent = LineList(context, "today.urgent", "today.no_urgent")
        self.visits = LineList(context, "today.visits", "today.no_visits")
        self.news = LineList(context, "today.news", "today.no_news")
        self.guide = Guide(context)
        self._lay_out()
        self.quick.started.connect(self._on_start)
        self.plans.opened.connect(self._on_plan)
        self.drafts.opened.connect(partial(context.go, "inspection"))
        self.visits.opened.connect(partial(context.go, "inspection"))
        self.urgent.opened.connect(partial(context.go, "findings"))
        self.news.opened.connect(self._on_news)
        self.guide.visit_wanted.connect(self._on_visit)
        context.bulletin.follow(self, self._on_touched)
        context.language.changed.connect(self._show)
        self._read()

    def _lay_out(self) -> None:
        figures = row(*self.figures, spacing=16)
        lists = QGridLayout()
        lists.setHorizontalSpacing(16)
        left = column(self.quick, self.plans, self.drafts, 1, spacing=16)
        right = column(self.urgent, self.visits, self.news, 1, spacing=16)
        lists.addLayout(left, 0, 0)
        lists.addLayout(right, 0, 1)
        lists.setColumnStretch(0, 1)
        lists.setColumnStretch(1, 1)
        body = QWidget()
        layout = column(self.guide, figures, lists, 1, spacing=16)
        layout.setContentsMargins(24, 0, 24, 24)
        body.setLayout(layout)
        self._stack = QStackedWidget()
        self._stack.addWidget(scroller(body))
        self.setLayout(column(self.head, self._stack, spacing=0))

    def _paper_button(self, icon: str, words: str, name: str, run: Callable[[], None]) -> QPushButton:
        made = button(name=name)
        self._context.icons.put(made, icon)
        self._context.language.text(made, words)
        made.clicked.connect(lambda: run())
        return made

    def _on_day_report(self) -> None:
        """What the own Team did today, as paper."""
        store = self._context.store
        self._show_paper("team-day", f"{store.me.team:02d}@{iso(store.clock())[:10]}")

    def _on_district(self) -> None:
        self._show_paper("district", iso(self._context.store.clock())[:10])

    def _show_paper(self, kind: str, subject: str) -> None:
        """QtPdf is loaded with the first paper, not with the first page of the day."""
        if self.paper is None:
            from inspector_app.desktop.documents.preview import PreviewPanel

            self.paper = PreviewPanel(self._context)
            self.paper.left.connect(self._on_paper_left)
            self._stack.addWidget(self.paper)
        self._stack.setCurrentWidget(self.paper)
        self.paper.open(subject, kind)

    def _on_paper_left(self) -> None:
        self._stack.setCurrentIndex(0)

    def _read(self) -> None:
        self._context.lanes.wide.run(partial(read_today, self._context.store), self._on_read)

    def _on_read(self, facts: TodayFacts) -> None:
        self._facts = facts
        self._show()

    def _show(self) -> None:
        language, now = self._context.language, self._context.store.clock()
        self.head.say_where(language.day(iso(now)))
        facts = self._facts
        state = derive_today(facts.heads, facts.findings, facts.names, moment(now), language.code)
        self._show_figures(state)
        self.plans.show_lines(derive_plans(facts.plans, facts.names, moment(now), language.code))
        self.drafts.show_lines(state.drafts)
        self.urgent.show_lines(state.urgent)
        self.visits.show_lines(state.visits)
        self._news_lines = derive_news(facts.news, language.code)
        self.news.show_lines([each.line for each in self._news_lines])
        self.guide.show_facts(facts.guide)

    def _show_figures(self, state: TodayState) -> None:
        counts = (state.draft_count, state.overdue_count, state.soon_count, state.visit_count)
        for figure, count in zip(self.figures, counts, strict=True):
            figure.show_count(count)

    def _on_news(self, wanted: str) -> None:
        page = next((each.page for each in self._news_lines if each.line.id == wanted), "sites")
        self._context.go(page, wanted or None)

    def _on_visit(self) -> None:
        self.quick.search.setFocus()

    def _on_start(self, site_id: str) -> None:
        job = partial(begin_visit, self._context.store, site_id, self.quick.form.form())
        self._context.lanes.write.run(job, self._on_started)

    def _on_plan(self, plan_id: str) -> None:
        """Begin the visit that was planned."""
        job = partial(planning.begin, self._context.store, plan_id)
        self._context.lanes.write.run(job, self._on_started, self._context.notify.fail)

    def _on_started(self, begun: tuple[str, Touched]) -> None:
        inspection, touched = begun
        self.quick.search.clear()
        self._context.bulletin.announce(touched)
        self._context.go("inspection", inspection)

    def _on_touched(self, touched: Touched) -> None:
        if touched:  # a Round that brought nothing may still be the step of the guide
            self._read()
