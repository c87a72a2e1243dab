"""Every route has a rule, and foreign looks like missing on every route."""

import hashlib
import random

import msgspec
import pytest
from starlette.routing import Route

from inspector_app.domain.ids import new_id
from inspector_app.domain.team import Role, reads_all_teams
from inspector_app.hub.access import RULES, Action, Member, Who, may, may_set
from inspector_app.hub.app import DOORS, build
from inspector_app.hub.settings import HubSettings
from inspector_app.sync import wire
from tests.hub.knocking import Knock
from tests.hub.trial import Trial


def test_each_route_of_the_application_has_a_rule(tmp_path) -> None:  # type: ignore[no-untyped-def]
    app = build(HubSettings(tmp_path / "hub"))
    found = set()
    for route in app.routes:
        assert isinstance(route, Route)
        found |= {f"{method} {route.path}" for method in (route.methods or ()) if method != "HEAD"}
    assert found == set(RULES) == {f"{door.method} {door.path}" for door in DOORS}
    app.state.hub.desk.database.close()


@pytest.mark.parametrize("token", ["", "x", "f" * 64])
def test_no_device_route_answers_without_a_token(hub: Trial, token: str) -> None:
    knock = Knock(hub)
    knock.token = token
    for rule, who in RULES.items():
        method, path = rule.split()
        if path.startswith(("/healthz", "/v/")) or path == "/v":
            continue
        status, code = knock.send(method, path.format(sha="a" * 64, number=0, scope="district", id="x"), b"")
        assert (code == "unauthorized") == (who is Who.DEVICE), (rule, status, code)
        assert status < 500


def test_decisions() -> None:
    inspector, leader = Member("d", 7, Role.INSPECTOR), Member("d", 7, Role.LEADER)
    supervisor = Member("d", 0, Role.SUPERVISOR)
    table = [
        (inspector, Action.READ, "team:07", True), (inspector, Action.READ, "district", True),
        (inspector, Action.READ, "team:08", False), (inspector, Action.WRITE, "team:07", True),
        (inspector, Action.WRITE, "district", False), (inspector, Action.WRITE, "team:08", False),
        (leader, Action.WRITE, "district", True), (leader, Action.READ, "team:08", False),
        (supervisor, Action.READ, "team:08", True), (supervisor, Action.WRITE, "team:08", True),
        (supervisor, Action.WRITE, "district", True),
    ]  # fmt: skip
    for member, action, scope, expected in table:
        assert may(member, action, scope) is expected, (member, action, scope)


def test_foreign_equals_missing_on_every_route(hub: Trial) -> None:
    ours, theirs = hub.laptop(7), hub.laptop(8)
    visit = new_id()
    cs = ours.edit(visit, {"secret": "機密"}, scope="team:07")
    plain = random.Random(4).randbytes(5000)
    sha = ours.photograph(visit, plain, scope="team:07")
    hub.round(ours)
    hub.round(theirs)
    assert (theirs.log, theirs.blobs) == ({}, {})
    knock = Knock(hub, theirs)
    foreign, unknown = knock.raw("GET", f"/v1/blobs/{sha}"), knock.raw("GET", f"/v1/blobs/{'0' * 64}")
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.content == unknown.content
    assert knock.ask("POST", "/v1/have", {"cs": [cs]}) == (200, {"missing": [cs]})
    size = {"size": 5000, "chunks": 1}
    assert knock.ask("POST", "/v1/blobs/missing", {sha: size}) == (200, {sha: [0]})
    reply = knock.raw("POST", "/v1/pull", wire.pack({"cursors": {"team:07": 0, "team:99": 0}}))
    trailer = msgspec.json.decode(wire.lines(wire.inflate(reply.content))[-1])
    assert trailer["cursors"] == {"district": 0, "team:08": 0}
    assert trailer["scopes_removed"] == ["team:07", "team:99"]


def test_uploading_a_foreign_blob_tells_nothing_and_breaks_nothing(hub: Trial) -> None:
    ours, theirs = hub.laptop(7), hub.laptop(8)
    visit = new_id()
    ours.edit(visit, {"a": 1}, scope="team:07")
    sha = ours.photograph(visit, b"bytes", scope="team:07")
    hub.round(ours)
    knock = Knock(hub, theirs)
    good = {"X-Sha256": hashlib.sha256(b"bytes").hexdigest()}
    assert knock.raw("PUT", f"/v1/blobs/{sha}/0?of=1", b"bytes", good).status_code == 201
    wrong = {"X-Sha256": hashlib.sha256(b"wrong").hexdigest()}
    assert knock.raw("PUT", f"/v1/blobs/{sha}/0?of=1", b"wrong", wrong).status_code == 422
    assert Knock(hub, ours).raw("GET", f"/v1/blobs/{sha}").content == b"bytes"


def test_pages_grow_with_the_scopes_a_supervisor_sees(hub: Trial) -> None:
    supervisor = hub.laptop(0, Role.SUPERVISOR)
    for team in (3, 4):
        ledger = hub.laptop(team)
        ledger.edit(new_id(), {"team": team}, scope=f"team:{team:02d}")
        hub.round(ledger)
        hub.round(supervisor)
    assert sorted(values["team"] for values in supervisor.shown().values()) == [3, 4]


def test_only_supervisors_set_how_papers_look() -> None:
    for role in Role:
        member = Member("d", 1, role)
        assert may_set(member, "organisation", {"wording": "enforcement"}, {}) is reads_all_teams(role)
