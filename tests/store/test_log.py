"""Edits become signed Changesets, merged state and rows; conflicts are kept; rows equal a rebuild from the log."""

import random

import msgspec
import pytest
from sqlalchemy import select

from inspector_app.domain.changeset import DELETED, Edit, Touched, Value
from inspector_app.domain.errors import UserError
from inspector_app.domain.ids import derived_id, new_id
from inspector_app.store import findings, inspections, log, photos, rebuilding, schema, sites
from inspector_app.store.database import Store
from inspector_app.store.states import unpack
from inspector_app.sync import envelope, merge
from inspector_app.sync.ports import PulledRow
from tests.store.conftest import Make, save, site, visit

BLOB: Value = {"sha": "ab" * 32, "size": 5, "mime": "image/jpeg", "chunks": 1}


def bodies(store: Store, own: bool = True) -> list[bytes]:
    with store.reading() as session:
        query = select(schema.log.c.body).order_by(schema.log.c.pos)
        return list(session.execute(query.where((schema.log.c.origin == "own") == own)).scalars())


def exchange(source: Store, target: Store) -> Touched:
    """Everything the source has written arrives at the target."""
    rows = [PulledRow("team:07", seq, "cs", raw) for seq, raw in enumerate(bodies(source), 1)]
    with target.writing() as session:
        return log.apply_remote(session, rows)


def states(store: Store) -> dict[str, object]:
    """Merge state of every entity, in a form that does not know in which order it arrived."""
    with store.reading() as session:
        gone = {(row.ent, row.field, row.cs) for row in session.execute(select(schema.gone))}
        rows = session.execute(select(schema.entity)).mappings().all()
    found: dict[str, object] = {row["id"]: (row["kind"], row["scope"], unpack(row, ()).state.heads) for row in rows}
    return {**found, "gone": gone}


def projected(store: Store) -> dict[str, object]:
    """Every projected row; the registry's own order is left out."""
    with store.reading() as session:
        return {
            table.name: sorted(
                tuple(value for name, value in row.items() if name != "pos")
                for row in session.execute(select(table)).mappings()
            )
            for table in schema.PROJECTIONS
        }


def test_changesets_are_signed_chained_and_queued(store: Store) -> None:
    place = site(store)
    one = visit(store, place)
    save(store, "inspection", {"/data/A/A04": "fail"}, one)
    raw = bodies(store)
    found = [envelope.parse(body) for body in raw]
    assert [e.n for e in found] == [1, 2, 3]
    assert found[0].ph == envelope.FIRST_PARENT
    assert [e.ph for e in found[1:]] == [envelope.chain_hash(body) for body in raw[:2]]
    assert all(envelope.is_authentic(body, store.identity.public) for body in raw)
    assert {e.dev for e in found} == {store.identity.device}
    assert {e.u for e in found} == {"林曉嵐"}
    assert [e.sc for e in found] == ["district", "team:07", None]
    assert found[2].prev == {}
    with store.reading() as session:
        assert session.execute(select(schema.outbox.c.cs).order_by(schema.outbox.c.n)).scalars().all() == [
            e.cs for e in found
        ]
        assert session.execute(select(schema.device.c.n, schema.device.c.hash)).one() == (
            3,
            envelope.chain_hash(raw[2]),
        )


def test_an_edit_names_what_it_replaces_and_never_goes_back_in_time(store: Store) -> None:
    one = visit(store)
    for value in ("fail", "pass"):
        save(store, "inspection", {"/data/A/A04": value}, one)
    store.clock = lambda: 5
    save(store, "inspection", {"/data/A/A04": "na"}, one)
    found = [envelope.parse(body) for body in bodies(store)]
    assert found[2].prev == {"/data/A/A04": [found[1].cs]}
    assert found[3].t == found[2].t + 1
    with store.reading() as session:
        inspection = inspections.get(session, one)
    assert inspection is not None and inspection.answers == {"/data/A/A04": "na"}


