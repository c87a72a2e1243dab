"""The one window: the unlock page first, then the shell with rail and pages; toasts and its place are kept here."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from inspector_app.desktop.crashes.bar import CrashBar
from inspector_app.desktop.kit.context import Context, Kit
from inspector_app.desktop.kit.notify import Toast
from inspector_app.desktop.kit.widgets.boxes import column, holder
from inspector_app.desktop.kit.widgets.messages import ToastStrip
from inspector_app.desktop.unlock.page import UnlockPage

if TYPE_CHECKING:
    from inspector_app.desktop.shell import Shell
    from inspector_app.store.database import Store

MINIMUM = (1024, 640)
USUAL = (1280, 800)


class MainWindow(QMainWindow):
    """`enter(store)` shows the pages; closing the window closes lanes and store."""

    def __init__(self, kit: Kit, data_folder: Path) -> None:
        super().__init__()
        self.kit = kit
        self.context: Context | None = None
        self.shell: Shell | None = None
        kit.language.title(self, "app.title")
        self.setMinimumSize(*MINIMUM)
        self._stack = QStackedWidget()
        self.crashes = CrashBar(kit.icons, kit.language)
        whole = column(self.crashes, self._stack, spacing=0)
        whole.setStretch(1, 1)
        self.setCentralWidget(holder(whole))
        self.unlock = UnlockPage(kit, data_folder)
        self.unlock.unlocked.connect(self.enter)
        self._stack.addWidget(self.unlock)
        self._toast = ToastStrip(kit.language, self._stack)
        kit.notify.toasted.connect(self._on_toasted)
        undo = kit.actions.add(self, "window.undo_toast", "Ctrl+U", self._toast.undo, everywhere=True)
        kit.actions.wear(self._toast.undo_button, undo, run=False)

    def come_back(self) -> None:
        """Where the window was last time; on a screen that is gone Qt moves it into view."""
        geometry = self.kit.settings.geometry.get()
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.resize(*USUAL)

    def enter(self, store: "Store") -> None:
        """The laptop is unlocked: build the shell around its store and show the page of last time."""
        from inspector_app.desktop.shell import Shell  # brings the store's libraries, wanted only now

        self.shell = Shell(self.kit, store)
        self.context = self.shell.context
        self._stack.addWidget(self.shell)
        self._stack.setCurrentWidget(self.shell)
        self.unlock.deleteLater()
        self.shell.go(self.shell.known(self.kit.settings.last_page.get()), None)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.kit.settings.geometry.put(self.saveGeometry())
        self.kit.settings.save()
        if self.shell is not None:
            self.shell.leave()
        self.setCursor(Qt.CursorShape.WaitCursor)
        self.kit.lanes.close()
        if self.context is not None:
            self.context.store.close()
        super().closeEvent(event)

    def _on_toasted(self, toast: Toast) -> None:
        self._toast.pop(toast)
