"""Days chosen from a calendar beside the field they are typed into, and a day with its time of day."""

from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QSizePolicy, QWidgetAction

from inspector_app.desktop.kit.widgets.boxes import row
from inspector_app.desktop.questions import entering, showing
from inspector_app.desktop.questions.desk import Desk
from inspector_app.desktop.questions.editor import Editor
from inspector_app.desktop.questions.entries import MIDDLE, SHORT, Entry
from inspector_app.desktop.questions.state import Row
from inspector_app.desktop.questions.typed import Field, TypedEditor


def add_calendar(desk: Desk, field: Field) -> None:
    """A calendar behind an icon in the field (Alt+Down)."""
    opener = QAction(field)
    desk.kit.icons.put(opener, "calendar-check", color="muted", size=16)
    desk.kit.language.text(opener, "questions.calendar")
    opener.setShortcut("Alt+Down")
    opener.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    opener.triggered.connect(lambda: open_calendar(desk, field))
    field.addAction(opener, QLineEdit.ActionPosition.TrailingPosition)


def open_calendar(desk: Desk, field: Field) -> QCalendarWidget | None:
    """Below the field, at its day or today; a click or Enter takes a day."""
    if field.isReadOnly():
        return None
    menu = QMenu(field)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    calendar = QCalendarWidget()
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    typed = entering.day(field.text(), desk.now().date())
    if typed:
        calendar.setSelectedDate(QDate.fromString(typed, Qt.DateFormat.ISODate))
    action = QWidgetAction(menu)
    action.setDefaultWidget(calendar)
    menu.addAction(action)

    def take(day: QDate) -> None:
        chosen = day.toPython()
        if isinstance(chosen, date):
            field.enter(chosen.isoformat())
            menu.close()

    calendar.clicked.connect(take)
    calendar.activated.connect(take)
    menu.popup(field.mapToGlobal(field.rect().bottomLeft()))
    calendar.setFocus()
    return calendar


class DayEditor(TypedEditor):
    """A day, typed or from the calendar."""

    def __init__(self, desk: Desk, shown: Row) -> None:
        super().__init__(desk, shown)
        looks = shown.control.appearances
        if self.entry.kind == "date" and "no-calendar" not in looks:
            add_calendar(desk, self.field)


class MomentEditor(Editor):
    """A day and a time of day; it is an answer once both are there."""

    is_clearable = False

    def __init__(self, desk: Desk, shown: Row) -> None:
        super().__init__(desk, shown)
        language, now = desk.kit.language, desk.now
        days = Entry(
            "date", MIDDLE, lambda text: entering.day(text, now().date()), lambda v: showing.day(v, language.code)
        )
        times = Entry("time", SHORT, lambda text: entering.time_of_day(text, now()), showing.time_of_day)
        self.day, self.time = Field(desk, days, f"answer-{shown.key}"), Field(desk, times, f"time-{shown.key}")
        self._parts = {"day": "", "time": ""}
        add_calendar(desk, self.day)
        for name, field in (("day", self.day), ("time", self.time)):
            field.entered.connect(lambda value, name=name: self._on_entered(name, value))
            field.moved.connect(self.moved)
            field.unread.connect(lambda wrong, kind=field._entry.kind: self._on_unread(kind, wrong))
        self.setLayout(row(self.day, self.time, spacing=8))
        self.setFocusProxy(self.day)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._fit()

    @property
    def is_inline(self) -> bool:
        return True

    def show_row(self, row: Row, *, is_locked: bool) -> None:
        super().show_row(row, is_locked=is_locked)
        day, _, time = self.state.value.partition("T")
        if self.state.value or not any(self._parts.values()):
            self._parts = {"day": day, "time": time}
        for field, value in ((self.day, self._parts["day"]), (self.time, self._parts["time"])):
            field.setReadOnly(is_locked or self.state.readonly)
            field.show_value(value)
        self.say()

    def say(self) -> None:
        for field, words in ((self.day, "questions.day"), (self.time, "questions.time")):
            field.say()
            field.setAccessibleName(f"{self.name_of()}, {self.kit.language.tr(words)}")

    def flush(self) -> None:
        self.day.flush()
        self.time.flush()

    def take_focus(self) -> None:
        self.day.setFocus(Qt.FocusReason.TabFocusReason)
        self.day.selectAll()

    def _fit(self) -> None:
        self.day.setFixedWidth(self.kit.theme.px(MIDDLE))
        self.time.setFixedWidth(self.kit.theme.px(SHORT - 40))

    def _on_entered(self, name: str, value: str) -> None:
        self._parts[name] = value
        day, time = self._parts["day"], self._parts["time"]
        if day and time:
            self.answered.emit(f"{day}T{time}")
        elif not day and not time and self.state.value:
            self.answered.emit("")

    def _on_unread(self, kind: str, is_unreadable: bool) -> None:
        self.refused.emit(self.kit.language.tr(f"question_wrong.{kind}") if is_unreadable else "")
