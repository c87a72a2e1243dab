"""What users of other systems complained of about photos, each as a promise of ours (shared complaints list, C1–C38;
docs/complaints.md says where each of them is held)."""

import os
import random
from pathlib import Path

import pytest
from sqlalchemy import select

from inspector_app.domain.photo import Mark
from inspector_app.hub import room, status
from inspector_app.hub.settings import HubSettings
from inspector_app.operations import bundling, photographing, retouching, syncing
from inspector_app.store import history, photos, schema
from inspector_app.store.database import Store, open_store
from inspector_app.store.ledger import StoreLedger
from inspector_app.sync import client
from inspector_app.sync.ports import Progress
from inspector_app.sync.sealed import CHUNK, digest
from inspector_app.sync.transport import FLOWS
from tests.hub.knocking import Knock
from tests.hub.trial import Trial, trial
from tests.operations.acting import PICTURE, begun
from tests.sync.fault_proxy import Faults, fault_proxy
from tests.sync.laptops import PASSWORD, edit, laptop, photograph, sync
from tests.sync.test_complaints import through
from tests.sync.visiting import visitor

MANY = int(os.environ.get("COMPLAINT_PHOTOS", "40"))
"""The complaints speak of 2,000 and of 5,000: `COMPLAINT_PHOTOS=2000` plays them."""


def entities(store: Store, kind: str) -> list[str]:
    with store.reading() as session:
        return list(session.execute(select(schema.entity.c.id).where(schema.entity.c.kind == kind)).scalars())


def test_c2_c14_many_photos_all_arrive_a_few_at_once_with_progress(
    hub: Trial, two: tuple[Store, Store], tmp_path: Path
) -> None:
    a, b = two
    dice = random.Random(14)
    visit = edit(a, {"q": 1})
    shas = [photograph(a, visit, dice.randbytes(dice.randrange(200, 2_000))) for _ in range(MANY)]
    bundling.export(a, tmp_path / "rescue.zip")
    assert len(syncing.deliveries(a).photos) == min(MANY, syncing.LISTED), "each missing one is named"
    sync(hub, a)
    assert syncing.deliveries(a).photos == () and syncing.deliveries(a).on_hub == MANY
    told: list[Progress] = []
    with fault_proxy(hub.url) as proxy, client.HttpTransport(proxy.url) as transport:
        outcome = client.run_round(StoreLedger(b), clock=hub.clock, progress=told.append, transport=transport)
        assert (outcome.outcome, outcome.blobs_down) == ("done", MANY)
        assert proxy.counts.connections <= FLOWS, "bounded, however many photos there are"
    coming = [one for one in told if one.step == "photos_down"]
    assert {one.total for one in coming} == {MANY} and sorted({one.done for one in coming}) == [*range(MANY + 1)]
    assert [one.moved for one in coming] == sorted(one.moved for one in coming) and coming[-1].moved > 200 * MANY
    assert {digest(b.blobs.get(sha)) for sha in shas} == set(shas)


def test_c6_c9_the_original_and_its_marked_copy_both_arrive_and_the_copy_is_shown(hub: Trial, tmp_path: Path) -> None:
    a, b = visitor(hub, tmp_path / "a"), laptop(hub, tmp_path / "b")
    visit = begun(a)
    photo, _ = photographing.attach(a, visit, visit.state().items[0].item.id, PICTURE)
    retouching.mark(a, visit, photo.id, [Mark("frame", ((1_000, 1_000), (9_000, 9_000)))])
    sync(hub, a, b)
    with b.reading() as session:
        (there,) = photos.of_inspection(session, visit.id)
    assert b.blobs.get(there.sha) == PICTURE, "no size setting touches the original"
    assert there.copy and b.blobs.get(there.copy) == a.blobs.get(there.copy)
    assert photographing.report_copy(b, there) == photographing.report_copy(a, there)
    assert photographing.report_copy(b, there) != photographing.report_copy(a, photo)
    for store in (a, b):
        store.close()


def test_c7_a_damaged_photo_is_noticed_when_it_is_sent_and_the_others_go(hub: Trial, two: tuple[Store, Store]) -> None:
    a, b = two
    visit = edit(a, {"q": 1})
    good, bad = photograph(a, visit, b"good"), photograph(a, visit, b"bad " * 100)
    place = a.blobs._path(bad)
    place.write_bytes(place.read_bytes()[:-3] + b"???")
    outcome = through(hub.url, hub, a)
    assert (outcome.outcome, outcome.why, outcome.blobs_up) == ("partial", "blob_damaged", 1)
    assert [one.sha for one in syncing.deliveries(a).photos] == [bad], "flagged in the list the same day"
    sync(hub, b)
    assert b.blobs.get(good) == b"good" and not b.blobs.has(bad)


def test_c7_the_hub_verifies_every_chunk_and_the_whole(hub: Trial, two: tuple[Store, Store]) -> None:
    a, _ = two
    sha = photograph(a, edit(a, {"q": 1}), b"whole")
    knock = Knock(hub, hub.laptop(7))
    put = f"/v1/blobs/{sha}/0?of=1"
    assert knock.raw("PUT", put, b"", {"X-Sha256": digest(b"")}).status_code == 422, "zero bytes"
    assert knock.raw("PUT", put, b"who", {"X-Sha256": digest(b"whole")}).status_code == 422, "cut on the way"
    assert status.status(hub.settings)["blobs"] == 0


