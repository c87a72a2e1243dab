"""Where notices appear: a toast with undo at the bottom, an error bar at the top of the page. Never a modal."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QGuiApplication
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from inspector_app.desktop.kit.icons import Icons
from inspector_app.desktop.kit.language import Language
from inspector_app.desktop.kit.notify import Fault, Toast
from inspector_app.desktop.kit.widgets.boxes import button, column, label, row

SHOWN_MS = 8_000
_ICONS = {"user": "circle-alert", "world": "wifi-off", "bug": "triangle-alert"}


class ToastStrip(QFrame):
    """Floats above the bottom edge of its parent; goes by itself, but never from under the pointer, or when undone."""

    def __init__(self, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setProperty("kind", "toast")
        self._words = label(name="toast")
        self.undo_button = button("toast", name="undo")
        language.text(self.undo_button, "toast.undo")
        self.undo_button.clicked.connect(self._on_undo)
        layout = row(self._words, self.undo_button, spacing=4)
        layout.setContentsMargins(16, 4, 8, 4)
        self.setLayout(layout)
        self.setMinimumHeight(44)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self._toast: Toast | None = None
        parent.installEventFilter(self)
        self.hide()

    def pop(self, toast: Toast) -> None:
        """Show a toast in place of the one before."""
        self._toast = toast
        self._words.setText(toast.text)
        self.setAccessibleName(toast.text)
        self.undo_button.setVisible(toast.undo is not None)
        self._settle()
        self.show()
        self.raise_()
        self._timer.start()

    def undo(self) -> None:
        """As if the button were pressed; nothing when there is none in sight."""
        if self.isVisible() and self.undo_button.isVisible():
            self._on_undo()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        if self.isVisible():
            self._timer.start()
        super().leaveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._settle()
        return super().eventFilter(watched, event)

    def _settle(self) -> None:
        self.adjustSize()
        around = self._over.rect()
        self.move((around.width() - self.width()) // 2, around.height() - self.height() - 24)

    def _on_undo(self) -> None:
        toast, self._toast = self._toast, None
        self.hide()
        if toast and toast.undo:
            toast.undo()


class ErrorBar(QFrame):
    """What happened, what was kept, what to do; details on demand and copyable."""

    def __init__(self, icons: Icons, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "error")
        self._icons = icons
        self._icon, self._title = label(), label("strong", wrap=True, name="error_title")
        self._advice, self._detail = label(wrap=True), label("caption", wrap=True)
        self._detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.more_button = button("quiet", name="error_more", checkable=True)
        self.copy_button = button("quiet", name="error_copy")
        self.close_button = button("icon", name="error_close")
        language.text(self.more_button, "fault.more")
        language.text(self.copy_button, "fault.copy")
        language.name(self.close_button, "fault.close")
        language.tip(self.close_button, "fault.close")
        icons.put(self.copy_button, "copy", size=16)
        icons.put(self.close_button, "x", size=16)
        self.more_button.toggled.connect(self._detail.setVisible)
        self.copy_button.clicked.connect(self._on_copy)
        self.close_button.clicked.connect(self.hide)
        words = column(self._title, self._advice, self._detail, spacing=2)
        layout = row(self._icon, words, self.more_button, self.copy_button, self.close_button)
        layout.setStretch(1, 1)
        layout.setContentsMargins(16, 8, 8, 8)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fault: Fault | None = None
        self.hide()

    def show_fault(self, fault: Fault) -> None:
        """Show an error in place of the one before."""
        self._fault = fault
        self._icons.put(self._icon, _ICONS[fault.kind], color="fail", size=20)
        self._title.setText(fault.title)
        self._advice.setText(fault.advice)
        self._advice.setVisible(bool(fault.advice))
        self._detail.setText(fault.detail[-4000:])
        self.more_button.setChecked(False)
        self.more_button.setVisible(bool(fault.detail) and fault.detail != fault.title)
        self._detail.setVisible(False)
        self.setAccessibleName(fault.title)
        self.show()

    def _on_copy(self) -> None:
        if self._fault:
            text = "\n".join(filter(None, (self._fault.title, self._fault.advice, self._fault.detail)))
            QGuiApplication.clipboard().setText(text)
