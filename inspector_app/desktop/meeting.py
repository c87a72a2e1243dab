"""Two windows on one data folder: the second finds the first, calls it to the front, says so and goes."""

import os
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QDialog, QWidget

from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.boxes import button, column, label, row

PATIENCE_MS = 500
_CALL = b"show\n"


class FirstWindow(QObject):
    """The end the first window holds; `called` when another one was started on the same folder."""

    called = Signal()

    def __init__(self, data_folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_called)
        QLocalServer.removeServer(place_of(data_folder))  # left behind by a process that died; nobody answered there
        self._server.listen(place_of(data_folder))

    def close(self) -> None:
        """Nobody is found here any more."""
        self._server.close()

    def _on_called(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.called.emit()


class SecondWindow(QDialog):
    """All that a second start shows."""

    def __init__(self, kit: Kit, data_folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data_folder = data_folder
        self.setObjectName("ground")
        kit.language.title(self, "app.title")
        icon, title, text = label(), label("section", wrap=True), label("muted", wrap=True)
        kit.icons.put(icon, "copy", color="accent", size=28)
        kit.language.text(title, "second.title")
        kit.language.text(text, "second.text")
        self.again_button, self.close_button = button(name="again"), button("primary", name="close")
        kit.language.text(self.again_button, "second.again")
        kit.language.text(self.close_button, "window.close")
        self.again_button.clicked.connect(self._on_again)
        self.close_button.clicked.connect(self.accept)
        words = row(icon, column(title, text, spacing=8), spacing=16)
        words.setStretch(1, 1)
        words.setAlignment(icon, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(words, 1, row(1, self.again_button, self.close_button), spacing=20, margins=28))
        self.resize(kit.theme.px(460), kit.theme.px(200))
        self.close_button.setFocus()

    def _on_again(self) -> None:
        call_first(self._data_folder)


def call_first(data_folder: Path) -> bool:
    """Ask a window on this folder to come to the front; False when there is none."""
    socket = QLocalSocket()
    socket.connectToServer(place_of(data_folder))
    if not socket.waitForConnected(PATIENCE_MS):
        return False
    socket.write(_CALL)
    socket.waitForBytesWritten(PATIENCE_MS)
    socket.disconnectFromServer()
    return True


def come_forward(window: QWidget) -> None:
    """Unminimised, above the others, with the keyboard as far as the desktop allows."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def place_of(data_folder: Path) -> str:
    """The same for every way to write the folder, different for every user."""
    who = str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
    return "daowei-" + sha256(f"{who}|{os.path.normcase(data_folder.resolve())}".encode()).hexdigest()[:24]
