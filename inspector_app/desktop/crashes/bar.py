"""Says at the next start that something went wrong, what was kept, and where the report lies. Nothing is sent."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFrame, QSizePolicy

from inspector_app.desktop.kit.icons import Icons
from inspector_app.desktop.kit.language import Language
from inspector_app.desktop.kit.widgets.boxes import button, column, label, row


class CrashBar(QFrame):
    """Hidden until there is something to say."""

    def __init__(self, icons: Icons, language: Language) -> None:
        super().__init__()
        self.setProperty("kind", "notice")
        self._language = language
        self._reports: tuple[Path, ...] = ()
        icon, self._title, advice = label(), label("strong", wrap=True), label(wrap=True)
        icons.put(icon, "info", color="accent", size=20)
        language.text(advice, "crash.advice")
        self.folder_button = button("quiet", name="crash_folder")
        self.copy_button = button("quiet", name="crash_copy")
        self.close_button = button("icon", name="crash_close")
        language.text(self.folder_button, "crash.folder")
        language.text(self.copy_button, "crash.copy")
        language.name(self.close_button, "fault.close")
        language.tip(self.close_button, "fault.close")
        icons.put(self.copy_button, "copy", size=16)
        icons.put(self.close_button, "x", size=16)
        self.folder_button.clicked.connect(self._on_folder)
        self.copy_button.clicked.connect(self._on_copy)
        self.close_button.clicked.connect(self.hide)
        words = column(self._title, advice, spacing=2)
        layout = row(icon, words, self.folder_button, self.copy_button, self.close_button)
        layout.setStretch(1, 1)
        layout.setContentsMargins(16, 8, 8, 8)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_reports(self, reports: tuple[Path, ...]) -> None:
        """Nothing for none."""
        self._reports = reports
        if reports:
            self._language.text(self._title, "crash.title", n=len(reports))
            self.show()

    def _on_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._reports[-1].parent)))

    def _on_copy(self) -> None:
        texts = [report.read_text("utf-8", "replace") for report in self._reports if report.exists()]
        QGuiApplication.clipboard().setText("\n".join(texts))
