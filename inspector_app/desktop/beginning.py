"""Beginning a visit from anywhere: a draft of our own Team at that Site is continued, never doubled."""

from inspector_app.domain.changeset import Touched
from inspector_app.domain.inspection import Status
from inspector_app.operations import inspecting
from inspector_app.store import inspections
from inspector_app.store.database import Store


def begin_visit(store: Store, site_id: str, form: str = "") -> tuple[str, Touched]:
    """The Inspection to open, and what beginning it touched (nothing when it was there). For the write lane.

    `form` is the id of the form a new one begins with, the default for none.
    """
    with store.reading() as session:
        drafts = inspections.ids(session, status=Status.DRAFT.value, site=site_id, team=store.me.team, limit=1)
    if drafts:
        return drafts[0], Touched()
    return inspecting.start(store, site_id, form=form)
