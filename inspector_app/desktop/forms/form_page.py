"""The page of one form: a workbook while its author mends it, or an installed version; problems, preview, changes.

Object names: back-to-forms recheck-form install-form · tab-preview tab-problems tab-changes · form_status
"""

from functools import partial
from pathlib import Path
from typing import Literal

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from inspector_app.desktop.forms.changes_panel import ChangesPanel
from inspector_app.desktop.forms.checking import Checking
from inspector_app.desktop.forms.form_state import Subject, derive_status, missing_of
from inspector_app.desktop.forms.picking import dropped_form
from inspector_app.desktop.forms.preview_panel import PreviewPanel
from inspector_app.desktop.forms.problems_panel import ProblemsPanel
from inspector_app.desktop.forms.state import COMPARE, FILE, wanted_file, wanted_version
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.widgets.boxes import button, column, label, row
from inspector_app.desktop.kit.widgets.page_head import PageHead
from inspector_app.desktop.kit.widgets.pill import Pill
from inspector_app.desktop.kit.widgets.progress_panel import ProgressPanel

Tab = Literal["preview", "problems", "changes"]
TABS: dict[Tab, str] = {
    "preview": "forms.tab_preview",
    "problems": "forms.tab_problems",
    "changes": "forms.tab_changes",
}
"""Catalogue key of each, in their order."""
STEPS = {1: "forms.step_1", 2: "forms.step_2"}
"""What a check says after each of its steps."""


