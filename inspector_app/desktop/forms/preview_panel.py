"""The form as inspectors will see it, in each of its languages, filled on trial; nothing is stored.

Object names: trial_part trial_language trial_width · restart_trial copy_xml show_values · value_table trial_refused
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from inspector_app.desktop.forms.change_state import language_of, plain
from inspector_app.desktop.forms.trial_state import WIDTHS, part_words, submission
from inspector_app.desktop.forms.values_panel import ValuesPanel
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.widgets.boxes import button, column, holder, label, row
from inspector_app.desktop.kit.widgets.empty_state import EmptyState
from inspector_app.desktop.questions.state import Sheet
from inspector_app.desktop.questions.trying import Trying
from inspector_app.domain.clock import moment
from inspector_app.xforms import Form, FormError

NO_FILES: Mapping[str, bytes] = {}


@dataclass
class _Trial:
    """A form that is being tried; `is_touched`: something was answered that a change of the form shall keep."""

    form: Form
    trying: Trying
    is_touched: bool = False


class PreviewPanel(QWidget):
    """`show_form` keeps the answers of the trial where the changed form still takes them."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._wanted: tuple[Form | None, Mapping[str, bytes]] = (None, NO_FILES)
        self._trial: _Trial | None = None
        self._part, self._language, self._width = (QComboBox() for _ in range(3))
        self._values = ValuesPanel(context)
        self._refused = label("fail", wrap=True, name="trial_refused")
        self._refused.hide()
        self._none = EmptyState(context.icons, context.language, "file-text")
        self._none.say("forms.unreadable_title", "forms.unreadable_text")
        self._room: QHBoxLayout = row(spacing=0)
        self._screen = holder(self._room)
        self._screen.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._stack = QStackedWidget()
        self._lay_out()
        context.language.changed.connect(self._on_window_language_changed)
        context.theme.changed.connect(self._on_width)

    @property
    def trying(self) -> Trying | None:
        """The filling on trial; None while there is no form."""
        return self._trial.trying if self._trial else None

    def show_form(self, form: Form | None, files: Mapping[str, bytes]) -> None:
        """Try this form; the same content goes on as it is. Built when it comes into sight."""
        self._wanted = (form, files)
        if self.isVisible():
            self._build()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._build()

    def _lay_out(self) -> None:
        language = self._context.language
        for combo, name in ((self._part, "part"), (self._language, "language"), (self._width, "width")):
            combo.setObjectName(f"trial_{name}")
        for combo, words in zip(
            (self._part, self._language, self._width),
            ("forms.trial_part", "forms.trial_language", "forms.trial_width"),
            strict=True,
        ):
            language.name(combo, words)
            language.tip(combo, words)
        self._part.setMinimumWidth(self._context.theme.px(220))
        self._part.activated.connect(self._on_part)
        self._language.activated.connect(self._on_language)
        for key, width in WIDTHS.items():
            self._width.addItem(language.tr(key), width)
        self._width.activated.connect(self._on_width)
        bar = row(self._part, self._language, self._width, 1, *self._deeds(), spacing=8)
        bar.setStretch(0, 1)
        body = row(self._screen, self._values, spacing=16)
        body.setStretch(0, 1)
        whole = column(bar, self._refused, body, spacing=10)
        whole.setStretch(2, 1)
        self._stack.addWidget(holder(whole))
        self._stack.addWidget(self._none)
        self.setLayout(column(self._stack))

    def _deeds(self) -> tuple[QWidget, ...]:
        icons, language, actions = self._context.icons, self._context.language, self._context.actions
        restart, copy, values = (
            button("icon", name=name, checkable=name == "show_values")
            for name in ("restart_trial", "copy_xml", "show_values")
        )
        for made, icon in ((restart, "refresh-cw"), (copy, "copy"), (values, "panel-right")):
            icons.put(made, icon)
        actions.wear(restart, actions.add(self, "forms.restart", "Ctrl+Shift+R", self.restart))
        actions.wear(copy, actions.add(self, "forms.copy_xml", "Ctrl+Shift+C", self.copy_xml))
        language.name(values, "forms.show_values")
        language.tip(values, "forms.show_values")
        values.setChecked(True)
        values.toggled.connect(self._values.setVisible)
        return restart, copy, values

    def restart(self) -> None:
        """An empty filling again."""
        if self._trial is not None:
            self._trial.is_touched = False
            self._refused.hide()
            self._trial.trying.restart()

    def copy_xml(self) -> None:
        """What finishing would write, to the clipboard."""
        if self._trial is None:
            return
        try:
            xml = submission(self._trial.form, self._trial.trying.session, self._now)
        except FormError as error:
            self._on_refused(str(error))
            return
        QGuiApplication.clipboard().setText(xml)
        self._context.notify.done("forms.xml_copied")

    def _now(self) -> datetime:
        return moment(self._context.store.clock())

    def _build(self) -> None:
        form, files = self._wanted
        if form is None:
            self._drop()
            self._stack.setCurrentIndex(1)
            return
        if self._trial is not None and self._trial.form.hash == form.hash:
            return
        before = self._trial if self._trial and self._trial.form.id == form.id else None
        tried = before.trying.session.kept() if before and before.is_touched else None
        part = before.trying.view.part if before else ""
        spoken = self._language.currentData() if before else None
        self._drop()
        try:
            trying = Trying(self._context, form, self._now, dict(files), values=tried)
        except FormError:
            self._stack.setCurrentIndex(1)
            return
        self._trial = _Trial(form, trying, tried is not None)
        self._room.addWidget(trying.view)
        self._offer_languages(form, spoken)
        trying.view.show_part(part)
        trying.stepped.connect(self._on_stepped)
        trying.failed.connect(self._on_refused)
        for each in (trying.view.answered, trying.view.repeat_added, trying.view.repeat_removed):
            each.connect(self._on_answered)
        trying.view.part_shown.connect(self._on_part_shown)
        self._stack.setCurrentIndex(0)
        self._on_width()
        self._on_stepped(trying.sheet)

    def _drop(self) -> None:
        if self._trial is not None:
            self._trial.trying.view.hide()
            self._trial.trying.view.deleteLater()
            self._trial.trying.deleteLater()
        self._trial = None

    def _offer_languages(self, form: Form, spoken: str | None) -> None:
        self._language.clear()
        for name in form.languages:
            self._language.addItem(plain(name), name)
        self._language.setVisible(len(form.languages) > 1)
        wanted = spoken if spoken in form.languages else language_of(form.languages, self._context.language.code)
        if wanted:
            self._language.setCurrentIndex(self._language.findData(wanted))
            self._on_language()

    def _on_stepped(self, sheet: Sheet) -> None:
        if self._trial is None:
            return
        words = [part_words(part, n, self._context.language.tr("forms.part")) for n, part in enumerate(sheet.parts, 1)]
        if self._part.count() != len(words):
            self._part.clear()
            self._part.addItems(words)
        for number, (part, text) in enumerate(zip(sheet.parts, words, strict=True)):
            self._part.setItemText(number, text)
            self._part.setItemData(number, part.key)
        self._part.setVisible(len(words) > 1)
        self._on_part_shown(self._trial.trying.view.part)
        self._values.show_values(self._trial.trying.session)

    def _on_part_shown(self, key: str) -> None:
        self._part.setCurrentIndex(self._part.findData(key))

    def _on_answered(self) -> None:
        self._refused.hide()
        if self._trial is not None:
            self._trial.is_touched = True

    def _on_refused(self, sentence: str) -> None:
        self._refused.setText(sentence)
        self._refused.show()

    def _on_part(self) -> None:
        if self._trial is not None:
            self._trial.trying.view.show_part(str(self._part.currentData()))

    def _on_language(self) -> None:
        if self._trial is not None:
            self._trial.trying.speak(str(self._language.currentData()))

    def _on_width(self) -> None:
        width = int(self._width.currentData() or 0)
        if self._trial is not None:
            self._trial.trying.view.setMaximumWidth(self._context.theme.px(width) if width else 16_777_215)

    def _on_window_language_changed(self) -> None:
        for number, key in enumerate(WIDTHS):
            self._width.setItemText(number, self._context.language.tr(key))
        if self._trial is not None:
            self._on_stepped(self._trial.trying.sheet)
