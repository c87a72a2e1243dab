"""Which pages there are and how each is built; a page's room is entered when it is first shown."""

from PySide6.QtWidgets import QWidget

from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.syncing.rounds import Rounds


def build_page(name: str, context: Context, rounds: Rounds) -> QWidget:
    """A new page; raises KeyError for a name that no page has."""
    match name:
        case "today":
            from inspector_app.desktop.today.page import TodayPage

            return TodayPage(context)
        case "sites":
            from inspector_app.desktop.sites.page import SitesPage

            return SitesPage(context)
        case "syncing":
            from inspector_app.desktop.syncing.page import SyncingPage

            return SyncingPage(context, rounds)
        case "conflicts":
            from inspector_app.desktop.syncing.conflicts_page import ConflictsPage

            return ConflictsPage(context)
        case "preferences":
            from inspector_app.desktop.preferences.page import PreferencesPage

            return PreferencesPage(context)
        case "letterhead":
            from inspector_app.desktop.preferences.letterhead_page import LetterheadPage

            return LetterheadPage(context)
    return _build_visiting(name, context)


def _build_visiting(name: str, context: Context) -> QWidget:
    """The pages of the visit itself and what follows from it."""
    match name:
        case "inspections":
            from inspector_app.desktop.inspections.list_page import InspectionsPage

            return InspectionsPage(context)
        case "inspection":
            from inspector_app.desktop.inspections.page import InspectionPage

            return InspectionPage(context)
        case "findings":
            from inspector_app.desktop.findings.page import FindingsPage

            return FindingsPage(context)
        case "forms":
            from inspector_app.desktop.forms.page import FormsPage

            return FormsPage(context)
        case "form":
            from inspector_app.desktop.forms.form_page import FormPage

            return FormPage(context)
    raise KeyError(name)
