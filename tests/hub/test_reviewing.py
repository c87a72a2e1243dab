"""Status beside an edit is flagged whichever came first; what a role may not replace is held."""

from itertools import permutations

import pytest

from inspector_app.domain.ids import new_id
from inspector_app.domain.team import Role
from inspector_app.hub import status
from inspector_app.hub.access import Member, may_set
from tests.hub.knocking import Knock, sealed
from tests.hub.trial import Trial


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_an_edit_the_finisher_had_not_seen_is_flagged_in_any_order(hub: Trial, order: tuple[int, ...]) -> None:
    ledger, other = hub.laptop(7), hub.laptop(7)
    visit, begun = new_id(), new_id()
    first = sealed(ledger.identity, 1, cs=begun, id=visit, set={"status": "draft", "a": 1})
    done = {"set": {"status": "finished"}, "prev": {"status": [begun]}, "saw": [begun]}
    finished = sealed(ledger.identity, 3, id=visit, sc=None, **done)
    beside = sealed(other.identity, 5, id=visit, sc=None, set={"a": 2}, prev={"a": [begun]})
    raws = [first, finished, beside]
    knock = Knock(hub, other)
    for place in order:
        if place == 0 or order.index(0) < order.index(place):
            assert knock.push(raws[place]) == [("ok", "")]
    assert knock.push(*raws)[0][0] == "dup"
    assert status.status(hub.settings)["review"] == 1


def test_what_the_finisher_had_seen_is_not_flagged(hub: Trial) -> None:
    ledger = hub.laptop(7)
    visit, begun, edited = new_id(), new_id(), new_id()
    knock = Knock(hub, ledger)
    knock.push(sealed(ledger.identity, 1, cs=begun, id=visit, set={"status": "draft", "a": 1}))
    knock.push(sealed(ledger.identity, 3, cs=edited, id=visit, sc=None, set={"a": 2}, prev={"a": [begun]}))
    done = {"set": {"status": "finished"}, "prev": {"status": [begun]}, "saw": sorted((begun, edited))}
    assert knock.push(sealed(ledger.identity, 5, id=visit, sc=None, **done)) == [("ok", "")]
    assert status.status(hub.settings)["review"] == 0


def test_transitions_of_a_role() -> None:
    inspector, boss = Member("d", 7, Role.INSPECTOR), Member("d", 0, Role.SUPERVISOR)
    table = [
        ("finding", {"status": "reported"}, {"status": "open"}, True),
        ("finding", {"status": "withdrawn"}, {"status": "open"}, False),
        ("finding", {"deadline": "2026-12-01"}, {"deadline": "2026-11-30"}, False),
        ("finding", {"deadline": "2026-12-01"}, {"deadline": "2026-12-01"}, True),
        ("finding", {"deadline": "2026-12-01"}, {}, True),
        ("inspection", {"status": "draft"}, {"status": "finished"}, False),
        ("inspection", {"status": "finished"}, {"status": "draft"}, True),
    ]
    for kind, values, replaced, expected in table:
        assert may_set(inspector, kind, values, replaced) is expected, (kind, values)
        assert may_set(boss, kind, values, replaced)


def test_a_transition_beyond_the_role_is_held(hub: Trial) -> None:
    ledger = hub.laptop(7)
    finding, begun = new_id(), new_id()
    knock = Knock(hub, ledger)
    assert (
        knock.push(sealed(ledger.identity, 1, cs=begun, id=finding, e="finding", set={"status": "open"}))[0][0] == "ok"
    )
    drop = {"id": finding, "e": "finding", "sc": None, "set": {"status": "withdrawn"}, "prev": {"status": [begun]}}
    assert knock.push(sealed(ledger.identity, 3, **drop)) == [("held", "role")]
    boss = hub.laptop(0, Role.SUPERVISOR)
    assert Knock(hub, boss).push(sealed(boss.identity, 1, **drop)) == [("ok", "")]
