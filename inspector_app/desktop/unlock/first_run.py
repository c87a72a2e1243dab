"""The form of a new laptop: who works on it, and the password with its rules in sight."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.boxes import column, label, row
from inspector_app.desktop.unlock.password_field import password_field
from inspector_app.desktop.unlock.state import ROLES, Entry, derive_rules, is_ready
from inspector_app.domain.team import TEAMS

MAX_NAME = 60


class FirstRunForm(QWidget):
    """`changed` after every key, `accepted` on Enter in the last field."""

    changed = Signal()
    accepted = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._name = QLineEdit()
        self._name.setObjectName("name")
        self._name.setMaxLength(MAX_NAME)
        kit.language.hint(self._name, "unlock.name")
        self._team, self._role = QComboBox(), QComboBox()
        self._team.setObjectName("team")
        self._role.setObjectName("role")
        kit.language.name(self._team, "unlock.team")
        kit.language.name(self._role, "unlock.role")
        self._team.addItems([""] * len(TEAMS))
        self._role.addItems([""] * len(ROLES))
        self._password = password_field(kit, "unlock.new_password", "new_password")
        self._again = password_field(kit, "unlock.again", "again")
        self._rules: list[tuple[QLabel, QLabel]] = [(label(), label("caption")) for _ in derive_rules(Entry())]
        both = row(self._team, self._role, spacing=12)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        rules = column(*(row(icon, words, 1, spacing=6) for icon, words in self._rules), spacing=4)
        self.setLayout(column(self._name, both, self._password, self._again, rules, spacing=12))
        for field in (self._name, self._password, self._again):
            field.textChanged.connect(self._on_changed)
        self._again.returnPressed.connect(self.accepted)
        kit.language.changed.connect(self._on_language_changed)
        self._on_language_changed()

    def first_field(self) -> QLineEdit:
        """Where the typing begins."""
        return self._name

    def entry(self) -> Entry:
        """What was typed."""
        return Entry(
            name=self._name.text(),
            team=TEAMS[self._team.currentIndex()],
            role=ROLES[self._role.currentIndex()],
            password=self._password.text(),
            again=self._again.text(),
        )

    def is_ready(self) -> bool:
        """All rules are met."""
        return is_ready(self.entry())

    def forget(self) -> None:
        """Take the passwords out of the fields."""
        self._password.clear()
        self._again.clear()

    def _on_changed(self) -> None:
        self._show_rules()
        self.changed.emit()

    def _show_rules(self) -> None:
        for (icon, words), rule in zip(self._rules, derive_rules(self.entry()), strict=True):
            name, color = ("circle-check", "pass") if rule.is_met else ("circle-dashed", "na")
            self._kit.icons.put(icon, name, color=color, size=16)
            words.setText(self._kit.language.tr(rule.words))

    def _on_language_changed(self) -> None:
        tr = self._kit.language.tr
        for index, team in enumerate(TEAMS):
            self._team.setItemText(index, tr("unlock.team_choice", team=f"{team:02d}"))
        for index, role in enumerate(ROLES):
            self._role.setItemText(index, tr(f"role.{role.value}"))
        self._show_rules()
