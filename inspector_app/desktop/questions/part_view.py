"""The Rows of one Part in a scroll area: built a few at a time, brought up to date in place, hidden when not relevant."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from inspector_app.desktop.kit.widgets.boxes import column, scroller
from inspector_app.desktop.questions.question_row import QuestionRow
from inspector_app.desktop.questions.state import Row
from inspector_app.desktop.questions.structure_rows import StructureRow

AT_ONCE = 9
"""Rows of the first screen; the others, and those an answer brings up, follow while the window already answers."""
CHUNK = 1
WIDEST = 960

Line = QuestionRow | StructureRow


class PartView(QWidget):
    """`make` builds and connects the widget of a Row; `width` is that of the widest line in pixels."""

    built = Signal()

    def __init__(self, make: Callable[[Row], Line], width: int) -> None:
        super().__init__()
        self._make = make
        self._wanted: tuple[Row, ...] = ()
        self._lines: dict[str, Line] = {}
        self._shown: dict[str, tuple[Row, bool]] = {}
        self._is_locked = False
        self._content = QWidget()
        self._column = column(1, spacing=0)
        inner = QWidget()
        inner.setLayout(self._column)
        inner.setMaximumWidth(width)
        outer = column(inner, spacing=0)
        self._content.setLayout(outer)
        self.inner = inner
        self._scroll: QScrollArea = scroller(self._content)
        self.setLayout(column(self._scroll, spacing=0))
        self._later = QTimer(self)
        self._later.setInterval(0)
        self._later.timeout.connect(self._on_later)

    @property
    def is_whole(self) -> bool:
        """Every Row has its widget."""
        return all(row.key in self._lines for row in self._wanted)

    def show_rows(self, rows: tuple[Row, ...], *, is_locked: bool) -> None:
        """Bring built lines up to date and begin to build the missing ones."""
        if rows is self._wanted and is_locked is self._is_locked:
            return
        self._is_locked = is_locked
        keys, before = {row.key for row in rows}, self._wanted
        self._wanted = rows
        if keys != {row.key for row in before}:
            for key, line in list(self._lines.items()):  # hiding moves the focus, and that may build a line
                if key not in keys and not line.isHidden():
                    line.hide()
        for row in rows:
            if row.key in self._lines:
                self._refresh(row)
        if not self._lines:
            self._build(rows[:AT_ONCE])
        if not self.is_whole:
            self._later.start()

    def line(self, key: str) -> Line | None:
        """The widget of a Row of this Part, built now if need be."""
        row = next((row for row in self._wanted if row.key == key), None)
        if row is None:
            return None
        if key not in self._lines:
            self._build((row,))
        return self._lines[key]

    def lines(self) -> Iterator[Line]:
        """Those that are built and shown, in order."""
        for row in self._wanted:
            if row.key in self._lines:
                yield self._lines[row.key]

    def say(self) -> None:
        """Words in the current language."""
        for line in self._lines.values():
            line.say()

    def flush(self) -> None:
        """Save now what is being typed."""
        for line in self.lines():
            line.flush()

    def bring_into_view(self, key: str) -> None:
        """Scroll as little as needed; a line taller than the window shows its top."""
        line = self._lines.get(key)
        if line is None:
            return
        self._column.activate()
        bar, height = self._scroll.verticalScrollBar(), self._scroll.viewport().height()
        top = line.mapTo(self._content, QPoint(0, 0)).y()
        bottom = top + line.height()
        if top < bar.value() or bottom - top > height:
            bar.setValue(top)
        elif bottom > bar.value() + height:
            bar.setValue(bottom - height)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab follows the order of the form, whenever a line was built; past its ends the window goes on."""
        focused = QApplication.focusWidget()
        if focused is None:
            return super().focusNextPrevChild(is_next)
        keys = [row.key for row in self._wanted]
        here = next((key for key in keys if key in self._lines and self._lines[key].isAncestorOf(focused)), None)
        if here is None:
            return super().focusNextPrevChild(is_next)
        inside = stops(self._lines[here])
        place = inside.index(focused) if focused in inside else -1
        step = 1 if is_next else -1
        if place >= 0 and 0 <= place + step < len(inside):
            _focus(inside[place + step], is_next)
            return True
        at = keys.index(here) + step
        while 0 <= at < len(keys):
            line = self.line(keys[at])
            found = stops(line) if line is not None else []
            if found:
                self.bring_into_view(keys[at])
                _focus(found[0 if is_next else -1], is_next)
                return True
            at += step
        return super().focusNextPrevChild(is_next)

    def _refresh(self, row: Row) -> None:
        now = (row, self._is_locked)
        line = self._lines[row.key]
        before = self._shown.get(row.key)
        if before is None or before[0] is not row or before[1] is not self._is_locked:
            self._shown[row.key] = now
            line.show_row(row, is_locked=self._is_locked)
        if line.isHidden():
            line.show()

    def _build(self, rows: tuple[Row, ...]) -> None:
        for row in rows:
            if row.key in self._lines:
                continue
            made = self._make(row)
            self._lines[row.key] = made
            self._column.insertWidget(self._place_for(row.key), made)
            self._refresh(row)

    def _place_for(self, key: str) -> int:
        """Behind the line of the nearest earlier Row that is built."""
        before: Line | None = None
        for row in self._wanted:
            if row.key == key:
                break
            before = self._lines.get(row.key, before)
        return self._column.indexOf(before) + 1 if before is not None else 0

    def _on_later(self) -> None:
        missing = tuple(row for row in self._wanted if row.key not in self._lines)
        self._build(missing[:CHUNK])
        if len(missing) <= CHUNK:
            self._later.stop()
            self.built.emit()


def stops(line: QWidget) -> list[QWidget]:
    """Where the Tab key halts inside a line: first where it is answered, then the tools beside."""
    found = [
        each
        for each in line.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.focusProxy() is None
        and each.isEnabled()
        and each.isVisibleTo(line)
    ]
    editor = line.editor if isinstance(line, QuestionRow) else None
    return sorted(found, key=lambda each: editor is None or not editor.isAncestorOf(each))


def _focus(widget: QWidget, is_next: bool) -> None:
    reason = Qt.FocusReason.TabFocusReason if is_next else Qt.FocusReason.BacktabFocusReason
    widget.setFocus(reason)