def test_nothing_to_say_writes_nothing(store: Store) -> None:
    with store.writing() as session:
        assert not log.append(session, [Edit("site", new_id(), {}, "district")])
    assert bodies(store) == []


@pytest.mark.parametrize("bad", ["a\0b", "x" * 300_000, "\ud800"], ids=["nul", "long", "surrogate"])
def test_impossible_values_are_refused_whole(store: Store, bad: str) -> None:
    good = Edit("site", new_id(), {"name": "好"}, "district")
    with pytest.raises(UserError), store.writing() as session:
        log.append(session, [good, Edit("site", new_id(), {"name": bad}, "district")])
    assert bodies(store) == []
    assert states(store) == {"gone": set()}
    site(store)
    assert envelope.parse(bodies(store)[0]).n == 1


def test_a_float_is_refused(store: Store) -> None:
    edit = Edit("site", new_id(), {"headcount": 1.5}, "district")  # type: ignore[dict-item]
    with pytest.raises(UserError), store.writing() as session:
        log.append(session, [edit])


def test_touched_names_the_visit_of_a_photo_and_a_finding(store: Store) -> None:
    one = visit(store)
    photo, finding = new_id(), derived_id(one, "finding:A04")
    with store.writing() as session:
        touched = log.append(
            session,
            [
                Edit("photo", photo, {"inspection": one, "blob": BLOB}, "team:07"),
                Edit("finding", finding, {"inspection": one, "status": "open"}, "team:07"),
            ],
        )
    assert touched == Touched(
        inspections=frozenset({one}), photos=frozenset({photo}), findings=frozenset({finding}), sync=True
    )


def test_status_carries_what_was_seen(store: Store) -> None:
    one = visit(store)
    save(store, "photo", {"inspection": one, "blob": BLOB})
    save(store, "inspection", {"status": "finished"}, one)
    found = [envelope.parse(body) for body in bodies(store)]
    assert found[0].saw is None
    assert found[2].saw == sorted(e.cs for e in found[:2])


def test_removed_photo_comes_back(store: Store) -> None:
    one = visit(store)
    photo = save(store, "photo", {"inspection": one, "item": "A04", "blob": BLOB})
    save(store, "photo", {DELETED: True}, photo)
    with store.reading() as session:
        assert photos.of_inspection(session, one) == []
    save(store, "photo", {DELETED: False}, photo)
    with store.reading() as session:
        assert [p.id for p in photos.of_inspection(session, one)] == [photo]


def test_delete_beside_edit_is_shown_alive(make: Make) -> None:
    a, b = make("a"), make("b")
    one = visit(a)
    photo = save(a, "photo", {"inspection": one, "item": "A04", "blob": BLOB, "caption": ""})
    exchange(a, b)
    save(a, "photo", {DELETED: True}, photo)
    save(b, "photo", {"caption": "門口"}, photo)
    exchange(a, b)
    exchange(b, a)
    for store in (a, b):
        with store.reading() as session:
            assert [p.caption for p in photos.of_inspection(session, one)] == ["門口"]
    save(b, "photo", {DELETED: True}, photo)
    exchange(b, a)
    with a.reading() as session:
        assert photos.of_inspection(session, one) == []


def test_both_values_of_a_conflict_are_kept_until_somebody_decides(make: Make) -> None:
    a, b = make("a"), make("b")
    one = visit(a, **{"/data/A/A04": "pass"})
    exchange(a, b)
    save(a, "inspection", {"/data/A/A04": "fail"}, one)
    save(b, "inspection", {"/data/A/A04": "na"}, one)
    exchange(a, b)
    exchange(b, a)
    with a.reading() as left, b.reading() as right:
        assert inspections.conflicts(left, one) == inspections.conflicts(right, one)
        assert {str(head[-1]) for head in inspections.conflicts(left, one)["/data/A/A04"]} == {"fail", "na"}
        assert inspections.get(left, one) == inspections.get(right, one)
    save(a, "inspection", {"/data/A/A04": "fail"}, one)
    exchange(a, b)
    with b.reading() as session:
        assert inspections.conflicts(session, one) == {}
        found = inspections.get(session, one)
    assert found is not None and found.answers["/data/A/A04"] == "fail"


