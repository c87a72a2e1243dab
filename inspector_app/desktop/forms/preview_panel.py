"""The form as inspectors will see it, in each of its languages, filled on trial without saving anything.

Object names: trial_language · restart_trial · trial-values trial-xml · trial_text · copy_trial
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.widgets.boxes import button, card, column, label, row
from inspector_app.desktop.kit.widgets.empty_state import EmptyState
from inspector_app.desktop.questions.state import Sheet
from inspector_app.desktop.questions.trying import Trying
from inspector_app.domain.clock import moment
from inspector_app.xforms import Form

BESIDE = 300
_MEDIA = re.compile(rb"""jr://(?:images|audio|video)/([^<>"'\s]+)""")
View = Literal["values", "xml"]
VIEWS: Mapping[View, str] = {"values": "forms.trial_values", "xml": "forms.trial_xml"}


class PreviewPanel(QWidget):
    """What was tried so far stays when the author saves a newer workbook, as far as the new form can hold it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.trying: Trying | None = None
        self._view: View = "values"
        self._nothing = EmptyState(context.icons, context.language, "eye-off")
        self._nothing.say("forms.no_preview", "forms.no_preview_text")
        self._place: QVBoxLayout = column(self._nothing, spacing=0)
        self._languages = QComboBox()
        self._languages.setObjectName("trial_language")
        context.language.name(self._languages, "forms.trial_language")
        self._languages.activated.connect(self._on_language)
        self._restart = button("quiet", name="restart_trial")
        context.icons.put(self._restart, "refresh-cw", size=16)
        context.language.text(self._restart, "forms.trial_restart")
        self._restart.clicked.connect(self._on_restart)
        self._chips: dict[View, QPushButton] = {}
        self._text = QPlainTextEdit()
        self._text.setObjectName("trial_text")
        self._text.setReadOnly(True)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        context.language.name(self._text, "forms.trial_values")
        self._copy = button("quiet", name="copy_trial")
        context.icons.put(self._copy, "copy", size=16)
        context.language.text(self._copy, "forms.copy")
        self._copy.clicked.connect(self._on_copy)
        self._note = label("caption", wrap=True)
        context.language.text(self._note, "forms.trial_note")
        self._problem = label("fail", wrap=True)
        self._problem.hide()
        self._lay_out()

    def show_form(self, form: Form | None, media: Callable[[str], bytes | None]) -> None:
        """Begin, or go on with a newer form; None keeps what is there (the file cannot be read just now)."""
        if form is None or (self.trying is not None and self.trying.form is form):
            return
        kept, part, language = self._state()
        files = {name: content for name in _names(form) if (content := media(name)) is not None}
        trying = Trying(self._context, form, self._now, files, values=kept)
        self._put(trying)
        trying.stepped.connect(self._on_stepped)
        trying.failed.connect(self._on_failed)
        with QSignalBlocker(self._languages):
            self._languages.clear()
            self._languages.addItems(list(form.languages))
        self._languages.setVisible(len(form.languages) > 1)
        if language in form.languages:
            self._languages.setCurrentText(language)
            trying.speak(language)
        elif form.default_language:
            self._languages.setCurrentText(form.default_language)
        if part:
            trying.view.show_part(part)
        self._on_stepped(trying.sheet)

    def _lay_out(self) -> None:
        form = card(self._place, spacing=0, margins=0)
        for name, words in VIEWS.items():
            chip = self._chips[name] = button("chip", name=f"trial-{name}", checkable=True)
            self._context.language.text(chip, words)
            chip.clicked.connect(lambda _=False, name=name: self._choose(name))
        tools = column(
            row(self._languages, 1, self._restart, spacing=8),
            self._note,
            self._problem,
            row(*self._chips.values(), 1, self._copy, spacing=8),
            self._text,
            spacing=8,
        )
        tools.setStretch(4, 1)
        beside = card(tools, spacing=0, margins=12)
        beside.setFixedWidth(self._context.theme.px(BESIDE))
        self._beside = beside
        whole = row(form, beside, spacing=12)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        beside.hide()
        self._choose("values")

    def _put(self, trying: Trying) -> None:
        if self.trying is not None:
            self._place.removeWidget(self.trying.view)
            self.trying.view.hide()
            self.trying.view.deleteLater()
            self.trying.deleteLater()
        self._nothing.hide()
        self.trying = trying
        self._place.addWidget(trying.view)
        self._beside.show()

    def _state(self) -> tuple[dict[str, str], str, str]:
        """Values, the part in sight, the language of what was tried so far."""
        if self.trying is None:
            return {}, "", ""
        session = self.trying.session
        values = {path: value for path in session.paths() if (value := session.value(path))}
        return values, self.trying.view.part, session.language or ""

    def _choose(self, view: View) -> None:
        self._view = view
        for name, chip in self._chips.items():
            chip.setChecked(name == view)
        if self.trying is not None:
            self._on_stepped(self.trying.sheet)

    def _on_stepped(self, sheet: Sheet) -> None:
        if self.trying is None:
            return
        self._problem.hide()
        session = self.trying.session
        if self._view == "xml":
            text = session.draft_xml().decode()
        else:
            text = "\n".join(f"{path} = {value}" for path in session.paths() if (value := session.value(path)))
        if text != self._text.toPlainText():
            place = self._text.verticalScrollBar().value()
            self._text.setPlainText(text)
            self._text.verticalScrollBar().setValue(place)

    def _on_failed(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.show()

    def _on_language(self) -> None:
        if self.trying is not None:
            self.trying.speak(self._languages.currentText())

    def _on_restart(self) -> None:
        if self.trying is not None:
            self.trying.restart()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())

    def _now(self) -> datetime:
        return moment(self._context.store.clock())


def _names(form: Form) -> set[str]:
    return {name.decode("utf-8", "replace") for name in _MEDIA.findall(form.xml)}
