"""The fields of the letterhead: who issues, how papers look, what they hold, who signs, what wording is allowed."""

from dataclasses import fields, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.widgets.boxes import card, column, label
from inspector_app.desktop.preferences.choices import Choices
from inspector_app.desktop.preferences.logo_field import LogoField
from inspector_app.desktop.preferences.toggles import Toggles
from inspector_app.operations.letterhead import CHOICES, LONGEST, MAX_LINE, Organisation
from inspector_app.reports.brand import COLOURS, SECTIONS

LINES = ("name_hant", "name_hans", "name_en", "hotline", "verify")
TEXTS = {"sign_off": 3, "signers": 2, "remedies": 4, "officers": 4}
"""Fields of several lines and how many are shown."""


class LetterheadFields(QWidget):
    """`changed` with every stroke and press; `draft` is what the fields say now."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._kept = Organisation()
        self.lines = {name: self._line(name) for name in LINES}
        self.texts = {name: self._text(name, rows) for name, rows in TEXTS.items()}
        self.choices = {name: self._choices(name) for name in CHOICES}
        self.sections = Toggles(SECTIONS, self._dress_section)
        self.sections.changed.connect(self._on_changed)
        self.logo = LogoField(context)
        cards = (
            self._card("issuer", "name_hant", "name_hans", "name_en", "hotline"),
            self._card("looks", "head", "colour", more=self.logo),
            self._card("content", "photo", more=self.sections),
            self._card("signing", "sign_off", "signers"),
            self._card("wording", "notice", "wording", "remedies", "officers"),
            self._card("verifying", "verify"),
        )
        layout = column(*cards, 1, spacing=16)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self.show_draft(self._kept)

    @property
    def draft(self) -> Organisation:
        """The settings as the fields say."""
        texts = {name: field.text().strip() for name, field in self.lines.items()}
        texts |= {name: field.toPlainText().strip() for name, field in self.texts.items()}
        return replace(self._kept, hidden=frozenset(SECTIONS) - self.sections.down, **texts)  # type: ignore[arg-type]

    def show_draft(self, what: Organisation) -> None:
        """Fill all fields without a word of it."""
        self._kept = what
        for widget in (*self.lines.values(), *self.texts.values()):
            widget.blockSignals(True)
        for name, line in self.lines.items():
            line.setText(getattr(what, name))
        for name, text in self.texts.items():
            text.setPlainText(getattr(what, name))
        for name, choices in self.choices.items():
            choices.mark(getattr(what, name))
        self.sections.show_down(frozenset(SECTIONS) - what.hidden)
        self.logo.show_logo(what.logo)
        for widget in (*self.lines.values(), *self.texts.values()):
            widget.blockSignals(False)

    def take(self, **values: str | bytes) -> None:
        """Set what is no text: a choice, a logo."""
        known = {each.name for each in fields(Organisation)}
        assert known.issuperset(values)
        self.show_draft(replace(self.draft, **values))  # type: ignore[arg-type]
        self.changed.emit()

    def _card(self, name: str, *shown: str, more: QWidget | None = None) -> QFrame:
        head, below = label("section"), label("muted", wrap=True)
        self._context.language.text(head, f"letterhead_card.{name}")
        self._context.language.text(below, f"letterhead_text.{name}")
        parts = [self._captioned(each) for each in shown]
        if more is not None:
            parts.append(more)
        return card(column(head, below, spacing=2), *parts, spacing=12, margins=20)

    def _captioned(self, name: str) -> QWidget:
        caption: QLabel = label("strong")
        self._context.language.text(caption, f"letterhead_field.{name}")
        field = self.lines.get(name) or self.texts.get(name) or self.choices[name]
        whole = QWidget()
        layout = column(caption, field, spacing=4)
        layout.setContentsMargins(0, 0, 0, 0)
        whole.setLayout(layout)
        return whole

    def _line(self, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setObjectName(f"letterhead_{name}")
        made.setMaxLength(MAX_LINE)
        self._context.language.name(made, f"letterhead_field.{name}")
        made.textChanged.connect(self._on_changed)
        return made

    def _text(self, name: str, rows: int) -> QPlainTextEdit:
        made = QPlainTextEdit()
        made.setObjectName(f"letterhead_{name}")
        made.setTabChangesFocus(True)
        made.setFixedHeight(made.fontMetrics().lineSpacing() * rows + self._context.theme.px(20))
        self._context.language.hint(made, f"letterhead_hint.{name}")
        self._context.language.name(made, f"letterhead_field.{name}")
        made.textChanged.connect(self._on_changed)
        return made

    def _choices(self, name: str) -> Choices:
        made = Choices(CHOICES[name], lambda each, value: self._dress(each, name, value))
        made.chosen.connect(lambda value: self.take(**{name: value}))
        return made

    def _dress(self, made: QPushButton, name: str, value: str) -> None:
        self._context.language.text(made, f"letterhead_choice.{name}_{value}")
        if name == "colour":
            made.setIcon(_swatch(COLOURS[value], self._context.theme.px(16)))

    def _dress_section(self, made: QPushButton, value: str) -> None:
        self._context.language.text(made, f"letterhead_section.{value}")

    def _on_changed(self) -> None:
        over = [field for name, field in self.texts.items() if len(field.toPlainText()) > LONGEST[name]]
        for field in over:
            field.undo()
        self.changed.emit()


def _swatch(colour: str, size: int) -> QIcon:
    """A filled square with a gap at its right, before the word."""
    swatch = QPixmap(size, size)
    swatch.fill(Qt.GlobalColor.transparent)
    painter = QPainter(swatch)
    painter.fillRect(0, 1, size - 5, size - 3, QColor(f"#{colour}"))
    painter.end()
    return QIcon(swatch)
