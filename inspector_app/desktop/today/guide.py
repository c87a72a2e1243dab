"""The first-run guide: five steps as rows, each opens where it is taken; goes when done or unwanted, and remembers."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.widgets.boxes import button, column, empty_out, label, row
from inspector_app.desktop.kit.widgets.elided import ElidedLabel
from inspector_app.desktop.today.guide_state import GuideFacts, Step, derive_steps, is_wanted

PRESSED = ("form", "print")
"""Steps that are remembered by being pressed."""


class Guide(QFrame):
    """`visit_wanted` when the step is to type a Site's name on this page."""

    visit_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._facts = GuideFacts()
        self.setProperty("kind", "card")
        self._choice = context.settings.guide
        self._pressed = {name: context.settings.flag(f"guide/{name}") for name in PRESSED}
        title, self._progress = label("section"), label("muted")
        context.language.text(title, "guide.title")
        self.hide_button = button("quiet", name="guide_hide")
        context.language.text(self.hide_button, "guide.hide")
        self.hide_button.clicked.connect(lambda: self._choice.put("hidden"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        top = row(title, self._progress, 1, self.hide_button, spacing=12)
        top.setContentsMargins(8, 0, 0, 0)
        whole = column(top, self._rows, spacing=8)
        whole.setContentsMargins(12, 12, 12, 12)
        self.setLayout(whole)
        for setting in self._pressed.values():
            setting.changed.connect(self._show)
        self._choice.changed.connect(self._show)
        context.language.changed.connect(self._show)
        self.hide()

    def show_facts(self, facts: GuideFacts) -> None:
        """What is done by now."""
        self._facts = facts
        self._show()

    def _show(self) -> None:
        pressed = frozenset(name for name, setting in self._pressed.items() if setting.get())
        steps = derive_steps(self._facts, pressed)
        empty_out(self._rows)
        for number, step in enumerate(steps, start=1):
            self._rows.addWidget(self._row(number, step))
        done = sum(step.is_done for step in steps)
        self._progress.setText(self._context.language.tr("guide.progress", done=done, all=len(steps)))
        self.setVisible(is_wanted(steps, self._choice.get()))

    def _row(self, number: int, step: Step) -> QPushButton:
        tr = self._context.language.tr
        made = button("row", name=f"guide_{step.name}")
        made.setProperty("small", True)
        icon, title, go = label(), label("muted" if step.is_done else "strong"), label()
        below = ElidedLabel("caption")
        picture, color = ("circle-check", "pass") if step.is_done else ("circle-dashed", "muted")
        self._context.icons.put(icon, picture, color=color, size=20)
        self._context.icons.put(go, "arrow-right", color="accent", size=16)
        title.setText(f"{number}  " + tr(f"guide.{step.name}"))
        below.say(tr(f"guide.{step.name}_text"))
        layout = row(icon, title, below, go, spacing=12)
        layout.setStretch(2, 1)
        layout.setContentsMargins(8, 0, 8, 0)
        made.setLayout(layout)
        for part in (icon, title, below, go):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        state = tr("guide.done") if step.is_done else tr("guide.to_do")
        made.setAccessibleName(f"{number} {title.text()} {below.accessibleName()} {state}")
        made.setToolTip(below.accessibleName())
        made.clicked.connect(partial(self._on_pressed, step))
        return made

    def _on_pressed(self, step: Step) -> None:
        if step.name in self._pressed:
            self._pressed[step.name].put(True)
        if step.page == "today":
            self.visit_wanted.emit()
        else:
            self._context.go(step.page, None)
