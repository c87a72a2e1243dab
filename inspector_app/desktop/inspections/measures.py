"""The typed fields of an Item: numbers, dates, texts, saved while typing and again on leaving."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent
from PySide6.QtWidgets import QCalendarWidget, QGridLayout, QLabel, QLineEdit, QMenu, QWidget, QWidgetAction

from inspector_app.desktop.inspections.entering import clean
from inspector_app.desktop.inspections.state import MeasureRow
from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.boxes import column, holder, label, restyle
from inspector_app.domain.clock import CHINA

TYPING_MS = 300
"""After this pause what was typed is saved; ≤ 400 ms is asked for."""
MAX_TEXT = 2_000


class MeasureField(QLineEdit):
    """One value. `entered` carries the cleaned text; what cannot be read stays in the field and is not saved."""

    entered = Signal(str)

    def __init__(self, kit: Kit, row: MeasureRow, today: Callable[[], date]) -> None:
        super().__init__()
        self._kit, self._kind, self._today = kit, row.kind, today
        self._shown = row.value
        self.is_unreadable = False
        self.setObjectName("measure-" + row.path.rpartition("/")[2])
        self.setMaxLength(MAX_TEXT)
        if row.kind != "text":
            self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        if row.kind == "date":
            self._add_calendar()
        self.setText(row.value)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(TYPING_MS)
        self._soon.timeout.connect(self._on_typed)
        self.textEdited.connect(lambda: self._soon.start())

    def show_value(self, value: str) -> None:
        """The saved value; what is being typed is not disturbed."""
        if self.hasFocus() and (self._soon.isActive() or self.is_unreadable):
            return
        if value != self._shown or not self.is_unreadable:
            self._shown = value
            self.is_unreadable = False
            if clean(self._kind, self.text(), today=self._today()) != value:
                self.setText(value)

    @property
    def is_typing(self) -> bool:
        """Something is typed that is not on its way yet."""
        return self._soon.isActive()

    def flush(self) -> None:
        """Save now what was typed."""
        if self._soon.isActive():
            self._soon.stop()
            self._on_typed()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.flush()
        if not self.is_unreadable:
            self.setText(self._shown)
        super().focusOutEvent(event)

    def _add_calendar(self) -> None:
        opener = QAction(self)
        self._kit.icons.put(opener, "calendar-check", color="muted", size=16)
        self._kit.language.text(opener, "inspections.choose_date")
        opener.triggered.connect(self._on_calendar)
        self.addAction(opener, QLineEdit.ActionPosition.TrailingPosition)

    def _on_calendar(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        calendar.clicked.connect(lambda day: self._choose(day.toPython()))
        calendar.clicked.connect(lambda: menu.close())
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _choose(self, day: object) -> None:
        if isinstance(day, date):
            self.setText(day.isoformat())
            self._on_typed()

    def _on_typed(self) -> None:
        value = clean(self._kind, self.text(), today=self._today())
        self.is_unreadable = value is None
        if value is not None and value != self._shown:
            self._shown = value
        if value is not None:
            self.entered.emit(value)
        else:
            self.textChanged.emit(self.text())


class Measures(QWidget):
    """All fields of one Item, two beside each other. `entered` carries (path, value)."""

    entered = Signal(str, str)

    def __init__(self, kit: Kit, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._kit, self._now = kit, now
        self._rows: tuple[MeasureRow, ...] = ()
        self._fields: dict[str, tuple[QLabel, MeasureField, QLabel]] = {}
        self._cells: list[QWidget] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.setLayout(self._grid)

    def show_rows(self, rows: tuple[MeasureRow, ...]) -> None:
        """Update in place; fields are built anew only when others apply."""
        if [row.path for row in rows] != list(self._fields):
            self._build(rows)
        self._rows = rows
        for row in rows:
            self._show(row)

    def fields(self) -> Sequence[MeasureField]:
        """In the order of the form."""
        return [field for _, field, _ in self._fields.values()]

    def typed_paths(self) -> set[str]:
        """Places in whose field somebody is typing just now."""
        return {path for path, (_, field, _) in self._fields.items() if field.is_typing}

    def lock(self, is_locked: bool) -> None:
        """A finished visit takes no input."""
        for field in self.fields():
            field.setReadOnly(is_locked)

    def flush(self) -> None:
        """Save now what was typed."""
        for field in self.fields():
            field.flush()

    def _build(self, rows: tuple[MeasureRow, ...]) -> None:
        for _, field, _ in self._fields.values():
            field.blockSignals(True)
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        self._cells = []
        self._fields = {}
        place = 0
        for row in rows:
            words, problem = label("caption", wrap=True), label("fail", wrap=True)
            field = MeasureField(self._kit, row, self._today)
            field.entered.connect(self._on_entered)
            field.textChanged.connect(self._on_text_changed)
            cell = holder(column(words, field, problem, 1, spacing=2))
            span = 2 if row.kind == "text" else 1
            place += place % 2 if span == 2 else 0
            self._grid.addWidget(cell, place // 2, place % 2, 1, span)
            place += span
            self._cells.append(cell)
            self._fields[row.path] = (words, field, problem)

    def _show(self, row: MeasureRow) -> None:
        words, field, problem = self._fields[row.path]
        words.setText(row.label)
        field.setAccessibleName(row.label)
        field.setToolTip(row.hint)
        field.setPlaceholderText(self._kit.language.tr(f"enter.{row.kind}"))
        field.show_value(row.value)
        self._show_problem(row, field, problem)

    def _show_problem(self, row: MeasureRow, field: MeasureField, problem: QLabel) -> None:
        said = row.problem
        if field.is_unreadable:
            said = self._kit.language.tr(f"wrong.{row.kind}")
        problem.setText(said)
        problem.setVisible(bool(said))
        restyle(field, "wrong", "true" if said else "false")

    def _today(self) -> date:
        return self._now().astimezone(CHINA).date()

    def _on_entered(self, value: str) -> None:
        path = self._path_of(self.sender())
        if path:
            self.entered.emit(path, value)

    def _on_text_changed(self) -> None:
        path = self._path_of(self.sender())
        row = next((each for each in self._rows if each.path == path), None)
        if row is not None:
            _, field, problem = self._fields[path]
            self._show_problem(row, field, problem)

    def _path_of(self, sender: object) -> str:
        return next((path for path, (_, field, _) in self._fields.items() if field is sender), "")
