"""A look on site from the panel of a Finding: a photograph of now, or a note that it is still not put right."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from inspector_app.desktop.findings.state import can_close, can_report
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.widgets.boxes import button, column, row
from inspector_app.domain.finding import Finding


class RecheckStrip(QWidget):
    """`kept_open` carries the note; the close button beside it is the panel's own."""

    kept_open = Signal(str)
    photo_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._shown = ""
        self.note = QLineEdit()
        self.note.setObjectName("recheck-note")
        context.language.hint(self.note, "findings.recheck_note")
        context.language.name(self.note, "findings.recheck_note")
        self._keep, self._photo = button(name="keep-open"), button(name="recheck-photo")
        context.icons.put(self._photo, "camera")
        context.language.text(self._keep, "findings.keep_open")
        context.language.text(self._photo, "findings.recheck_photo")
        self._keep.clicked.connect(self._on_keep)
        self.note.returnPressed.connect(self._on_keep)
        self._photo.clicked.connect(self.photo_wanted)
        layout = column(self.note, row(self._keep, self._photo, spacing=8), spacing=8)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)

    def show_for(self, finding: Finding) -> None:
        """Hidden for what is done with; a note begun for another Finding is not carried over."""
        if finding.id != self._shown:
            self._shown = finding.id
            self.note.clear()
        self.setVisible(can_close(finding) or can_report(finding))

    def _on_keep(self) -> None:
        self.kept_open.emit(self.note.text())
