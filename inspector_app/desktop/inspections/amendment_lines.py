"""Corrections of a sealed visit, one below the other: the old value struck through, the new one, why, who and when."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.boxes import button, column, empty_out, holder, label, row
from inspector_app.operations.amending import Amended


class AmendmentLines(QWidget):
    """`withdrawn` carries the amendment to take back. With `is_naming` each line says which question it corrects."""

    withdrawn = Signal(str)

    def __init__(self, kit: Kit, *, is_naming: bool = False) -> None:
        super().__init__()
        self._kit, self._is_naming = kit, is_naming
        self._shown: tuple[tuple[Amended, ...], str] = ((), "")
        self._list: QVBoxLayout = column(spacing=8)
        self.setLayout(self._list)

    def show_lines(self, lines: Sequence[Amended]) -> None:
        """Oldest first; made anew only when they or the language changed."""
        wanted = (tuple(lines), self._kit.language.code)
        if wanted != self._shown:
            self._shown = wanted
            empty_out(self._list)
            for one in lines:
                self._list.addWidget(self._line(one))
        self.setVisible(bool(lines))

    def _line(self, one: Amended) -> QWidget:
        kit, tr = self._kit, self._kit.language.tr
        icon, values = (
            label(),
            row(_struck(one.old or tr("conflicts.empty")), _strong(one.new or tr("conflicts.empty"))),
        )
        kit.icons.put(icon, "pen-line", color="warn", size=16)
        values.insertWidget(1, self._arrow())
        values.setStretch(2, 1)
        what = label("muted", wrap=True)
        what.setText(self._named(one))
        when = kit.language.moment(one.amendment.at)
        why = label("caption", wrap=True)
        why.setText(tr("amend.why", reason=one.amendment.reason, name=one.amendment.by, when=when))
        layout = row(icon, column(what, values, why, spacing=2), spacing=8)
        layout.setStretch(1, 1)
        if not one.amendment.is_sent:
            layout.addWidget(self._back(one))
        made = holder(layout)
        made.setObjectName(f"amendment-{one.amendment.item or one.path}")
        made.setAccessibleName(f"{what.text()}: {one.old} → {one.new}. {why.text()}")
        return made

    def _named(self, one: Amended) -> str:
        tr = self._kit.language.tr
        part = one.label if one.part == "answer" else tr(f"amend_part.{one.part}")
        text = one.label if self._is_naming and one.part != "answer" else ""
        return " · ".join(filter(None, (one.amendment.item if self._is_naming else "", part, text)))

    def _arrow(self) -> QLabel:
        made = label()
        self._kit.icons.put(made, "arrow-right", color="muted", size=14)
        return made

    def _back(self, one: Amended) -> QWidget:
        made = button("quiet", name="withdraw-amendment")
        self._kit.icons.put(made, "undo-2", size=16)
        made.setText(self._kit.language.tr("amend.withdraw"))
        made.clicked.connect(partial(self.withdrawn.emit, one.amendment.id))
        return made


def _struck(text: str) -> QLabel:
    made = label("struck", wrap=True)
    made.setText(text)
    return made


def _strong(text: str) -> QLabel:
    made = label("strong", wrap=True)
    made.setText(text)
    return made
