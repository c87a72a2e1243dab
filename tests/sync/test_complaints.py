"""What users of other systems complained of, each as a promise of ours (shared complaints list, C1–C38;
docs/complaints.md says where each of them is held)."""

import random
from contextlib import closing
from pathlib import Path

import pytest

from inspector_app.domain.changeset import Edit
from inspector_app.domain.errors import WorldError
from inspector_app.domain.ids import new_id
from inspector_app.hub import status
from inspector_app.operations import bundling, resolving, syncing
from inspector_app.store import log
from inspector_app.store.database import Store, open_store
from inspector_app.store.ledger import StoreLedger
from inspector_app.sync import client, wire
from inspector_app.sync.ports import RoundOutcome
from inspector_app.sync.sealed import CHUNK
from inspector_app.sync.transport import Answer, Ask, HttpTransport
from tests.hub.trial import Trial
from tests.sync.fault_proxy import Faults, fault_proxy
from tests.sync.laptops import PASSWORD, edit, laptop, photograph, sync
from tests.sync.test_reborn import docs


def through(url: str, hub: Trial, store: Store, stall: float = 20.0) -> RoundOutcome:
    with closing(HttpTransport(url, stall_seconds=stall)) as transport:
        return client.run_round(StoreLedger(store), clock=hub.clock, transport=transport)


def shown(store: Store, entity: str) -> dict[str, object]:
    return dict(docs(store)[entity])  # type: ignore[call-overload]


def test_c1_a_line_that_breaks_at_random_loses_no_photo(hub: Trial, two: tuple[Store, Store]) -> None:
    a, b = two
    dice = random.Random(1)
    visit = edit(a, {"q": 1})
    shas = [photograph(a, visit, dice.randbytes(dice.randrange(1, 60_000))) for _ in range(30)]
    with fault_proxy(hub.url) as proxy:
        for _ in range(60):
            proxy.faults.kill_after = dice.randrange(20_000, 200_000)
            if through(proxy.url, hub, a).outcome == "done":
                break
    sync(hub, a, b)
    assert [b.blobs.get(sha) for sha in shas] == [a.blobs.get(sha) for sha in shas]


class Flatters(HttpTransport):
    """Says success to every push without having passed it on."""

    def exchange(self, ask: Ask) -> Answer:
        answer = super().exchange(Ask("POST", "/v1/pull", wire.pack(wire.PullRequest({})), ask.token))
        if ask.path == "/v1/push":
            return Answer(200, wire.ndjson([b'{"dev_head":{"n":0,"hash":"' + b"0" * 64 + b'"}}']), answer.hub_id, 1)
        return super().exchange(ask)


def test_c3_success_without_a_receipt_frees_nothing(hub: Trial, two: tuple[Store, Store]) -> None:
    a, _ = two
    sync(hub, a)
    edit(a, {"q": 1})
    with Flatters(hub.url) as transport:
        outcome = client.run_round(StoreLedger(a), clock=hub.clock, transport=transport)
    assert outcome.pushed == 0 and outcome.pending.changesets == 1
    sync(hub, a)
    assert StoreLedger(a).pending().changesets == 0


def test_c5_one_picture_in_two_records_is_accepted(hub: Trial, two: tuple[Store, Store]) -> None:
    a, b = two
    visit = edit(a, {"q": 1})
    first, second = photograph(a, visit, b"one picture"), photograph(a, visit, b"one picture")
    sync(hub, a, b)
    assert first == second and b.blobs.get(first) == b"one picture"
    assert status.status(hub.settings)["changesets"] == 3


@pytest.mark.parametrize("percent", [10, 50, 99])
def test_c13_a_pulled_cable_costs_at_most_one_chunk(hub: Trial, two: tuple[Store, Store], percent: int) -> None:
    a, _ = two
    size = 6 * CHUNK
    photograph(a, edit(a, {"q": 1}), random.Random(2).randbytes(size))
    with fault_proxy(hub.url) as proxy:
        proxy.faults.lose_reply_to = ""
        sent = 0

        class Pulled(HttpTransport):
            def exchange(self, ask: Ask) -> Answer:
                nonlocal sent
                if ask.method == "PUT":
                    sent += len(ask.body)
                    if sent > size * percent // 100:
                        raise WorldError("no_network", "pulled")
                return super().exchange(ask)

        with Pulled(proxy.url) as transport:
            client.run_round(StoreLedger(a), clock=hub.clock, transport=transport)
        proxy.read_out(reset=True)
        assert through(proxy.url, hub, a).outcome == "done"
        assert proxy.counts.up <= size - size * percent // 100 + 2 * CHUNK


def test_c16_every_round_ends_in_a_written_outcome(hub: Trial, two: tuple[Store, Store]) -> None:
    a, _ = two
    edit(a, {"q": 1})
    with fault_proxy(hub.url, Faults(answer=b"HTTP/1.1 502 x\r\nContent-Length: 0\r\n\r\n")) as proxy:
        failed = through(proxy.url, hub, a)
    done = through(hub.url, hub, a)
    assert (failed.outcome, failed.why, done.outcome) == ("failed", "hub_away", "done")
    assert [line.kind for line in syncing.status(a).journal[:2]] == ["done", "failed"]


def test_c17_what_waits_is_counted_in_the_store(hub: Trial, tmp_path: Path) -> None:
    store = laptop(hub, tmp_path / "c")
    photograph(store, edit(store, {"q": 1}), b"picture")
    before = StoreLedger(store).pending()
    store.close()
    again = open_store(tmp_path / "c", PASSWORD)
    assert StoreLedger(again).pending() == before and (before.changesets, before.blobs) == (2, 1)
    again.close()


