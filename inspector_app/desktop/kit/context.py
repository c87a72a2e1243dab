"""What every page is given: the open store and the kit, passed to its constructor."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector_app.desktop.kit.actions import Actions
from inspector_app.desktop.kit.bulletin import Bulletin
from inspector_app.desktop.kit.icons import Icons
from inspector_app.desktop.kit.jobs import Lanes
from inspector_app.desktop.kit.language import Language
from inspector_app.desktop.kit.notify import Notify
from inspector_app.desktop.kit.settings import Settings
from inspector_app.desktop.kit.theme import Theme

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from inspector_app.store.database import Store


@dataclass(frozen=True, kw_only=True)
class Kit:
    """What exists before the store is unlocked."""

    lanes: Lanes
    bulletin: Bulletin
    notify: Notify
    settings: Settings
    language: Language
    theme: Theme
    icons: Icons
    actions: Actions


@dataclass(frozen=True, kw_only=True)
class Context(Kit):
    """`go(page, id)` opens a page: today, sites, inspections, inspection, findings, syncing, preferences.

    With `inspection` the id is the one to open, with `sites` and `findings` the row to select; None means the list.
    """

    store: "Store"
    go: Callable[[str, str | None], None]
