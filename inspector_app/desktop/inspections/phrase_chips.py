"""Phrases to begin a note with: what the team wrote of this Item most often, then six that fit any Item."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.boxes import button
from inspector_app.desktop.kit.widgets.flow import FlowLayout
from inspector_app.domain.pinyin import matches

GENERAL = ("none", "partial", "unsigned", "outdated", "broken", "untrained")
MOST = 8
WIDEST = 300
LONGEST_SEARCH = 20
"""More than so many characters is a note of its own, not a search for a phrase."""


class PhraseChips(QWidget):
    """`picked` carries the phrase; Left and Right move among them."""

    picked = Signal(str)

    def __init__(self, kit: Kit, item_id: str, learned: Sequence[str]) -> None:
        super().__init__()
        self._kit, self._item_id = kit, item_id
        self._learned = tuple(learned)
        self._chips: list[QPushButton] = []
        flow = FlowLayout(spacing=6)
        for number, phrase in enumerate(self._learned):
            flow.addWidget(self._chip(f"team-{number}", phrase))
        for name in GENERAL:
            chip = self._chip(name, "")
            kit.language.text(chip, f"phrase.{name}")
            flow.addWidget(chip)
        self.setLayout(flow)
        self.search("")

    def search(self, typed: str) -> bool:
        """Keep what fits the text or its pinyin initials; False when nothing does."""
        wanted = typed.strip()
        found = [chip for chip in self._chips if self._fits(chip, wanted)] if len(wanted) <= LONGEST_SEARCH else []
        once = {self._whole(chip): chip for chip in reversed(found)}  # a team may write what fits any Item
        kept = [chip for chip in found if once[self._whole(chip)] is chip][:MOST]
        for chip in self._chips:
            chip.setVisible(chip in kept)
        return bool(kept)

    def has_focus(self) -> bool:
        """One of them has the focus."""
        return any(chip.hasFocus() for chip in self._chips)

    def begin(self) -> None:
        """Put the focus on the first that is offered."""
        first = next((chip for chip in self._chips if not chip.isHidden()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        offered = [chip for chip in self._chips if not chip.isHidden()]
        at = next((n for n, chip in enumerate(offered) if chip.hasFocus()), None)
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if at is None or by is None:
            super().keyPressEvent(event)
            return
        offered[max(0, min(at + by, len(offered) - 1))].setFocus(Qt.FocusReason.OtherFocusReason)

    def _fits(self, chip: QPushButton, wanted: str) -> bool:
        whole = self._whole(chip)
        return not wanted or (whole != wanted and matches(whole, wanted))

    def _whole(self, chip: QPushButton) -> str:
        return chip.toolTip() or chip.text()

    def _chip(self, name: str, phrase: str) -> QPushButton:
        chip = button("chip", name=f"phrase-{name}-{self._item_id}")
        if phrase:
            room = self._kit.theme.px(WIDEST)
            chip.setText(chip.fontMetrics().elidedText(phrase, Qt.TextElideMode.ElideRight, room).replace("&", "&&"))
            chip.setToolTip(phrase)
            chip.setAccessibleName(phrase)
        chip.clicked.connect(self._on_clicked)
        self._chips.append(chip)
        return chip

    def _on_clicked(self) -> None:
        chip = self.sender()
        if isinstance(chip, QPushButton):
            self.picked.emit(self._whole(chip))
