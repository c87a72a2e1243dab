"""What failing an Item opens: a veto says so, and the Deadline stands there as an absolute time that can be changed."""

from datetime import datetime

from PySide6.QtCore import QDate, QDateTime, QEvent, QLocale, QSignalBlocker, Qt, QTime, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QDateTimeEdit, QWidget

from inspector_app.desktop.inspections.state import DeadlineRow
from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.boxes import button, column, label, row
from inspector_app.desktop.kit.widgets.pill import Pill
from inspector_app.domain.clock import CHINA

SETTLE_MS = 400
LONGEST = QDateTime(QDate(2020, 12, 30), QTime(20, 0))
"""As wide as any day and time."""


class DeadlineEdit(QDateTimeEdit):
    """A time of day in China, whatever zone this computer keeps; the wheel does not change it by accident."""

    left = Signal()

    def __init__(self, item_id: str) -> None:
        super().__init__()
        self.setObjectName(f"deadline-{item_id}")
        self.setCalendarPopup(True)
        self.setButtonSymbols(QDateTimeEdit.ButtonSymbols.NoButtons)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_iso(self, iso: str) -> None:
        """An ISO time as local Chinese time."""
        when = datetime.fromisoformat(iso).astimezone(CHINA)
        shown = QDateTime(QDate(when.year, when.month, when.day), QTime(when.hour, when.minute))
        if shown != self.dateTime():
            self.setDateTime(shown)

    def iso(self) -> str:
        """What is shown, as ISO 8601 at +08:00."""
        day, time = self.date(), self.time()
        when = datetime(day.year(), day.month(), day.day(), time.hour(), time.minute(), tzinfo=CHINA)
        return when.isoformat(timespec="seconds")

    def wheelEvent(self, event: object) -> None:
        event.ignore()  # type: ignore[attr-defined]

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class FindingLine(QWidget):
    """`chosen` carries the new Deadline as ISO 8601, '' for the rule's own."""

    chosen = Signal(str)

    def __init__(self, kit: Kit, item_id: str) -> None:
        super().__init__()
        self._kit = kit
        self._row: DeadlineRow | None = None
        self._is_locked = False
        self.veto = Pill(kit.icons)
        icon, words = label(), label("strong")
        kit.icons.put(icon, "flag", color="fail", size=16)
        kit.language.text(words, "inspections.deadline")
        self.edit = DeadlineEdit(item_id)
        kit.language.name(self.edit, "inspections.deadline_name", item=item_id)
        self._rule = label("muted", wrap=True)
        self._own = button("quiet", name=f"deadline-rule-{item_id}")
        kit.language.text(self._own, "inspections.deadline_reset")
        self._own.clicked.connect(self._on_own)
        line = row(icon, words, self.edit, self._rule, self._own, spacing=8)
        line.setStretch(3, 1)
        self.setLayout(column(row(self.veto, 1), line, spacing=4))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLE_MS)
        self._soon.timeout.connect(self._on_soon)
        self.edit.dateTimeChanged.connect(lambda: self._soon.start())
        self.edit.left.connect(self.flush)

    def show_deadline(self, deadline: DeadlineRow, *, is_veto: bool) -> None:
        """Update in place; a time being edited is not disturbed."""
        self._row = deadline
        tr = self._kit.language.tr
        self.veto.setVisible(is_veto)
        if is_veto:
            self.veto.show_state("fail", "star", tr("inspections.veto_now"))
        self._own.setVisible(deadline.is_chosen and not self._is_locked)
        self._rule.setText(tr("inspections.deadline_chosen" if deadline.is_chosen else f"deadline.{deadline.rule}"))
        if not self._soon.isActive() and not self.edit.hasFocus():
            with QSignalBlocker(self.edit):
                self.edit.setLocale(QLocale())
                self.edit.setDisplayFormat(self._kit.language.tr("inspections.time_format"))
                if deadline.due:
                    self.edit.show_iso(deadline.due)
                self.edit.setVisible(bool(deadline.due))
            self._fit()

    def lock(self, is_locked: bool) -> None:
        """A finished visit takes no input."""
        self._is_locked = is_locked
        self.edit.setReadOnly(is_locked)

    def focus_edit(self, now: datetime) -> None:
        """Begin to change the time; 'before opening' begins with now."""
        if self.edit.isHidden():
            with QSignalBlocker(self.edit):
                self.edit.show_iso(now.isoformat())
            self.edit.show()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.setSelectedSection(QDateTimeEdit.Section.DaySection)

    def flush(self) -> None:
        """Save now what was chosen."""
        if self._soon.isActive():
            self._soon.stop()
            self._on_soon()

    def showEvent(self, event: QShowEvent) -> None:
        """Only now the style has given the field its font."""
        super().showEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.edit.ensurePolished()
        words = self.edit.fontMetrics().horizontalAdvance(LONGEST.toString(self.edit.displayFormat()))
        self.edit.setFixedWidth(words + self._kit.theme.px(68))

    def _on_soon(self) -> None:
        if self._row is None or self.edit.iso()[:16] != self._row.due[:16]:
            self.chosen.emit(self.edit.iso())

    def _on_own(self) -> None:
        self._soon.stop()
        self.edit.clearFocus()
        self.chosen.emit("")
