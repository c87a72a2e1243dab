"""Sticks: whole or refused, any number of times, only the hub's word empties the Outbox (sync.md §12)."""

import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from inspector_app.domain.errors import UserError
from inspector_app.hub import invites, status, sticks
from inspector_app.operations import bundling
from inspector_app.store.database import Store
from inspector_app.store.ledger import StoreLedger
from inspector_app.sync import boxes, bundles
from inspector_app.sync.identity import new_identity
from inspector_app.sync.sealed import CHUNK
from tests.hub.trial import Trial
from tests.sync.laptops import edit, laptop, photograph, sync


@pytest.fixture
def two(hub: Trial, tmp_path: Path):  # type: ignore[no-untyped-def]
    stores = laptop(hub, tmp_path / "a"), laptop(hub, tmp_path / "b")
    yield stores
    for store in stores:
        store.close()


def everything(store: Store) -> set[str]:
    return set(StoreLedger(store).known_ids())


def test_a_key_is_sealed_to_an_identity_and_opens_only_there() -> None:
    ours, other = new_identity(), new_identity()
    for _ in range(20):
        sealed = boxes.seal_key(b"k" * 32, ours.public)
        assert boxes.open_key(sealed, ours) == b"k" * 32
    with pytest.raises(UserError):
        boxes.open_key(sealed, other)
    for wrong in (b"", b"\xff" * 32, b"\1" + b"\0" * 31):
        with pytest.raises(UserError):
            boxes.seal_key(b"k" * 32, wrong)


def test_a_laptop_without_any_network_syncs_by_stick(hub: Trial, two: tuple[Store, Store], tmp_path: Path) -> None:
    far, near = two
    visit = edit(near, {"a": 1})
    sync(hub, near)
    mine = edit(far, {"b": 2})
    plain = random.Random(1).randbytes(CHUNK + 7)
    sha = photograph(far, mine, plain)
    out, back = tmp_path / "out.zip", tmp_path / "back.zip"
    written = bundling.export(far, out)
    assert (written.outcome.pushed, written.outcome.blobs_up) == (2, 1)
    assert StoreLedger(far).pending().changesets == 2, "writing a stick is no receipt"
    for _ in range(3):
        said = sticks.take_file(hub.settings, out, back, clock=hub.clock)
    assert (said["dup"], said["back"], said["blobs"]) == (2, 1, 1)
    assert status.status(hub.settings)["changesets"] == 3
    for _ in range(3):
        bundling.import_(far, back)
    pending = StoreLedger(far).pending()
    assert (pending.changesets, pending.blobs) == (0, 0)
    assert len(everything(far)) == 3
    sync(hub, near)
    assert everything(near) == everything(far) and near.blobs.get(sha) == plain
    assert visit


def test_two_laptops_exchange_by_stick_and_either_carries_on(
    hub: Trial, two: tuple[Store, Store], tmp_path: Path
) -> None:
    far, near = two
    mine = edit(far, {"b": 2})
    sha = photograph(far, mine, b"picture")
    bundling.export(far, tmp_path / "s.zip", near.identity.public.hex())
    for _ in range(3):
        outcome = bundling.import_(near, tmp_path / "s.zip")
    assert outcome.pulled == 2 and near.blobs.get(sha) == b"picture"
    assert StoreLedger(far).pending().changesets == 2, "a colleague's laptop is not the hub"
    sync(hub, near)
    assert status.status(hub.settings) | {} and status.status(hub.settings)["changesets"] == 2
    bundling.export(near, tmp_path / "t.zip", far.identity.device)
    bundling.import_(far, tmp_path / "t.zip")
    assert StoreLedger(far).pending().changesets == 2
    sync(hub, far)
    assert StoreLedger(far).pending().changesets == 0


