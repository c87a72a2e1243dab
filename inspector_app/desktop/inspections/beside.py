"""Beside the Items: the whole requirement, its rules and sources, and how the last visit answered it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from inspector_app.desktop.inspections.last_visit import LastAnswer
from inspector_app.desktop.inspections.state import MARKS, Row
from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.icons import VERDICT_ICONS
from inspector_app.desktop.kit.widgets.boxes import button, column, holder, label, line, row, scroller
from inspector_app.desktop.kit.widgets.pill import Pill
from inspector_app.domain.inspection import Verdict

WIDTH = 220
TONES = {Verdict.PASS: "pass", Verdict.FAIL: "fail", Verdict.NA: "na"}


class Beside(QWidget):
    """`closed` is said by the drawer's own button."""

    closed = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._given: object = None
        self._id = label("section")
        self._mark_icon, self._mark = label(), label("muted", wrap=True)
        self._mark_line = holder(_beside(self._mark_icon, self._mark))
        self._text = label(wrap=True, name="requirement")
        self._photo, self._deadline = label("muted", wrap=True), label("muted", wrap=True)
        self._sources = label("muted", wrap=True)
        self.close_button = button("icon", name="close-beside")
        kit.icons.put(self.close_button, "x", size=16)
        kit.language.name(self.close_button, "inspections.close_beside")
        self.close_button.clicked.connect(self.closed)
        self._last = self._last_part()
        inner = column(
            row(self._id, 1, self.close_button), self._text, self._mark_line, line(),
            self._fact("camera", self._photo), self._fact("flag", self._deadline),
            self._fact("file-text", self._sources), self._last, 1, spacing=10,
        )  # fmt: skip
        inner.setContentsMargins(14, 8, 12, 12)
        content = QWidget()
        content.setLayout(inner)
        self.setLayout(column(scroller(content), spacing=0))
        self._fit()
        kit.theme.changed.connect(self._fit)

    def show_item(self, shown: Row) -> None:
        """The current Item."""
        tr = self._kit.language.tr
        rules = (shown.mark, shown.photo_rule, shown.deadline_rule, shown.sources)
        given = (self._kit.language.code, shown.id, shown.text, *rules)
        if given == self._given:
            return
        self._given = given
        self._id.setText(shown.id)
        self._text.setText(shown.text)
        self._mark_line.setVisible(bool(shown.mark))
        if shown.mark:
            self._kit.icons.put(self._mark_icon, MARKS[shown.mark], color="warn", size=16)
            self._mark.setText(tr(f"mark.{shown.mark}"))
        limits = [tr("inspections.photos_least", n=shown.photo_min)] if shown.photo_min > 1 else []
        limits += [tr("inspections.photos_most", n=shown.photo_max)] if shown.photo_max else []
        self._photo.setText(" · ".join((tr(f"photo_rule.{shown.photo_rule}"), *limits)))
        self._deadline.setText(tr("inspections.if_failed", deadline=tr(f"deadline.{shown.deadline_rule}")))
        self._sources.setText(tr("inspections.sources", names=" · ".join(shown.sources)))

    def show_last(self, last: LastAnswer | None, *, can_take_over: bool) -> None:
        """How it was answered last time; None takes the part away."""
        self._last.setVisible(last is not None)
        self.take_over.setVisible(can_take_over)
        if last is None:
            return
        tr = self._kit.language.tr
        self._last_day.setText(tr("inspections.last_visit", day=self._kit.language.day(last.started)))
        if last.verdict:
            icon = VERDICT_ICONS[last.verdict.value]
            self._last_verdict.show_state(TONES[last.verdict], icon, tr(f"verdict.{last.verdict.value}"))
        else:
            self._last_verdict.show_state("na", "circle-dashed", tr("verdict.none"))
        self._last_note.setText(last.note)
        self._last_note.setVisible(bool(last.note))

    def is_drawer(self, is_drawer: bool) -> None:
        """A drawer can be closed, a column stays."""
        self.close_button.setVisible(is_drawer)

    def _last_part(self) -> QWidget:
        self._last_day = label("caption")
        self._last_verdict = Pill(self._kit.icons)
        self._last_note = label("muted", wrap=True)
        self.take_over = button("quiet", name="take-over")
        self._kit.icons.put(self.take_over, "copy", size=16)
        self._kit.language.text(self.take_over, "inspections.take_over")
        words = column(line(), self._last_day, row(self._last_verdict, 1), self._last_note, spacing=6)
        words.addLayout(row(self.take_over, 1))
        part = holder(words)
        part.hide()
        return part

    def _fact(self, icon: str, words: QLabel) -> QWidget:
        picture = label()
        self._kit.icons.put(picture, icon, color="muted", size=16)
        return holder(_beside(picture, words))

    def _fit(self) -> None:
        self.setFixedWidth(self._kit.theme.px(WIDTH))


def _beside(icon: QLabel, words: QLabel) -> QHBoxLayout:
    layout = row(icon, words, spacing=8)
    layout.setStretch(1, 1)
    icon.setAlignment(Qt.AlignmentFlag.AlignTop)
    return layout
