"""Chunks, assembly and ranges."""

import hashlib
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from inspector_app.domain.errors import UserError
from inspector_app.hub.blobs import BlobFolder
from inspector_app.hub.bucket import BlobBucket
from inspector_app.hub.places import open_blobs
from inspector_app.hub.storage import BlobStore, check_chunk
from inspector_app.sync.sealed import CHUNK
from tests.hub.knocking import Knock
from tests.hub.trial import Trial

PLAIN = random.Random(5).randbytes(2 * CHUNK + 7)
SHA = hashlib.sha256(PLAIN).hexdigest()
PIECES = [PLAIN[start : start + CHUNK] for start in range(0, len(PLAIN), CHUNK)]


KEY = bytes(range(32))


@pytest.fixture(params=["folder", "sealed", "s3"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> BlobStore:
    if request.param == "s3":
        found = open_blobs(request.getfixturevalue("big").settings(tmp_path))
        assert isinstance(found, BlobBucket)
        return found
    return BlobFolder(tmp_path, KEY if request.param == "sealed" else None)


def test_chunks_in_any_order_become_a_blob(blobs: BlobStore) -> None:
    assert blobs.missing({SHA: 3}) == {SHA: [0, 1, 2]}
    assert not blobs.put(SHA, 2, 3, PIECES[2])
    assert not blobs.put(SHA, 0, 3, PIECES[0])
    assert (blobs.missing({SHA: 3}), blobs.size(SHA)) == ({SHA: [1]}, None)
    assert blobs.put(SHA, 1, 3, PIECES[1])
    assert blobs.size(SHA) == len(PLAIN)
    assert b"".join(blobs.read(SHA, 0, len(PLAIN))) == PLAIN
    assert b"".join(blobs.read(SHA, CHUNK - 1, 3)) == PLAIN[CHUNK - 1 : CHUNK + 2]
    assert blobs.missing({SHA: 3}) == {SHA: [0, 1, 2]}, "the stage is cleared"


def test_a_blob_of_many_parts(blobs: BlobStore) -> None:
    plain = random.Random(6).randbytes(17 * CHUNK + 1)
    sha = hashlib.sha256(plain).hexdigest()
    for number in range(18):
        whole = blobs.put(sha, number, 18, plain[number * CHUNK : (number + 1) * CHUNK])
        assert whole == (number == 17)
    assert b"".join(blobs.read(sha, 0, len(plain))) == plain


def test_a_wrong_whole_is_thrown_away(blobs: BlobStore) -> None:
    blobs.put(SHA, 0, 2, PIECES[0])
    with pytest.raises(UserError) as caught:
        blobs.put(SHA, 1, 2, b"else")
    assert caught.value.key == "blob_hash"
    assert (blobs.size(SHA), blobs.missing({SHA: 2})) == (None, {SHA: [0, 1]})


def test_a_word_is_kept_outside_the_database(blobs: BlobStore) -> None:
    assert blobs.recall("epoch") is None
    blobs.note("epoch", b"1")
    blobs.note("epoch", b"2")
    assert blobs.recall("epoch") == b"2"


def test_sealed_files_show_nothing(tmp_path: Path) -> None:
    blobs = BlobFolder(tmp_path, KEY)
    blobs.put(SHA, 0, 3, PIECES[0])
    small = b"seen by nobody" * 10
    blobs.store(hashlib.sha256(small).hexdigest(), small)
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"seen by nobody" not in kept and PIECES[0][:64] not in kept


def test_a_complete_set_that_was_never_assembled_asks_for_its_last_chunk(tmp_path: Path) -> None:
    blobs = BlobFolder(tmp_path)
    stage = tmp_path / "staging" / f"{SHA}-3"
    stage.mkdir()
    for number, piece in enumerate(PIECES):
        (stage / str(number)).write_bytes(piece)
    assert blobs.missing({SHA: 3}) == {SHA: [2]}
    assert blobs.put(SHA, 2, 3, PIECES[2])


def test_asking_what_is_missing_while_another_worker_assembles(tmp_path: Path) -> None:
    """Found by the chaos of processes: the stage was cleared between looking for it and looking into it."""
    folder = BlobFolder(tmp_path)
    wholes = [f"{number}{'x' * 9}".encode() for number in range(150)]
    names = {hashlib.sha256(plain).hexdigest(): plain for plain in wholes}

    def send() -> None:
        for sha, plain in names.items():
            folder.put(sha, 0, 2, plain[:3])
            folder.put(sha, 1, 2, plain[3:])

    with ThreadPoolExecutor(1) as pool:
        sending = pool.submit(send)
        while not sending.done():
            assert set(folder.missing(dict.fromkeys(names, 2))) == set(names)
        sending.result()


@pytest.mark.parametrize(
    ("number", "count", "plain", "key"),
    [
        (1, 1, b"x", "chunk_number"),
        (0, 401, b"x", "chunk_number"),
        (0, 2, b"short", "chunk_size"),
        (1, 2, b"", "chunk_size"),
        (0, 1, b"x" * (CHUNK + 1), "chunk_size"),
    ],
)
def test_chunks_that_do_not_fit(number: int, count: int, plain: bytes, key: str) -> None:
    with pytest.raises(UserError) as caught:
        check_chunk(number, count, plain, hashlib.sha256(plain).hexdigest())
    assert caught.value.key == key


def test_routes_refuse_what_cannot_be(hub: Trial) -> None:
    knock = Knock(hub, hub.laptop(7))
    for path in (
        f"/v1/blobs/{SHA}/x?of=1",
        f"/v1/blobs/{SHA}/0",
        f"/v1/blobs/{SHA}/0?of=-1",
        "/v1/blobs/..%2fhub.key/0?of=1",
    ):
        assert knock.raw("PUT", path, b"x").status_code in (404, 422), path
    assert knock.raw("PUT", f"/v1/blobs/{SHA}/0?of=1", b"x").status_code == 422
    assert knock.ask("POST", "/v1/blobs/missing", {"../../x": {"size": 1, "chunks": 1}})[0] == 422
    assert knock.ask("POST", "/v1/blobs/missing", {SHA: {"size": 1, "chunks": 10**9}})[0] == 422


def test_ranges(hub: Trial) -> None:
    ledger = hub.laptop(7)
    ledger.edit("visit", {"a": 1}, scope="team:07")
    sha = ledger.photograph("visit", b"0123456789", scope="team:07")
    hub.round(ledger)
    knock = Knock(hub, ledger)

    def get(wanted: str) -> tuple[int, bytes]:
        reply = knock.raw("GET", f"/v1/blobs/{sha}", headers={"Range": wanted})
        return reply.status_code, reply.content

    assert get("bytes=2-4") == (206, b"234")
    assert get("bytes=8-99") == (206, b"89")
    assert get("bytes=9-") == (206, b"9")
    for wrong in ("bytes=10-11", "bytes=4-2", "bytes=-1", "bytes=0-1,3-4", "lines=1-2", "bytes=99999999999999-"):
        assert get(wrong)[0] == 416, wrong
