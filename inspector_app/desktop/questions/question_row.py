"""One question: label, hint, what answers it, what is wrong with the answer; updated in place, never rebuilt."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from inspector_app.desktop.kit.widgets.boxes import button, column, holder, label, restyle
from inspector_app.desktop.questions.desk import Desk
from inspector_app.desktop.questions.editor import Editor
from inspector_app.desktop.questions.making import editor_for, is_note, signature
from inspector_app.desktop.questions.markup import rich
from inspector_app.desktop.questions.options import Options
from inspector_app.desktop.questions.picture_label import PictureLabel
from inspector_app.desktop.questions.state import Row

BAR, INDENT, SIDE, CLEAR = 4, 16, 16, 36
NARROW = 600
"""Below this width even short answers stand under their label."""
TABLE_WORDS = 240
"""A table with less room than this for its labels stands under them, whole."""


def write(words: QLabel, text: str) -> None:
    """A label's text, as rich text only where it has marks."""
    made = rich(text)
    words.setTextFormat(Qt.TextFormat.RichText if made else Qt.TextFormat.PlainText)
    words.setText(made or text)


def left_of(row: Row) -> int:
    """Where a line begins, in pixels at zoom 1: what stands in the outermost group is not indented."""
    return SIDE + INDENT * max(row.depth - 1, 0)


