"""After the signature: the Result with its reasons and every Finding with its absolute Deadline."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from inspector_app.desktop.inspections.amendment_lines import AmendmentLines
from inspector_app.desktop.inspections.reasons import outlook_lines, reason_lines
from inspector_app.desktop.inspections.state import RESULT_LOOKS, Row, Shown
from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.boxes import button, column, empty_out, holder, label, row, scroller
from inspector_app.desktop.kit.widgets.pill import Pill

_INKS = {"pass": "pass", "warn": "warn", "fail": "fail", "na": "muted"}


class Banner(QFrame):
    """The Result in large: icon, words, number and time."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit, self._tone = kit, "na"
        self._icon = label()
        self.words: QLabel = label("title", wrap=True, name="conclusion")
        self._number = label("strong", wrap=True, name="inspection-number")
        self._reasons = label(wrap=True)
        self._amended = label("strong", wrap=True, name="amended-result")
        words = column(self.words, self._number, self._reasons, self._amended, spacing=4)
        layout = row(self._icon, words, spacing=16)
        layout.setStretch(1, 1)
        layout.setContentsMargins(20, 16, 20, 16)
        self.setLayout(layout)

    def show_state(self, shown: Shown) -> None:
        """The Result of a finished visit."""
        tr = self._kit.language.tr
        tone, icon = RESULT_LOOKS[shown.result]
        self._tone = tone
        self.update()
        self._kit.icons.put(self._icon, icon, color=_INKS[tone], size=36)
        self.words.setText(tr(f"conclusion.{shown.result.value}"))
        head = shown.inspection
        self._number.setText(
            tr("inspections.number_line", number=head.number, time=self._kit.language.moment(head.finished))
        )
        lines = reason_lines(shown, tr)
        self._reasons.setText("\n".join(lines))
        self._reasons.setVisible(bool(lines))
        result = shown.amended_result
        self._amended.setVisible(result is not None)
        if result is not None:
            key = "amend.same_result" if result is shown.result else "amend.other_result"
            self._amended.setText(tr(key, result=tr(f"conclusion.{result.value}")))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._kit.theme.color(f"{self._tone}_tint"))
        painter.drawRoundedRect(self.rect(), self._kit.theme.px(8), self._kit.theme.px(8))


class OutcomePanel(QWidget):
    """`previewed`, `today_wanted` and `left` (back to the Items) are its buttons; `withdrawn` carries an amendment."""

    withdrawn = Signal(str)
    previewed = Signal()
    today_wanted = Signal()
    left = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.banner = Banner(kit)
        self._title = label("section")
        self._list: QVBoxLayout = column(spacing=0)
        preview, today, back = button("primary", name="preview"), button(name="today"), button(name="back-to-items")
        kit.icons.put(preview, "printer", color="on_accent")
        kit.icons.put(today, "calendar-check")
        kit.language.text(preview, "inspections.preview")
        kit.language.text(today, "inspections.to_today")
        kit.language.text(back, "inspections.to_answers")
        preview.clicked.connect(self.previewed)
        today.clicked.connect(self.today_wanted)
        back.clicked.connect(self.left)
        self._buttons = row(preview, today, back, 1)
        self._ahead_title, self._ahead = label("section"), label(wrap=True, name="outlook")
        kit.language.text(self._ahead_title, "outlook.title")
        self._amended_title, self._amended = label("section"), AmendmentLines(kit, is_naming=True)
        self._amended.withdrawn.connect(self.withdrawn)
        self._how = label("muted", wrap=True)
        kit.language.text(self._how, "amend.how")
        inner = column(
            self.banner, self._buttons, self._ahead_title, self._ahead, self._amended_title, self._amended, self._title,
            self._list, self._how, 1,
            spacing=14,
        )  # fmt: skip
        inner.setContentsMargins(20, 16, 20, 12)
        self.setLayout(column(scroller(holder(inner)), spacing=0))

    def show_state(self, shown: Shown) -> None:
        """Fill in the Result and the Findings."""
        self.banner.show_state(shown)
        failed = [row for row in shown.flat if row.deadline is not None]
        self._kit.language.text(self._title, "inspections.findings_of_visit", n=len(failed))
        ahead = outlook_lines(shown, self._kit.language.tr)
        self._ahead.setText("\n".join(ahead))
        for part in (self._ahead_title, self._ahead):
            part.setVisible(bool(ahead))
        self._amended_title.setVisible(bool(shown.corrections))
        self._kit.language.text(self._amended_title, "amend.list", n=len(shown.corrections))
        self._amended.show_lines(shown.corrections)
        empty_out(self._list)
        for each in failed:
            self._list.addWidget(self._line(each))

    def _line(self, shown: Row) -> QWidget:
        tr = self._kit.language.tr
        name, text, note, due = label("strong"), label(wrap=True), label("muted", wrap=True), Pill(self._kit.icons)
        name.setText(shown.id)
        text.setText(shown.text)
        note.setText(shown.note)
        words = self._due_words(shown)
        due.show_state("fail" if shown.is_veto else "warn", "star" if shown.is_veto else "clock", words)
        inner = row(name, column(text, note, spacing=2), due, spacing=12)
        inner.setStretch(1, 1)
        inner.setContentsMargins(12, 10, 12, 10)
        frame = QFrame()
        frame.setObjectName(f"finding-{shown.id}")
        frame.setLayout(inner)
        frame.setAccessibleName(tr("inspections.finding_line", item=shown.id, text=shown.text, due=words))
        return frame

    def _due_words(self, shown: Row) -> str:
        assert shown.deadline is not None
        if not shown.deadline.due:
            return self._kit.language.tr(f"deadline.{shown.deadline.rule}")
        return self._kit.language.tr("inspections.due", time=self._kit.language.moment(shown.deadline.due))
