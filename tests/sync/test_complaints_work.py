"""What users of other systems complained of about their work, drafts and backups, each as a promise of ours (shared
complaints list, C1–C38; docs/complaints.md says where each of them is held)."""

import json
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, select, text

from inspector_app.domain.errors import WorldError
from inspector_app.domain.ids import new_id
from inspector_app.domain.inspection import Signing, Status
from inspector_app.hub.app import PHOTO_THREADS
from inspector_app.hub.blobs import BlobFolder
from inspector_app.hub.server import running
from inspector_app.hub.settings import HubSettings
from inspector_app.operations import photographing, resolving, signing
from inspector_app.photos import drawn
from inspector_app.store import inspections, journal, photos, rebuilding, schema
from inspector_app.store.database import Store, open_store
from inspector_app.store.ledger import StoreLedger
from inspector_app.sync import client, wire
from inspector_app.sync.transport import Answer, Ask, HttpTransport
from tests.hub.trial import HandClock, Trial
from tests.operations.acting import begun, fill
from tests.operations.test_signing import DRAWN
from tests.sync.fault_proxy import Faults, fault_proxy
from tests.sync.laptops import PASSWORD, edit, laptop, photograph, sync
from tests.sync.test_complaints import through
from tests.sync.test_reborn import docs
from tests.sync.visiting import visitor


def bodies(store: Store) -> dict[str, bytes]:
    with store.reading() as session:
        return {row.cs: row.body for row in session.execute(select(schema.log.c.cs, schema.log.c.body))}


def test_c4_c36_a_draft_its_photos_and_all_signatures_survive(hub: Trial, tmp_path: Path) -> None:
    a, b = visitor(hub, tmp_path / "a"), laptop(hub, tmp_path / "b")
    visit = begun(a)
    fill(a, visit)  # the clock of this test stands still: everything happens at one moment
    for number in range(3):
        photographing.attach(a, visit, visit.state().items[0].item.id, drawn.draw("gate", number, (64, 48)))
    sync(hub, a, b)
    with b.reading() as session:
        draft = inspections.get(session, visit.id)
        there = photos.of_inspection(session, visit.id)
    assert draft is not None and draft.status is Status.DRAFT and draft.answers, "a draft is not on one laptop alone"
    assert len(there) == len(visit.photos) and all(b.blobs.get(one.sha) for one in there)
    signing.sign_and_finish(a, visit, Signing(head_name="王建國"), DRAWN)
    sync(hub, a, b)
    with b.reading() as session:
        found = inspections.get(session, visit.id)
    assert found is not None
    signed = {(one.role, one.name): b.blobs.get(one.picture.sha) for one in found.signing.signatures}
    assert signed == {(one.role, one.name): one.png for one in DRAWN}
    for store in (a, b):
        store.close()


def test_c15_the_size_of_a_batch_adapts_by_itself(hub: Trial, two: tuple[Store, Store]) -> None:
    a, _ = two
    for number in range(40):
        edit(a, {"q": number})
    sizes: list[int] = []

    class Narrow(HttpTransport):
        """A hub that takes no body above 2,000 bytes."""

        def exchange(self, ask: Ask) -> Answer:
            if ask.path == "/v1/push":
                sizes.append(len(ask.body))
                if len(ask.body) > 2_000:
                    found = super().exchange(Ask("GET", "/v1/hello?nonce=" + "0" * 16))
                    said = wire.pack(wire.Refused("body_too_large", "too large"))
                    return Answer(413, said, found.hub_id, found.epoch)
            return super().exchange(ask)

    with Narrow(hub.url) as transport:
        outcome = client.run_round(StoreLedger(a), clock=hub.clock, transport=transport)
    assert (outcome.outcome, outcome.pushed) == ("done", 40)
    assert max(sizes) > 2_000 and sum(size <= 2_000 for size in sizes) > 2


