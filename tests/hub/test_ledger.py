"""The push transaction item by item (security.md §17.1) and the dense sequence."""

from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
import zstandard

from inspector_app.domain.ids import new_id
from inspector_app.domain.team import Role
from inspector_app.hub import invites, status
from inspector_app.hub.database import open_database
from inspector_app.hub.ledger import blob_digests
from inspector_app.sync import envelope, wire
from inspector_app.sync.identity import new_identity
from tests.hub.knocking import Knock, sealed
from tests.hub.trial import Trial


def test_replay_and_reenveloped_are_dup_other_content_is_rejected(hub: Trial) -> None:
    ledger = hub.laptop(7)
    me, knock = ledger.identity, Knock(hub, ledger)
    cs, entity = new_id(), new_id()
    first = sealed(me, 1, cs=cs, id=entity)
    assert knock.push(first) == [("ok", "")]
    assert knock.push(first, first) == [("dup", ""), ("dup", "")]
    assert knock.push(sealed(me, 9, envelope.chain_hash(first), cs=cs, id=entity)) == [("dup", "")]
    assert knock.push(sealed(me, 2, cs=cs, id=entity, set={"a": 2})) == [("rejected", "cs_conflict")]
    assert status.status(hub.settings)["changesets"] == 1


def test_forgery_and_bad_form_are_rejected_without_touching_the_others(hub: Trial) -> None:
    ledger, other = hub.laptop(7), hub.laptop(7)
    me, knock = ledger.identity, Knock(hub, ledger)
    good = sealed(me, 1)
    altered = sealed(me, 2).replace(b'"a":1', b'"a":2')
    impostor = sealed(me, 3, dev=other.identity.device)
    stranger = sealed(new_identity(), 1)
    spaced = sealed(me, 4).replace(b":", b": ", 1)
    no_algorithm = sealed(me, 5, alg="none")
    words = knock.push(
        good, altered, impostor, stranger, spaced, no_algorithm, b"{}", b"[" * 1000, b"\xff\xfe", b"null"
    )
    assert words[0] == ("ok", "")
    assert {word[0] for word in words[1:]} == {"rejected"}
    assert [word[1] for word in words[1:6]] == [
        "signature", "signature", "signature", "envelope_not_canonical", "signature",
    ]  # fmt: skip
    assert status.status(hub.settings)["quarantined"] == 9


@pytest.mark.parametrize(
    "fields",
    [{"t": -1}, {"t": 2**53}, {"t": "now"}, {"n": 0}, {"cs": "x"}, {"prev": {"a": ["'; DROP TABLE entity"]}}, {"v": 2}]
    + [{"set": {"a": 1.5}}, {"set": {"a": "\0"}}, {"set": {"a": 2**60}}, {"sc": "Team 7"}, {"e": ""}, {"id": ""}]
    + [{"set": {"a": "x" * 300_000}}, {"prev": {"a": [new_id()] * 7_000}}, {"id": "x" * 65}],
)  # fmt: skip
def test_values_out_of_range_are_rejected(hub: Trial, fields: dict[str, object]) -> None:
    ledger = hub.laptop(7)
    fields = {"n": 1, **fields}
    knock = Knock(hub, ledger)
    assert knock.push(sealed(ledger.identity, **fields))[0][0] == "rejected"  # type: ignore[arg-type]


def test_a_far_future_stamp_and_unknown_kinds_are_kept(hub: Trial) -> None:
    ledger, reader = hub.laptop(7), hub.laptop(7)
    raw = sealed(ledger.identity, 1, e="need", t=4_000_000_000_000, set={"x": {"later": [1, None]}}, weird="kept")
    assert Knock(hub, ledger).push(raw) == [("ok", "")]
    hub.round(reader)
    assert list(reader.log.values()) == [raw]


def test_chain_forks_are_told_and_holes_are_legal(hub: Trial) -> None:
    ledger = hub.laptop(7)
    me, knock = ledger.identity, Knock(hub, ledger)
    first = sealed(me, 1)
    assert knock.push(first, sealed(me, 5)) == [("ok", ""), ("ok", "")]
    assert knock.push(sealed(me, 1)) == [("fork", "fork")]
    assert knock.push(sealed(me, 2, "ab" * 32)) == [("fork", "fork")]
    assert knock.push(sealed(me, 2, envelope.chain_hash(first))) == [("ok", "")]
    assert status.status(hub.settings)["laptops"][0]["forked"] is True
    assert status.status(hub.settings)["changesets"] == 3


def test_the_other_branch_of_a_clone_is_taken_from_a_carrier(hub: Trial) -> None:
    author, carrier = hub.laptop(7), hub.laptop(7)
    assert Knock(hub, author).push(sealed(author.identity, 1)) == [("ok", "")]
    assert Knock(hub, carrier).push(sealed(author.identity, 1)) == [("ok", "")]
    assert status.status(hub.settings)["laptops"][0]["forked"] is True


def test_a_body_in_any_order_gives_the_same_state(hub: Trial) -> None:
    ledger = hub.laptop(7)
    visit = new_id()
    ledger.edit(visit, {"a": 1}, scope="team:07")
    ledger.edit(visit, {"a": 2, "b": 1})
    ledger.edit(visit, {"a": 3})
    raws = [item.raw for item in ledger.waiting.values()]
    ledger.waiting.clear()
    reader = hub.laptop(7)
    assert {st for st, _ in Knock(hub, ledger).push(*reversed(raws))} == {"ok"}
    hub.round(reader)
    assert reader.shown() == ledger.shown()


