"""Correcting a sealed visit: what, what is right, and why. What was signed stays as it is.

Object names: amend-part-<n> amend-option-<value> amend-text amend-reason save-amendment back-to-items
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QWidget

from inspector_app.desktop.inspections.amend_state import Part, is_correction, read_entry
from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.boxes import button, card, column, empty_out, holder, label, row, scroller
from inspector_app.desktop.kit.widgets.flow import FlowLayout

MAX_REASON = 500
WIDEST = 640


class AmendPanel(QWidget):
    """`confirmed` carries (path, value, reason); `left` means back to the visit."""

    confirmed = Signal(str, str, str)
    left = Signal()

    def __init__(self, kit: Kit, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._kit, self._now = kit, now
        self._parts: tuple[Part, ...] = ()
        self._at = 0
        self._title, self._text = label("section", wrap=True), label("muted", wrap=True)
        kit.language.text(self._text, "amend.text")
        self._question, self._old = label(wrap=True), label("struck", wrap=True)
        self._chips, self._options = FlowLayout(spacing=6), FlowLayout(spacing=6)
        self._chip_box, self._option_box = holder(self._chips), holder(self._options)
        self.entry = QPlainTextEdit()
        self.entry.setObjectName("amend-text")
        self.entry.setTabChangesFocus(True)
        kit.language.name(self.entry, "amend.new")
        self.reason = QLineEdit()
        self.reason.setObjectName("amend-reason")
        self.reason.setMaxLength(MAX_REASON)
        kit.language.hint(self.reason, "amend.reason_hint")
        kit.language.name(self.reason, "amend.reason")
        self._back, self.save = button(name="back-to-items"), button("primary", name="save-amendment")
        kit.language.text(self._back, "inspections.back_to_items")
        kit.language.text(self.save, "amend.save")
        kit.icons.put(self.save, "check", color="on_accent")
        self._lay_out()
        self._back.clicked.connect(self.left)
        self.save.clicked.connect(self._on_save)
        self.reason.returnPressed.connect(self._on_save)
        for field in (self.entry, self.reason):
            field.textChanged.connect(self._on_changed)

    def begin(self, place: str, question: str, parts: tuple[Part, ...]) -> None:
        """The Answers of one Item or question, the first of them at hand."""
        tr = self._kit.language.tr
        self._parts = parts
        self._title.setText(tr("amend.title", what=place) if place else tr("amend.title_question"))
        self._question.setText(question)
        self.reason.clear()
        empty_out(self._chips)
        for number, part in enumerate(parts):
            made = button("chip", name=f"amend-part-{number}", checkable=True)
            made.setText(self._named(part))
            made.clicked.connect(partial(self._turn_to, number))
            self._chips.addWidget(made)
        self._chip_box.setVisible(len(parts) > 1)
        self._turn_to(0)

    def _turn_to(self, number: int) -> None:
        self._at = number
        part = self._parts[number]
        for place, each in enumerate(self._buttons(self._chips)):
            each.setChecked(place == number)
        self._old.setText(self._words(part, part.value) or self._kit.language.tr("conflicts.empty"))
        empty_out(self._options)
        for value, _ in part.options:
            made = button("chip", name=f"amend-option-{value}", checkable=True)
            made.setProperty("large", True)
            made.setText(self._words(part, value))
            made.setChecked(value in part.value.split())
            made.setProperty("value", value)
            made.clicked.connect(partial(self._on_option, value))
            self._options.addWidget(made)
        self._option_box.setVisible(bool(part.options))
        self.entry.setVisible(not part.options)
        self.entry.setPlainText("" if part.options else part.value)
        self._on_changed()
        first = next(iter(self._buttons(self._options)), self.entry)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _named(self, part: Part) -> str:
        return part.label or self._kit.language.tr(f"amend_part.{part.part}")

    def _words(self, part: Part, value: str) -> str:
        if part.part == "verdict":
            return self._kit.language.tr(f"verdict.{value}") if value else self._kit.language.tr("verdict.none")
        names = dict(part.options)
        return " · ".join(names.get(one, one) for one in value.split()) if names else value

    def _value(self) -> str | None:
        part = self._parts[self._at]
        if part.options:
            return " ".join(str(b.property("value")) for b in self._buttons(self._options) if b.isChecked())
        return read_entry(part, self.entry.toPlainText(), self._now().date())

    def _on_option(self, value: str) -> None:
        if self._parts[self._at].entry == "one":
            for each in self._buttons(self._options):
                each.setChecked(each.property("value") == value)
        self._on_changed()

    def _on_changed(self) -> None:
        if self._parts:
            self.save.setEnabled(is_correction(self._parts[self._at], self._value(), self.reason.text()))

    def _on_save(self) -> None:
        value = self._value()
        if self.save.isEnabled() and value is not None:
            self.confirmed.emit(self._parts[self._at].path, value, self.reason.text())

    @staticmethod
    def _buttons(layout: FlowLayout) -> list[QPushButton]:
        widgets = [item.widget() for place in range(layout.count()) if (item := layout.itemAt(place)) is not None]
        return [widget for widget in widgets if isinstance(widget, QPushButton)]

    def _lay_out(self) -> None:
        form = card(
            self._question, self._chip_box, self._captioned("amend.now", self._old),
            self._captioned("amend.new", self._option_box, self.entry), self._captioned("amend.reason", self.reason),
            row(self._back, 1, self.save), spacing=12, margins=20, kind="plain",
        )  # fmt: skip
        self._form = form
        self._kit.theme.changed.connect(self._fit)
        self._fit()
        sides = row(form, 1)
        sides.setStretch(0, 8)
        inner = column(self._title, self._text, sides, 1, spacing=6)
        inner.setContentsMargins(20, 12, 20, 12)
        self.setLayout(column(scroller(holder(inner)), spacing=0))

    def _captioned(self, key: str, *parts: QWidget) -> QWidget:
        words = label("caption")
        self._kit.language.text(words, key)
        return holder(column(words, *parts, spacing=4))

    def _fit(self) -> None:
        self._form.setMaximumWidth(self._kit.theme.px(WIDEST))
        self.entry.setFixedHeight(3 * self.entry.fontMetrics().lineSpacing() + self._kit.theme.px(24))