class FormPage(QWidget):
    """`open(wanted)`: `file:` and a path, an installed version's hash, or `compare:` and a hash."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("ground")
        self._context = context
        self.setAcceptDrops(True)
        self._is_first = False
        self.checking = Checking(context, self)
        self.head = PageHead(context.language)
        self._back = button("icon", name="back-to-forms")
        context.icons.put(self._back, "arrow-left")
        self._again = button(name="recheck-form")
        context.icons.put(self._again, "refresh-cw")
        context.language.text(self._again, "forms.recheck")
        self._install = button("primary", name="install-form")
        context.icons.put(self._install, "check", color="on_accent")
        context.language.text(self._install, "forms.install_now")
        for each in (self._again, self._install):
            self.head.buttons.addWidget(each)
        self._status = Pill(context.icons)
        self._advice = label("muted", wrap=True, name="form_status")
        self._progress = ProgressPanel(context.language)
        self.preview = PreviewPanel(context)
        self.problems = ProblemsPanel(context)
        self.changes = ChangesPanel(context)
        self._tabs: dict[Tab, QPushButton] = {}
        self._stack = QStackedWidget()
        self._lay_out()
        self._wire()

    @property
    def subject(self) -> Subject:
        """The form on the page."""
        return self.checking.subject

    def open(self, wanted: str) -> None:
        """Show a file, or an installed version."""
        file = wanted_file(wanted)
        if file is not None:
            self._choose("problems")
            self._is_first = True
            self.checking.check_file(file)
        else:
            self._choose("changes" if wanted.startswith(COMPARE) else "preview")
            self.checking.show_version(wanted_version(wanted))

    def _lay_out(self) -> None:
        tabs = row(spacing=6)
        panels: dict[Tab, QWidget] = {"preview": self.preview, "problems": self.problems, "changes": self.changes}
        for name, panel in panels.items():
            made = button("chip", name=f"tab-{name}", checkable=True)
            made.clicked.connect(partial(self._choose, name))
            self._tabs[name] = made
            tabs.addWidget(made)
            self._stack.addWidget(panel)
        tabs.addStretch(1)
        verdict = row(self._status, self._advice, spacing=10)
        verdict.setStretch(1, 1)
        body = column(tabs, verdict, self._progress, self._stack, spacing=12)
        body.setStretch(3, 1)
        body.setContentsMargins(24, 0, 24, 24)
        top = row(self._back, self.head, spacing=0)
        top.setStretch(1, 1)
        top.setContentsMargins(12, 0, 0, 0)
        self.setLayout(column(top, body, spacing=0))

    def _wire(self) -> None:
        add, wear = self._context.actions.add, self._context.actions.wear
        wear(self._back, add(self, "forms.back", "Alt+Left", self._on_back))
        wear(self._again, add(self, "forms.recheck", "Ctrl+R", self.checking.check_again))
        wear(self._install, add(self, "forms.install_now", "Ctrl+Return", self._on_install))
        for number, name in enumerate(TABS, start=1):
            action = add(self, TABS[name], f"Alt+{number}", partial(self._choose, name))
            wear(self._tabs[name], action, run=False)
        self.checking.began.connect(self._on_began)
        self.checking.progressed.connect(self._on_progressed)
        self.checking.changed.connect(self._show)
        self.checking.compared.connect(self._on_compared)
        self.changes.asked.connect(self.checking.compare_with)
        self._context.language.changed.connect(self._show_words)

    def _show(self) -> None:
        """Another form, or the same checked again."""
        subject = self.subject
        if self._is_first and subject.candidate is not None:
            self._is_first = False
            self._choose("problems" if subject.problems else "preview")
        self._progress.end()
        self.preview.show_form(subject.form, subject.files)
        self.problems.show_problems(subject.problems, subject.sheets)
        self.changes.offer(subject.rivals(), self.checking.rival)
        self._show_words()

    def _show_words(self) -> None:
        subject, tr = self.subject, self._context.language.tr
        status = derive_status(subject)
        self._status.show_state(status.tone, status.icon, tr(status.words, **status.numbers))
        missing = missing_of(subject)
        advice = tr(status.text, **status.numbers)
        lacks = tr("forms.missing_files", names="、".join(missing[:5]), n=len(missing)) if missing else ""
        time = tr("forms.checked_at", time=self.checking.time) if self.checking.time else ""
        self._advice.setText(" ".join(filter(None, (lacks, advice, time))))
        self.head.title.setText(subject.title)
        self.head.say_where(self._where())
        is_file = subject.path is not None
        self._again.setVisible(is_file)
        self._install.setVisible(is_file)
        self._install.setEnabled(subject.can_install and not self.checking.is_running)
        numbers = {"preview": 0, "problems": len(subject.problems), "changes": self.changes.count()}
        for name, made in self._tabs.items():
            words = tr(TABS[name])
            made.setText(tr("forms.chip", words=words, n=numbers[name]) if numbers[name] else words)
        self._tabs["problems"].setVisible(is_file)

    def _where(self) -> str:
        subject, tr = self.subject, self._context.language.tr
        form, parts = subject.form, []
        if subject.path is not None:
            parts.append(subject.path.name)
        if form is not None:
            parts += [] if subject.path is not None else [form.id]
            parts.append(tr("forms.version", version=form.version) if form.version else tr("forms.no_version"))
        if subject.candidate is not None and subject.candidate.files:
            parts.append(tr("forms.with_files", n=len(subject.candidate.files)))
        return " · ".join(parts)

    def _choose(self, tab: Tab) -> None:
        for name, made in self._tabs.items():
            made.setChecked(name == tab)
        self._stack.setCurrentIndex(list(TABS).index(tab))

    def _on_began(self) -> None:
        self._install.setEnabled(False)
        self._progress.begin("forms.status_checking", self.checking.cancel)

    def _on_progressed(self, facts: tuple[int, int]) -> None:
        done, total = facts
        self._progress.show_progress(done, total, self._context.language.tr(STEPS[done]) if done in STEPS else "")

    def _on_compared(self) -> None:
        comparison, form = self.checking.comparison, self.subject.form
        if comparison is not None and form is not None:
            self.changes.show_changes(comparison, form.languages)
        self._show_words()

    def _on_install(self) -> None:
        if self.subject.can_install and not self.checking.is_running:
            self.checking.install()

    def _on_back(self) -> None:
        installed = self.subject.form.hash if self.subject.form and self.subject.is_known else None
        self._context.go("forms", installed)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_form(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        file: Path | None = dropped_form(event)
        if file is not None:
            event.acceptProposedAction()
            self.open(f"{FILE}{file}")
