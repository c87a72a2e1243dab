"""A record goes to another Team: both counters, children included; late edits of the old Team still count."""

from inspector_app.domain.ids import new_id
from inspector_app.domain.team import Role
from inspector_app.hub import status
from inspector_app.sync import envelope
from tests.hub.knocking import Knock, rows_of, sealed
from tests.hub.trial import Trial


def test_a_move_tells_both_teams_and_takes_the_children_along(hub: Trial) -> None:
    ours, theirs = hub.laptop(7), hub.laptop(8)
    visit, photo = new_id(), new_id()
    me, knock, new_team = ours.identity, Knock(hub, ours), Knock(hub, theirs)
    assert knock.push(sealed(me, 1, id=visit, set={"secret": "機密"})) == [("ok", "")]
    assert knock.push(sealed(me, 3, id=photo, e="photo", set={"inspection": visit, "b": 1})) == [("ok", "")]
    boss = Knock(hub, hub.laptop(0, Role.SUPERVISOR))
    assert knock.ask("POST", "/v1/move", {"id": visit, "scope": "team:08"})[0] == 403
    assert boss.ask("POST", "/v1/move", {"id": visit, "scope": "team:08"}) == (200, {"moved": 2})
    assert boss.ask("POST", "/v1/move", {"id": visit, "scope": "team:08"}) == (200, {"moved": 0})
    assert boss.ask("POST", "/v1/move", {"id": photo, "scope": "team:08"})[0] == 422
    assert boss.ask("POST", "/v1/move", {"id": new_id(), "scope": "team:08"})[0] == 404
    assert boss.ask("POST", "/v1/move", {"id": visit, "scope": "team:99"})[0] == 422

    left, _ = rows_of(knock, {"team:07": 2})
    assert [(row["kind"], row["ent"], row["seq"]) for row in left] == [("leave", visit, 3), ("leave", photo, 4)]
    entered, _ = rows_of(new_team, {"team:08": 0})
    assert [(row["kind"], row["ent"], row["seq"]) for row in entered] == [("enter", visit, 1), ("enter", photo, 2)]
    state = entered[0]["state"]
    assert (state["doc"], state["scope"], state["e"]) == ({"secret": "機密"}, "team:08", "inspection")
    assert entered[1]["state"]["parent"] == visit
    assert knock.ask("GET", f"/v1/entities/{visit}")[0] == 404


def test_late_edits_count_when_their_author_had_access_at_their_prev(hub: Trial) -> None:
    ours, other, theirs = hub.laptop(7), hub.laptop(7), hub.laptop(8)
    visit, begun = new_id(), new_id()
    me, knock, new_team = ours.identity, Knock(hub, ours), Knock(hub, theirs)
    first = sealed(me, 1, id=visit, cs=begun)
    knock.push(first)
    stranger = hub.laptop(9)
    outsider, colleague = Knock(hub, stranger), Knock(hub, other)
    boss = Knock(hub, hub.laptop(0, Role.SUPERVISOR))
    boss.ask("POST", "/v1/move", {"id": visit, "scope": "team:08"})
    newer = new_id()
    words = new_team.push(sealed(theirs.identity, 1, cs=newer, id=visit, sc=None, set={"a": 5}, prev={"a": [begun]}))
    assert words == [("ok", "")]

    late = new_id()
    edits = [
        (
            sealed(me, 2, envelope.chain_hash(first), cs=late, id=visit, sc=None, set={"a": 2}, prev={"a": [begun]}),
            "ok",
        ),
        (sealed(me, 5, id=visit, sc=None, set={"a": 3}, prev={"a": [late]}), "ok"),
        (sealed(me, 7, id=new_id(), e="photo", set={"inspection": visit}), "ok"),
        (sealed(me, 9, id=visit, sc=None, set={"a": 4}, prev={"a": [newer]}), "held"),
    ]
    assert [st for st, _ in knock.push(*(raw for raw, _ in edits))] == [wanted for _, wanted in edits]
    words = outsider.push(sealed(stranger.identity, 1, id=visit, sc=None, prev={"a": [begun]}))
    assert words == [("held", "access")]
    rows, _ = rows_of(new_team, {"team:08": 2})
    assert [row["kind"] for row in rows] == ["cs", "cs", "cs"]
    assert status.status(hub.settings)["conflicts"] == 1
    assert colleague.ask("GET", f"/v1/entities/{visit}")[0] == 404


def test_there_and_back_again(hub: Trial) -> None:
    ours = hub.laptop(7)
    visit = new_id()
    knock = Knock(hub, ours)
    knock.push(sealed(ours.identity, 1, id=visit))
    boss, others = Knock(hub, hub.laptop(0, Role.SUPERVISOR)), Knock(hub, hub.laptop(8))
    for place in ("team:08", "team:07"):
        assert boss.ask("POST", "/v1/move", {"id": visit, "scope": place}) == (200, {"moved": 1})
    rows, _ = rows_of(knock, {"team:07": 0})
    assert [row["kind"] for row in rows] == ["cs", "leave", "enter"]
    rows, _ = rows_of(others, {"team:08": 0})
    assert [(row["kind"], "state" in row) for row in rows] == [("enter", False), ("leave", False)]