def test_c18_a_stalled_line_and_a_cancel_always_end(hub: Trial, two: tuple[Store, Store]) -> None:
    a, _ = two
    edit(a, {"q": 1})
    with fault_proxy(hub.url, Faults(stall_after=300)) as proxy:
        assert through(proxy.url, hub, a, stall=0.2).why == "stalled"
    stopped = client.run_round(StoreLedger(a), clock=hub.clock, cancelled=lambda: True)
    assert stopped.why == "cancelled"


def test_c20_one_bad_record_blocks_nobody(hub: Trial, two: tuple[Store, Store]) -> None:
    a, b = two
    with a.writing() as session:
        edits = [Edit("inspection", new_id(), {"q": number}, "team:07") for number in range(20)]
        edits.insert(7, Edit("inspection", new_id(), {"q": "not ours"}, "team:39"))
        log.append(session, edits)
    outcome = through(hub.url, hub, a)
    assert outcome.pending.changesets == 0 and outcome.pending.parked == 1
    (held,) = syncing.parked(a)
    assert (held.state, held.code) == ("held", "access")
    sync(hub, b)
    assert len(StoreLedger(b).known_ids()) == 20


def test_c21_a_slow_line_never_forces_a_full_transfer(hub: Trial, two: tuple[Store, Store]) -> None:
    a, _ = two
    for number in range(50):
        edit(a, {"q": "x" * 500, "n": number})
    sync(hub, a)
    edit(a, {"q": "one more"})
    with fault_proxy(hub.url, Faults(rate=8_000)) as proxy:
        assert through(proxy.url, hub, a).outcome == "done"
        assert proxy.counts.up + proxy.counts.down < 4_000


def test_c25_every_request_five_times_changes_nothing(hub: Trial, two: tuple[Store, Store]) -> None:
    a, b = two

    class Five(HttpTransport):
        def exchange(self, ask: Ask) -> Answer:
            for _ in range(4 if ask.path != "/v1/token" else 0):
                super().exchange(ask)
            return super().exchange(ask)

    visit = edit(a, {"q": 1})
    photograph(a, visit, b"picture")
    with Five(hub.url) as transport:
        assert client.run_round(StoreLedger(a), clock=hub.clock, transport=transport).outcome == "done"
        assert client.run_round(StoreLedger(b), clock=hub.clock, transport=transport).outcome == "done"
    assert status.status(hub.settings)["changesets"] == 2 == len(StoreLedger(b).known_ids())


def test_c27_c28_two_people_on_one_visit(hub: Trial, two: tuple[Store, Store]) -> None:
    a, b = two
    visit = edit(a, {"q1": "yes", "q2": "yes"})
    sync(hub, a, b)
    edit(a, {"q1": "no"}, visit)
    edit(b, {"q2": "no", "q1": "na"}, visit)
    sync(hub, a, b, a)
    assert shown(a, visit) == shown(b, visit) and shown(a, visit)["q2"] == "no", "other items merge silently"
    (found,) = resolving.open_conflicts(a, visit)
    assert {head.value for head in found.heads} == {"no", "na"} and all(head.user for head in found.heads)
    resolving.resolve(a, found, found.heads[1].cs)
    sync(hub, a, b)
    assert not resolving.open_conflicts(b) and shown(b, visit)["q1"] == found.heads[1].value


def test_c30_an_unsent_answer_is_never_replaced_by_a_pull(hub: Trial, two: tuple[Store, Store]) -> None:
    a, b = two
    visit = edit(a, {"q": "first"})
    sync(hub, a, b)
    hub.clock.forward(hours=1)
    edit(b, {"q": "theirs, later"}, visit)
    sync(hub, b)
    hub.clock.forward(hours=-2)
    edit(a, {"q": "mine, with a slow clock"}, visit)
    sync(hub, a, b, a)
    for store in two:
        (found,) = resolving.open_conflicts(store, visit)
        assert {head.value for head in found.heads} == {"theirs, later", "mine, with a slow clock"}


def test_c31_one_stick_three_times_changes_nothing(hub: Trial, two: tuple[Store, Store], tmp_path: Path) -> None:
    a, b = two
    photograph(a, edit(a, {"q": 1}), b"picture")
    bundling.export(a, tmp_path / "s.zip", b.identity.public.hex())
    for _ in range(3):
        bundling.import_(b, tmp_path / "s.zip")
    assert StoreLedger(b).known_ids() == StoreLedger(a).known_ids()
    sync(hub, b, a)
    assert status.status(hub.settings)["changesets"] == 2


def test_c35_nothing_a_round_does_deletes_unsent_work(hub: Trial, two: tuple[Store, Store]) -> None:
    a, _ = two
    sha = photograph(a, edit(a, {"q": 1}), b"picture")
    answers = (b"HTTP/1.1 403 x\r\nContent-Length: 0\r\n\r\n", b"HTTP/1.1 410 x\r\nContent-Length: 0\r\n\r\n")
    for answer in answers:
        with fault_proxy(hub.url, Faults(answer=answer)) as proxy:
            through(proxy.url, hub, a)
    pending = StoreLedger(a).pending()
    assert (pending.changesets, pending.blobs) == (2, 1) and a.blobs.get(sha) == b"picture"


def test_unknown_fields_and_kinds_come_through_an_older_program(hub: Trial, two: tuple[Store, Store]) -> None:
    """I9: an older program keeps, passes on and does not touch what it does not know."""
    a, b = two
    later = edit(a, {"answer": "yes", "field_of_2030": {"deep": ["值", 1]}}, kind="hologram")
    sync(hub, a, b)
    edit(b, {"answer": "no"}, later, kind="hologram")
    sync(hub, b, a)
    assert shown(a, later) == shown(b, later) == {"answer": "no", "field_of_2030": {"deep": ["值", 1]}}
