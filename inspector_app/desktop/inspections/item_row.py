"""One Item on the page: requirement, verdict, tools, and what it opens in place; updated, never rebuilt."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from inspector_app.desktop.inspections.amendment_lines import AmendmentLines
from inspector_app.desktop.inspections.finding_line import FindingLine
from inspector_app.desktop.inspections.measures import Measures
from inspector_app.desktop.inspections.note_field import NoteField
from inspector_app.desktop.inspections.parallel_line import ParallelLine
from inspector_app.desktop.inspections.photo_strip import PhotoStrip
from inspector_app.desktop.inspections.pictures import has_pictures, pictures_in
from inspector_app.desktop.inspections.remarks import Remarks
from inspector_app.desktop.inspections.state import MARKS, Row
from inspector_app.desktop.inspections.thumbnails import Thumbnails
from inspector_app.desktop.inspections.verdict_buttons import VerdictButtons
from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.boxes import button, column, holder, label, row
from inspector_app.domain.inspection import Verdict

ID_WIDTH = 34
LEAST_WORDS = 130
"""Room for what is asked below which the answer goes under it."""
BAR = 4


class ItemRow(QWidget):
    """Signals carry the Item's id first; texts and pictures second."""

    touched = Signal(str)
    answered = Signal(str, str, str)
    typed = Signal(str, str, str)
    deadline_chosen = Signal(str, str)
    photos_wanted = Signal(str)
    photos_given = Signal(str, object)
    photo_opened = Signal(str)
    decide_wanted = Signal()
    withdrawn = Signal(str)
    grew = Signal(str)

    def __init__(self, kit: Kit, thumbnails: Thumbnails, shown: Row, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.id = shown.id
        self.learned: Callable[[str], Sequence[str]] = lambda item_id: ()
        self._kit, self._thumbnails, self._now = kit, thumbnails, now
        self._row = shown
        self._is_current = self._is_locked = self._is_note_wanted = self._is_aimed_at = self._is_stacked = False
        self._note: NoteField | None = None
        self._measures: Measures | None = None
        self._strip: PhotoStrip | None = None
        self._finding: FindingLine | None = None
        self._advice: QWidget | None = None
        self._parallel: ParallelLine | None = None
        self._amended: AmendmentLines | None = None
        self.setObjectName(f"item-{shown.id}")
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._build()
        self.show_row(shown, 0, is_locked=False)

    def show_row(self, shown: Row, waiting: int, *, is_locked: bool) -> None:
        """Bring every part up to date; parts appear the first time they are needed."""
        self._row, self._is_locked = shown, is_locked
        self._text.setText(shown.text)
        self.verdicts.show_verdict(shown.verdict, shown.suggested, is_firm=not shown.given)
        self.verdicts.lock(is_locked)
        self._remarks.show_row(shown)
        self._show_parallel()
        self._show_amended()
        self._show_tools()
        self._show_measures()
        self._show_advice()
        self._show_note()
        self._show_finding()
        self._show_photos(waiting)

    def say(self) -> None:
        """Words in the current language."""
        tr = self._kit.language.tr
        self.verdicts.say()
        self._mark.setToolTip(tr(f"mark.{self._row.mark}") if self._row.mark else "")
        self._mark.setAccessibleName(self._mark.toolTip())
        if self._strip:
            self._strip.say()

    def mark_current(self, is_current: bool) -> None:
        """The Item that keys act on."""
        if is_current != self._is_current:
            self._is_current = is_current
            self.update()

    def open_note(self) -> None:
        """Show the note and begin typing."""
        self._is_note_wanted = True
        self._show_note()
        if self._note:
            self._note.focus_text()

    def open_failure(self) -> None:
        """The Item just failed: begin with the phrases, or in the note."""
        if self._note:
            self._note.focus_phrases()

    def open_deadline(self) -> None:
        """Begin to change the Deadline, if there is one."""
        if self._finding and not self._finding.isHidden():
            self._finding.focus_edit(self._now())

    def next_field(self) -> bool:
        """From one measure to the next, from elsewhere in the Item to the first that lacks a value; False when none."""
        fields = list(self._measures.fields()) if self._measures and not self._is_locked else []
        focused = next((n for n, field in enumerate(fields) if field.hasFocus()), None)
        lacking = [field for field, measure in zip(fields, self._row.measures, strict=False) if measure.is_missing]
        following = fields[focused + 1 :] if focused is not None else lacking
        if not following or self._row.verdict is Verdict.NA:
            return False
        following[0].setFocus(Qt.FocusReason.TabFocusReason)
        following[0].selectAll()
        return True

    def refuse_photo(self, sentence: str) -> None:
        """Say why a picture was not taken."""
        strip = self._the_strip()
        strip.show_error(sentence)
        strip.setVisible(not strip.is_empty)

    def typed_paths(self) -> set[str]:
        """Places whose field holds something typed that is not on its way yet."""
        typed = {self._row.note_path} if self._note is not None and self._note.is_typing else set()
        return typed | (self._measures.typed_paths() if self._measures is not None else set())

    def flush(self) -> None:
        """Save now what is being typed."""
        for part in (self._note, self._measures, self._finding):
            if part:
                part.flush()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = self._kit.theme.color
        if self._is_current:
            painter.fillRect(self.rect(), color("selected"))
            painter.fillRect(0, 0, self._kit.theme.px(BAR), self.height(), color("accent"))
        if self._is_aimed_at:
            painter.fillRect(self.rect(), color("accent_tint"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, color("hairline"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.touched.emit(self.id)
        super().mousePressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self._is_locked and has_pictures(event.mimeData()):
            event.acceptProposedAction()
            self._aim(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._aim(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._aim(False)
        pictures = pictures_in(event.mimeData())
        if pictures:
            event.acceptProposedAction()
            self.photos_given.emit(self.id, pictures)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_current and event.size().height() > event.oldSize().height():
            self.grew.emit(self.id)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._id.setFixedWidth(self._kit.theme.px(ID_WIDTH))
        super().changeEvent(event)

    def _build(self) -> None:
        kit, item_id = self._kit, self.id
        self._id = label("strong")
        self._id.setText(item_id)
        self._id.setFixedWidth(kit.theme.px(ID_WIDTH))
        self._mark = label()
        if self._row.mark:
            kit.icons.put(self._mark, MARKS[self._row.mark], color="warn", size=16)
        else:
            self._mark.hide()
        self._text = label(wrap=True)
        self._text.setMinimumWidth(1)
        self._remarks = Remarks(kit, item_id)
        self.verdicts = VerdictButtons(kit, item_id)
        self.verdicts.chosen.connect(self._on_verdict)
        self._photo = button("icon", name=f"add-photo-{item_id}")
        kit.language.name(self._photo, "inspections.add_photo_name", item=item_id)
        self._photo.clicked.connect(lambda: self.photos_wanted.emit(self.id))
        self._note_button = button("icon", name=f"open-note-{item_id}")
        kit.language.name(self._note_button, "inspections.note_name", item=item_id)
        kit.language.tip(self._note_button, "inspections.note_tip")
        self._note_button.clicked.connect(self._on_note_button)
        self._details = column(spacing=8)
        self._details_holder = holder(self._details)
        self._details_holder.hide()
        self._lay_out()
        self.say()

    def _lay_out(self) -> None:
        self._grid = QGridLayout()
        self._grid.setContentsMargins(12, 8, 6, 9)
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(8)
        words = column(self._text, self._remarks, 1, spacing=2)
        words.setContentsMargins(0, 9, 8, 2)
        ident = column(self._id, self._mark, 1, spacing=3)
        ident.setContentsMargins(0, 9, 0, 0)
        self._ident, self._words = holder(ident), holder(words)
        self._grid.setColumnStretch(1, 1)
        self.setLayout(self._grid)
        self._arrange()

    def wants_two_lines(self, width: int) -> bool:
        """Large letters or a narrow window: what is asked has no room beside the answer any more."""
        tools = self.verdicts.sizeHint().width() + self._photo.sizeHint().width() + self._note_button.sizeHint().width()
        return width < tools + self._kit.theme.px(ID_WIDTH + LEAST_WORDS) + 40

    def stack(self, is_stacked: bool) -> None:
        """The answer below what is asked, or beside it."""
        if is_stacked != self._is_stacked:
            self._is_stacked = is_stacked
            for part in (self._ident, self._words, self.verdicts, self._photo, self._note_button, self._details_holder):
                self._grid.removeWidget(part)
            self._arrange()

    def _arrange(self) -> None:
        top, line = Qt.AlignmentFlag.AlignTop, 1 if self._is_stacked else 0
        self._grid.addWidget(self._ident, 0, 0)
        self._grid.addWidget(self._words, 0, 1, 1, 4 if self._is_stacked else 1)
        self._grid.addWidget(self.verdicts, line, 2 - line, 1, 1 + line, top | Qt.AlignmentFlag.AlignLeft)
        self._grid.addWidget(self._photo, line, 3, top)
        self._grid.addWidget(self._note_button, line, 4, top)
        self._grid.addWidget(self._details_holder, 1 + line, 1, 1, 4)

    def _show_parallel(self) -> None:
        if self._row.is_parallel and self._parallel is None:
            self._parallel = ParallelLine(self._kit, self.id)
            self._parallel.decide.clicked.connect(self.decide_wanted)
            self._place(self._parallel, 0)
        if self._parallel is not None:
            self._parallel.setVisible(self._row.is_parallel)

    def _show_amended(self) -> None:
        if self._row.amended and self._amended is None:
            self._amended = AmendmentLines(self._kit)
            self._amended.withdrawn.connect(self.withdrawn)
            self._place(self._amended, 6)
        if self._amended is not None:
            self._amended.show_lines(self._row.amended)

    def _show_tools(self) -> None:
        shown, kit = self._row, self._kit
        forbidden = shown.photo_rule == "forbidden"
        kit.icons.put(
            self._photo, "ban" if forbidden else "camera", color="warn" if shown.photo_missing else "muted", size=18
        )
        self._photo.setEnabled(not forbidden and not self._is_locked and not shown.is_full)
        if shown.is_full:
            kit.language.tip(self._photo, "inspections.photos_full", n=shown.photo_max)
        else:
            kit.language.tip(self._photo, "inspections.photo_forbidden" if forbidden else "inspections.add_photo_tip")
        kit.icons.put(self._note_button, "pen-line", color="fail" if shown.note_missing else "muted", size=18)

    def _show_measures(self) -> None:
        if not self._row.measures and self._measures is None:
            return
        if self._measures is None:
            self._measures = Measures(self._kit, self._now)
            self._measures.entered.connect(self._on_measure)
            self._place(self._measures, 1)
        self._measures.show_rows(self._row.measures)
        self._measures.lock(self._is_locked)
        self._measures.setVisible(bool(self._row.measures))

    def _show_advice(self) -> None:
        suggested = None if self._is_locked else self._row.suggested
        if suggested is None and self._advice is None:
            return
        if self._advice is None:
            self._advice_words, icon = label("muted"), label()
            self._accept = button("quiet", name=f"accept-{self.id}")
            self._accept.clicked.connect(self._on_accept)
            self._kit.icons.put(icon, "info", color="accent", size=16)
            self._advice = holder(row(icon, self._advice_words, self._accept, 1, spacing=6))
            self._place(self._advice, 2)
        if suggested is not None:
            tr = self._kit.language.tr
            words = tr(f"verdict.{suggested.value}")
            self._advice_words.setText(tr("inspections.suggested", verdict=words))
            self._accept.setText(tr("inspections.accept", verdict=words))
        self._advice.setVisible(suggested is not None)

    def _show_note(self) -> None:
        shown = self._row
        is_wanted = bool(shown.note) or shown.verdict is Verdict.FAIL or self._is_note_wanted
        if not is_wanted and self._note is None:
            return
        if self._note is None:
            self._note = NoteField(self._kit, self.id, self.learned(self.id))
            self._note.entered.connect(self._on_note)
            self._place(self._note, 3)
        is_failure = shown.verdict is Verdict.FAIL and not self._is_locked
        self._note.show_note(shown.note, offer_phrases=is_failure)
        self._note.lock(self._is_locked)
        self._note.setVisible(is_wanted)
        self._settle()

    def _show_finding(self) -> None:
        deadline = self._row.deadline
        if deadline is None and self._finding is None:
            return
        if self._finding is None:
            self._finding = FindingLine(self._kit, self.id)
            self._finding.chosen.connect(self._on_deadline)
            self._place(self._finding, 4)
        self._finding.lock(self._is_locked)
        if deadline is not None:
            self._finding.show_deadline(deadline, is_veto=self._row.is_veto)
        self._finding.setVisible(deadline is not None)

    def _show_photos(self, waiting: int) -> None:
        if self._row.photos or waiting or self._strip:
            strip = self._the_strip()
            strip.show_photos(self._row.photos, waiting)
            strip.setVisible(not strip.is_empty)
        self._settle()

    def _the_strip(self) -> PhotoStrip:
        if self._strip is None:
            self._strip = PhotoStrip(self._kit, self._thumbnails, self.id)
            self._strip.opened.connect(self.photo_opened)
            self._place(self._strip, 5)
        return self._strip

    def _place(self, part: QWidget, order: int) -> None:
        """Parts keep their order whatever appears first."""
        part.setProperty("order", order)
        before = 0
        for number in range(self._details.count()):
            item = self._details.itemAt(number)
            widget = item.widget() if item else None
            before += widget is not None and widget.property("order") < order
        self._details.insertWidget(before, part)
        self._details_holder.show()

    def _settle(self) -> None:
        parts = (
            self._parallel, self._measures, self._advice, self._note, self._finding, self._strip, self._amended
        )  # fmt: skip
        self._details_holder.setVisible(any(part is not None and not part.isHidden() for part in parts))

    def _aim(self, is_aimed_at: bool) -> None:
        self._is_aimed_at = is_aimed_at
        self.update()

    def _on_verdict(self, value: str) -> None:
        self.answered.emit(self.id, self._row.path, value)

    def _on_accept(self) -> None:
        if self._row.suggested:
            self._on_verdict(self._row.suggested.value)

    def _on_measure(self, path: str, value: str) -> None:
        self.typed.emit(self.id, path, value)

    def _on_note(self, text: str) -> None:
        self.typed.emit(self.id, self._row.note_path, text)

    def _on_deadline(self, iso: str) -> None:
        self.deadline_chosen.emit(self.id, iso)

    def _on_note_button(self) -> None:
        self.open_note()
