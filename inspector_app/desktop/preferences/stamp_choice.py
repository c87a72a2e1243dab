"""What new photos are stamped with: any of a few parts, none of them means no stamp."""

from PySide6.QtWidgets import QPushButton, QWidget

from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.boxes import button
from inspector_app.desktop.kit.widgets.flow import FlowLayout

PARTS = {"time": "clock", "place": "flag", "team": "users", "site": "building-2"}
"""Part → icon, in the order of the stamp's lines."""


class StampChoice(QWidget):
    """Buttons that go down and up by themselves; remembered as they are pressed."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._setting = kit.settings.photo_stamp
        self._buttons: dict[str, QPushButton] = {}
        layout = FlowLayout(spacing=8)
        for part, icon in PARTS.items():
            each = button(name=f"stamp_{part}", checkable=True)
            kit.icons.put(each, icon)
            kit.language.text(each, f"stamp_part.{part}")
            each.clicked.connect(self._on_clicked)
            self._buttons[part] = each
            layout.addWidget(each)
        self.setLayout(layout)
        self._setting.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        wanted = self._setting.get().split()
        for part, each in self._buttons.items():
            each.setChecked(part in wanted)

    def _on_clicked(self) -> None:
        self._setting.put(" ".join(part for part, each in self._buttons.items() if each.isChecked()))
