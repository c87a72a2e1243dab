"""The line below the Items: when the last save became durable, how far the visit is, the next unanswered Item."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QWidget

from inspector_app.desktop.inspections.state import Shown
from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.boxes import button, label, restyle, row
from inspector_app.domain.clock import moment


class Footer(QFrame):
    """`retried`, `rest_wanted` and `next_wanted` are what its buttons ask for."""

    retried = Signal()
    rest_wanted = Signal()
    next_wanted = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.setProperty("kind", "foot")
        self._icon, self._saved = label(), label("muted", wrap=True, name="saved")
        self._count = label("muted", name="answered")
        self.retry = button("danger", name="retry-save")
        kit.language.text(self.retry, "inspections.retry")
        self.retry.clicked.connect(self.retried)
        self.retry.hide()
        self.next = button("quiet", name="next-unanswered")
        kit.icons.put(self.next, "arrow-down", size=16)
        kit.language.text(self.next, "inspections.next_unanswered")
        self.next.clicked.connect(self.next_wanted)
        self.rest = button("quiet", name="pass-rest")
        kit.icons.put(self.rest, "check-check", size=16)
        kit.language.tip(self.rest, "inspections.rest_tip")
        self.rest.clicked.connect(self.rest_wanted)
        self.rest.hide()
        self.amend = button("quiet", name="amend")
        kit.icons.put(self.amend, "pen-line", size=16)
        kit.language.text(self.amend, "amend.begin")
        self.amend.hide()
        layout = row(self._icon, self._saved, self.retry, self._count, self.rest, self.next, self.amend, spacing=8)
        layout.setStretch(1, 1)
        layout.setContentsMargins(24, 4, 16, 4)
        self.setLayout(layout)
        self.setMinimumHeight(kit.theme.px(48))

    def show_saved(self, saved_ms: int, *, is_saving: bool) -> None:
        """Everything is durable since `saved_ms`, or still on its way."""
        tr = self._kit.language.tr
        if is_saving:
            words, icon, color = tr("inspections.saving"), "clock", "muted"
        elif saved_ms:
            words, icon, color = tr("inspections.saved", time=f"{moment(saved_ms):%H:%M:%S}"), "circle-check", "pass"
        else:
            words, icon, color = tr("inspections.every_answer"), "info", "muted"
        self._say(words, icon, color, "muted")
        self.retry.hide()

    def show_failure(self, sentence: str) -> None:
        """A save failed; what was entered is still in its field."""
        self._say(self._kit.language.tr("inspections.not_saved", why=sentence), "triangle-alert", "fail", "fail")
        self.retry.show()

    def show_progress(self, shown: Shown) -> None:
        """Answered of total; the button goes when nothing is open."""
        words = self._kit.language.tr("inspections.answered", n=shown.answered, total=shown.total)
        self._count.setText(words)
        self.next.setVisible(shown.answered < shown.total and not shown.is_finished)

    def show_rest(self, count: int) -> None:
        """How many Items of this Dimension may pass in bulk; the button goes when there is none."""
        self.rest.setText(self._kit.language.tr("inspections.rest", n=count))
        self.rest.setVisible(bool(count))

    def text(self) -> str:
        """What it says of saving."""
        return self._saved.text()

    def _say(self, words: str, icon: str, color: str, role: str) -> None:
        if words == self._saved.text():
            return
        self._kit.icons.put(self._icon, icon, color=color, size=16)
        restyle(self._saved, "role", role)
        self._saved.setText(words)
        self._saved.setAccessibleName(words)
        QAccessible.updateAccessibility(QAccessibleEvent(self._saved, QAccessible.Event.NameChanged))
