"""The laptop's side of a Round: what leaves the Outbox, what comes in, what is asked for again."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import InterfaceError

from inspector_app.domain.errors import WorldError
from inspector_app.store import journal, schema
from inspector_app.store.database import Store
from inspector_app.store.ledger import StoreLedger
from inspector_app.sync.ports import HubLink, LocalLedger, Pending, PulledRow, PushOutcome
from inspector_app.sync.sealed import CHUNK, digest
from tests.store.conftest import Make, save, site, visit
from tests.store.test_log import bodies, projected, states

LINK = HubLink("https://hub.test", "h" * 32, "ab" * 32, 3, "d" * 32, "token", 99)


@pytest.fixture
def ledger(store: Store) -> StoreLedger:
    ledger = StoreLedger(store)
    ledger.save_hub(LINK)
    return ledger


def test_it_is_what_sync_asks_for(ledger: StoreLedger, store: Store) -> None:
    asked: LocalLedger = ledger
    assert asked.identity.device == store.identity.device


def test_hub_link(store: Store) -> None:
    ledger = StoreLedger(store)
    assert ledger.hub() is None
    with pytest.raises(WorldError):
        ledger.apply_page([], {"district": 1})
    ledger.save_hub(LINK)
    ledger.save_hub(replace(LINK, token="newer"))
    assert ledger.hub() == replace(LINK, token="newer")


def test_the_outbox_gives_own_bytes_in_order_within_bounds(ledger: StoreLedger, store: Store) -> None:
    for number in range(5):
        site(store, f"飯店{number}")
    whole = ledger.outbox(500, 10**6)
    assert [item.raw for item in whole] == bodies(store)
    assert [item.n for item in whole] == [1, 2, 3, 4, 5]
    assert [item.n for item in ledger.outbox(2, 10**6)] == [1, 2]
    assert [item.n for item in ledger.outbox(500, 1)] == [1]
    assert [item.n for item in ledger.outbox(500, len(whole[0].raw) + len(whole[1].raw))] == [1, 2]


def test_only_an_ack_empties_the_outbox(ledger: StoreLedger, store: Store) -> None:
    for number in range(5):
        site(store, f"飯店{number}")
    first, second, third, fourth, fifth = (item.cs for item in ledger.outbox(9, 10**6))
    ledger.acknowledge([PushOutcome(first, "ok"), PushOutcome(second, "dup"), PushOutcome("unknown", "ok")])
    assert ledger.pending() == Pending(3, 0, 0)
    ledger.acknowledge([PushOutcome(third, "held", "scope"), PushOutcome(fourth, "rejected", "signature")])
    assert [item.cs for item in ledger.outbox(9, 10**6)] == [fifth]
    assert ledger.pending() == Pending(1, 0, 2)
    with store.reading() as session:
        kept = session.execute(select(schema.outbox.c.state, schema.outbox.c.code).order_by(schema.outbox.c.n)).all()
    assert kept == [("held", "scope"), ("parked", "signature"), ("ready", "")]


def test_the_fifth_failed_try_parks(ledger: StoreLedger, store: Store) -> None:
    site(store)
    (item,) = ledger.outbox(9, 10**6)
    for _ in range(4):
        ledger.count_try(item.cs, "413")
    assert ledger.pending() == Pending(1, 0, 0)
    ledger.count_try(item.cs, "413")
    assert ledger.pending() == Pending(0, 0, 1)


def page(source: Store) -> list[PulledRow]:
    return [PulledRow("team:07", seq, "cs", raw) for seq, raw in enumerate(bodies(source), 1)]


def test_two_laptops_end_equal(make: Make) -> None:
    a, b = make("a"), make("b")
    ledgers = (StoreLedger(a), StoreLedger(b))
    for ledger in ledgers:
        ledger.save_hub(LINK)
    one = visit(a, site(a), **{"/data/A/A04": "pass"})
    ledgers[1].apply_page(page(a), {"team:07": 2})
    save(a, "inspection", {"/data/A/A04": "fail"}, one)
    save(b, "inspection", {"/data/A/A04": "na"}, one)
    save(b, "finding", {"inspection": one, "status": "open"})
    ours, theirs = page(a), page(b)
    assert ledgers[0].apply_page(theirs, {"team:07": 9}).inspections == {one}
    assert ledgers[1].apply_page(ours, {"team:07": 9}).inspections == {one}
    assert not ledgers[1].apply_page(ours, {"team:07": 9})
    assert states(a) == states(b)
    assert projected(a) == projected(b)
    assert [ledger.conflict_count() for ledger in ledgers] == [1, 1]
    assert ledgers[0].cursors() == {"team:07": 9}
    assert len(ledgers[0].known_ids()) == len(set(ledgers[0].known_ids())) == 5
    assert [item.cs for item in ledgers[0].outbox(9, 10**6)] == ledgers[0].known_ids()[:3]


def test_a_page_that_fails_moves_no_cursor(ledger: StoreLedger, make: Make) -> None:
    other = make("other")
    site(other)
    with pytest.raises(InterfaceError):
        ledger.apply_page(page(other), {"district": object()})  # type: ignore[dict-item]
    assert ledger.cursors() == {}
    assert ledger.known_ids() == []


def test_another_epoch_brings_everything_back(ledger: StoreLedger, store: Store, make: Make) -> None:
    other = make("other")
    site(other)
    ledger.apply_page(page(other), {"district": 1})
    sha = store.blobs.put(b"bytes")
    visit(store, signature={"sha": sha, "size": 5})
    ledger.acknowledge([PushOutcome(item.cs, "ok") for item in ledger.outbox(9, 10**6)])
    ledger.blobs_confirmed([sha])
    assert ledger.pending() == Pending(0, 0, 0)
    site(store, "尚未送出")
    ledger.requeue([*ledger.known_ids(), "unknown"], 4)
    link = ledger.hub()
    assert link is not None and link.epoch == 4
    assert ledger.cursors() == {}
    sent = ledger.outbox(9, 10**6)
    assert {item.raw for item in sent} == {*bodies(store), *bodies(other)}
    assert [item.n for item in sent] == sorted(item.n for item in sent)
    assert ledger.pending() == Pending(3, 1, 0)


def test_blobs_go_up(ledger: StoreLedger, store: Store) -> None:
    plain = bytes(CHUNK) + b"tail"
    sha = store.blobs.put(plain)
    assert ledger.blobs_to_send() == []
    visit(store, signature={"sha": sha, "size": len(plain), "mime": "image/png"})
    (info,) = ledger.blobs_to_send()
    assert (info.sha, info.size, info.mime) == (sha, len(plain), "image/png")
    assert ledger.pending().blobs == 1
    assert ledger.blob_chunk(sha, 1) == b"tail"
    ledger.blobs_confirmed([sha])
    assert ledger.blobs_to_send() == []


def test_blobs_come_down(ledger: StoreLedger, store: Store, make: Make) -> None:
    other = make("other")
    plain = bytes(CHUNK) + b"tail"
    sha = digest(plain)
    visit(other, signature={"sha": sha, "size": len(plain)})
    ledger.apply_page(page(other), {"team:07": 1})
    assert [info.sha for info in ledger.blobs_wanted()] == [sha]
    ledger.keep_chunk(sha, 0, plain[:CHUNK])
    assert ledger.wanted_parts(sha) == 1
    ledger.keep_chunk(sha, 1, b"liar")
    assert not ledger.finish_blob(sha)
    assert [info.sha for info in ledger.blobs_wanted()] == [sha]
    assert ledger.wanted_parts(sha) == 0
    for number in range(2):
        ledger.keep_chunk(sha, number, plain[number * CHUNK :][:CHUNK])
    assert ledger.finish_blob(sha)
    ledger.blobs_confirmed([sha])
    assert ledger.blobs_wanted() == ledger.blobs_to_send() == []
    assert store.blobs.get(sha) == plain


def test_journal(ledger: StoreLedger, store: Store) -> None:
    ledger.journal("round", "first")
    ledger.journal("round", "second")
    with store.reading() as session:
        assert [line.text for line in journal.latest(session, 5)] == ["second", "first"]
        assert len(journal.latest(session, 1)) == 1
