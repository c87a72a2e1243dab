"""The visit: one screen on which an Inspection is answered, photographed, signed and read again.

Object names for tests and the demo (A04 stands for any Item id):
verdict-pass-A04 verdict-fail-A04 verdict-na-A04 · item-A04 · open-note-A04 note-A04 phrase-none-A04 ·
measure-A05_date (last part of the leaf path) · accept-A04 · add-photo-A04 photo-A04-0 photo-error-A04 ·
deadline-A04 deadline-rule-A04 · dimension-A · search-results · next-unanswered retry-save saved answered ·
inspectors-button inspector-name add-inspector remove-inspector-0 close-inspectors · preview-button ·
finish-button · lack-A04-note lack--inspectors · head-name head-post refused refused-reason witness sign-head confirm-finish ·
back-to-items · conclusion inspection-number finding-A04 preview today · close-photo remove-photo photo-facts ·
open-beside close-beside
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from inspector_app.desktop.inspections.amending import Amending
from inspector_app.desktop.inspections.asking import Asking
from inspector_app.desktop.inspections.checklist import row_above
from inspector_app.desktop.inspections.crossing import Crossing
from inspector_app.desktop.inspections.evidence import Evidence
from inspector_app.desktop.inspections.finishing import Finishing, nothing
from inspector_app.desktop.inspections.frame import VisitFrame
from inspector_app.desktop.inspections.gathering import Gathering
from inspector_app.desktop.inspections.item_row import ItemRow
from inspector_app.desktop.inspections.keys import VisitKeys
from inspector_app.desktop.inspections.parallel_bar import Parallels
from inspector_app.desktop.inspections.phoning import Phoning
from inspector_app.desktop.inspections.pictures import choose_pictures, picture_of
from inspector_app.desktop.inspections.question_files import QuestionFiles
from inspector_app.desktop.inspections.shortcuts import Shortcuts
from inspector_app.desktop.inspections.state import Shown, first_in, first_place, next_open
from inspector_app.desktop.inspections.taking import Refusal, Taking
from inspector_app.desktop.inspections.trail import Trail
from inspector_app.desktop.inspections.versions import Versions
from inspector_app.desktop.inspections.visiting import Visiting
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.notify import sentence
from inspector_app.domain.clock import moment
from inspector_app.domain.errors import DaoweiError
from inspector_app.domain.inspection import Verdict


class InspectionPage(QWidget):
    """`open(inspection_id)` shows a visit; a draft takes answers, a finished one is read only."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("ground")
        self._context = context
        self._shown: Shown | None = None
        self._opened = ""
        self._asked = ""
        self._refusals: dict[str, Refusal] = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._on_soon)
        self.visiting = Visiting(context, self)
        self.taking = Taking(context, self.visiting)
        self.files = QuestionFiles(context, self.visiting, self)
        self.frame = VisitFrame(context, self._now, self.files)
        self.frame.checklist.waiting = self.taking.waiting
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.frame)
        self.setLayout(layout)
        self.keys = VisitKeys(self.frame, self.visiting, self.shown)
        self.shortcuts = Shortcuts(context, self.frame, self.visiting, self.shown)
        self.trail = Trail(context, self.frame, self.visiting, self.shown)
        self.amending = Amending(context, self.frame, self.visiting, self.shown)
        self.finishing = Finishing(context, self.frame, self.visiting, self.shown)
        self.asking = Asking(context, self.frame, self.visiting, self.files)
        self.versions = Versions(context, self.frame, self.visiting)
        self.gathering = Gathering(context, self.frame, self.taking, self.shown)
        self.crossing = Crossing(context, self.frame, self.visiting, self.shown)
        self.evidence = Evidence(context, self.frame, self.taking, self.shown)
        self.parallels = Parallels(context, self.frame, self.visiting)
        self.phoning = Phoning(context, self.frame, self.taking, self.files, self.current_item)
        self._wire()

    def open(self, inspection_id: str) -> None:
        """Show a visit, its first open Item current."""
        if inspection_id != self._opened:
            self.trail.leave()
            self.frame.checklist.forget()
            self._refusals.clear()
            self._shown = None
            self.gathering.watch.stop()
        self.frame.show_preview(False)
        self.frame.search.clear()
        self.visiting.open(inspection_id)

    def current_item(self) -> str:
        """The Item, or the path of the question, that keys act on."""
        return self.keys.current()

    def is_idle(self) -> bool:
        """Nothing is typed, pressed or brought that is not durable yet."""
        return self.visiting.is_idle and not self.taking.is_busy and not self.files.is_busy

    def add_photo_files(self, item_id: str, files: Sequence[Path]) -> None:
        """Attach pictures to an Item as the file dialog does."""
        self._on_photos_given(item_id, [picture_of(file) for file in files])

    def shown(self) -> Shown | None:
        """What the page shows of its visit, None until one is open; pictures that came this very turn are in it."""
        if self._soon.isActive():
            self._on_soon()
        return self._shown

    def flush(self) -> None:
        """Save now what is being typed."""
        self.frame.checklist.flush()
        self.frame.questions.flush()

    def _wire(self) -> None:
        visiting, frame = self.visiting, self.frame
        visiting.opened.connect(self._on_opened)
        visiting.changed.connect(self._on_visit_changed)
        visiting.saved.connect(self._show_footer)
        visiting.save_failed.connect(self._on_save_failed)
        self.taking.changed.connect(self._soon.start)
        self.taking.refused.connect(self._on_photo_refused)
        frame.checklist.row_made.connect(self._on_row_made)
        frame.checklist.current_changed.connect(self._on_current_changed)
        frame.checklist.result_chosen.connect(self._on_result_chosen)
        frame.search.searched.connect(self._on_searched)
        frame.dimensions.chosen.connect(self._on_dimension)
        frame.inspectors.changed.connect(visiting.set_inspectors)
        frame.inspectors.closed.connect(self._on_inspectors_closed)
        frame.head.inspectors.toggled.connect(self._on_inspectors_toggled)
        frame.footer.retried.connect(visiting.try_again)
        frame.footer.next_wanted.connect(self.keys.next_unanswered)
        self.finishing.item_wanted.connect(self._on_item_wanted)
        for panel in (frame.lacks, frame.sign, frame.outcome, frame.viewer, frame.amend):
            panel.left.connect(self._on_back)
        frame.outcome.previewed.connect(self._on_preview)
        frame.outcome.today_wanted.connect(self._on_today)
        frame.preview.left.connect(self._on_preview_left)
        self._context.language.changed.connect(self._on_language_changed)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

        self.asking.wanted.connect(self._go)
        frame.questions.part_shown.connect(self._mark_place)
        self.keys.wanted.connect(self._go)
        self.shortcuts.wanted.connect(self._go)
        self.keys.rest_wanted.connect(self.shortcuts.pass_rest)
        self.keys.last_wanted.connect(self.shortcuts.take_over)
        self.keys.answered.connect(self._on_answered)
        self.keys.hide_wanted.connect(self.evidence.hide)
        self.keys.photos_wanted.connect(self._on_photos_wanted)
        self.gathering.given.connect(self._on_photos_given)
        self.keys.photos_given.connect(self._on_photos_given)
        bound = self.keys.bind(self._context.actions, self, self._on_preview)
        self._context.actions.wear(frame.head.preview, bound["visit.print"])
        self._context.actions.wear(frame.footer.next, bound["visit.unanswered"], run=False)

    # what the lanes bring

    def _on_opened(self) -> None:
        is_new = self.visiting.id != self._opened
        self._opened = self.visiting.id
        self._on_changed()
        shown = self._shown
        if shown is None:
            return
        if is_new or not self.current_item():
            self.frame.show_items()
            self._go(next_open(shown, "", {}) or first_place(shown), take_focus=self.isVisible())
        if is_new:
            self.shortcuts.begin(shown)

    def _on_visit_changed(self) -> None:
        """Many pictures come at once: what they change is shown once a turn. What was pressed is shown at once."""
        if self.taking.is_busy and not self.visiting.pending:
            self._soon.start()
        else:
            self._on_changed()

    def _on_soon(self) -> None:
        self._soon.stop()
        self._on_changed()

    def _on_changed(self) -> None:
        shown, site = self.visiting.shown(), self.visiting.site()
        if shown is None or site is None:
            return
        self._shown = shown
        frame = self.frame
        frame.checklist.show_state(shown)
        frame.questions.show_sheet(shown.sheet, pending=self.visiting.pending, is_locked=shown.is_finished)
        frame.dimensions.show_state(shown, self._dimension())
        frame.head.show_state(shown, site)
        frame.inspectors.show_names(shown.inspection.inspectors)
        frame.footer.show_progress(shown)
        self._show_footer()
        self._show_beside()
        self.finishing.refresh(shown)
        self.evidence.refresh()
        self.gathering.refresh()
        self.amending.refresh()

    def _on_save_failed(self, error: Exception) -> None:
        self._show_footer()

    def _show_footer(self) -> None:
        failure = self.visiting.failure
        if failure is not None:
            self.frame.footer.show_failure(self._sentence(failure))
        else:
            self.frame.footer.show_saved(self.visiting.saved_ms, is_saving=self.visiting.is_saving)

    def _on_photo_refused(self, refusal: Refusal) -> None:
        self._refusals[refusal.item] = refusal
        row = self.frame.checklist.row(refusal.item)
        if row is not None:
            why = self._sentence(refusal.error)
            key = "inspections.photo_refused" if refusal.name else "inspections.picture_refused"
            row.refuse_photo(self._context.language.tr(key, name=refusal.name, why=why))

    # what a row asks

    def _on_row_made(self, row: ItemRow) -> None:
        row.touched.connect(self.frame.checklist.go_to)
        row.answered.connect(self._on_answered)
        row.typed.connect(self._on_typed)
        row.deadline_chosen.connect(self.visiting.set_deadline)
        row.photos_wanted.connect(self._on_photos_wanted)
        row.photos_given.connect(self._on_photos_given)
        row.photo_opened.connect(self.evidence.open_photo)
        self.amending.follow(row)

    def _on_answered(self, item_id: str, path: str, value: str) -> None:
        self.visiting.answer(item_id, {path: value})
        row = self.frame.checklist.go_to(item_id)
        if row is not None and value == Verdict.FAIL:
            row.open_failure()

    def _on_typed(self, item_id: str, path: str, value: str) -> None:
        self.visiting.answer(item_id, {path: value}, is_typing=True)

    def _on_photos_wanted(self, item_id: str) -> None:
        self._on_photos_given(item_id, choose_pictures(self, self._context.language))

    def _on_photos_given(self, item_id: str, pictures: list[tuple[str, bytes | Path]]) -> None:
        if pictures and self._shown and not self._shown.is_finished:
            row = self.frame.checklist.go_to(item_id)
            if self._refusals.pop(item_id, None) and row is not None:
                row.refuse_photo("")
            self.taking.add(item_id, pictures)

    # what the panels ask

    def _on_preview(self) -> None:
        """The paper as it would print now; what is being typed is saved first."""
        if self._shown is not None:
            self.flush()
            self._context.lanes.write.run(nothing, self._on_ready_for_preview)

    def _on_ready_for_preview(self, nothing: None) -> None:
        self.frame.show_preview(True)
        self.frame.preview.open(self._opened)

    def _on_preview_left(self) -> None:
        self.frame.show_preview(False)
        self._go(self.current_item())

    def _on_dimension(self, dimension: str) -> None:
        place = first_in(self._shown, dimension) if self._shown else ""
        if place:
            self.frame.search.clear()
            self.frame.show_items()
            self._go(place)

    def _on_searched(self, text: str) -> None:
        """What is found covers Items and questions alike."""
        asked = self.frame.questions.current if self.frame.is_asking else self._asked
        self._asked = asked if text else ""
        self.frame.turn_to(self.frame.checklist if text or not asked else self.frame.questions)
        self.frame.checklist.search(text)

    def _on_result_chosen(self, place: str) -> None:
        self._asked = ""
        self.frame.search.clear()
        self.frame.checklist.search("")
        self._go(place)

    def _on_current_changed(self, item_id: str) -> None:
        self._mark_place()
        self._show_beside()

    def _mark_place(self) -> None:
        self.frame.dimensions.mark(self._dimension())

    def _on_inspectors_toggled(self, is_open: bool) -> None:
        self.frame.inspectors.setVisible(is_open)
        if is_open:
            self.frame.inspectors.begin()
        elif self.current_item():
            self._go(self.current_item())

    def _on_inspectors_closed(self) -> None:
        self.frame.head.inspectors.setChecked(False)

    def _on_item_wanted(self, item_id: str, what: str) -> None:
        self._go(item_id, take_focus=what != "note")
        row = self.frame.checklist.row(item_id)
        if row is not None and what == "note":
            row.open_note()

    def _on_back(self) -> None:
        self.frame.show_items()
        self._go(self.current_item())

    def _on_today(self) -> None:
        self._context.go("today", None)

    # the window around

    def _on_language_changed(self) -> None:
        self._on_changed()
        self.frame.viewer.say()
        for refusal in self._refusals.values():
            self._on_photo_refused(refusal)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        row = row_above(new)
        if row is not None and self.isAncestorOf(row) and row.id != self.current_item():
            self.frame.checklist.go_to(row.id)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.window().installEventFilter(self)
        self.trail.come_back()

    def hideEvent(self, event: QHideEvent) -> None:
        self._leave()
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Close:
            self._leave()
        return super().eventFilter(watched, event)

    def _leave(self) -> None:
        self.flush()
        self.trail.leave()

    def _go(self, place: str, *, take_focus: bool = True) -> None:
        """To an Item, or to a question by its path."""
        if place.startswith("/"):
            self.frame.turn_to(self.frame.questions)
            self.asking.go_to(place, take_focus=take_focus)
            self._mark_place()
        elif place:
            self.frame.turn_to(self.frame.checklist)
            self.frame.checklist.go_to(place, take_focus=take_focus)

    def _dimension(self) -> str:
        if self.frame.is_asking:
            return self.frame.questions.part
        return self._shown.dimension_of(self.current_item()) if self._shown else ""

    def _show_beside(self) -> None:
        row = self._shown.find(self.current_item()) if self._shown else None
        if row is None:
            return
        self.frame.beside.show_item(row)
        self.shortcuts.refresh()

    def _sentence(self, error: Exception) -> str:
        language = self._context.language
        return sentence(error, language) if isinstance(error, DaoweiError) else language.tr("fault.bug")

    def _now(self) -> datetime:
        return moment(self._context.store.clock())
