"""Copied, restored and moved laptops: new key, same content; states that come without their history."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select, update

from inspector_app.domain.changeset import DISTRICT
from inspector_app.store import machine, rebuilding, schema
from inspector_app.store.database import open_store
from inspector_app.store.ledger import StoreLedger
from inspector_app.store.log import apply_remote, apply_states
from inspector_app.sync import envelope, merge
from inspector_app.sync.carried import state_row
from inspector_app.sync.ports import HubLink, PulledRow, PushOutcome
from tests.store.conftest import PASSWORD, Make, save, site, visit
from tests.store.test_log import bodies, projected, states

LINK = HubLink("https://hub.test", "h" * 32, "ab" * 32, 3, "d" * 32, "token", 99)


def test_unsent_work_gets_new_envelopes_and_keeps_its_content(make: Make) -> None:
    store = make("a")
    ledger = StoreLedger(store)
    ids = [site(store, f"飯店{number}") for number in range(3)]
    sent, *waiting = ledger.outbox(9, 10**6)
    ledger.acknowledge([PushOutcome(sent.cs, "ok")])
    old = store.identity
    ledger.reincarnate()
    new = ledger.identity
    assert new.device != old.device
    parent = ledger.parent()
    assert parent is not None and parent.device == old.device
    again = ledger.outbox(9, 10**6)
    assert [item.cs for item in again] == [item.cs for item in waiting]
    assert [item.n for item in again] == [1, 2]
    for before, after in zip(waiting, again, strict=True):
        assert envelope.content_hash(before.raw) == envelope.content_hash(after.raw)
        assert envelope.is_authentic(after.raw, new.public)
    site(store, "第四間", code="4")
    last = ledger.outbox(9, 10**6)[-1]
    one = envelope.parse(last.raw)
    assert (one.dev, one.n, one.ph) == (new.device, 3, envelope.chain_hash(again[-1].raw))
    ledger.reincarnate()
    assert (ledger.parent() or new).device == old.device, "the hub still knows the first"
    ledger.linked("C")
    assert ledger.parent() is None
    assert len(ids) == 3


def test_a_folder_that_wakes_up_in_another_computer_is_a_copy(make: Make, tmp_path: Path) -> None:
    store = make("a")
    site(store)
    device = store.identity.device
    store.close()
    for traits, changed in (({"1", "2"}, False), ({"2", "3"}, False), ({"4"}, True), (set(), False), ({"4"}, False)):
        with_traits = open_store(tmp_path / "a", PASSWORD, traits=lambda found=frozenset(traits): found)
        assert (with_traits.identity.device != device) is changed
        device = with_traits.identity.device
        with_traits.close()


def test_traits_can_be_read_here() -> None:
    assert all(len(one) == 16 for one in machine.traits())
    assert not machine.is_another(frozenset(), frozenset("a"))


def test_records_of_this_device_that_it_never_wrote_tell_that_it_was_restored(make: Make, tmp_path: Path) -> None:
    store = make("a")
    site(store)
    store.close()
    shutil.copytree(tmp_path / "a", tmp_path / "backup")
    late = open_store(tmp_path / "a", PASSWORD)
    site(late, "後來", code="2")
    written = bodies(late)
    late.close()
    restored = open_store(tmp_path / "backup", PASSWORD)
    ledger = StoreLedger(restored)
    ledger.save_hub(LINK)
    assert not ledger.is_copy()
    ledger.apply_page([PulledRow(DISTRICT, seq, "cs", raw) for seq, raw in enumerate(written, 1)], {DISTRICT: 2})
    assert ledger.is_copy()
    ledger.reincarnate()
    assert not ledger.is_copy()
    restored.close()


def carry(source, target) -> None:  # type: ignore[no-untyped-def]
    """Everything `source` has, as states."""
    with source.reading() as session:
        rows = []
        for one in session.execute(select(schema.entity)).mappings():
            state = merge.EntityState()
            for raw in session.execute(select(schema.log.c.body).where(schema.log.c.ent == one["id"])).scalars():
                found = envelope.parse(raw)
                merge.apply(state, found.cs, found.t, found.set, found.prev)
            who = (one["id"], one["kind"], one["scope"], one["parent"])
            rows.append(state_row(who, state, one["cs0"], one["t0"]))
    with target.writing() as session:
        apply_states(session, rows)


def test_states_without_history_equal_the_history(make: Make) -> None:
    a, b = make("a"), make("b")
    place = site(a)
    one = visit(a, place)
    save(a, "inspection", {"/data/A/A01": "pass"}, one)
    carry(a, b)
    carry(a, b)
    assert states(b) == states(a)
    assert projected(b) == projected(a)
    with b.writing() as session:
        apply_remote(session, [PulledRow(DISTRICT, seq, "cs", raw) for seq, raw in enumerate(bodies(a), 1)])
    assert sorted(bodies(b, own=False)) == sorted(bodies(a)), "bodies are kept where only ids were known"
    before = states(b), projected(b)
    with b.writing() as session:
        rebuilding.rebuild(session)
    assert (states(b), projected(b)) == before


def test_a_rebuild_keeps_what_came_as_states(make: Make) -> None:
    a, b = make("a"), make("b")
    visit(a, site(a))
    carry(a, b)
    site(b, "自己的", code="9")
    before = states(b), projected(b)
    with b.writing() as session:
        rebuilding.rebuild(session)
    assert (states(b), projected(b)) == before


def test_what_the_hub_lost_and_nobody_has_a_body_of_is_written_again(make: Make) -> None:
    a, b = make("a"), make("b")
    place = site(a)
    carry(a, b)
    ledger = StoreLedger(b)
    ledger.save_hub(LINK)
    (known,) = ledger.known_ids()
    before = states(b)[place][:1]
    ledger.requeue([known], 4)
    (item,) = ledger.outbox(9, 10**6)
    one = envelope.parse(item.raw)
    assert one.prev == dict.fromkeys(one.set, [known]) and one.sc == DISTRICT
    assert states(b)[place][:1] == before
    link = ledger.hub()
    assert link is not None and link.epoch == 4


def test_one_full_offer_per_epoch_and_hour(make: Make) -> None:
    ledger = StoreLedger(make("a"))
    assert [ledger.may_offer_again(epoch) for epoch in (2, 2, 3, 3)] == [True, False, True, False]


def test_entities_that_left_are_forgotten_once_nothing_waits(make: Make) -> None:
    a, b = make("a"), make("b")
    ledger = StoreLedger(b)
    ledger.save_hub(LINK)
    one = visit(a)
    ledger.apply_page([PulledRow("team:07", 1, "cs", bodies(a)[0])], {"team:07": 1})
    save(b, "inspection", {"/data/A/A01": "pass"}, one)
    ledger.apply_page([PulledRow("team:07", 2, "leave", b"", None, one)], {"team:07": 2})
    assert one in states(b), "unsent work keeps it"
    (item,) = ledger.outbox(9, 10**6)
    ledger.acknowledge([PushOutcome(item.cs, "ok")])
    assert one not in states(b) and not ledger.known_ids()
    assert not any(projected(b).values())


def test_a_lost_scope_takes_its_entities_along(make: Make) -> None:
    a, b = make("a"), make("b")
    ledger = StoreLedger(b)
    ledger.save_hub(LINK)
    one = visit(a)
    ledger.apply_page([PulledRow("team:07", 1, "cs", bodies(a)[0])], {"team:07": 1, "district": 0})
    ledger.apply_page([], {"district": 0})
    assert one not in states(b)
    assert dict(ledger.cursors()) == {"district": 0}


@pytest.mark.parametrize("kind", ["hologram", "enter"])
def test_kinds_of_a_later_version_wait_for_it(make: Make, tmp_path: Path, kind: str) -> None:
    store = make("a")
    ledger = StoreLedger(store)
    ledger.save_hub(LINK)
    raw = b'{"scope":"district","seq":1,"kind":"%s","later":1}' % kind.encode()
    ledger.apply_page([PulledRow("district", 1, kind, raw)], {"district": 1})
    with store.writing() as session:
        session.execute(update(schema.unread).values(seq=1))
    store.close()
    again = open_store(tmp_path / "a", PASSWORD)
    with again.reading() as session:
        assert list(session.execute(select(schema.unread.c.raw)).scalars()) == [raw]
    again.close()
