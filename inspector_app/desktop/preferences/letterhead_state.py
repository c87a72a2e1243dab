"""What the letterhead page says of its draft; pure."""

from inspector_app.operations.letterhead import ENFORCEMENT, Organisation

WIDE_FROM = 960
"""Width of the page from which fields and preview stand side by side."""


def derive_status(kept: Organisation, draft: Organisation, *, may_change: bool) -> str:
    """Catalogue key of the line beside the buttons."""
    if not may_change:
        return "letterhead.read_only"
    return "letterhead.saved" if draft == kept else "letterhead.unsaved"


def wants_remedies(draft: Organisation) -> bool:
    """Orders are chosen and the authority's words on remedies are missing."""
    return draft.wording == ENFORCEMENT and not draft.remedies.strip()
