"""The panel beside the table: one Site's facts, its past visits, and the button that begins a new one."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from inspector_app.desktop.form_choice import FormChoice
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.widgets.boxes import button, column, empty_out, label, line, row, scroller
from inspector_app.desktop.kit.widgets.pill import Pill
from inspector_app.desktop.sites.plan_line import PlanLine
from inspector_app.desktop.sites.state import Fact, VisitLine, derive_facts, derive_visits, draft_of
from inspector_app.domain.plan import Plan
from inspector_app.domain.site import Site
from inspector_app.store import findings, inspections, plans, sites
from inspector_app.store.database import Store
from inspector_app.store.inspections import InspectionHead

WIDTH = 320
OPEN = ("open", "mending", "reported")


@dataclass(frozen=True)
class SiteFile:
    """Everything the panel shows about one Site."""

    site: Site
    heads: tuple[InspectionHead, ...]
    open_findings: int
    plans: tuple[Plan, ...] = ()


def read_file(store: Store, site_id: str) -> SiteFile | None:
    """From the store; None when the Site is not on this laptop."""
    with store.reading() as session:
        site = sites.get(session, site_id)
        if site is None:
            return None
        heads = inspections.heads(session, inspections.ids(session, site=site_id, limit=20))
        waiting = findings.ids(session, site=site_id, status=OPEN, limit=1_000)
        planned = plans.waiting(session, site=site_id, team=store.me.team, limit=10)
        return SiteFile(site, tuple(heads), len(waiting), tuple(planned))


class SiteDetail(QFrame):
    """`started` carries the id of the Site to visit, `continued` the id of a visit to open."""

    started = Signal(str)
    continued = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown: SiteFile | None = None
        self.setProperty("kind", "card")
        self._name = label("section", wrap=True, name="site_name")
        self._waiting = Pill(context.icons)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(16)
        self._facts.setVerticalSpacing(8)
        self._facts.setColumnStretch(1, 1)
        self._visits_title = label("strong")
        self._visits = QVBoxLayout()
        self._visits.setSpacing(2)
        self.start_button: QPushButton = button("primary", name="start_visit")
        context.icons.put(self.start_button, "clipboard-check", color="on_accent")
        self.start_button.clicked.connect(self._on_start)
        self.form = FormChoice(context)
        self.plan = PlanLine(context, self.form.form)
        context.language.text(self._visits_title, "sites.past")
        inner = QWidget()
        inner.setLayout(
            column(
                self._name,
                row(self._waiting, 1),
                self._facts,
                line(),
                self._visits_title,
                self._visits,
                1,
                spacing=12,
                margins=16,
            )  # fmt: skip
        )
        self.setLayout(
            column(scroller(inner), column(self.plan, self.form, self.start_button, spacing=8, margins=12), spacing=0)
        )
        context.theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_file(self, file: SiteFile) -> None:
        """Fill the panel."""
        self._shown = file
        tr = self._context.language.tr
        self._name.setText(file.site.name)
        self._waiting.setVisible(file.open_findings > 0)
        self._waiting.show_state("warn", "wrench", tr("sites.waiting", n=file.open_findings))
        self._show_facts(derive_facts(file.site))
        self._show_visits(derive_visits(file.heads, self._context.language.code))
        self.plan.show_plans(file.site.id, file.plans)
        words = "sites.continue" if draft_of(file.heads) else "sites.start"
        self._context.language.text(self.start_button, words)

    def _show_facts(self, facts: Sequence[Fact]) -> None:
        empty_out(self._facts)
        tr = self._context.language.tr
        for number, fact in enumerate(facts):
            words, value = label("muted"), label(wrap=True)
            words.setText(tr(fact.words))
            value.setText(tr(fact.value) if fact.is_key else fact.value)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._facts.addWidget(words, number, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(value, number, 1)

    def _show_visits(self, lines: Sequence[VisitLine]) -> None:
        empty_out(self._visits)
        if not lines:
            none = label("muted")
            none.setText(self._context.language.tr("sites.no_past"))
            self._visits.addWidget(none)
        for each in lines:
            self._visits.addWidget(self._visit_row(each))

    def _visit_row(self, line_: VisitLine) -> QPushButton:
        made = button("row", name="past_visit")
        made.setProperty("small", True)
        words = self._context.language.tr(line_.words)
        day, badge = label(), Pill(self._context.icons)
        day.setText(line_.day)
        day.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        badge.show_state(line_.tone, line_.icon, words)
        layout = row(day, 1, badge)
        layout.setContentsMargins(4, 0, 4, 0)
        made.setLayout(layout)
        made.setAccessibleName(f"{line_.day} {words}")
        made.clicked.connect(lambda: self.continued.emit(line_.id))
        return made

    def _on_start(self) -> None:
        if self._shown is None:
            return
        draft = draft_of(self._shown.heads)
        if draft:
            self.continued.emit(draft)
        else:
            self.started.emit(self._shown.site.id)

    def _on_theme_changed(self) -> None:
        self.setFixedWidth(self._context.theme.px(WIDTH))
