"""What a member may fetch: a quiet Round in one request, snapshots by digest, one record's history."""

import hashlib

import msgspec

from inspector_app.domain.ids import new_id
from inspector_app.domain.team import Role
from inspector_app.hub import snapshots
from inspector_app.sync import envelope, wire
from inspector_app.sync.signing_in import is_signed_by
from tests.hub.knocking import Knock, rows_of, sealed
from tests.hub.trial import Trial


def test_a_quiet_round_is_one_small_request_that_proves_the_hub(hub: Trial) -> None:
    ledger = hub.laptop(7)
    knock = Knock(hub, ledger)
    first = sealed(ledger.identity, 1)
    knock.push(first)
    nonce = "a1" * 16
    body = wire.pack({"cursors": {"district": 0, "team:07": 1}, "nonce": nonce})
    reply = knock.raw("POST", "/v1/pull", body)
    assert len(body) + len(reply.content) < 1_000
    trailer = msgspec.json.decode(wire.inflate(reply.content))
    assert trailer["dev_head"] == {"n": 1, "hash": envelope.chain_hash(first)}
    assert trailer["hello"]["client"] == nonce
    assert ledger.link is not None
    assert is_signed_by(ledger.link.hub_key, "hello", wire.signable(trailer["hello"]), trailer["hello"]["sig"])
    assert knock.send("POST", "/v1/pull", wire.pack({"cursors": {}, "nonce": "short"})) == (422, "nonce")


def pages(knock: Knock, scope: str) -> tuple[wire.Snapshot, list[wire.StateRow]]:
    reply = knock.raw("GET", f"/v1/scopes/{scope}/snapshot")
    assert reply.status_code == 200
    found = msgspec.json.decode(wire.inflate(reply.content), type=wire.Snapshot)
    rows: list[wire.StateRow] = []
    for page in found.pages:
        plain = knock.raw("GET", f"/v1/blobs/{page.sha}").content
        assert hashlib.sha256(plain).hexdigest() == page.sha and len(plain) == page.size
        rows += [msgspec.json.decode(line, type=wire.StateRow) for line in wire.lines(wire.inflate(plain))]
    return found, rows


def test_a_snapshot_is_pages_by_digest_and_foreign_ones_are_missing(hub: Trial) -> None:
    ours, theirs = hub.laptop(7), hub.laptop(8)
    knock = Knock(hub, ours)
    ids = sorted(new_id() for _ in range(40))
    raws = [sealed(ours.identity, 2 * n + 1, id=one, set={"text": "x" * 30_000}) for n, one in enumerate(ids)]
    for raw in raws:
        assert knock.push(raw) == [("ok", "")]
    found, rows = pages(knock, "team:07")
    assert found.as_of == 40 and len(found.pages) > 1
    assert [row.id for row in rows] == ids and all(row.doc["text"] == "x" * 30_000 for row in rows)
    foreign = Knock(hub, theirs)
    assert foreign.ask("GET", "/v1/scopes/team:07/snapshot")[0] == 404
    assert foreign.ask("GET", "/v1/scopes/nowhere/snapshot")[0] == 404
    assert foreign.raw("GET", f"/v1/blobs/{found.pages[0].sha}").status_code == 404
    part = knock.raw("GET", f"/v1/blobs/{found.pages[0].sha}", headers={"Range": "bytes=10-19"})
    assert part.status_code == 206 and len(part.content) == 10


def test_a_snapshot_is_made_anew_only_when_much_has_changed(hub: Trial, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    ledger = hub.laptop(7)
    knock = Knock(hub, ledger)
    knock.push(sealed(ledger.identity, 1))
    first, _ = pages(knock, "team:07")
    knock.push(sealed(ledger.identity, 3))
    assert pages(knock, "team:07")[0] == first
    monkeypatch.setattr(snapshots, "STALE", 1)
    again, rows = pages(knock, "team:07")
    assert (again.as_of, len(rows)) == (2, 2)


def test_a_state_carries_what_was_seen_and_replaced_before_it_arrived(hub: Trial) -> None:
    ledger = hub.laptop(7)
    knock = Knock(hub, ledger)
    visit, begun, never, second = new_id(), new_id(), new_id(), new_id()
    knock.push(sealed(ledger.identity, 1, cs=begun, id=visit))
    knock.push(sealed(ledger.identity, 3, cs=second, id=visit, sc=None, set={"a": 2}, prev={"a": [begun, never]}))
    _, rows = pages(knock, "team:07")
    assert (rows[0].gone, rows[0].cs0, rows[0].seen) == ({"a": [never]}, begun, [])
    assert rows[0].heads == {"a": [[second, 1_700_000_000_000]]}
    status, found = knock.ask("GET", f"/v1/entities/{visit}")
    assert status == 200
    assert [one["cs"] for one in found["envelopes"]] == [begun, second]
    assert found["state"]["doc"] == {"a": 2}


def test_entities_of_others_look_like_none(hub: Trial) -> None:
    ours, theirs = hub.laptop(7), hub.laptop(8)
    visit = new_id()
    Knock(hub, ours).push(sealed(ours.identity, 1, id=visit))
    knock = Knock(hub, theirs)
    foreign, unknown = knock.raw("GET", f"/v1/entities/{visit}"), knock.raw("GET", f"/v1/entities/{new_id()}")
    assert (foreign.status_code, foreign.content) == (unknown.status_code, unknown.content) == (404, unknown.content)


def test_a_page_never_splits_a_team_from_its_numbers(hub: Trial) -> None:
    ledger = hub.laptop(7)
    knock = Knock(hub, ledger)
    knock.push(*(sealed(ledger.identity, 2 * n + 1) for n in range(30)))
    boss = Knock(hub, hub.laptop(0, Role.SUPERVISOR))
    cursor, seen = 0, []
    while True:
        rows, trailer = rows_of(boss, {"team:07": cursor}, want=900)
        seen += [row["seq"] for row in rows]
        cursor = trailer["cursors"]["team:07"]
        if not trailer.get("more"):
            break
    assert seen == list(range(1, 31))