def test_a_stick_between_laptops_carries_a_third_ones_work_with_its_key(
    hub: Trial, two: tuple[Store, Store], tmp_path: Path
) -> None:
    far, near = two
    third = laptop(hub, tmp_path / "c")
    visit = edit(third, {"a": 1})
    sync(hub, third, near)
    edit(near, {"a": 2}, visit)
    bundling.export(near, tmp_path / "s.zip", far.identity.public.hex())
    assert bundling.import_(far, tmp_path / "s.zip").pulled == 2
    assert everything(far) == everything(near)
    third.close()


def rewrite(path: Path, change: Callable[[list[tuple[str, bytes]]], list[tuple[str, bytes]]]) -> None:
    with zipfile.ZipFile(path) as archive:
        members = [(one.filename, archive.read(one)) for one in archive.infolist()]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in change(members):
            archive.writestr(name, content)


TORN: dict[str, Callable[[list[tuple[str, bytes]]], list[tuple[str, bytes]]]] = {
    "no manifest": lambda ms: ms[:-1],
    "manifest first": lambda ms: [ms[-1], *ms[:-1]],
    "extra member": lambda ms: [("../../x", b"x"), *ms],
    "missing member": lambda ms: ms[1:],
    "changed member": lambda ms: [(n, c[:-1] + b"?") if n == bundles.CHANGES else (n, c) for n, c in ms],
    "changed manifest": lambda ms: [*ms[:-1], (ms[-1][0], ms[-1][1].replace(b'"epoch":1', b'"epoch":2'))],
    "nonsense manifest": lambda ms: [*ms[:-1], (ms[-1][0], b"[" * 9_000)],
}


@pytest.mark.parametrize("how", TORN)
def test_a_changed_bundle_is_refused_whole(two: tuple[Store, Store], tmp_path: Path, how: str) -> None:
    far, near = two
    edit(far, {"b": 2})
    bundling.export(far, tmp_path / "s.zip", near.identity.public.hex())
    rewrite(tmp_path / "s.zip", TORN[how])
    with pytest.raises(UserError) as caught:
        bundling.import_(near, tmp_path / "s.zip")
    assert caught.value.key == "bundle_damaged"
    assert not everything(near)


def test_a_torn_copy_is_refused_at_every_length(two: tuple[Store, Store], tmp_path: Path) -> None:
    far, near = two
    photograph(far, edit(far, {"b": 2}), b"x" * 5_000)
    bundling.export(far, tmp_path / "s.zip", near.identity.public.hex())
    whole = (tmp_path / "s.zip").read_bytes()
    for length in (*range(0, len(whole), 97), len(whole) - 1):
        (tmp_path / "torn.zip").write_bytes(whole[:length])
        with pytest.raises(UserError):
            bundling.import_(near, tmp_path / "torn.zip")
    assert not everything(near)


def test_only_the_recipient_reads_and_only_known_laptops_are_taken(
    hub: Trial, two: tuple[Store, Store], tmp_path: Path
) -> None:
    far, near = two
    edit(far, {"secret": "廠長的電話"})
    bundling.export(far, tmp_path / "s.zip")
    with zipfile.ZipFile(tmp_path / "s.zip") as archive:
        assert all("廠長".encode() not in archive.read(one) for one in archive.infolist())
    with pytest.raises(UserError) as caught:
        bundling.import_(near, tmp_path / "s.zip")
    assert caught.value.key == "bundle_not_for_us"
    invites.revoke(hub.settings, far.identity.device)
    with pytest.raises(UserError) as caught:
        sticks.take_file(hub.settings, tmp_path / "s.zip", None, clock=hub.clock)
    assert caught.value.key == "unauthorized"
    assert status.status(hub.settings)["changesets"] == 0


def test_photos_spread_over_volumes_that_a_stick_can_hold() -> None:
    sizes = [(f"{number}", 900 * 1024**2) for number in range(5)]
    assert [len(batch) for batch in bundles.volumes(sizes)] == [2, 2, 1]
    assert list(bundles.volumes([])) == [[]]
