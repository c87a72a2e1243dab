"""Marks on a copy of a photo: a bar of tools with their keys, the drawing surface, undo; nothing touches the original."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QPixmap
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from inspector_app.desktop.inspections.marking import FAINT, TOOLS, mark_of, trace_of
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.widgets.boxes import button, column, label, row
from inspector_app.desktop.kit.widgets.flow import FlowLayout
from inspector_app.desktop.questions.drawing import Canvas
from inspector_app.domain.photo import Mark, Photo
from inspector_app.operations import retouching
from inspector_app.operations.retouching import Sketch

TEXT_WIDTH = 200


class RetouchPanel(QWidget):
    """`done` means that `photo` is to get `marks` (they may be as they were), `left` that nothing is to change."""

    done = Signal()
    left = Signal()
    failed = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.photo: Photo | None = None
        self.marks: tuple[Mark, ...] = ()
        self._tool, self._drawn = "hide", 0
        self._sketch: Sketch | None = None
        self._deeds: dict[int, Callable[[], None]] = {
            **{int(Qt.Key[f"Key_{key}"]): partial(self.choose, tool) for tool, (_, key) in TOOLS.items()},
            int(Qt.Key.Key_Return): self.done.emit,
            int(Qt.Key.Key_Enter): self.done.emit,
            int(Qt.Key.Key_Escape): self.left.emit,
        }
        self.canvas = Canvas(context)
        context.language.name(self.canvas, "retouch.surface")
        self.canvas.stroked.connect(self._on_stroked)
        self.tools = {tool: self._tool_button(tool) for tool in TOOLS}
        self.undo = self._button("undo-2", "retouch.undo", "retouch-undo", self.take_back)
        self._text = QLineEdit()
        self._text.setObjectName("retouch-text")
        self._text.setMaxLength(retouching.MOST_TEXT)
        context.language.hint(self._text, "retouch.text_hint")
        self._text.hide()
        self._hint = label("muted", wrap=True, name="retouch-hint")
        self.take, leave = button("primary", name="retouch-done"), button("quiet", name="retouch-leave")
        context.language.text(self.take, "retouch.done")
        context.language.text(leave, "retouch.leave")
        self.take.clicked.connect(self.done)
        leave.clicked.connect(self.left)
        bar = FlowLayout(spacing=4)
        for part in (*self.tools.values(), self.undo, self._text, self.take, leave):
            bar.addWidget(part)
        self._place = QWidget()
        self._place.setMinimumSize(QSize(200, 160))
        self._place.setLayout(column(row(1, self.canvas, 1), 1, spacing=0))
        whole = column(bar, self._hint, self._place, spacing=6)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def begin(self, photo: Photo, tool: str) -> None:
        """Go on with the marks a photo has."""
        self.photo, self.marks, self._sketch = photo, photo.marks, None
        self.canvas.hide()
        self.choose(tool if tool != "turn" else "hide")
        job = partial(retouching.sketch, self._context.store, photo)
        self._context.lanes.wide.run(job, partial(self._on_sketch, photo.id, tool), self._on_failed)

    def choose(self, tool: str) -> None:
        """Take a tool up; turning is done at once."""
        if tool == "turn":
            self._add(Mark("turn"))
            self.tools["turn"].setChecked(False)
            return
        self._tool = tool
        for name, each in self.tools.items():
            each.setChecked(name == tool)
        self._text.setVisible(tool == "write")
        self.canvas.trace, self.canvas.is_faint = trace_of(tool), tool in FAINT
        self._context.language.text(self._hint, f"retouch_hint.{tool}")
        if tool == "write":
            self._text.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_back(self) -> None:
        """Without the last mark."""
        if self.marks:
            self.marks = self.marks[:-1]
            self._render()

    def event(self, event: QEvent) -> bool:
        """The panel's keys mean something else on the visit page behind it: they never get there."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._deed(event):
            event.accept()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        deed = self._deed(event)
        if deed is None:
            super().keyPressEvent(event)
        else:
            deed()

    def _deed(self, event: QKeyEvent) -> Callable[[], None] | None:
        """What a key does here; a text field has taken its letters before."""
        if event.matches(QKeySequence.StandardKey.Undo):
            return self.take_back
        if event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            return None
        return self._deeds.get(event.key())

    def _add(self, mark: Mark) -> None:
        if self._sketch is not None:
            self.marks = (*self.marks, mark)
            self._render()

    def _render(self) -> None:
        """What the copy will be, made by the same code; a later one wins."""
        self.undo.setEnabled(bool(self.marks))
        if self._sketch is not None:
            self._drawn += 1
            job = partial(self._sketch.rendered, self.marks)
            self._context.lanes.wide.run(job, partial(self._on_rendered, self._drawn), self._on_failed)

    def _on_sketch(self, photo_id: str, tool: str, sketch: Sketch) -> None:
        if self.photo is not None and self.photo.id == photo_id:
            self._sketch = sketch
            self.choose(tool) if tool == "turn" else self._render()

    def _on_rendered(self, number: int, rendered: tuple[int, int, bytes]) -> None:
        if number == self._drawn:
            wide, high, pixels = rendered
            image = QImage(pixels, wide, high, 3 * wide, QImage.Format.Format_RGB888)
            pixmap = QPixmap.fromImage(image)
            self.canvas.show()
            QTimer.singleShot(0, self, partial(self._show, pixmap))

    def _show(self, pixmap: QPixmap) -> None:
        self.canvas.begin(pixmap, self._place.size())

    def _on_stroked(self, stroke: list[QPointF]) -> None:
        mark = mark_of(self._tool, stroke, self.canvas.extent, self._text.text())
        if mark is None:
            self.canvas.undo()
            if self._tool == "write":
                self._text.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._add(mark)

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)

    def _tool_button(self, tool: str) -> QPushButton:
        made = self._button(TOOLS[tool][0], f"retouch.{tool}", f"retouch-{tool}", partial(self.choose, tool))
        made.setCheckable(True)
        return made

    def _button(self, icon: str, words: str, name: str, run: Callable[[], None]) -> QPushButton:
        made = button("icon", name=name)
        self._context.icons.put(made, icon)
        self._context.language.name(made, words)
        self._context.language.tip(made, words)
        made.clicked.connect(lambda: run())
        return made
