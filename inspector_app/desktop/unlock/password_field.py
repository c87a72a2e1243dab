"""A password input with an eye that shows what is typed."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from inspector_app.desktop.kit.context import Kit

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