def test_c23_text_passes_a_jam_of_photos(hub: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    other_team = hub.laptop(8)
    gate, jammed = threading.Event(), threading.Semaphore(0)
    store = BlobFolder.store

    def slow(self: BlobFolder, sha: str, plain: bytes) -> None:
        jammed.release()
        gate.wait(60)
        store(self, sha, plain)

    monkeypatch.setattr(BlobFolder, "store", slow)
    others = [hub.laptop(7) for _ in range(PHOTO_THREADS + 2)]
    for number, each in enumerate(others):
        each.photograph(new_id(), b"photo %d" % number, scope="team:07")
    with ThreadPoolExecutor(len(others)) as lines:
        work = [lines.submit(hub.round, each) for each in others]
        try:
            for _ in range(PHOTO_THREADS):
                assert jammed.acquire(timeout=60)
            other_team.edit(new_id(), {"q": 1}, scope="team:08")
            outcome = hub.round(other_team)
            assert (outcome.outcome, outcome.pushed) == ("done", 1) and not gate.is_set()
        finally:
            gate.set()
        assert [one.result().outcome for one in work] == ["done"] * len(others)


def test_c29_fifty_parallel_edits_are_decided_on_a_full_disk_and_a_slow_line(
    hub: Trial, two: tuple[Store, Store]
) -> None:
    a, b = two
    visit = edit(a, {f"q{number}": "first" for number in range(50)})
    sync(hub, a, b)
    edit(a, {f"q{number}": f"a{number}" for number in range(50)}, visit)
    edit(b, {f"q{number}": f"b{number}" for number in range(50)}, visit)
    sync(hub, a, b, a)
    found = resolving.open_conflicts(a, visit)
    assert len(found) == 50
    with a.writing() as session:
        pages = session.execute(text("PRAGMA page_count")).scalar_one()
        session.execute(text(f"PRAGMA max_page_count = {pages + 12}"))
    refused = 0
    for conflict in found:
        try:
            resolving.resolve(a, conflict, conflict.heads[1].cs)
        except WorldError as error:
            assert error.key == "disk_full"
            refused += 1
    assert refused > 0 and len(resolving.open_conflicts(a, visit)) == refused
    with a.writing() as session:
        session.execute(text("PRAGMA max_page_count = 1000000"))
    for conflict in resolving.open_conflicts(a, visit):
        resolving.resolve(a, conflict, conflict.heads[1].cs)
    with fault_proxy(hub.url, Faults(rate=16_000, lose_reply_to="/v1/push")) as proxy:
        assert through(proxy.url, hub, a).outcome == "done"
        assert through(proxy.url, hub, a).outcome == "done"
    sync(hub, b)
    assert docs(a) == docs(b) and not resolving.open_conflicts(a) and not resolving.open_conflicts(b)


def test_c33_journal_and_data_are_compared_at_start(hub: Trial, two: tuple[Store, Store]) -> None:
    a, _ = two
    edit(a, {"q": 1})
    lost = edit(a, {"q": 2, "site": "x"})
    before = docs(a)
    with a.writing() as session:
        session.execute(delete(schema.entity).where(schema.entity.c.id == lost))
        session.execute(delete(schema.inspection_row).where(schema.inspection_row.c.id == lost))
    a.close()
    again = open_store(a.folder, PASSWORD, clock=hub.clock)
    assert docs(again) == before
    with again.reading() as session:
        assert journal.latest(session, 1)[0].kind == "rebuilt"
        assert inspections.get(session, lost) is not None
    again.close()


class Killed(BaseException):
    """The process ends here."""


def test_c34_a_round_only_adds_wherever_it_is_killed(hub: Trial, two: tuple[Store, Store]) -> None:
    a, b = two
    visit = edit(a, {"q": "mine"})
    photograph(a, visit, b"picture of a")
    sync(hub, a, b)
    edit(b, {"q": "theirs"}, visit)
    photograph(b, visit, b"picture of b")
    sync(hub, b)
    edit(a, {"q": "mine again"}, visit)
    before = bodies(a)
    for step in range(1, 12):

        class Dies(HttpTransport):
            left = step

            def exchange(self, ask: Ask) -> Answer:
                answer = super().exchange(ask)
                Dies.left -= 1
                if not Dies.left:
                    raise Killed
                return answer

        with Dies(hub.url) as transport, suppress(Killed):
            client.run_round(StoreLedger(a), clock=hub.clock, transport=transport)
        assert before.items() <= bodies(a).items(), "what was here stays, byte for byte"
        shown = docs(a)
        with a.writing() as session:
            rebuilding.rebuild(session)
        assert docs(a) == shown, "the data is what the log says"
    sync(hub, a, b)
    assert docs(a) == docs(b) and len(resolving.open_conflicts(a)) == 1


@contextmanager
def at_work(settings: HubSettings, clock: HandClock, *stores: Store) -> Iterator[Trial]:
    """The hub at a new address, which these laptops know."""
    with running(settings, clock=clock) as url:
        for store in stores:
            ledger = StoreLedger(store)
            link = ledger.hub()
            assert link is not None
            ledger.save_hub(replace(link, url=url))
        yield Trial(settings, url, clock)


def test_c38_a_restored_hub_gives_back_text_and_photos(tmp_path: Path) -> None:
    settings, clock = HubSettings(tmp_path / "hub", port=0), HandClock()
    with at_work(settings, clock) as hub:
        a = laptop(hub, tmp_path / "a")
        visit = edit(a, {"q": "before the backup"})
        photograph(a, visit, b"before the backup" * 1_000)
        sync(hub, a)
    shutil.copytree(tmp_path / "hub", tmp_path / "backup")
    with at_work(settings, clock, a) as hub:
        edit(a, {"q": "after the backup"}, visit)
        photograph(a, visit, b"after the backup" * 1_000)
        sync(hub, a)
    shutil.rmtree(tmp_path / "hub")
    shutil.copytree(tmp_path / "backup", tmp_path / "hub")
    with at_work(settings, clock, a) as hub:
        newcomer = laptop(hub, tmp_path / "new")
        sync(hub, a, a, newcomer)
        assert docs(newcomer) == docs(a) and bodies(newcomer) == bodies(a)
        shas = [json.loads(raw)["set"]["blob"]["sha"] for raw in bodies(a).values() if b'"blob"' in raw]
        assert len(shas) == 2 and all(newcomer.blobs.get(sha) == a.blobs.get(sha) for sha in shas)
        for store in (a, newcomer):
            store.close()
