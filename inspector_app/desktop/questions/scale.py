"""Numbers of a range: a slider, a list to pick from, or stars; nothing is chosen before somebody chooses."""

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy

from inspector_app.desktop.kit.widgets.boxes import column, label, row
from inspector_app.desktop.questions.choice_field import ChoiceField
from inspector_app.desktop.questions.desk import Desk
from inspector_app.desktop.questions.editor import NEXT, PREVIOUS, TYPING_MS, Editor
from inspector_app.desktop.questions.slide import Slide
from inspector_app.desktop.questions.stars import Star
from inspector_app.desktop.questions.state import Row
from inspector_app.xforms import Choice, Control

MOST_STEPS = 10_000
MOST_STARS = 11
"""So many stars stand side by side; a longer rating is picked from a list."""
_WAYS = {Qt.Key.Key_Return: NEXT, Qt.Key.Key_Enter: NEXT, Qt.Key.Key_Down: NEXT, Qt.Key.Key_Up: PREVIOUS}


def steps_of(control: Control) -> tuple[str, ...]:
    """The values of a range from `start` to `end` by `step`, as text; 1 to 5 where the form says nothing usable."""
    said = {name: value for (uri, name), value in control.attributes.items() if not uri}
    try:
        start, end, step = (Decimal(said[name]) for name in ("start", "end", "step"))
        count = int((end - start) / step)
    except (KeyError, InvalidOperation, ZeroDivisionError, ValueError, OverflowError):
        return tuple(str(number) for number in range(1, 6))
    if not 0 <= count <= MOST_STEPS:
        return (str(start), str(end))
    return tuple(format(start + step * number, "f") for number in range(count + 1))


def step_at(steps: tuple[str, ...], value: str) -> int:
    """Which step a value is, -1 for none."""
    try:
        wanted = Decimal(value)
    except InvalidOperation:
        return -1
    return next((number for number, step in enumerate(steps) if Decimal(step) == wanted), -1)


class SliderEditor(Editor):
    """A slider with the value beside it; saved when the hand lets go, or after a pause of the keys."""

    def __init__(self, desk: Desk, shown: Row) -> None:
        super().__init__(desk, shown)
        self.steps = steps_of(shown.control)
        looks, px = shown.control.appearances, desk.kit.theme.px
        is_upright = "vertical" in looks
        self.slider = Slide(desk.kit, len(self.steps), is_upright=is_upright, has_ticks="no-ticks" not in looks)
        self.slider.setObjectName(f"answer-{shown.key}")
        self._figure, low, high = label("strong"), label("caption"), label("caption")
        self._figure.setMinimumWidth(px(64))
        low.setText(self.steps[0])
        high.setText(self.steps[-1])
        if is_upright:
            scale = column(high, self.slider, low, spacing=4)
            for part in (high, low):
                part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.setLayout(row(scale, self._figure, 1, spacing=12))
        else:
            self._figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.setLayout(row(low, self.slider, high, self._figure, spacing=8))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(TYPING_MS)
        self._soon.timeout.connect(self._on_settled)
        self.slider.valueChanged.connect(self._on_moved)
        self.slider.settled.connect(self.flush)
        self.slider.moved.connect(self.moved)
        self.setFocusProxy(self.slider)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_row(self, row: Row, *, is_locked: bool) -> None:
        super().show_row(row, is_locked=is_locked)
        self.slider.setEnabled(not is_locked and not self.state.readonly)
        if not self._soon.isActive():
            self.slider.show_place(step_at(self.steps, self.state.value))
            self._figure.setText(self.state.value or "—")
        self.say()

    def say(self) -> None:
        self.slider.setAccessibleName(f"{self.name_of()}: {self.state.value or '—'}")

    def flush(self) -> None:
        if self._soon.isActive():
            self._soon.stop()
            self._on_settled()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.slider.isEnabled():
            self._soon.stop()
            self.clear()
        else:
            super().keyPressEvent(event)

    def _on_moved(self, number: int) -> None:
        self._figure.setText(self.steps[number])
        self._soon.start()

    def _on_settled(self) -> None:
        value = self.steps[self.slider.value()]
        if value != self.state.value:
            self.answered.emit(value)


class PickerEditor(ChoiceField):
    """All values in a list that narrows while typing."""

    def __init__(self, desk: Desk, shown: Row) -> None:
        self._steps = tuple(Choice(step, step) for step in steps_of(shown.control))
        super().__init__(desk, shown)
        self.setFixedWidth(desk.kit.theme.px(208))

    @property
    def choices(self) -> tuple[Choice, ...]:
        return self._steps

    @property
    def is_inline(self) -> bool:
        return True


class RatingEditor(Editor):
    """Stars; left and right change the rating, a digit says it."""

    def __init__(self, desk: Desk, shown: Row) -> None:
        super().__init__(desk, shown)
        self.steps = steps_of(shown.control)
        self.value = ""
        self.stars: list[Star] = []
        for step in self.steps:
            star = Star(desk.kit, f"answer-{shown.key}-{step}")
            star.setToolTip(step)
            star.clicked.connect(self._on_clicked)
            self.stars.append(star)
        self.setLayout(row(*self.stars, 1, spacing=0))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def is_inline(self) -> bool:
        return len(self.steps) <= 5

    def show_row(self, row: Row, *, is_locked: bool) -> None:
        super().show_row(row, is_locked=is_locked)
        self.value = self.state.value
        for star in self.stars:
            star.setEnabled(not is_locked and not self.state.readonly)
        self._check()
        self.say()

    def say(self) -> None:
        for star, step in zip(self.stars, self.steps, strict=True):
            star.setAccessibleName(f"{self.name_of()}: {step}")

    def take_focus(self) -> None:
        self.stars[max(step_at(self.steps, self.value), 0)].setFocus(Qt.FocusReason.TabFocusReason)

    def rate(self, place: int) -> None:
        """Take the star at a place counted from 0."""
        if 0 <= place < len(self.stars) and self.stars[0].isEnabled() and self.steps[place] != self.value:
            self.value = self.steps[place]
            self._check()
            self.answered.emit(self.value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, at = Qt.Key(event.key()), step_at(self.steps, self.value)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif step_at(self.steps, event.text()) >= 0:
            self.rate(step_at(self.steps, event.text()))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.rate(max(at + (1 if key == Qt.Key.Key_Right else -1), 0))
            self.take_focus()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.stars[0].isEnabled():
            self.clear()
        elif key in _WAYS:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.moved.emit(PREVIOUS if back else _WAYS[key])
        else:
            super().keyPressEvent(event)

    def _check(self) -> None:
        at = step_at(self.steps, self.value)
        for number, star in enumerate(self.stars):
            star.setChecked(number <= at)
            is_stop = number == max(at, 0)
            star.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus)

    def _on_clicked(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, Star):
            self.rate(self.stars.index(pressed))


def scale_for(desk: Desk, shown: Row) -> Editor:
    """By appearance: rating, picker, else a slider."""
    looks = shown.control.appearances
    if "rating" in looks and len(steps_of(shown.control)) <= MOST_STARS:
        return RatingEditor(desk, shown)
    if "picker" in looks or "rating" in looks:
        return PickerEditor(desk, shown)
    return SliderEditor(desk, shown)
