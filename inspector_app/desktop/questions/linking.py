"""A web address with a button that opens it: only http and https, only when pressed, and the address is shown first."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from inspector_app.desktop.kit.widgets.boxes import button
from inspector_app.desktop.questions.desk import Desk
from inspector_app.desktop.questions.state import Row
from inspector_app.desktop.questions.typed import TypedEditor

SCHEMES = ("http", "https")


def web_address(text: str) -> QUrl | None:
    """What a browser may open; None for every other scheme and for what is no address."""
    url = QUrl(text.strip(), QUrl.ParsingMode.StrictMode)
    return url if url.isValid() and url.scheme() in SCHEMES and url.host() else None


class LinkEditor(TypedEditor):
    """The button is only there while the text is an address."""

    def __init__(self, desk: Desk, shown: Row) -> None:
        super().__init__(desk, shown)
        self.open = button("icon", name=f"open-{shown.key}")
        desk.kit.icons.put(self.open, "link", size=18)
        desk.kit.language.name(self.open, "questions.open_link")
        self.open.clicked.connect(self._on_open)
        self.line.addWidget(self.open)

    def show_row(self, row: Row, *, is_locked: bool) -> None:
        super().show_row(row, is_locked=is_locked)
        url = web_address(self.state.value)
        self.open.setEnabled(url is not None)
        self.open.setToolTip(url.toDisplayString() if url is not None else "")

    def _on_open(self) -> None:
        url = web_address(self.state.value)
        if url is not None:
            QDesktopServices.openUrl(url)
