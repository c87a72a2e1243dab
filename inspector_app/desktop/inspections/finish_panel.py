"""The end of a visit: what is still missing, each line a way to it; then who signs for the Site, or why they refuse."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from inspector_app.desktop.inspections.reasons import outlook_lines
from inspector_app.desktop.inspections.sign_pad import WIDTH as PAD_WIDTH
from inspector_app.desktop.inspections.sign_pad import SignPads
from inspector_app.desktop.inspections.state import RESULT_LOOKS, Lack, Shown
from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.boxes import button, card, column, empty_out, holder, label, row, scroller
from inspector_app.desktop.kit.widgets.pill import Pill
from inspector_app.domain.inspection import Signing

LACK_ICONS = {
    "verdict": "circle-dashed",
    "note": "pen-line",
    "photo": "camera",
    "measure": "pen-line",
    "answer": "pen-line",
    "invalid": "circle-alert",
    "inspectors": "users",
}
MAX_NAME = 60
MAX_REASON = 500


class LacksPanel(QWidget):
    """`chosen` carries the Lack that was clicked, `left` means back to the Items."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._lacks: tuple[Lack, ...] = ()
        self._title, self._text = label("section"), label("muted", wrap=True)
        kit.language.text(self._text, "inspections.lacks_text")
        self._back = button(name="back-to-items")
        kit.language.text(self._back, "inspections.back_to_items")
        self._back.clicked.connect(self.left)
        self._list: QVBoxLayout = column(spacing=0)
        content = holder(column(self._list, 1))
        head = row(column(self._title, self._text, spacing=2), self._back, spacing=16)
        head.setStretch(0, 1)
        whole = column(head, scroller(content), spacing=12)
        whole.setContentsMargins(20, 12, 20, 12)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def show_lacks(self, lacks: tuple[Lack, ...]) -> None:
        """One line each."""
        self._lacks = lacks
        empty_out(self._list)
        self._kit.language.text(self._title, "inspections.lacks", n=len(lacks))
        for lack in lacks:
            self._list.addWidget(self._line(lack))

    def focus_first(self) -> None:
        """Put the focus on the first line."""
        item = self._list.itemAt(0)
        widget = item.widget() if item else None
        if widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, lack: Lack) -> QPushButton:
        tr = self._kit.language.tr
        made = button("row", name=f"lack-{lack.item}-{lack.what}")
        what = tr(f"lack.{lack.what}")
        made.setAccessibleName(" ".join(filter(None, (lack.item.rpartition("/")[2], what, lack.text))))
        icon, name, words, text = label(), label("strong"), label("fail"), label("muted")
        self._kit.icons.put(icon, LACK_ICONS[lack.what], color="fail", size=16)
        is_item = bool(lack.item) and not lack.item.startswith("/")
        name.setText(lack.item if is_item else "")
        if not is_item:
            name.hide()  # `setVisible(True)` without a parent would flash up a window
        words.setText(what)
        text.setText(lack.text)
        inner = row(icon, name, words, text, 1, spacing=10)
        inner.setContentsMargins(12, 0, 12, 0)
        made.setLayout(inner)
        for part in (icon, name, words, text):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        made.setMinimumHeight(self._kit.theme.px(40))
        made.clicked.connect(lambda: self.chosen.emit(lack))
        return made


