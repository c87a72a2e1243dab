"""The first page of the window: unlock with the password, or make the data folder of a new laptop."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.notify import describe
from inspector_app.desktop.kit.widgets.boxes import button, card, column, label, row, scroller
from inspector_app.desktop.unlock.password_field import PasswordForm
from inspector_app.desktop.unlock.state import Entry
from inspector_app.domain.team import Inspector

if TYPE_CHECKING:
    from inspector_app.desktop.unlock.first_run import FirstRunForm
    from inspector_app.store.database import Store

CARD = 440


class UnlockPage(QWidget):
    """`unlocked` carries the open Store. Nothing of the store's libraries is imported before the button is pressed."""

    unlocked = Signal(object)

    def __init__(self, kit: Kit, folder: Path) -> None:
        super().__init__()
        self.setObjectName("ground")
        self._kit, self._folder = kit, folder
        self.is_first_run = not is_laptop(folder)
        self._title, self._text = label("title"), label("muted", wrap=True)
        kind = "first" if self.is_first_run else "open"
        kit.language.text(self._title, f"unlock.{kind}_title")
        kit.language.text(self._text, f"unlock.{kind}_text")
        self._entering = _form(kit, is_first_run=self.is_first_run)
        self.error = label("fail", wrap=True, name="unlock_error")
        self.error.hide()
        self.button = button("primary", name="unlock")
        kit.icons.put(self.button, "lock", color="on_accent")
        kit.language.text(self.button, f"unlock.{kind}_button")
        self.button.clicked.connect(self._on_pressed)
        self._entering.accepted.connect(self._on_pressed)
        self._entering.changed.connect(self._on_entry_changed)
        self._card = card(self._title, self._text, self._entering, self.error, self.button, spacing=12, margins=28)
        self._lay_out()
        self._on_entry_changed()
        kit.theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self._entering.first_field().setFocus()

    def _lay_out(self) -> None:
        brand, mark, place = label("title"), label(), label("muted")
        self._kit.language.text(brand, "app.name")
        self._kit.language.text(place, "unlock.place")
        self._kit.icons.put(mark, "shield-check", color="accent", size=32)
        place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inner = QWidget()
        head = column(row(1, mark, brand, 1), place, spacing=4)
        inner.setLayout(column(1, head, row(1, self._card, 1), 1, spacing=20, margins=24))
        self.setLayout(column(scroller(inner)))

    def _on_theme_changed(self) -> None:
        self._card.setFixedWidth(self._kit.theme.px(CARD))

    def _on_entry_changed(self) -> None:
        self.button.setEnabled(self._entering.is_ready())
        self.error.hide()

    def _on_pressed(self) -> None:
        if not self.button.isEnabled():
            return
        self._set_busy(True)
        job = partial(_create if self.is_first_run else _open, self._folder, self._entering.entry())
        self._kit.lanes.write.run(job, self._on_unlocked, self._on_failed)

    def _set_busy(self, is_busy: bool) -> None:
        kind = "busy" if is_busy else "first_button" if self.is_first_run else "open_button"
        self._kit.language.text(self.button, f"unlock.{kind}")
        self.button.setEnabled(not is_busy)
        self._entering.setEnabled(not is_busy)

    def _on_unlocked(self, store: "Store") -> None:
        self._entering.forget()
        self.unlocked.emit(store)

    def _on_failed(self, error: Exception) -> None:
        self._set_busy(False)
        fault = describe(error, self._kit.language)
        self.error.setText(" ".join(filter(None, (fault.title, fault.advice))))
        self.error.show()
        self._entering.first_field().selectAll()
        self._entering.first_field().setFocus()


def _form(kit: Kit, *, is_first_run: bool) -> "FirstRunForm | PasswordForm":
    if not is_first_run:
        return PasswordForm(kit)
    from inspector_app.desktop.unlock.first_run import FirstRunForm  # once in a laptop's life

    return FirstRunForm(kit)


def is_laptop(folder: Path) -> bool:
    """The same as `store.database.holds_store`, too heavy before the first paint; a test keeps them equal."""
    return (folder / "store.db").exists() and not (folder / "making").exists()


def _create(folder: Path, entry: Entry) -> "Store":
    from inspector_app.operations import keeping

    inspector = Inspector(entry.name.strip(), entry.team, entry.role)
    return keeping.create_laptop(folder, entry.password, inspector)


def _open(folder: Path, entry: Entry) -> "Store":
    from inspector_app.operations import keeping

    return keeping.open_laptop(folder, entry.password)
