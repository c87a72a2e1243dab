"""A planned visit reaches the Team, is begun once, taken back and put back; its projection is made anew from the log."""

from datetime import date

import pytest

from inspector_app.domain.errors import UserError
from inspector_app.operations import inspecting, planning
from inspector_app.store import plans, rebuilding, sites
from inspector_app.store.database import Store


def test_a_plan_is_made_once_begun_once_and_taken_back(registered: Store) -> None:
    with registered.reading() as session:
        first, second = sites.search_ids(session, "", limit=2)
    made, touched = planning.plan(registered, first, date(2020, 3, 9), note=" 帶上額溫槍 ")
    again, nothing = planning.plan(registered, first, date(2020, 3, 9))
    later, _ = planning.plan(registered, second, date(2020, 3, 12))
    assert made == again and touched and not nothing
    with registered.reading() as session:
        assert [plan.id for plan in plans.waiting(session, until="2020-03-10")] == [made]
        found = plans.get(session, made)
    assert found is not None and (found.note, found.by, found.visit) == ("帶上額溫槍", registered.me.name, "")
    planning.cancel(registered, later)
    planning.restore(registered, later)
    visit, _ = planning.begin(registered, made)
    assert planning.begin(registered, made)[0] == visit
    assert inspecting.open_visit(registered, visit).site.id == first
    with registered.writing() as session:
        rebuilding.rebuild(session)
    with registered.reading() as session:
        assert [plan.id for plan in plans.waiting(session)] == [later]
    planning.cancel(registered, later)
    with pytest.raises(UserError) as gone:
        planning.begin(registered, later)
    assert gone.value.key == "plan_gone"


def test_a_draft_that_is_there_is_taken_for_the_plan(registered: Store) -> None:
    with registered.reading() as session:
        (site,) = sites.search_ids(session, "", limit=1)
    draft, _ = inspecting.start(registered, site)
    made, _ = planning.plan(registered, site, date(2020, 3, 9))
    assert planning.begin(registered, made)[0] == draft
