"""Where people sign on the screen: one white pad per signature; a pad left empty becomes an empty box on the paper."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.boxes import button, column, label, row
from inspector_app.desktop.questions.bringing import png_of
from inspector_app.desktop.questions.drawing import Canvas
from inspector_app.operations.signing import Drawing

WIDTH, NARROWEST = 300, 160
MARGIN = 14
"""White around the ink in the picture that is kept."""


class SignPad(QWidget):
    """One signature; `role` ∈ inspector, head, witness. `signed` says that it was begun, changed or cleared."""

    signed = Signal()

    def __init__(self, kit: Kit, role: str, number: int = 0) -> None:
        super().__init__()
        self._kit, self.role, self.person = kit, role, ""
        self.place = f"{role}-{number}" if role == "inspector" else role
        self.canvas = Canvas(kit)
        self.canvas.setObjectName(f"sign-{self.place}")
        self._who, self._state = label("strong"), label("caption")
        self._undo, self._redo, self._clear = (self._tool(what) for what in ("undo", "redo", "clear"))
        self._undo.clicked.connect(self.canvas.undo)
        self._redo.clicked.connect(self.canvas.redo)
        self._clear.clicked.connect(self.clear)
        self.canvas.changed.connect(self._on_changed)
        tools = row(self._undo, self._redo, self._clear, 1, spacing=2)
        self.setLayout(column(row(self._who, 1, self._state), self.canvas, tools, spacing=4))
        self.clear()

    def show_name(self, name: str) -> None:
        """Who is to sign here."""
        self.person = name
        words = f"{self._kit.language.tr(f'signing.{self.role}')} {name}".strip()
        self._who.setText(words)
        self.canvas.setAccessibleName(self._kit.language.tr("signing.pad", who=words))
        self._say()

    def clear(self) -> None:
        """White again."""
        self.canvas.begin(None)
        self.fit(self.canvas.width())

    def fit(self, width: int) -> None:
        """Use this many pixels of width, no more than a signature needs."""
        self.canvas.fit(max(self._kit.theme.px(NARROWEST), min(width, self._kit.theme.px(WIDTH))))

    def drawing(self) -> Drawing | None:
        """What was signed, None for an empty pad."""
        strokes = self.canvas.strokes
        if not strokes:
            return None
        flat = tuple(tuple(round(n) for point in one for n in (point.x(), point.y())) for one in strokes)
        xs = [x for one in flat for x in one[::2]]
        ys = [y for one in flat for y in one[1::2]]
        ink = QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
        around = ink.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN).toRect()
        picture = self.canvas.image()
        return Drawing(self.role, self.person, png_of(picture.copy(around.intersected(picture.rect()))), flat)

    def _tool(self, what: str) -> QPushButton:
        made = button("quiet", name=f"sign-{what}-{self.place}")
        self._kit.language.text(made, f"signing.{what}")
        return made

    def _on_changed(self) -> None:
        self._undo.setEnabled(bool(self.canvas.strokes))
        self._clear.setEnabled(bool(self.canvas.strokes))
        self._redo.setEnabled(bool(self.canvas.undone))
        self._say()
        self.signed.emit()

    def _say(self) -> None:
        self._state.setText(self._kit.language.tr("signing.signed" if self.canvas.strokes else "signing.on_paper"))


class SignPads(QWidget):
    """The pads of a visit side by side, as many as fit."""

    signed = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._inspectors: list[SignPad] = []
        self._head, self._witness = SignPad(kit, "head"), SignPad(kit, "witness")
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(16)
        self._columns = 0
        self.setLayout(self._grid)
        for pad in (self._head, self._witness):
            pad.setParent(self)
            pad.signed.connect(self.signed)

    def show_people(self, inspectors: tuple[str, ...], head: str, witness: str, *, is_refused: bool) -> None:
        """A pad for each who may sign: the head unless they refuse, then a witness who was named."""
        while len(self._inspectors) < len(inspectors):
            pad = SignPad(self._kit, "inspector", len(self._inspectors))
            pad.signed.connect(self.signed)
            self._inspectors.append(pad)
        for pad, name in zip(self._inspectors, inspectors, strict=False):
            pad.show_name(name)
        self._head.show_name(head)
        self._witness.show_name(witness)
        shown = [*self._inspectors[: len(inspectors)], *((self._witness,) if is_refused and witness else ())]
        if not is_refused:
            shown.append(self._head)
        self._place(shown)

    def begin(self) -> None:
        """All white."""
        for pad in self._all():
            pad.clear()

    def drawings(self) -> tuple[Drawing, ...]:
        """What was signed on the pads that are shown."""
        return tuple(drawing for pad in self._all() if not pad.isHidden() and (drawing := pad.drawing()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place([pad for pad in self._all() if not pad.isHidden()])

    def minimumSizeHint(self) -> QSize:
        """One pad beside nothing: the rest moves below."""
        return QSize(self._kit.theme.px(NARROWEST), super().minimumSizeHint().height())

    def _all(self) -> list[SignPad]:
        return [*self._inspectors, self._head, self._witness]

    def _place(self, shown: list[SignPad]) -> None:
        wanted = self._kit.theme.px(WIDTH)
        columns = max(1, min(2, (self.width() + 16) // (wanted + 16)))
        for pad in self._all():
            self._grid.removeWidget(pad)
            pad.setParent(self)
        for number, pad in enumerate(shown):
            pad.fit(min(wanted, (self.width() - 16 * (columns - 1)) // columns))
            self._grid.addWidget(pad, number // columns, number % columns, Qt.AlignmentFlag.AlignLeft)
        for pad in self._all():
            pad.setVisible(pad in shown)
