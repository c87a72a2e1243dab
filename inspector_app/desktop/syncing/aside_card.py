"""Records that were set aside: what each is, why it waits, and one button that lets all be tried again."""

from functools import partial

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.widgets.boxes import button, column, empty_out, holder, label, row
from inspector_app.desktop.syncing.state import Aside
from inspector_app.domain.changeset import Touched
from inspector_app.operations import syncing


class AsideCard(QFrame):
    """Hidden while nothing is set aside."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setProperty("kind", "card")
        title, text = label("section"), label("muted", wrap=True)
        context.language.text(title, "aside.title")
        context.language.text(text, "aside.text")
        self.retry = button(name="retry_aside")
        context.language.text(self.retry, "aside.retry")
        self.retry.clicked.connect(self._on_retry)
        head = row(column(title, text, spacing=2), self.retry, spacing=16)
        head.setStretch(0, 1)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._shown: tuple[Aside, ...] = ()
        self.setLayout(column(head, self._lines, spacing=12, margins=20))
        self.hide()

    def show_all(self, shown: tuple[Aside, ...]) -> None:
        """One line each; nothing hides the card."""
        self.setVisible(bool(shown))
        if shown != self._shown:
            self._shown = shown
            empty_out(self._lines)
            for each in shown:
                self._lines.addWidget(self._line(each))

    def _line(self, one: Aside) -> QWidget:
        tr = self._context.language.tr
        what, when, why = label(), label("muted"), label("caption", wrap=True)
        what.setText(tr(one.what))
        when.setText(one.when)
        why.setText(tr("aside.why", state=tr(one.state), why=tr(one.why)))
        layout = row(what, when, why, spacing=12)
        layout.setStretch(2, 1)
        layout.setContentsMargins(0, 6, 0, 6)
        return holder(layout)

    def _on_retry(self) -> None:
        job = partial(syncing.retry, self._context.store)
        self._context.lanes.write.run(job, self._on_retried, self._context.notify.fail)

    def _on_retried(self, _: None) -> None:
        self._context.notify.done("aside.retried")
        self._context.bulletin.announce(Touched(sync=True))