class QuestionRow(QWidget):
    """Signals carry the Row's key first, then the value, the (name, bytes | Path), or the direction."""

    answered = Signal(str, str)
    given = Signal(str, object)
    moved = Signal(str, object)
    touched = Signal(str)

    def __init__(self, desk: Desk, row: Row) -> None:
        super().__init__()
        self.key, self.row, self._desk = row.key, row, desk
        self.editor: Editor | None = None
        self._made_for: object = None
        self._is_current = self._is_locked = self._is_side = False
        self._refusal = ""
        self._hint: QLabel | None = None
        self._guide: QPushButton | None = None
        self._guidance: QLabel | None = None
        self._required: QLabel | None = None
        self._problem: QLabel | None = None
        self._value: QLabel | None = None
        self._picture: PictureLabel | None = None
        self._clear: QPushButton | None = None
        self.setObjectName(f"question-{row.key}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._build()
        self.show_row(row, is_locked=False)

    def show_row(self, row: Row, *, is_locked: bool) -> None:
        """Bring every part up to date; parts appear the first time they are needed."""
        self.row, self._is_locked = row, is_locked
        state = row.state
        if state is None:
            return
        write(self._label, state.label)
        self._label.setVisible(bool(state.label))
        self._show_required()
        self._hint = self._show_words(self._hint, state.hint, "caption", 1)
        self._show_guidance(state.guidance)
        self._show_picture(state.media.get("image", ""))
        self._show_editor()
        self._show_problem()
        self._show_clear()

    def say(self) -> None:
        """Words in the current language."""
        if self.editor is not None:
            self.editor.say()
        self._show_required()
        self._show_problem()

    def mark_current(self, is_current: bool) -> None:
        """The question that keys act on."""
        if is_current != self._is_current:
            self._is_current = is_current
            self._show_clear()
            self.update()

    def take_focus(self) -> bool:
        """Begin to answer; False where there is nothing to answer."""
        if self.editor is None:
            return False
        self.editor.take_focus()
        return True

    def flush(self) -> None:
        """Save now what is being typed."""
        if self.editor is not None:
            self.editor.flush()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, color, px = QPainter(self), self._desk.kit.theme.color, self._desk.kit.theme.px
        if self._is_current:
            painter.fillRect(self.rect(), color("selected"))
            painter.fillRect(0, 0, px(BAR), self.height(), color("accent"))
        left = px(left_of(self.row))
        painter.fillRect(left, self.height() - 1, self.width() - left - px(SIDE), 1, color("hairline"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.touched.emit(self.key)
        super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
        self._place_tools()

    def _build(self) -> None:
        self._label = label(wrap=True)
        self._label.setMinimumWidth(1)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(self._label, 1)
        self._words = column(self._head, 1, spacing=2)
        self._words_holder = holder(self._words)
        self._grid = QGridLayout()
        px = self._desk.kit.theme.px
        self._grid.setContentsMargins(px(left_of(self.row)), px(8), px(SIDE), px(9))
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(self._words_holder, 0, 0)
        self.setLayout(self._grid)

    def _show_words(self, made: QLabel | None, text: str, role: str, place: int) -> QLabel | None:
        if made is None:
            if not text:
                return None
            made = label(role, wrap=True)
            made.setMinimumWidth(1)
            self._words.insertWidget(place, made)
        write(made, text)
        made.setVisible(bool(text))
        return made

    def _show_required(self) -> None:
        state = self.row.state
        is_due = state is not None and state.required and not state.readonly
        if self._required is None:
            if not is_due:
                return
            self._required = label("caption")
            self._required.setContentsMargins(0, self._desk.kit.theme.px(2), 0, 0)
            self._head.insertWidget(1, self._required, 0, Qt.AlignmentFlag.AlignTop)
        self._required.setText(self._desk.kit.language.tr("questions.required"))
        self._required.setVisible(is_due)

    def _show_guidance(self, text: str) -> None:
        if self._guide is None:
            if not text:
                return
            self._guide = self._tool("guidance", "info")
            self._guide.setCheckable(True)
            self._guide.toggled.connect(self._on_guide)
        self._guidance = self._show_words(self._guidance, text, "muted", self._words.count() - 1)
        self._guide.setVisible(bool(text))
        self._on_guide(self._guide.isChecked())

    def _on_guide(self, is_open: bool) -> None:
        if self._guidance is not None:
            self._guidance.setVisible(is_open and bool(self._guidance.text()))

    def _show_picture(self, uri: str) -> None:
        if self._picture is None:
            if not uri:
                return
            self._picture = PictureLabel(self._desk)
            self._words.insertWidget(self._words.count() - 1, self._picture, 0, Qt.AlignmentFlag.AlignLeft)
        self._picture.show_uri(uri)

    def _show_editor(self) -> None:
        made_for = signature(self.row)
        if made_for != self._made_for:
            self._made_for = made_for
            self._remake()
        if self.editor is not None:
            self.editor.show_row(self.row, is_locked=self._is_locked)
            self._room_for_tools()
        elif is_note(self.row) and self.row.state is not None:
            self._value = self._show_words(self._value, self.row.state.value, "strong", self._words.count() - 1)
        self._place()

    def _remake(self) -> None:
        if self.editor is not None:
            self._grid.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
        if self._value is not None:
            self._value.hide()
        self.editor = editor_for(self._desk, self.row)
        self._is_side = False
        if self.editor is None:
            return
        self.editor.answered.connect(self._on_answered)
        self.editor.given.connect(self._on_given)
        self.editor.refused.connect(self._on_refused)
        self.editor.moved.connect(self._on_moved)
        self.editor.say()
        self._grid.addWidget(self.editor, 1, 0, 1, 2)

    def _place(self) -> None:
        """The editor beside the label, or under it."""
        if self.editor is None:
            return
        px, is_table = self._desk.kit.theme.px, isinstance(self.editor, Options) and self.editor.look.is_bare
        beside = self.width() - self.editor.sizeHint().width()
        is_wide = beside >= px(TABLE_WORDS) if is_table else self.width() >= px(NARROW)
        is_side = self.editor.is_inline and is_wide
        if is_side == self._is_side:
            return
        self._is_side = is_side
        self._grid.removeWidget(self.editor)
        if is_side:
            top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
            self._grid.addWidget(self.editor, 0, 1, top)
            self._words.setContentsMargins(0, self._desk.kit.theme.px(9), 0, 0)
        else:
            self._grid.addWidget(self.editor, 1, 0, 1, 2)
            self._words.setContentsMargins(0, self._desk.kit.theme.px(4), 0, 0)

    def _show_problem(self) -> None:
        state = self.row.state
        text = self._refusal
        if not text and self.row.is_wrong and state is not None:
            text = state.message or self._desk.kit.language.tr("questions.not_allowed")
        if self._problem is None:
            if not text:
                return
            self._problem = label("fail", wrap=True, name=f"problem-{self.key}")
            self._problem.setMinimumWidth(1)
            self._grid.addWidget(self._problem, 2, 0, 1, 2)
        write(self._problem, text)
        self._problem.setVisible(bool(text))
        if self.editor is not None:
            self.editor.setAccessibleDescription(text)
            proxy = self.editor.focusProxy()
            if proxy is not None:
                restyle(proxy, "wrong", "true" if text else "false")

    def _show_clear(self) -> None:
        """A way to take an answer back by mouse, where keys are not typed."""
        is_wanted = (
            self._is_current
            and self.editor is not None
            and self.editor.is_clearable
            and self.row.is_answered
            and self.row.is_askable
            and not self._is_locked
        )
        if self._clear is None:
            if not is_wanted:
                return
            self._clear = self._tool("clear", "x")
            self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._clear.clicked.connect(self._on_clear)
        self._clear.setVisible(is_wanted)
        self._place_tools()

    def _tool(self, name: str, icon: str) -> QPushButton:
        """A small button over the room that the label leaves at its right."""
        made = button("icon", name=f"{name}-{self.key}")
        kit = self._desk.kit
        kit.icons.put(made, icon, color="muted", size=16)
        kit.language.name(made, f"questions.{name}")
        kit.language.tip(made, f"questions.{name}")
        made.setParent(self)
        made.resize(made.sizeHint())
        return made

    def _place_tools(self) -> None:
        px = self._desk.kit.theme.px
        is_side = self._is_side and self.editor is not None
        right = self.editor.x() - px(4) if is_side and self.editor is not None else self.width() - 2
        for tool in (self._clear, self._guide):
            if tool is not None:
                right -= tool.width()
                tool.move(right, px(8 if is_side else 2))

    def _room_for_tools(self) -> None:
        is_clearable = self.editor is not None and self.editor.is_clearable
        count = int(is_clearable) + int(self._guide is not None)
        self._head.setContentsMargins(0, 0, self._desk.kit.theme.px(CLEAR) * count, 0)

    def _on_answered(self, value: str) -> None:
        self.answered.emit(self.key, value)

    def _on_given(self, file: object) -> None:
        self.given.emit(self.key, file)

    def _on_moved(self, way: object) -> None:
        self.moved.emit(self.key, way)

    def _on_refused(self, sentence: str) -> None:
        self._refusal = sentence
        self._show_problem()

    def _on_clear(self) -> None:
        if self.editor is not None:
            self.editor.clear()
