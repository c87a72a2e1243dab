"""Sealed photos: whole or absent, damaged ones refused, downloads resumed, nothing told by names."""

import os
from pathlib import Path

import pytest

from inspector_app.domain.errors import WorldError
from inspector_app.store import durable, reconciling, schema
from inspector_app.store.blobs import DAMAGED, ORIGINALS, Blobs
from inspector_app.store.database import Store
from inspector_app.sync.sealed import CHUNK, digest
from tests.store.conftest import NOW, save, visit

BIG = os.urandom(2 * CHUNK + 17)


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    made = Blobs(tmp_path, bytes(range(32)))
    made.make_folders()
    return made


def only_file(folder: Path) -> Path:
    (found,) = [path for path in (folder / ORIGINALS).rglob("*") if path.is_file()]
    return found


@pytest.mark.parametrize("plain", [b"", b"x", BIG, bytes(CHUNK)], ids=["empty", "one", "three chunks", "exactly one"])
def test_round_trip(blobs: Blobs, plain: bytes) -> None:
    sha = blobs.put(plain)
    assert sha == digest(plain)
    assert blobs.has(sha)
    assert blobs.size(sha) == len(plain)
    assert blobs.get(sha) == plain
    parts = [blobs.chunk(sha, number) for number in range(max(1, -(-len(plain) // CHUNK)))]
    assert b"".join(parts) == plain


def test_kept_once(blobs: Blobs, tmp_path: Path) -> None:
    blobs.put(BIG)
    first = only_file(tmp_path).stat().st_mtime_ns
    blobs.put(BIG)
    assert only_file(tmp_path).stat().st_mtime_ns == first


def test_the_name_tells_nothing(blobs: Blobs, tmp_path: Path) -> None:
    sha = blobs.put(BIG)
    assert only_file(tmp_path).name != sha
    assert blobs.name(sha) != Blobs(tmp_path, bytes(32)).name(sha)


def test_missing(blobs: Blobs) -> None:
    for read in (lambda: blobs.get("0" * 64), lambda: blobs.chunk("0" * 64, 0)):
        with pytest.raises(WorldError) as caught:
            read()
        assert caught.value.key == "blob_missing"
    assert blobs.size("0" * 64) is None


@pytest.mark.parametrize("place", [0, 5, 20, 60, -1])
def test_one_flipped_byte_is_refused(blobs: Blobs, tmp_path: Path, place: int) -> None:
    sha = blobs.put(BIG)
    raw = bytearray(only_file(tmp_path).read_bytes())
    raw[place] ^= 1
    only_file(tmp_path).write_bytes(raw)
    with pytest.raises(WorldError) as caught:
        blobs.get(sha)
    assert caught.value.key == "blob_damaged"


@pytest.mark.parametrize("length", [1, 41, 42, 58, CHUNK, CHUNK + 58, 2 * CHUNK + 100])
def test_a_torn_file_is_refused_and_put_again(blobs: Blobs, tmp_path: Path, length: int) -> None:
    sha = blobs.put(BIG)
    os.truncate(only_file(tmp_path), length)
    with pytest.raises(WorldError) as caught:
        blobs.get(sha)
    assert caught.value.key == "blob_damaged"
    blobs.put(BIG)
    assert blobs.get(sha) == BIG


def test_swapped_files_are_refused(blobs: Blobs, tmp_path: Path) -> None:
    sha = blobs.put(b"one")
    path = only_file(tmp_path)
    kept = path.read_bytes()
    path.unlink()
    other = blobs.put(b"two")
    only_file(tmp_path).write_bytes(kept)
    with pytest.raises(WorldError):
        blobs.get(other)
    assert not blobs.has(sha)


def test_a_refusing_disk_leaves_no_half_file(blobs: Blobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(durable.os, "fsync", refuse)
    with pytest.raises(WorldError, match="disk is full"):
        blobs.put(BIG)
    monkeypatch.undo()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert blobs.get(blobs.put(BIG)) == BIG


def test_derived_is_sealed_and_never_trusted(blobs: Blobs, tmp_path: Path) -> None:
    blobs.put_derived("a" * 64, "thumbnail", b"small picture")
    assert blobs.get_derived("a" * 64, "thumbnail") == b"small picture"
    assert blobs.get_derived("a" * 64, "report") is None
    (path,) = [path for path in (tmp_path / "derived").rglob("*") if path.is_file()]
    assert b"small" not in path.read_bytes()
    path.write_bytes(path.read_bytes()[:-1])
    assert blobs.get_derived("a" * 64, "thumbnail") is None


def test_a_download_is_resumed_and_assembled(blobs: Blobs, tmp_path: Path) -> None:
    sha = digest(BIG)
    for number in range(2):
        assert blobs.kept_parts(sha) == number
        blobs.keep_chunk(sha, number, BIG[number * CHUNK : (number + 1) * CHUNK])
    again = Blobs(tmp_path, bytes(range(32)))
    assert again.kept_parts(sha) == 2
    again.keep_chunk(sha, 2, BIG[2 * CHUNK :])
    assert again.finish(sha)
    assert again.get(sha) == BIG
    assert again.kept_parts(sha) == 0
    assert list((tmp_path / "parts").iterdir()) == []


def test_a_wrong_download_is_thrown_away(blobs: Blobs) -> None:
    sha = digest(BIG)
    blobs.keep_chunk(sha, 0, BIG[:CHUNK])
    assert not blobs.finish(sha)
    assert not blobs.has(sha)
    assert blobs.kept_parts(sha) == 0
    assert not blobs.finish(sha)


def test_rows_and_files_are_reconciled(store: Store) -> None:
    lost, torn, sound = (store.blobs.put(bytes([n]) * 50) for n in range(3))
    one = visit(store)
    for sha in (lost, torn, sound):
        save(store, "photo", {"inspection": one, "blob": {"sha": sha, "size": 50}})
    orphan = store.blobs.put(b"row still to come")
    folder = store.folder / ORIGINALS
    (folder / store.blobs.name(lost)[:2] / store.blobs.name(lost)).unlink()
    os.truncate(folder / store.blobs.name(torn)[:2] / store.blobs.name(torn), 60)
    (folder / "00" / "half.tmp").write_bytes(b"x")
    with store.writing() as session:
        assert reconciling.reconcile(session, store.blobs, NOW) == 2
    with store.reading() as session:
        states = dict(
            session.execute(schema.blob.select().with_only_columns(schema.blob.c.sha, schema.blob.c.state)).all()
        )
    assert states == {lost: "wanted", torn: "wanted", sound: "here"}
    assert [path.name for path in (store.folder / DAMAGED).iterdir()] == [store.blobs.name(torn)]
    assert store.blobs.has(orphan)
    assert not list(folder.rglob("*.tmp"))
    store.blobs.put(bytes([0]) * 50)
    with store.writing() as session:
        assert reconciling.reconcile(session, store.blobs, NOW) == 0
    with store.reading() as session:
        assert session.execute(schema.blob.select().where(schema.blob.c.sha == lost)).one().state == "here"
