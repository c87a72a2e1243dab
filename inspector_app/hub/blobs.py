"""Photo bytes in a folder: chunks are staged, the whole is verified,
then renamed and only then reported (sync.md §11)."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from inspector_app.domain.errors import UserError
from inspector_app.sync.sealed import CHUNK, chunk_count
from inspector_app.sync.wire import MAX_BLOB

_READ = 64 * 1024
MAX_CHUNKS = chunk_count(MAX_BLOB)


class BlobFolder:
    """`blobs/ab/<sha>` and `staging/<sha>-<chunks>/<number>`; any worker may write, the last one assembles."""

    def __init__(self, folder: Path) -> None:
        self._stored = folder / "blobs"
        self._staging = folder / "staging"
        for place in (self._stored, self._staging):
            place.mkdir(parents=True, exist_ok=True)

    def _path(self, sha: str) -> Path:
        return self._stored / sha[:2] / sha

    def _stage(self, sha: str, count: int) -> Path:
        return self._staging / f"{sha}-{count}"

    def size(self, sha: str) -> int | None:
        """Bytes of a stored Blob, None when it has not arrived whole."""
        try:
            return self._path(sha).stat().st_size
        except FileNotFoundError:
            return None

    def missing(self, sha: str, count: int) -> list[int]:
        """Chunk numbers still needed; a complete set that was never assembled asks for its last chunk again."""
        stage = self._stage(sha, count)
        names = {path.name for path in stage.iterdir()} if stage.is_dir() else set()
        return [number for number in range(count) if str(number) not in names] or [count - 1]

    def put(self, sha: str, number: int, count: int, plain: bytes) -> bool:
        """Keep one chunk durably; True when this made the Blob whole and verified.

        Raises UserError `blob_hash` when the whole does not have the promised digest; its chunks are thrown away.
        """
        if count == 1 and hashlib.sha256(plain).hexdigest() == sha:
            self._store_whole(sha, plain)
            return True
        stage = self._stage(sha, count)
        stage.mkdir(parents=True, exist_ok=True)
        _write(stage / str(number), plain)
        if any(not (stage / str(each)).exists() for each in range(count)):
            return False
        return self._assemble(sha, stage, count)

    def _assemble(self, sha: str, stage: Path, count: int) -> bool:
        whole = stage / f"whole-{os.urandom(8).hex()}"
        digest = hashlib.sha256()
        try:
            with whole.open("wb") as target:
                for number in range(count):
                    piece = (stage / str(number)).read_bytes()
                    digest.update(piece)
                    target.write(piece)
                target.flush()
                os.fsync(target.fileno())
            if digest.hexdigest() == sha:
                place = self._make_place(sha)
                whole.replace(place)
                _sync_folder(place.parent)
        except FileNotFoundError:
            # another worker assembled the same chunks and cleared the stage: the same bytes under the same name
            return self.size(sha) is not None
        shutil.rmtree(stage, ignore_errors=True)
        if digest.hexdigest() != sha:
            raise UserError("blob_hash", "The photo's bytes do not have the promised digest; send it again.")
        return True

    def _store_whole(self, sha: str, plain: bytes) -> None:
        """A Blob of one chunk needs no stage."""
        place = self._make_place(sha)
        _write(place, plain)

    def _make_place(self, sha: str) -> Path:
        place = self._path(sha)
        if not place.parent.is_dir():
            place.parent.mkdir(parents=True, exist_ok=True)
            _sync_folder(self._stored)
        return place

    def read(self, sha: str, start: int, length: int) -> Iterator[bytes]:
        """Bytes [start, start + length) of a stored Blob in small pieces."""
        with self._path(sha).open("rb") as file:
            file.seek(start)
            while length > 0 and (piece := file.read(min(_READ, length))):
                length -= len(piece)
                yield piece


def check_chunk(number: int, count: int, plain: bytes, promised: str) -> None:
    """Raises UserError unless number, count, length and digest of a chunk fit each other."""
    if not 0 < count <= MAX_CHUNKS or not 0 <= number < count:
        raise UserError("chunk_number", "The chunk number does not fit.")
    is_last = number == count - 1
    fits = len(plain) == CHUNK or (is_last and (0 < len(plain) < CHUNK or (count == 1 and not plain)))
    if not fits:
        raise UserError("chunk_size", "The chunk has the wrong size.")
    if hashlib.sha256(plain).hexdigest() != promised:
        raise UserError("chunk_hash", "The chunk was damaged on the way; send it again.")


def _write(path: Path, plain: bytes) -> None:
    rough = path.with_name(f"rough-{os.urandom(8).hex()}")
    with rough.open("wb") as file:
        file.write(plain)
        file.flush()
        os.fsync(file.fileno())
    rough.replace(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder; NTFS journals the rename
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
