"""The panel beside the list: one form's facts, its versions, and what can be done with the chosen one.

Object names: form_title · version_row · preview_form compare_form default_form hide_form save_form remove_form
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from inspector_app.desktop.forms.state import (
    VERBS,
    FormLine,
    Mark,
    Verb,
    Wish,
    allowed,
    day_of,
    derive_form_marks,
    derive_version_marks,
    plain_languages,
    short_hash,
)
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.widgets.boxes import button, column, empty_out, label, line, row, scroller
from inspector_app.desktop.kit.widgets.flow import FlowLayout
from inspector_app.desktop.kit.widgets.pill import Pill
from inspector_app.store.forms import Installed

WIDTH = 340


class FormDetail(QFrame):
    """`wished` carries a Wish for the version that is chosen in the panel."""

    wished = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._line: FormLine | None = None
        self._chosen: Installed | None = None
        self.setProperty("kind", "card")
        self._title = label("section", wrap=True, name="form_title")
        self._id = label("caption", wrap=True)
        self._id.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._marks = FlowLayout(spacing=6)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(16)
        self._facts.setVerticalSpacing(8)
        self._facts.setColumnStretch(1, 1)
        self._versions_title = label("strong")
        context.language.text(self._versions_title, "forms.versions")
        self._versions = QVBoxLayout()
        self._versions.setSpacing(2)
        self._group = QButtonGroup(self)
        inner = QWidget()
        inner.setLayout(
            column(
                column(self._title, self._id, spacing=2),
                self._marks,
                self._facts,
                line(),
                self._versions_title,
                self._versions,
                1,
                spacing=12,
                margins=16,
            )  # fmt: skip
        )
        self._buttons: dict[Verb, QPushButton] = {}
        self._save = button(name="save_form")
        self.setLayout(column(scroller(inner), self._deeds(), spacing=0))
        context.theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_line(self, line_: FormLine, chosen: str = "") -> None:
        """Fill the panel; `chosen` is the hash of the version to choose, else the newest."""
        self._line = line_
        self._title.setText(line_.newest.title or line_.id)
        self._id.setText(line_.id)
        empty_out(self._marks)
        for mark in derive_form_marks(line_):
            self._marks.addWidget(self._pill(mark))
        empty_out(self._versions)
        wanted = next((each for each in line_.versions if each.hash == chosen), line_.newest)
        for version in line_.versions:
            made = self._version_row(version)
            made.setChecked(version == wanted)
            self._versions.addWidget(made)
        self._choose(wanted)

    def wish(self, verb: Verb) -> None:
        """As if its button was pressed, where the chosen version allows it."""
        if self._line and self._chosen and verb in allowed(self._chosen, self._line):
            self.wished.emit(Wish(verb, self._chosen))

    def chosen_hash(self) -> str:
        """Hash of the version the buttons are about, '' for none."""
        return self._chosen.hash if self._chosen else ""

    def _deeds(self) -> QVBoxLayout:
        preview = self._button("preview", "primary", "eye", "preview_form")
        self._context.icons.put(preview, "eye", color="on_accent")
        compare = self._button("compare", "", "copy", "compare_form")
        default = self._button("default", "quiet", "star", "default_form")
        hide = self._button("hide", "quiet", "eye-off", "hide_form")
        show = self._button("show", "quiet", "eye", "hide_form")
        remove = self._button("remove", "icon", "trash-2", "remove_form")
        self._context.icons.put(self._save, "file-down")
        self._context.language.text(self._save, "forms.save")
        menu = QMenu(self._save)
        verbs: tuple[Verb, ...] = ("workbook", "xform", "blank")
        self._saving = {verb: menu.addAction("") for verb in verbs}
        for verb, action in self._saving.items():
            self._context.language.text(action, VERBS[verb])
            action.triggered.connect(lambda _=False, verb=verb: self.wish(verb))
        self._save.setMenu(menu)
        top = row(compare, self._save, spacing=8)
        foot = row(default, hide, show, 1, remove, spacing=0)
        return column(preview, top, foot, spacing=8, margins=12)

    def _button(self, verb: Verb, kind: str, icon: str, name: str) -> QPushButton:
        made = button(kind, name=name)
        self._context.icons.put(made, icon)
        if kind == "icon":
            self._context.language.name(made, VERBS[verb])
            self._context.language.tip(made, VERBS[verb])
        else:
            self._context.language.text(made, VERBS[verb])
        made.clicked.connect(lambda: self.wish(verb))
        self._buttons[verb] = made
        return made

    def _version_row(self, version: Installed) -> QPushButton:
        assert self._line is not None
        made = button("row", name="version_row", checkable=True)
        tr = self._context.language.tr
        first, second = label("strong"), label("caption")
        first.setText(tr("forms.version", version=version.version) if version.version else tr("forms.no_version"))
        day = day_of(version, self._context.language.code)
        used = tr("forms.used", n=version.visits) if version.visits else tr("forms.unused")
        second.setText(" · ".join(filter(None, (day, short_hash(version), used))))
        marks = [self._pill(mark) for mark in derive_version_marks(version, self._line)]
        layout = column(first, second, row(*marks, 1, spacing=4), spacing=2)
        layout.setContentsMargins(8, 6, 8, 6)
        for each in (first, second):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        made.setLayout(layout)
        made.setAccessibleName(f"{first.text()} {second.text()}")
        made.clicked.connect(lambda: self._choose(version))
        self._group.addButton(made)
        return made

    def _choose(self, version: Installed) -> None:
        assert self._line is not None
        self._chosen = version
        self._show_facts(version)
        verbs = allowed(version, self._line)
        for verb, each in self._buttons.items():
            each.setVisible(verb in verbs)
        self._saving["workbook"].setEnabled("workbook" in verbs)

    def _show_facts(self, version: Installed) -> None:
        empty_out(self._facts)
        facts = (
            ("forms.fact_questions", f"{version.questions:,}" if version.questions >= 0 else ""),
            ("forms.fact_languages", plain_languages(version.languages)),
            ("forms.fact_files", f"{version.files:,}" if version.files else ""),
            ("forms.fact_workbook", version.workbook_name),
        )
        for number, (words, value) in enumerate(fact for fact in facts if fact[1]):
            name, shown = label("muted"), label(wrap=True)
            name.setText(self._context.language.tr(words))
            shown.setText(value)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._facts.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(shown, number, 1)

    def _pill(self, mark: Mark) -> Pill:
        made = Pill(self._context.icons)
        made.show_state(mark.tone, mark.icon, self._context.language.tr(mark.words))
        return made

    def _on_theme_changed(self) -> None:
        self.setFixedWidth(self._context.theme.px(WIDTH))
