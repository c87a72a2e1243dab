"""Under a Site's facts: the days it is to be visited, a calendar to choose one, and the way to cancel the next."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QCalendarWidget, QMenu, QWidget, QWidgetAction

from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.widgets.boxes import button, label, row
from inspector_app.domain.changeset import Touched
from inspector_app.domain.clock import moment
from inspector_app.domain.plan import Plan
from inspector_app.operations import planning


class PlanLine(QWidget):
    """`form` gives the id of the form a planned visit begins with."""

    def __init__(self, context: Context, form: Callable[[], str]) -> None:
        super().__init__()
        self._context, self._form = context, form
        self._site = ""
        self._plans: tuple[Plan, ...] = ()
        self._words = label("muted", wrap=True, name="planned-days")
        self.make, self.cancel = button("quiet", name="plan-visit"), button("icon", name="cancel-plan")
        context.icons.put(self.make, "calendar-check", size=16)
        context.icons.put(self.cancel, "x", size=16)
        context.language.text(self.make, "plan.make")
        context.language.name(self.cancel, "plan.cancel")
        context.language.tip(self.cancel, "plan.cancel")
        self.make.clicked.connect(self._on_make)
        self.cancel.clicked.connect(self._on_cancel)
        layout = row(self._words, self.cancel, self.make, spacing=4)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def show_plans(self, site_id: str, plans: Sequence[Plan]) -> None:
        """Earliest first."""
        self._site, self._plans = site_id, tuple(plans)
        days = [self._day(plan.day) for plan in plans]
        self._words.setText(self._context.language.tr("plan.of_site", days=" · ".join(days)) if days else "")
        self.cancel.setVisible(bool(days))

    def plan(self, day: date) -> None:
        """For the Site that is shown."""
        job = partial(planning.plan, self._context.store, self._site, day, form=self._form())
        self._context.lanes.write.run(job, partial(self._on_planned, day), self._context.notify.fail)

    def _day(self, iso: str) -> str:
        return self._context.language.day(iso, year=False)

    def _on_make(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        today = moment(self._context.store.clock()).date()
        calendar.setMinimumDate(QDate(today.year, today.month, today.day))
        self._context.language.name(calendar, "plan.day")
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        calendar.activated.connect(partial(self._on_chosen, menu))
        calendar.clicked.connect(partial(self._on_chosen, menu))
        menu.popup(self.make.mapToGlobal(self.make.rect().bottomLeft()))
        calendar.setFocus()

    def _on_chosen(self, menu: QMenu, day: QDate) -> None:
        menu.close()
        self.plan(date(day.year(), day.month(), day.day()))

    def _on_planned(self, day: date, made: tuple[str, Touched]) -> None:
        plan_id, touched = made
        undo = partial(self._run, partial(planning.cancel, self._context.store, plan_id))
        self._context.notify.done("plan.made", day=self._day(day.isoformat()), undo=undo)
        self._context.bulletin.announce(touched | Touched(sync=True))

    def _on_cancel(self) -> None:
        if self._plans:
            plan = self._plans[0]
            self._run(partial(planning.cancel, self._context.store, plan.id))
            undo = partial(self._run, partial(planning.restore, self._context.store, plan.id))
            self._context.notify.done("plan.cancelled", day=self._day(plan.day), undo=undo)

    def _run(self, job: Callable[[], Touched]) -> None:
        self._context.lanes.write.run(job, self._on_done, self._context.notify.fail)

    def _on_done(self, touched: Touched) -> None:
        self._context.bulletin.announce(touched | Touched(sync=True))
