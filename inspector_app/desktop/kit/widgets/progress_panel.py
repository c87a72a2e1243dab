"""Long work made visible: what is done of how much, time left, cancel; the window stays usable."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QFrame, QProgressBar, QSizePolicy, QWidget

from inspector_app.desktop.kit.language import Language
from inspector_app.desktop.kit.widgets.boxes import button, column, label, row

_ENOUGH_MS = 1500
"""No guess of the time left before this much has passed."""


class ProgressPanel(QFrame):
    """Hidden until `begin`; `show_progress` may be called as often as the job reports."""

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self.setProperty("kind", "card")
        self._title, self._count, self._left = label("strong"), label("muted"), label("caption")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self.cancel_button = button("quiet", name="cancel")
        language.text(self.cancel_button, "progress.cancel")
        self._cancel: Callable[[], None] | None = None
        self.cancel_button.clicked.connect(self._on_cancel)
        self._clock = QElapsedTimer()
        words = column(row(self._title, 1, self._count), self._bar, self._left, spacing=6)
        layout = row(words, self.cancel_button, spacing=16, margins=16)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def begin(self, title: str, cancel: Callable[[], None]) -> None:
        """Show the panel; `title` is a catalogue key, `cancel` what the button does."""
        self._language.text(self._title, title)
        self._language.name(self._bar, title)
        self._cancel = cancel
        self._bar.setRange(0, 0)
        self._count.setText("")
        self._left.setText("")
        self.cancel_button.setEnabled(True)
        self._clock.start()
        self.show()

    def show_progress(self, done: int, total: int, words: str) -> None:
        """`words` say what was done in the user's language, e.g. items and bytes."""
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)
        self._count.setText(words)
        seconds = seconds_left(self._clock.elapsed(), done, total)
        self._left.setText("" if seconds is None else self._language.tr("progress.left", n=seconds))

    def end(self) -> None:
        """The work is over."""
        self._cancel = None
        self.hide()

    def _on_cancel(self) -> None:
        if self._cancel is not None:
            self.cancel_button.setEnabled(False)
            self._cancel()


def seconds_left(elapsed_ms: int, done: int, total: int) -> int | None:
    """A straight-line guess in whole seconds; None while it would be a lie."""
    if elapsed_ms < _ENOUGH_MS or done <= 0 or total <= done:
        return None
    return max(1, round(elapsed_ms / done * (total - done) / 1000))
