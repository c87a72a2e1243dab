"""What is wrong with a form, in place: a table that narrows by severity, and below it the row of the workbook.

Object names: problem-all problem-error problem-warning problem-info · copy_problems · problem_table · problem_sentence
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QStackedWidget, QWidget

from inspector_app.desktop.forms.problem_state import (
    LOOKS,
    SEVERITIES,
    Cell,
    Severity,
    cells_at,
    copied,
    counts,
    narrowed,
    place_text,
    sentence_of,
)
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.table_model import Column, IdTableModel
from inspector_app.desktop.kit.widgets.boxes import button, card, column, empty_out, holder, label, row, scroller
from inspector_app.desktop.kit.widgets.empty_state import EmptyState
from inspector_app.desktop.kit.widgets.table import Table
from inspector_app.xforms import Problem
from inspector_app.xforms.workbook import Workbook

BELOW = 190
"""Height of the part below the table."""


class ProblemsPanel(QWidget):
    """`show_problems` keeps the filter and, where it is still there, the chosen problem."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._problems: tuple[Problem, ...] = ()
        self._shown: tuple[Problem, ...] = ()
        self._workbook: Workbook | None = None
        self._wanted: Severity = "all"
        self._chips: dict[Severity, QPushButton] = {}
        self._copy = button("quiet", name="copy_problems")
        context.icons.put(self._copy, "copy", size=16)
        context.language.text(self._copy, "forms.copy")
        self._copy.clicked.connect(self.copy)
        self._model = IdTableModel(self._columns(), self._fetch, context.language.tr)
        self.table = Table(self._model, context.theme, context.settings, "problem_table")
        context.language.name(self.table, "forms.problems")
        self._sentence = label("strong", wrap=True, name="problem_sentence")
        self._place = label("caption")
        for each in (self._sentence, self._place):
            each.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._cells = QGridLayout()
        self._cells.setColumnStretch(1, 1)
        self._cells.setHorizontalSpacing(16)
        self._cells.setVerticalSpacing(4)
        self._below = self._detail()
        self._fine = EmptyState(context.icons, context.language, "circle-check")
        self._fine.say("forms.fine_title", "forms.fine_text")
        self._lay_out()
        self.table.chosen.connect(self._on_chosen)
        context.actions.add(self.table, "forms.copy", "Ctrl+C", self._on_copy_one)
        context.language.changed.connect(self._show)
        context.theme.changed.connect(self._model.refresh)

    def show_problems(self, problems: Sequence[Problem], workbook: Workbook | None) -> None:
        """What a check found, with the sheets it was found in."""
        self._problems, self._workbook = tuple(problems), workbook
        if not counts(problems)[self._wanted]:
            self._wanted = "all"
        self._show()

    def copy(self) -> None:
        """All that is listed, as lines."""
        QGuiApplication.clipboard().setText(copied(self._shown, self._say))
        self._context.notify.done("forms.copied", n=len(self._shown))

    def _lay_out(self) -> None:
        bar = row(spacing=6)
        for name in SEVERITIES:
            chip = button("chip", name=f"problem-{name}", checkable=True)
            chip.clicked.connect(partial(self._on_chip, name))
            self._chips[name] = chip
            bar.addWidget(chip)
        bar.addStretch(1)
        bar.addWidget(self._copy)
        lists = column(bar, self.table, self._below, spacing=10)
        lists.setStretch(1, 1)
        self._stack = QStackedWidget()
        for each in (holder(lists), self._fine):
            self._stack.addWidget(each)
        self.setLayout(column(self._stack))

    def _detail(self) -> QFrame:
        inner = QWidget()
        inner.setLayout(column(self._sentence, self._place, self._cells, 1, spacing=8, margins=16))
        made = card(scroller(inner), margins=1)
        made.setFixedHeight(self._context.theme.px(BELOW))
        return made

    def _columns(self) -> list[Column[Problem]]:
        context = self._context
        return [
            Column("forms.column_sentence", text=self._say, icon=partial(_icon, context), color=partial(_ink, context)),
            Column("forms.column_sheet", text=lambda p: p.sheet or "", width=96),
            Column("forms.column_row", text=lambda p: str(p.row or ""), width=64, right=True),
            Column("forms.column_column", text=lambda p: p.column or "", width=168, needs=560),
        ]

    def _fetch(self, ids: Sequence[str]) -> Sequence[Problem | None]:
        return [self._shown[int(each)] for each in ids]

    def _say(self, problem: Problem) -> str:
        return sentence_of(problem, self._context.language.tr, self._context.language.knows)

    def _show(self) -> None:
        tr = self._context.language.tr
        kept = self._current()
        for name, number in counts(self._problems).items():
            chip = self._chips[name]
            chip.setText(tr("forms.chip", words=tr(f"severity.{name}"), n=number))
            chip.setChecked(name == self._wanted)
            chip.setVisible(name == "all" or number > 0)
        self._shown = narrowed(self._problems, self._wanted)
        self._model.show_ids([str(number) for number in range(len(self._shown))])
        self._stack.setCurrentIndex(0 if self._problems else 1)
        if self._shown:
            self.table.choose(str(self._shown.index(kept) if kept in self._shown else 0))

    def _current(self) -> Problem | None:
        current = self.table.current_id()
        return self._shown[int(current)] if current and int(current) < len(self._shown) else None

    def _on_chip(self, name: Severity) -> None:
        self._wanted = name
        self._show()

    def _on_chosen(self, _: str) -> None:
        problem = self._current()
        self._below.setVisible(problem is not None)
        if problem is not None:
            self._sentence.setText(self._say(problem))
            place = place_text(problem, self._context.language.tr)
            self._place.setText(place or self._context.language.tr("forms.whole_form"))
            self._show_cells(cells_at(self._workbook, problem))

    def _show_cells(self, cells: Sequence[Cell]) -> None:
        empty_out(self._cells)
        for number, cell in enumerate(cells):
            header, text = label("caption"), label("fail" if cell.is_marked else "", wrap=True)
            header.setText(cell.header)
            text.setText(cell.text or self._context.language.tr("forms.empty_cell"))
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._cells.addWidget(header, number, 0, Qt.AlignmentFlag.AlignTop)
            self._cells.addWidget(text, number, 1)

    def _on_copy_one(self) -> None:
        problem = self._current()
        if problem is not None:
            QGuiApplication.clipboard().setText(copied((problem,), self._say))
            self._context.notify.done("forms.copied", n=1)


def _icon(context: Context, problem: Problem) -> QIcon:
    tone, icon = LOOKS[problem.severity]
    return context.icons.icon(icon, color="muted" if tone == "na" else tone, size=16)


def _ink(context: Context, problem: Problem) -> QColor | None:
    return context.theme.color("muted") if problem.severity == "info" else None
