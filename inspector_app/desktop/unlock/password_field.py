"""A password input with an eye that shows what is typed, and the form that holds only one."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.boxes import column
from inspector_app.desktop.unlock.state import Entry

MAX_PASSWORD = 1024


def password_field(kit: Kit, hint: str, name: str) -> QLineEdit:
    """`hint` is the catalogue key of its placeholder and accessible name."""
    field = QLineEdit()
    field.setObjectName(name)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setMaxLength(MAX_PASSWORD)
    kit.language.hint(field, hint)
    eye = QAction(field)
    kit.language.text(eye, "unlock.show")
    kit.icons.put(eye, "eye", color="muted")
    eye.setCheckable(True)

    def _on_toggled(is_shown: bool) -> None:
        field.setEchoMode(QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password)
        kit.icons.put(eye, "eye-off" if is_shown else "eye", color="muted")

    eye.toggled.connect(_on_toggled)
    field.addAction(eye, QLineEdit.ActionPosition.TrailingPosition)
    return field


class PasswordForm(QWidget):
    """The password of a laptop that exists; `changed` after every key, `accepted` on Enter."""

    changed = Signal()
    accepted = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._password = password_field(kit, "unlock.password", "password")
        self._password.textChanged.connect(self.changed)
        self._password.returnPressed.connect(self.accepted)
        self.setLayout(column(self._password))

    def first_field(self) -> QLineEdit:
        """Where the typing begins."""
        return self._password

    def entry(self) -> Entry:
        """What was typed."""
        return Entry(password=self._password.text())

    def is_ready(self) -> bool:
        """Something was typed."""
        return bool(self._password.text())

    def forget(self) -> None:
        """Take the password out of the field."""
        self._password.clear()
