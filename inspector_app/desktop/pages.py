"""Which pages there are and how each is built; imported after the first paint because pages bring the store."""

from PySide6.QtWidgets import QWidget

from inspector_app.desktop.findings.page import FindingsPage
from inspector_app.desktop.inspections.list_page import InspectionsPage
from inspector_app.desktop.inspections.page import InspectionPage
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.preferences.page import PreferencesPage
from inspector_app.desktop.sites.page import SitesPage
from inspector_app.desktop.syncing.page import SyncingPage
from inspector_app.desktop.syncing.rounds import Rounds
from inspector_app.desktop.today.page import TodayPage

_PAGES = {
    "today": TodayPage,
    "sites": SitesPage,
    "inspections": InspectionsPage,
    "inspection": InspectionPage,
    "findings": FindingsPage,
    "preferences": PreferencesPage,
}


def build_page(name: str, context: Context, rounds: Rounds) -> QWidget:
    """A new page; raises KeyError for a name that no page has."""
    if name == "syncing":
        return SyncingPage(context, rounds)
    page: QWidget = _PAGES[name](context)
    return page