def test_children_live_in_their_parents_scope(hub: Trial) -> None:
    ours, theirs = hub.laptop(7), hub.laptop(8)
    visit = new_id()
    knock = Knock(hub, ours)
    assert knock.push(sealed(ours.identity, 1, id=visit)) == [("ok", "")]
    child = sealed(theirs.identity, 1, e="photo", sc="team:08", set={"inspection": visit})
    assert Knock(hub, theirs).push(child) == [("held", "access")]
    own_child = sealed(ours.identity, 3, e="photo", set={"inspection": visit})
    assert knock.push(own_child) == [("ok", "")]


def test_what_a_revoked_device_wrote_later_is_held(hub: Trial) -> None:
    author, carrier = hub.laptop(7), hub.laptop(7)
    first = sealed(author.identity, 1)
    early = sealed(author.identity, 2, envelope.chain_hash(first))
    late = sealed(author.identity, 4)
    assert Knock(hub, author).push(first, sealed(author.identity, 3)) == [("ok", ""), ("ok", "")]
    invites.revoke(hub.settings, author.identity.device)
    assert Knock(hub, carrier).push(early, late) == [("ok", ""), ("held", "revoked_author")]


def test_limits_of_a_body(hub: Trial) -> None:
    ledger = hub.laptop(7)
    knock = Knock(hub, ledger)
    line = sealed(ledger.identity, 1)
    bomb = wire.compress(b"\0" * 200_000_000)
    assert len(bomb) < wire.MAX_BODY
    assert knock.send("POST", "/v1/push", wire.ndjson([line] * 501)) == (413, "too_many")
    assert knock.send("POST", "/v1/push", bomb) == (413, "body_too_large")
    assert knock.send("POST", "/v1/push", b"x" * (wire.MAX_BODY + 1)) == (413, "body_too_large")
    assert knock.send("POST", "/v1/push", b"not zstd") == (422, "body_compression")
    assert knock.send("POST", "/v1/pull", wire.compress(b"[" * 900_000)) == (422, "envelope_depth")
    assert knock.send("POST", "/v1/pull", wire.compress(b'{"cursors":{"a":"x"}}')) == (422, "body_malformed")
    assert knock.send("POST", "/v1/have", wire.pack({"cs": ["x"] * 8_001})) == (413, "too_many")
    assert knock.send("POST", "/v1/push", wire.compress(b"")) == (200, "")


def test_a_large_window_is_refused(hub: Trial) -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=27, write_content_size=False)
    writer = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    body = writer.compress(b"x" * 1000) + writer.flush()
    assert Knock(hub, hub.laptop(7)).send("POST", "/v1/push", body) == (422, "body_compression")


def test_sequence_is_dense_under_four_writers(hub: Trial) -> None:
    ledgers = [hub.laptop(7) for _ in range(4)]
    knocks = [Knock(hub, ledger) for ledger in ledgers]
    reader = Knock(hub, hub.laptop(7))

    def write(number: int) -> None:
        parent = envelope.FIRST_PARENT
        for n in range(1, 31):
            raw = sealed(ledgers[number].identity, n, parent)
            parent = envelope.chain_hash(raw)
            assert knocks[number].push(raw) == [("ok", "")]

    def read() -> int:
        cursor = 0
        while cursor < 120:
            body = wire.pack({"cursors": {"team:07": cursor}})
            reply = reader.raw("POST", "/v1/pull", body)
            rows = [msgspec.json.decode(line) for line in wire.lines(wire.inflate(reply.content))][:-1]
            assert [row["seq"] for row in rows] == list(range(cursor + 1, cursor + 1 + len(rows)))
            cursor += len(rows)
        return cursor

    with ThreadPoolExecutor(5) as pool:
        reading = pool.submit(read)
        assert list(pool.map(write, range(4))) == [None] * 4
        assert reading.result() == 120


def test_the_registry_is_written_from_leader_up(hub: Trial) -> None:
    for role, expected in ((Role.INSPECTOR, "held"), (Role.LEADER, "ok"), (Role.SUPERVISOR, "ok"), (Role.ADMIN, "ok")):
        ledger = hub.laptop(9, role)
        assert Knock(hub, ledger).push(sealed(ledger.identity, 1, e="site", sc="district"))[0][0] == expected


def test_only_whole_references_name_a_blob() -> None:
    sha = "a" * 64
    values = {"blob": {"sha": sha, "size": 1}, "b": {"sha": "A" * 64, "size": 1}, "c": {"sha": sha}, "d": "x"}
    assert blob_digests(values) == [sha]


TRAPS = {
    "sqlite": (
        "CREATE TRIGGER trap BEFORE INSERT ON changeset WHEN new.ent = 'TWIN' BEGIN SELECT RAISE(ABORT, 'no'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION trap() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$",
        "CREATE TRIGGER trap BEFORE INSERT ON changeset FOR EACH ROW WHEN (new.ent = 'TWIN') EXECUTE FUNCTION trap()",
    ),
}


def test_a_row_the_database_refuses_is_set_aside_alone(hub: Trial) -> None:
    ledger = hub.laptop(7)
    twin = new_id()
    knock = Knock(hub, ledger)
    database = open_database(hub.settings)
    with database.writing() as connection:
        for statement in TRAPS[database.dialect]:
            connection.exec_driver_sql(statement.replace("TWIN", twin))
    database.close()
    words = knock.push(
        *(sealed(ledger.identity, 2 * n + 1, id=one) for n, one in enumerate((new_id(), twin, new_id())))
    )
    assert words == [("ok", ""), ("rejected", "conflict"), ("ok", "")]
    assert status.status(hub.settings)["changesets"] == 2
    assert status.status(hub.settings)["quarantined"] == 1
