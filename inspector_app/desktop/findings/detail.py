"""The panel beside the list: what must be put right, what was seen, by when, and the next step to closure."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel

from inspector_app.desktop.findings.models import due_words, now_of
from inspector_app.desktop.findings.recheck_strip import RecheckStrip
from inspector_app.desktop.findings.state import (
    LEVEL_LOOKS,
    STATUS_LOOKS,
    FindingFile,
    FindingRow,
    can_close,
    can_report,
    derive_due,
)
from inspector_app.desktop.inspections.photo_strip import PhotoStrip
from inspector_app.desktop.inspections.thumbnails import Thumbnails
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.widgets.boxes import button, column, empty_out, holder, label, line, row, scroller
from inspector_app.desktop.kit.widgets.pill import Pill

WIDTH = 300


class FindingDetail(QFrame):
    """Signals carry the Finding's id; `visit_wanted` and `paper_wanted` the Inspection's."""

    reported = Signal(str)
    closed = Signal(str)
    visit_wanted = Signal(str)
    paper_wanted = Signal(str)
    kept_open = Signal(str, str)
    photo_wanted = Signal(str)

    def __init__(self, context: Context, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._context = context
        self._file: FindingFile | None = None
        self.setProperty("kind", "card")
        self._title, self._what = label("section", name="finding-item"), label(wrap=True, name="finding-requirement")
        self._level, self._status, self._due = Pill(context.icons), Pill(context.icons), Pill(context.icons)
        self._seen = label(wrap=True, name="finding-observation")
        self._strip = PhotoStrip(context, thumbnails, "finding")
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(6)
        self._facts.setColumnStretch(1, 1)
        self._step = label("muted", wrap=True)
        self._error = label("fail", wrap=True, name="finding-error")
        self._report, self._close = button("primary", name="report-mended"), button("primary", name="close-finding")
        self._visit, self._paper = button(name="open-visit"), button(name="open-notice")
        context.icons.put(self._paper, "file-text")
        context.language.text(self._paper, "findings.notice")
        self._paper.clicked.connect(self._on_paper)
        self.recheck = RecheckStrip(context)
        self.recheck.kept_open.connect(self._on_kept_open)
        self.recheck.photo_wanted.connect(self._on_photo)
        context.icons.put(self._report, "wrench", color="on_accent")
        context.icons.put(self._close, "circle-check", color="on_accent")
        context.icons.put(self._visit, "clipboard-check")
        context.language.text(self._report, "findings.report")
        context.language.text(self._close, "findings.close")
        context.language.text(self._visit, "findings.open_visit")
        self._report.clicked.connect(self._on_report)
        self._close.clicked.connect(self._on_close)
        self._visit.clicked.connect(self._on_visit)
        self._lay_out()
        self._fit()
        context.theme.changed.connect(self._fit)

    def show_file(self, file: FindingFile) -> None:
        """One Finding; an error of the one before is forgotten."""
        if self._file is None or self._file.finding.id != file.finding.id:
            self.show_error("")
        self._file = file
        tr, finding = self._context.language.tr, file.finding
        self._title.setText(f"{finding.item}  {file.site_name}")
        self._title.setWordWrap(True)
        self._what.setText(finding.requirement)
        tone, icon = LEVEL_LOOKS[finding.level]
        self._level.show_state(tone, icon, tr(f"finding_level.{finding.level.value}"))
        tone, icon = STATUS_LOOKS[finding.status]
        self._status.show_state(tone, icon, tr(f"status.{finding.status.value}"))
        due = derive_due(finding, now_of(self._context))
        self._due.show_state(due.tone, due.icon, due_words(self._context, FindingRow(finding, file.site_name)))
        self._seen.setText(finding.observation or tr("findings.nothing_written"))
        self._strip.show_photos(file.photos, 0)
        self._strip.setVisible(bool(file.photos))
        self._show_facts(file)
        self._report.setVisible(can_report(finding))
        self._close.setVisible(can_close(finding))
        self.recheck.show_for(finding)
        self._step.setText(tr(f"findings_step.{finding.status.value}", name=finding.reported_by or "—"))

    def show_error(self, sentence: str) -> None:
        """Why the step was refused."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))

    def _lay_out(self) -> None:
        seen, photos = self._caption("findings.observation"), self._strip
        inner = column(
            self._title, self._what, row(self._level, self._status, 1, spacing=6), row(self._due, 1), line(),
            seen, self._seen, photos, line(), self._facts, 1, spacing=10, margins=16,
        )  # fmt: skip
        foot = column(
            self._error, self._step, self.recheck, self._report, self._close, self._paper, self._visit, spacing=8
        )
        foot.setContentsMargins(16, 8, 16, 16)
        self.setLayout(column(scroller(holder(inner)), foot, spacing=0))
        self._strip.opened.connect(self._on_visit)

    def _caption(self, key: str) -> QLabel:
        words = label("caption")
        self._context.language.text(words, key)
        return words

    def _show_facts(self, file: FindingFile) -> None:
        empty_out(self._facts)
        finding, moment = file.finding, self._context.language.moment
        facts = (
            ("findings.number", file.number),
            ("findings.owner", finding.owner),
            ("findings.reported_by", finding.reported_by),
            ("findings.closed_by", finding.closed_by),
            ("findings.closed_at", moment(finding.closed)),
        )
        for number, (key, value) in enumerate((key, value) for key, value in facts if value):
            said = label(wrap=True)
            said.setText(value)
            self._facts.addWidget(self._caption(key), number, 0)
            self._facts.addWidget(said, number, 1)

    def _fit(self) -> None:
        self.setFixedWidth(self._context.theme.px(WIDTH))

    def _on_report(self) -> None:
        if self._file:
            self.reported.emit(self._file.finding.id)

    def _on_close(self) -> None:
        if self._file:
            self.closed.emit(self._file.finding.id)

    def _on_visit(self) -> None:
        if self._file:
            self.visit_wanted.emit(self._file.finding.inspection)

    def _on_paper(self) -> None:
        if self._file:
            self.paper_wanted.emit(self._file.finding.inspection)

    def _on_kept_open(self, note: str) -> None:
        if self._file:
            self.kept_open.emit(self._file.finding.id, note)

    def _on_photo(self) -> None:
        if self._file:
            self.photo_wanted.emit(self._file.finding.id)