class SignPanel(QWidget):
    """`confirmed` carries a Signing, `left` means back to the Items."""

    confirmed = Signal(object)
    left = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._title = label("section")
        kit.language.text(self._title, "inspections.sign_title")
        self._result, self._counts = Pill(kit.icons), label("muted", wrap=True)
        self._ahead = label("muted", wrap=True, name="outlook-before-signing")
        self._name = self._field("inspections.head_name", "head-name", MAX_NAME)
        self._post = self._field("inspections.head_post", "head-post", MAX_NAME)
        self.refused = QCheckBox()
        self.refused.setObjectName("refused")
        kit.language.text(self.refused, "inspections.refused")
        self.refused.toggled.connect(self._on_changed)
        self._reason = self._field("inspections.refused_reason", "refused-reason", MAX_REASON)
        self._witness = self._field("inspections.witness", "witness", MAX_NAME)
        self._ink = label("muted", wrap=True)
        self.pads = SignPads(kit)
        self._inspectors: tuple[str, ...] = ()
        self._back, self.confirm = button(name="back-to-items"), button("primary", name="confirm-finish")
        kit.language.text(self._back, "inspections.back_to_items")
        kit.language.text(self.confirm, "inspections.confirm")
        kit.icons.put(self.confirm, "check", color="on_accent")
        self._back.clicked.connect(self.left)
        self.confirm.clicked.connect(self._on_confirmed)
        self._lay_out()
        self._on_changed()

    def show_state(self, shown: Shown) -> None:
        """The Result this visit comes to."""
        tr = self._kit.language.tr
        tone, icon = RESULT_LOOKS[shown.result]
        self._result.show_state(tone, icon, tr(f"conclusion.{shown.result.value}"))
        self._counts.setText(tr("inspections.sign_counts", n=shown.total, failed=shown.failed))
        ahead = outlook_lines(shown, tr)
        self._ahead.setText("\n".join(ahead))
        self._ahead.setVisible(bool(ahead))
        self._inspectors = shown.inspection.inspectors
        self._on_changed()

    def begin(self) -> None:
        """Empty fields, the focus on the first."""
        for field in (self._name, self._post, self._reason, self._witness):
            field.clear()
        self.refused.setChecked(False)
        self.pads.begin()
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def signing(self) -> Signing:
        """What was entered."""
        if self.refused.isChecked():
            return Signing(
                head_name=self._name.text().strip(),
                head_post=self._post.text().strip(),
                refused=self._reason.text().strip(),
                witness=self._witness.text().strip(),
            )
        return Signing(head_name=self._name.text().strip(), head_post=self._post.text().strip())

    def set_busy(self, is_busy: bool) -> None:
        """Finishing runs."""
        self.confirm.setEnabled(not is_busy and self._is_ready())

    def _lay_out(self) -> None:
        refusal = column(self._captioned(self._reason), self._captioned(self._witness), spacing=10)
        self._refusal = holder(refusal)
        form = card(
            row(self._result, 1), self._counts, self._ahead,
            row(self._captioned(self._name), self._captioned(self._post), spacing=12),
            self.refused, self._refusal, self.pads, self._ink, row(self._back, 1, self.confirm),
            spacing=12, margins=20, kind="plain",
        )  # fmt: skip
        sides = row(form, 1)
        sides.setStretch(0, 8)
        self._form = form
        self._kit.theme.changed.connect(self._fit)
        self._fit()
        inner = column(self._title, sides, 1, spacing=4)
        inner.setContentsMargins(20, 12, 20, 12)
        self.setLayout(column(scroller(holder(inner)), spacing=0))

    def _fit(self) -> None:
        self._form.setMaximumWidth(self._kit.theme.px(2 * PAD_WIDTH) + 72)

    def _field(self, key: str, name: str, most: int) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(name)
        field.setMaxLength(most)
        field.setProperty("words", key)
        self._kit.language.name(field, key)
        field.textChanged.connect(self._on_changed)
        return field

    def _captioned(self, field: QLineEdit) -> QWidget:
        words = label("caption")
        self._kit.language.text(words, str(field.property("words")))
        words.setBuddy(field)
        return holder(column(words, field, spacing=2))

    def _is_ready(self) -> bool:
        signing = self.signing()
        return bool(signing.refused) if self.refused.isChecked() else bool(signing.head_name)

    def _on_changed(self) -> None:
        if not hasattr(self, "_refusal"):
            return
        is_refused = self.refused.isChecked()
        self._refusal.setVisible(is_refused)
        name, witness = self._name.text().strip(), self._witness.text().strip()
        self.pads.show_people(self._inspectors, name, witness, is_refused=is_refused)
        self._kit.language.text(self._ink, "inspections.ink_refused" if is_refused else "inspections.ink")
        self.confirm.setEnabled(self._is_ready())

    def enter(self) -> None:
        """Return in a field: done when nothing lacks, else the next field."""
        if self._is_ready():
            self._on_confirmed()
        else:
            self.focusNextChild()

    def _on_confirmed(self) -> None:
        self.set_busy(True)
        self.confirmed.emit(self.signing())