def test_c12_bytes_are_immutable_and_a_replaced_picture_is_a_new_version_with_an_author(
    hub: Trial, two: tuple[Store, Store]
) -> None:
    a, b = two
    visit = edit(a, {"q": 1})
    first = photograph(a, visit, b"first")
    sync(hub, a)
    knock = Knock(hub, hub.laptop(7))
    again = knock.raw("PUT", f"/v1/blobs/{first}/0?of=1", b"other", {"X-Sha256": digest(b"other")})
    assert again.status_code in (200, 422)
    sync(hub, b)
    assert b.blobs.get(first) == b"first"
    (photo,) = entities(b, "photo")
    second = b.blobs.put(b"second")
    edit(b, {"blob": {"sha": second, "size": 6, "mime": "image/jpeg", "chunks": 1}}, photo, kind="photo")
    sync(hub, b, a)
    with a.reading() as session:
        versions = [one for one in history.saved(session) if (one.entity, one.field) == (photo, "blob")]
    assert len(versions) == 2 and all(one.person for one in versions)
    assert (a.blobs.get(first), a.blobs.get(second)) == (b"first", b"second")


def test_c22_opening_compares_sizes_and_reads_no_photo(hub: Trial, two: tuple[Store, Store]) -> None:
    a, _ = two
    visit = edit(a, {"q": 1})
    shas = [photograph(a, visit, bytes([number]) * 1_000) for number in range(50)]
    sync(hub, a)
    a.blobs._path(shas[0]).write_bytes(b"\0" * a.blobs._path(shas[0]).stat().st_size)  # not noticed: nothing is hashed
    a.blobs._path(shas[1]).unlink()
    a.close()
    again = open_store(a.folder, PASSWORD, clock=hub.clock)
    assert [one.sha for one in StoreLedger(again).blobs_wanted()] == [shas[1]]
    outcome = through(hub.url, hub, again)
    assert (outcome.blobs_down, again.blobs.get(shas[1])) == (1, b"\1" * 1_000) and outcome.bytes_down < 5_000
    again.close()


def test_c24_a_hub_with_little_room_refuses_photos_politely_and_takes_text(
    hub: Trial, two: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = two
    photograph(b, edit(b, {"q": 0}), b"came before")
    sync(hub, b)
    sha = photograph(a, edit(a, {"q": 1}), b"picture")
    usage = room.shutil.disk_usage(hub.settings.folder)
    monkeypatch.setattr(room.shutil, "disk_usage", lambda _: usage._replace(total=100 * 1024**3, free=4 * 1024**3))
    outcome = through(hub.url, hub, a)
    assert (outcome.outcome, outcome.why, outcome.pushed, outcome.blobs_up) == ("partial", "hub_full", 2, 0)
    assert outcome.blobs_down == 1, "what is there still comes"
    assert status.status(hub.settings)["disk"]["takes_photos"] is False, "the administrator sees it"
    assert Knock(hub)._client.get("/healthz/ready").json() == {"ready": True, "photos": False}
    assert a.blobs.get(sha) == b"picture" and StoreLedger(a).pending().blobs == 1
    monkeypatch.undo()
    assert through(hub.url, hub, a).outcome == "done"


def test_c26_one_record_with_photos_over_many_requests_stays_one_record(hub: Trial, two: tuple[Store, Store]) -> None:
    a, b = two
    visit = edit(a, {"q": 1})
    for number in range(4):
        photograph(a, visit, random.Random(number).randbytes(CHUNK + 9))
        edit(a, {"q": number + 2}, visit)
        with fault_proxy(hub.url, Faults(kill_after=CHUNK + 200_000, lose_reply_to="/v1/push")) as proxy:
            through(proxy.url, hub, a)
    sync(hub, a, b)
    assert status.status(hub.settings)["entities"] == {"inspection": 1, "photo": 4}
    assert len(entities(b, "inspection")) == 1 and len(entities(b, "photo")) == 4


def test_c37_a_days_measure_keeps_photos_back_and_deletes_nothing(
    tmp_path: Path,
) -> None:
    with trial(HubSettings(tmp_path / "hub", port=0, day_bytes=100_000)) as hub:
        a, b = laptop(hub, tmp_path / "a"), laptop(hub, tmp_path / "b")
        visit = edit(a, {"q": 1})
        shas = [photograph(a, visit, random.Random(number).randbytes(40_000)) for number in range(3)]
        outcome = through(hub.url, hub, a)
        assert (outcome.outcome, outcome.why, outcome.pushed, outcome.blobs_up) == ("partial", "quota", 4, 2)
        edit(a, {"q": 2}, visit)
        assert through(hub.url, hub, a).pushed == 1, "records have a measure of their own"
        assert [one.sha in shas for one in syncing.deliveries(a).photos] == [True]
        hub.clock.forward(hours=24)
        assert through(hub.url, hub, a).outcome == "done"
        sync(hub, b)
        assert all(a.blobs.has(sha) and b.blobs.has(sha) for sha in shas)
        for store in (a, b):
            store.close()
