"""Which file the user means: from the system's file dialog, or dropped on a page with the files beside it."""

from pathlib import Path

from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from inspector_app.desktop.kit.context import Context
from inspector_app.operations import installing


def pick_form(parent: QWidget, context: Context) -> Path | None:
    """Ask for a workbook or an XForm; None when the user thinks better of it."""
    words = context.language.tr
    patterns = " ".join(f"*{suffix}" for suffix in installing.SUFFIXES)
    file, _ = QFileDialog.getOpenFileName(parent, words("forms.install"), "", f"{words('forms.files')} ({patterns})")
    return Path(file) if file else None


def dropped_form(event: QDropEvent) -> Path | None:
    """The form among the files that are being dropped; None when there is none."""
    urls = event.mimeData().urls()
    return installing.pick_form([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])
