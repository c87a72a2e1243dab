"""Selects whose options all stand in sight: chosen by click, arrow and Space, or digit."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout

from inspector_app.desktop.kit.widgets.boxes import row as line_of
from inspector_app.desktop.kit.widgets.flow import FlowLayout
from inspector_app.desktop.questions.arranging import COLUMNS, FLOW, LIKERT, TABLE, arrange, width
from inspector_app.desktop.questions.desk import Desk
from inspector_app.desktop.questions.editor import NEXT, PREVIOUS, Editor
from inspector_app.desktop.questions.markup import plain
from inspector_app.desktop.questions.option import Look, Option
from inspector_app.desktop.questions.state import Row, is_table_head
from inspector_app.xforms import Choice

INLINE_WORDS, INLINE_COUNT = 26, 5
COLUMN_WIDTH = 220
TABLE_COLUMN, TABLE_SIDE = 88, 6
"""Up to six columns stand beside the label, all equally wide; more take the whole line below it."""
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_UPRIGHT = {Qt.Key.Key_Up, Qt.Key.Key_Down}


class Options(Editor):
    """One stop of the Tab key; arrows walk inside it. A second press on the chosen one of a select-one changes nothing."""

    def __init__(self, desk: Desk, shown: Row) -> None:
        super().__init__(desk, shown)
        looks = set(shown.control.appearances)
        self.is_multiple = shown.control.kind == "select"
        self.is_quick = "quick" in looks or "quickcompact" in looks
        self.arrangement = arrange(shown.control, self.state.choices)
        self.look = Look(
            self.is_multiple,
            has_mark="no-buttons" not in looks and "label" not in looks,
            has_words="list-nolabel" not in looks,
            is_upright=self.arrangement.kind in (LIKERT, TABLE),
            is_bare=self.arrangement.kind in (LIKERT, TABLE),
        )
        self.options: list[Option] = []
        self._choices: tuple[Choice, ...] | None = None
        self._order: list[str] = []
        self.value = ""
        self.place: QLayout = self._layout()
        self.setLayout(self.place)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        desk.files.arrived.connect(self._on_arrived)

    @property
    def is_inline(self) -> bool:
        choices = self.state.choices
        if self.arrangement.kind == TABLE:
            return len(choices) <= TABLE_SIDE
        if self.arrangement.kind != FLOW or len(choices) > INLINE_COUNT or any(choice.media for choice in choices):
            return False
        return sum(width(choice.label) for choice in choices) + 2.5 * len(choices) <= INLINE_WORDS

    def show_row(self, row: Row, *, is_locked: bool) -> None:
        super().show_row(row, is_locked=is_locked)
        if self.state.choices != self._choices:
            self._show_choices(self.state.choices)
        self.value = self.state.value
        self._check()
        self.setAccessibleName(self.name_of())

    def take_focus(self) -> None:
        stop = next((o for o in self.options if o.focusPolicy() == Qt.FocusPolicy.StrongFocus), None)
        if stop is not None:
            stop.setFocus(Qt.FocusReason.TabFocusReason)

    def choose(self, place: int) -> None:
        """Press the option at a place counted from 0."""
        if not 0 <= place < len(self.options) or not self.options[place].isEnabled():
            return
        name = self._order[place]
        if self.is_multiple:
            chosen = set(self.value.split()) ^ {name}
            self._answer(" ".join(each for each in self._order if each in chosen))
        elif name != self.value:
            self._answer(name)
        if self.is_quick and not self.is_multiple:
            self.moved.emit(NEXT)

    def clear(self) -> None:
        if self.value:
            self._answer("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        focused = next((n for n, option in enumerate(self.options) if option.hasFocus()), 0)
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and int(key) - int(Qt.Key.Key_1) < len(self.options):
            self.choose(int(key) - int(Qt.Key.Key_1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.moved.emit(PREVIOUS if back else NEXT)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if self.options and self.options[0].isEnabled():
                self.clear()
        elif key in _STEPS:
            self._walk(focused, key)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            for option in self.options:
                option.forget_size()
        super().changeEvent(event)

    def show_digits(self, is_shown: bool) -> None:
        """Numbers on the options, while keys reach them."""
        for option in self.options:
            if option.shows_digit is not is_shown:
                option.shows_digit = is_shown
                option.update()

    def _walk(self, focused: int, key: Qt.Key) -> None:
        step = _STEPS[key]
        if key in _UPRIGHT and self.arrangement.kind in (FLOW, LIKERT, TABLE):
            self.moved.emit(step)
            return
        if key in _UPRIGHT and self.arrangement.kind == COLUMNS:
            step *= self._columns()
        target = focused + step
        if 0 <= target < len(self.options):
            self.options[target].setFocus(Qt.FocusReason.OtherFocusReason)
        elif key in _UPRIGHT:
            self.moved.emit(NEXT if step > 0 else PREVIOUS)

    def _answer(self, value: str) -> None:
        """Shown at once, before it is saved: the next press builds on it."""
        self.value = value
        self._check()
        self.answered.emit(value)

    def _check(self) -> None:
        chosen = set(self.value.split()) if self.is_multiple else {self.value}
        enabled = not self.is_locked and not self.state.readonly
        if is_table_head(self.row.control):
            return
        stop = next((n for n, name in enumerate(self._order) if name in chosen), 0)
        for place, (name, option) in enumerate(zip(self._order, self.options, strict=True)):
            option.setChecked(name in chosen)
            option.setEnabled(enabled)
            option.setFocusPolicy(Qt.FocusPolicy.StrongFocus if place == stop else Qt.FocusPolicy.ClickFocus)

    def _show_choices(self, choices: tuple[Choice, ...]) -> None:
        self._choices = choices
        self._order = [choice.name for choice in choices]
        while len(self.options) > len(choices):
            gone = self.options.pop()
            self.place.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.options) < len(choices):
            self._add_option(len(self.options))
        for place, (choice, option) in enumerate(zip(choices, self.options, strict=True)):
            option.show_words(plain(choice.label) or choice.name, place + 1)
            image = choice.media.get("image")
            if image:
                option.show_picture(self.desk.files.media(image))

    def _add_option(self, place: int) -> None:
        option = Option(self.kit, self.look, f"option-{self.row.key}-{place + 1}")
        if is_table_head(self.row.control):
            option.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            option.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        option.clicked.connect(self._on_clicked)
        option.focused.connect(self.show_digits)
        self.options.append(option)
        if isinstance(self.place, QGridLayout):
            count = self._columns()
            self.place.addWidget(option, place // count, place % count)
            if self.arrangement.kind == TABLE and self.is_inline:
                option.setFixedWidth(self.kit.theme.px(TABLE_COLUMN))
        elif isinstance(self.place, QHBoxLayout):
            self.place.insertWidget(place, option)
        else:
            self.place.addWidget(option)

    def _layout(self) -> QLayout:
        kind = self.arrangement.kind
        if kind == FLOW and self.is_inline:
            return line_of(1, spacing=6)
        if kind == FLOW:
            return FlowLayout(spacing=self.kit.theme.px(6))
        made: QGridLayout | QVBoxLayout = QVBoxLayout() if kind not in (COLUMNS, LIKERT, TABLE) else QGridLayout()
        made.setContentsMargins(0, 0, 0, 0)
        made.setSpacing(0 if kind in (LIKERT, TABLE) else 6)
        if isinstance(made, QGridLayout) and (kind != TABLE or not self.is_inline):
            for place in range(self._columns()):
                made.setColumnStretch(place, 1)
                made.setColumnMinimumWidth(place, 1)
        return made

    def _columns(self) -> int:
        if self.arrangement.kind in (LIKERT, TABLE):
            return max(len(self.state.choices), 1)
        return self.arrangement.count or 3

    def _on_clicked(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, Option):
            self.choose(self.options.index(pressed))

    def _on_arrived(self, name: str) -> None:
        if any(choice.media for choice in self._choices or ()):
            self._choices = None
            self.show_row(self.row, is_locked=self.is_locked)
