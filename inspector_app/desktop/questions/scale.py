"""Numbers of a range: a slider, a picker, or the figures of a rating; nothing is chosen before somebody chooses."""

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QPushButton, QSizePolicy, QSlider

from inspector_app.desktop.kit.widgets.boxes import button, column, holder, label, row
from inspector_app.desktop.questions.desk import Desk
from inspector_app.desktop.questions.editor import NEXT, Editor
from inspector_app.desktop.questions.state import Row
from inspector_app.xforms import Control

MOST_STEPS = 10_000
FIGURES = 11
"""So many figures stand side by side in a rating; a longer one is a picker."""


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


class ScaleEditor(Editor):
    """`steps` are all values there are."""

    def __init__(self, desk: Desk, shown: Row) -> None:
        super().__init__(desk, shown)
        self.steps = steps_of(shown.control)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def at(self) -> int:
        """Which step the answer is, -1 without one."""
        value = self.state.value
        try:
            wanted = Decimal(value)
        except InvalidOperation:
            return -1
        return next((number for number, step in enumerate(self.steps) if Decimal(step) == wanted), -1)


class SliderEditor(ScaleEditor):
    """A slider with the value beside it; arrows move it, and the ends say what they are."""

    def __init__(self, desk: Desk, shown: Row) -> None:
        super().__init__(desk, shown)
        looks = shown.control.appearances
        is_upright = "vertical" in looks
        self.slider = QSlider(Qt.Orientation.Vertical if is_upright else Qt.Orientation.Horizontal)
        self.slider.setObjectName(f"answer-{shown.key}")
        self.slider.setRange(0, len(self.steps) - 1)
        self.slider.setMinimumHeight(desk.kit.theme.px(160 if is_upright else 40))
        if "no-ticks" not in looks and len(self.steps) <= 50:
            self.slider.setTickPosition(QSlider.TickPosition.TicksBelow)
            self.slider.setTickInterval(1)
        self._figure = label("strong")
        self._figure.setMinimumWidth(desk.kit.theme.px(56))
        low, high = label("caption"), label("caption")
        low.setText(self.steps[0])
        high.setText(self.steps[-1])
        if is_upright:
            scale = column(high, self.slider, low, spacing=4)
            self.setLayout(row(scale, self._figure, 1, spacing=12))
        else:
            self.setLayout(row(low, self.slider, high, self._figure, spacing=8))
        self.slider.valueChanged.connect(self._on_moved)
        self.slider.sliderPressed.connect(self._on_pressed)
        self.setFocusProxy(self.slider)
        self._is_showing = False

    def show_row(self, row: Row, *, is_locked: bool) -> None:
        super().show_row(row, is_locked=is_locked)
        self._is_showing = True
        self.slider.setEnabled(not is_locked and not self.state.readonly)
        self.slider.setValue(max(self.at(), 0))
        self._is_showing = False
        self._figure.setText(self.state.value or "—")
        self.say()

    def say(self) -> None:
        self.slider.setAccessibleName(f"{self.name_of()}: {self.state.value or '—'}")

    def _on_pressed(self) -> None:
        """A press on a slider without an answer takes where it stands."""
        if not self.state.value:
            self._on_moved(self.slider.value())

    def _on_moved(self, number: int) -> None:
        if not self._is_showing:
            self._figure.setText(self.steps[number])
            self.answered.emit(self.steps[number])


class PickerEditor(ScaleEditor):
    """All values in a list."""

    def __init__(self, desk: Desk, shown: Row) -> None:
        super().__init__(desk, shown)
        self.box = QComboBox()
        self.box.setObjectName(f"answer-{shown.key}")
        self.box.setMinimumWidth(desk.kit.theme.px(120))
        self.box.addItems(["—", *self.steps])
        self.box.activated.connect(self._on_chosen)
        self.setLayout(row(self.box, spacing=0))
        self.setFocusProxy(self.box)

    @property
    def is_inline(self) -> bool:
        return True

    def show_row(self, row: Row, *, is_locked: bool) -> None:
        super().show_row(row, is_locked=is_locked)
        self.box.setEnabled(not is_locked and not self.state.readonly)
        self.box.setCurrentIndex(self.at() + 1)
        self.say()

    def say(self) -> None:
        self.box.setAccessibleName(self.name_of())

    def _on_chosen(self, number: int) -> None:
        self.answered.emit(self.steps[number - 1] if number > 0 else "")


class RatingEditor(ScaleEditor):
    """Figures side by side; a digit chooses."""

    def __init__(self, desk: Desk, shown: Row) -> None:
        super().__init__(desk, shown)
        self.figures: list[QPushButton] = []
        for step in self.steps:
            made = button("chip", name=f"answer-{shown.key}-{step}", checkable=True)
            made.setText(step)
            made.setProperty("large", True)
            made.clicked.connect(lambda _=False, step=step: self.answered.emit(step))
            self.figures.append(made)
        self.setLayout(row(holder(row(*self.figures, spacing=4)), 1, spacing=0))
        self.setFocusProxy(self.figures[0])

    def show_row(self, row: Row, *, is_locked: bool) -> None:
        super().show_row(row, is_locked=is_locked)
        at = self.at()
        for number, figure in enumerate(self.figures):
            figure.setChecked(number == at)
            figure.setEnabled(not is_locked and not self.state.readonly)
        self.say()

    def say(self) -> None:
        for figure, step in zip(self.figures, self.steps, strict=True):
            figure.setAccessibleName(f"{self.name_of()}: {step}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in self.steps and self.figures[0].isEnabled():
            self.answered.emit(event.text())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.moved.emit(NEXT)
        else:
            super().keyPressEvent(event)


def scale_for(desk: Desk, shown: Row) -> Editor:
    """By appearance: rating, picker, else a slider."""
    looks = shown.control.appearances
    count = len(steps_of(shown.control))
    if "rating" in looks and count <= FIGURES:
        return RatingEditor(desk, shown)
    if "picker" in looks or "rating" in looks:
        return PickerEditor(desk, shown)
    return SliderEditor(desk, shown)
