"""One quiet line above the Items: new pictures of the watched folder for the current Item, or how many are still coming."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.boxes import button, card, column, label, row


class OfferBar(QWidget):
    """`accepted` and `passed` answer the offer, `stopped` ends what is being taken in, `unwatched` the watching."""

    accepted = Signal()
    passed = Signal()
    stopped = Signal()
    unwatched = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._words = label(wrap=True, name="offer-words")
        self._words.setMinimumWidth(1)
        self.accept, self.later = button("primary", name="offer-accept"), button("quiet", name="offer-pass")
        self.halt, self.close_button = button("quiet", name="offer-stop"), button("icon", name="offer-unwatch")
        for each, words in ((self.accept, "offer.accept"), (self.later, "offer.pass"), (self.halt, "offer.stop")):
            kit.language.text(each, words)
        kit.icons.put(self.close_button, "x", size=16)
        kit.language.name(self.close_button, "offer.unwatch")
        kit.language.tip(self.close_button, "offer.unwatch")
        self.accept.clicked.connect(self.accepted)
        self.later.clicked.connect(self.passed)
        self.halt.clicked.connect(self.stopped)
        self.close_button.clicked.connect(self.unwatched)
        line = row(self._words, self.accept, self.later, self.halt, self.close_button, spacing=6)
        line.setStretch(0, 1)
        whole = column(card(line, margins=6, kind="notice"), spacing=0)
        whole.setContentsMargins(12, 0, 8, 8)
        self.setLayout(whole)
        self.hide()

    def show_offer(self, folder: str, count: int, item: str, *, may_take: bool) -> None:
        """`count` new pictures for an Item; 0 while nothing is new yet."""
        tr = self._kit.language.tr
        key = "offer.watching" if not count else "offer.new" if may_take else "offer.forbidden"
        self._words.setText(tr(key, folder=folder, n=count, item=item))
        self._arrange(is_offer=count > 0, may_take=may_take, is_busy=False)

    def show_progress(self, done: int, total: int) -> None:
        """Pictures being taken in."""
        self._words.setText(self._kit.language.tr("offer.progress", done=done, total=total))
        self._arrange(is_offer=False, may_take=False, is_busy=True)

    def _arrange(self, *, is_offer: bool, may_take: bool, is_busy: bool) -> None:
        self.accept.setVisible(is_offer)
        self.accept.setEnabled(may_take)
        self.later.setVisible(is_offer)
        self.halt.setVisible(is_busy)
        self.close_button.setVisible(not is_busy)
        self.show()