def test_known_changesets_change_nothing(make: Make) -> None:
    a, b = make("a"), make("b")
    site(a)
    assert exchange(a, b)
    before = states(b)
    assert not exchange(a, b)
    assert states(b) == before
    assert len(bodies(b, own=False)) == 1


def test_any_order_ends_equal(make: Make) -> None:
    """Random edits on two laptops, exchanged now and then; a third gets everything in random order."""
    a, b, c = make("a"), make("b"), make("c")
    rng = random.Random(2020)
    one = visit(a)
    exchange(a, b)
    for _ in range(60):
        writer = rng.choice((a, b))
        save(writer, "inspection", {f"/data/A/A{rng.randrange(4)}": rng.choice(["pass", "fail", "na"])}, one)
        if rng.random() < 0.15:
            exchange(a, b)
            exchange(b, a)
    exchange(a, b)
    exchange(b, a)
    everything = bodies(a) + bodies(b)
    rng.shuffle(everything)
    for raw in everything:
        with c.writing() as session:
            log.apply_remote(session, [PulledRow("team:07", 1, "cs", raw)])
    assert states(a) == states(b) == states(c)
    assert projected(a) == projected(b) == projected(c)
    assert states(c)["gone"] == set()
    with c.reading() as session:
        heads = unpack(session.execute(select(schema.entity)).mappings().one(), ()).state.heads
    reference = merge.EntityState()
    for raw in everything:
        found = envelope.parse(raw)
        merge.apply(reference, found.cs, found.t, found.set, found.prev)
    assert heads == {name: values for name, values in reference.heads.items() if values}


def test_replaced_before_it_arrived(make: Make) -> None:
    a, b = make("a"), make("b")
    one = visit(a, **{"/data/A/A04": "pass"})
    save(a, "inspection", {"/data/A/A04": "fail"}, one)
    first, second = bodies(a)
    for raw, gone in ((second, 1), (first, 0)):
        with b.writing() as session:
            log.apply_remote(session, [PulledRow("team:07", 1, "cs", raw)])
        with b.reading() as session:
            assert len(session.execute(select(schema.gone)).all()) == gone
    assert states(a) == states(b)


def test_unknown_kinds_and_fields_are_kept_and_never_shown(make: Make) -> None:
    a, b = make("a"), make("b")
    save(a, "need", {"words": "口罩"})
    place = site(a, future={"deep": ["x"]})
    assert exchange(a, b)
    assert states(a) == states(b)
    with b.reading() as session:
        assert sites.count(session) == 1
        doc = msgspec.json.decode(
            session.execute(select(schema.entity.c.doc).where(schema.entity.c.id == place)).scalar_one()
        )
    assert doc["future"] == {"deep": ["x"]}


HOSTILE: dict[str, Value] = {
    "name": ["list"], "street": {"a": 1}, "team": "seven", "headcount": True, "inspectors": "nobody", "status": 5,
    "deadline": "soon", "level": "?", "result": None, "blob": {"sha": "zz", "size": -1}, "inspection": 4, "item": False,
    "signature": {"sha": "AB" * 32, "size": 1},
}  # fmt: skip


@pytest.mark.parametrize("kind", ["site", "inspection", "finding", "photo"])
def test_values_of_a_wrong_type_become_empty(make: Make, kind: str) -> None:
    a, b = make("a"), make("b")
    entity = save(a, kind, HOSTILE)
    exchange(a, b)
    with b.reading() as session:
        read = {"site": sites.get, "inspection": inspections.get, "finding": findings.get, "photo": photos.get}[kind]
        assert read(session, entity) is not None
        assert inspections.heads(session, inspections.ids(session)) is not None
        assert session.execute(select(schema.blob)).all() == []


