"""Planned visits: made for a day, taken back, begun; a Team's plans reach all its laptops."""

from datetime import date

from inspector_app.domain.changeset import DELETED, Edit, Touched, Value, team_scope
from inspector_app.domain.errors import UserError
from inspector_app.domain.ids import new_id
from inspector_app.domain.inspection import Status
from inspector_app.operations import inspecting
from inspector_app.store import inspections, log, plans, sites
from inspector_app.store.database import Store

MAX_NOTE = 500


def plan(store: Store, site_id: str, day: date, *, form: str = "", note: str = "") -> tuple[str, Touched]:
    """A Site is to be visited on a day; the same day again changes nothing. Gives the plan."""
    with store.writing() as session:
        if sites.get(session, site_id) is None:
            raise UserError("site_unknown", "This site is no longer in the registry.")
        same = [one for one in plans.waiting(session, site=site_id, team=store.me.team) if one.day == day.isoformat()]
        if same:
            return same[0].id, Touched()
        values: dict[str, Value] = {
            "site": site_id,
            "team": store.me.team,
            "day": day.isoformat(),
            "form": form,
            "note": note.strip()[:MAX_NOTE],
            "by": store.me.name,
        }
        made = new_id()
        return made, log.append(session, [Edit("plan", made, values, team_scope(store.me.team))])


def cancel(store: Store, plan_id: str) -> Touched:
    """It is not to be made after all; also the undo of `plan`."""
    return _mark(store, plan_id, deleted=True)


def restore(store: Store, plan_id: str) -> Touched:
    """Undo of `cancel`."""
    return _mark(store, plan_id, deleted=False)


def _mark(store: Store, plan_id: str, *, deleted: bool) -> Touched:
    with store.writing() as session:
        return log.append(session, [Edit("plan", plan_id, {DELETED: deleted})])


def begin(store: Store, plan_id: str) -> tuple[str, Touched]:
    """The visit of a plan: the Team's draft at that Site where there is one, else a new one. The plan is done with it."""
    with store.reading() as session:
        found = plans.get(session, plan_id)
        site = found.site if found else ""
        drafts = inspections.ids(session, status=Status.DRAFT.value, site=site, team=store.me.team, limit=1)
    if found is None:
        raise UserError("plan_gone", "This plan was taken back or moved to another team.")
    if found.visit:
        return found.visit, Touched()
    visit, touched = (drafts[0], Touched()) if drafts else inspecting.start(store, site, form=found.form)
    with store.writing() as session:
        return visit, touched | log.append(session, [Edit("plan", plan_id, {"visit": visit})])
