"""What a version changed against another: a table that narrows by kind, and below it the two texts side by side.

Object names: compare_with · change-all change-added … · copy_changes · change_table · change_old change_new
"""

from collections.abc import Sequence
from functools import partial
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QIcon
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QPushButton, QStackedWidget, QWidget

from inspector_app.desktop.forms.change_state import (
    KINDS,
    LOOKS,
    ChangeLine,
    Kind,
    Piece,
    copied,
    counts,
    derive_lines,
    language_of,
    mark,
    narrowed,
)
from inspector_app.desktop.forms.state import day_of, short_hash
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.table_model import Column, IdTableModel
from inspector_app.desktop.kit.widgets.boxes import button, card, column, holder, label, row, scroller
from inspector_app.desktop.kit.widgets.empty_state import EmptyState
from inspector_app.desktop.kit.widgets.table import Table
from inspector_app.store.forms import Installed
from inspector_app.xforms.compare import Comparison

BELOW = 190
_TINTS = {"gone": "fail_tint", "new": "pass_tint"}


class ChangesPanel(QWidget):
    """`asked` carries the hash of the installed version to compare with; the page answers with `show_changes`."""

    asked = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._comparison: Comparison | None = None
        self._languages: Sequence[str] = ()
        self._lines: tuple[ChangeLine, ...] = ()
        self._shown: tuple[ChangeLine, ...] = ()
        self._wanted: Kind = "all"
        self._versions: tuple[Installed, ...] = ()
        self._with = QComboBox()
        self._with.setObjectName("compare_with")
        self._with.setMinimumWidth(context.theme.px(260))
        context.language.name(self._with, "forms.compare_with")
        self._with.activated.connect(self._on_activated)
        self._chips: dict[Kind, QPushButton] = {}
        self._copy = button("quiet", name="copy_changes")
        context.icons.put(self._copy, "copy", size=16)
        context.language.text(self._copy, "forms.copy")
        self._copy.clicked.connect(self._on_copy)
        self._model = IdTableModel(self._columns(), self._fetch, context.language.tr)
        self.table = Table(self._model, context.theme, context.settings, "change_table")
        context.language.name(self.table, "forms.changes")
        self._old, self._new = _text("change_old"), _text("change_new")
        self._below = self._detail()
        self._lay_out()
        self.table.chosen.connect(self._on_chosen)
        context.language.changed.connect(self._on_language_changed)
        context.theme.changed.connect(self._on_theme_changed)

    def offer(self, versions: Sequence[Installed], chosen: str) -> None:
        """Versions it can be compared with; `chosen` is the hash of the one that is compared now."""
        self._versions = tuple(versions)
        self._with.clear()
        for version in self._versions:
            self._with.addItem(self._version_words(version), version.hash)
        self._with.setCurrentIndex(max(self._with.findData(chosen), 0 if versions else -1))
        self._with.setEnabled(bool(versions))
        if not versions:
            self._comparison = None
            self._show()

    def chosen(self) -> str:
        """Hash of the version it is compared with, '' for none."""
        return str(self._with.currentData() or "")

    def show_changes(self, comparison: Comparison, languages: Sequence[str]) -> None:
        """Fill the list; `languages` are those of the newer form."""
        self._comparison, self._languages = comparison, languages
        self._derive()

    def count(self) -> int:
        """How many changes there are."""
        return len(self._lines)

    def _lay_out(self) -> None:
        icons, language = self._context.icons, self._context.language
        title = label("muted")
        language.text(title, "forms.compare_with")
        chips = row(spacing=6)
        for kind in KINDS:
            chip = button("chip", name=f"change-{kind}", checkable=True)
            chip.clicked.connect(partial(self._on_chip, kind))
            self._chips[kind] = chip
            chips.addWidget(chip)
        chips.addStretch(1)
        self._none = EmptyState(icons, language, "file-text")
        self._none.say("forms.alone_title", "forms.alone_text")
        self._same = EmptyState(icons, language, "circle-check")
        self._same.say("forms.same_title", "forms.same_text")
        lists = column(chips, self.table, self._below, spacing=10)
        lists.setStretch(1, 1)
        self._stack = QStackedWidget()
        for each in (holder(lists), self._none, self._same):
            self._stack.addWidget(each)
        whole = column(row(title, self._with, 1, self._copy), self._stack, spacing=10)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _detail(self) -> QFrame:
        sides = []
        for words, text in (("forms.before", self._old), ("forms.after", self._new)):
            title = label("caption")
            self._context.language.text(title, words)
            inner = holder(column(title, text, 1, spacing=4, margins=16))
            sides.append(card(scroller(inner), margins=1))
        both = row(*sides, spacing=12)
        made = QFrame()
        made.setLayout(both)
        made.setFixedHeight(self._context.theme.px(BELOW))
        return made

    def _columns(self) -> list[Column[ChangeLine]]:
        return [
            Column("forms.column_change", text=self._name, icon=self._icon),
            Column("forms.column_question", text=lambda line: line.name, width=132),
            Column("forms.column_before", text=lambda line: line.old, width=220, needs=620, color=self._gone),
            Column("forms.column_after", text=lambda line: line.new, width=220, needs=440),
        ]

    def _fetch(self, ids: Sequence[str]) -> Sequence[ChangeLine | None]:
        return [self._shown[int(each)] for each in ids]

    def _name(self, line: ChangeLine) -> str:
        words = self._context.language.tr(line.words)
        return f"{words} · {line.about}" if line.about else words

    def _icon(self, line: ChangeLine) -> QIcon:
        tone, icon = LOOKS[line.kind]
        return self._context.icons.icon(icon, color=tone, size=16)

    def _gone(self, line: ChangeLine) -> QColor:
        return self._context.theme.color("muted")

    def _version_words(self, version: Installed) -> str:
        tr = self._context.language.tr
        number = tr("forms.version", version=version.version) if version.version else tr("forms.no_version")
        day = day_of(version, self._context.language.code)
        return " · ".join(filter(None, (number, day, short_hash(version))))

    def _derive(self) -> None:
        found = self._comparison.changes if self._comparison else ()
        self._lines = derive_lines(found, language_of(self._languages, self._context.language.code))
        self._show()

    def _show(self) -> None:
        if self._comparison is None:
            self._lines = ()
        tr = self._context.language.tr
        numbers = counts(self._lines)
        if not numbers[self._wanted]:
            self._wanted = "all"
        for kind, chip in self._chips.items():
            chip.setText(tr("forms.chip", words=tr(f"change_kind.{kind}"), n=numbers[kind]))
            chip.setChecked(kind == self._wanted)
            chip.setVisible(kind == "all" or numbers[kind] > 0)
        self._shown = narrowed(self._lines, self._wanted)
        self._model.show_ids([str(number) for number in range(len(self._shown))])
        self._stack.setCurrentIndex(0 if self._lines else 1 if self._comparison is None else 2)
        self._copy.setVisible(bool(self._lines))
        if self._shown:
            self.table.choose("0")

    def _on_chip(self, kind: Kind) -> None:
        self._wanted = kind
        self._show()

    def _on_chosen(self, number: str) -> None:
        self._below.setVisible(bool(number))
        if number:
            line = self._shown[int(number)]
            old, new = mark(line.old, line.new)
            self._old.setText(self._markup(old))
            self._new.setText(self._markup(new))

    def _markup(self, pieces: Sequence[Piece]) -> str:
        """Escaped text with the differences on a tint."""
        return "".join(self._piece(piece) for piece in pieces)

    def _piece(self, piece: Piece) -> str:
        text = escape(piece.text).replace("\n", "<br>")
        if piece.state == "same":
            return text
        tint = self._context.theme.color(_TINTS[piece.state]).name()
        ink = self._context.theme.color("fail" if piece.state == "gone" else "pass").name()
        return f'<span style="background-color:{tint};color:{ink};">{text}</span>'

    def _on_activated(self) -> None:
        self.asked.emit(self.chosen())

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(copied(self._shown, self._name))
        self._context.notify.done("forms.copied", n=len(self._shown))

    def _on_language_changed(self) -> None:
        for number, version in enumerate(self._versions):
            self._with.setItemText(number, self._version_words(version))
        self._derive()

    def _on_theme_changed(self) -> None:
        self._model.refresh()
        self._on_chosen(self.table.current_id())


def _text(name: str) -> QLabel:
    made = label(wrap=True, name=name)
    made.setTextFormat(Qt.TextFormat.RichText)  # pieces are escaped before
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