@pytest.mark.parametrize("raw", [b"", b"{}", b"[" * 100_000, b"\xff", b'{"v":1}', b'"\\ud800"'])
def test_unreadable_rows_are_kept_and_do_not_stop_the_others(make: Make, raw: bytes) -> None:
    a, b = make("a"), make("b")
    site(a)
    rows = [PulledRow("district", 1, "cs", raw), PulledRow("district", 2, "cs", bodies(a)[0])]
    rows.append(PulledRow("district", 3, "enter", b"state"))
    with b.writing() as session:
        log.apply_remote(session, rows)
    with b.reading() as session:
        assert sites.count(session) == 1
        kept = session.execute(select(schema.unread.c.raw, schema.unread.c.kind)).all()
    assert kept == [(raw, "cs"), (b"state", "enter")]


def test_the_same_id_with_other_content_is_set_aside(make: Make) -> None:
    a, b = make("a"), make("b")
    site(a, "真")
    honest = bodies(a)[0]
    forged = honest.replace("真".encode(), "假".encode())
    with b.writing() as session:
        log.apply_remote(session, [PulledRow("d", 1, "cs", honest), PulledRow("d", 2, "cs", forged)])
    with b.reading() as session:
        assert session.execute(select(schema.unread.c.why)).scalars().all() == ["other_content"]
        assert [s.name for s in sites.by_name(session, "真")] == ["真"]


def test_blob_rows_follow_the_bytes(make: Make) -> None:
    a, b = make("a"), make("b")
    sha = a.blobs.put(b"photo bytes")
    one = visit(a, **{"signature:head": {"sha": sha, "size": 11, "mime": "image/png", "name": "何生"}})
    exchange(a, b)
    for store, state in ((a, "here"), (b, "wanted")):
        with store.reading() as session:
            assert session.execute(select(schema.blob.c.sha, schema.blob.c.state)).all() == [(sha, state)]
            found = inspections.get(session, one)
            assert found is not None and [each.picture.sha for each in found.signing.signatures] == [sha]


def test_rows_and_state_equal_a_rebuild_from_the_log(make: Make) -> None:
    a, b = make("a"), make("b")
    rng = random.Random(7)
    places = [site(a, f"飯店{i}") for i in range(5)]
    visits = [visit(a, place) for place in places]
    exchange(a, b)
    for _ in range(40):
        writer, one = rng.choice((a, b)), rng.choice(visits)
        save(writer, "inspection", {f"/data/A/A{rng.randrange(3)}": rng.choice(["pass", "fail"])}, one)
    photo = save(b, "photo", {"inspection": visits[0], "blob": BLOB})
    save(b, "photo", {DELETED: True}, photo)
    save(b, "finding", {"inspection": visits[0], "status": "open", "deadline": "2020-03-06T09:30:00+08:00"})
    exchange(b, a)
    exchange(a, b)
    for store in (a, b):
        before = (states(store), projected(store))
        with store.writing() as session:
            assert rebuilding.rebuild(session) == len(bodies(store)) + len(bodies(store, own=False))
        assert (states(store), projected(store)) == before
        with store.reading() as session:
            assert len(sites.search_ids(session, "飯店")) == 5


def test_unsent_since(store: Store) -> None:
    one = visit(store)
    other = visit(store)
    with store.writing() as session:
        session.execute(schema.outbox.delete())
    with store.reading() as session:
        assert log.unsent_since(session, one) is None
    save(store, "photo", {"inspection": one, "blob": BLOB})
    stamp = envelope.parse(bodies(store)[-1]).t
    save(store, "inspection", {"/data/A/A04": "pass"}, one)
    with store.reading() as session:
        assert log.unsent_since(session, one) == stamp
        assert log.unsent_since(session, other) is None
