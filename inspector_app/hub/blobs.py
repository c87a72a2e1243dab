"""Photo bytes in a folder: chunks are staged, the whole is verified,
then renamed and only then reported (sync.md §11)."""

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from inspector_app.hub.room import Room, room_of
from inspector_app.hub.storage import still_needed, wrong_whole
from inspector_app.sync import sealed
from inspector_app.sync.sealed import CHUNK

_READ = CHUNK
"""Bytes read at once."""


class BlobFolder:
    """A `BlobStore` of files, each sealed under `key` if there is one (security.md §10.3)."""

    def __init__(self, folder: Path, key: bytes | None = None) -> None:
        self._folder = folder
        self._stored = folder / "blobs"
        self._staging = folder / "staging"
        self._key = sealed.derive(key, "hub-blob") if key is not None else None
        for place in (self._stored, self._staging):
            place.mkdir(parents=True, exist_ok=True)
        self._make_shelves()

    def _make_shelves(self) -> None:
        """All at once, durably: one made on the fly would cost its photo the parent's fsync."""
        for number in range(256):
            (self._stored / f"{number:02x}").mkdir(exist_ok=True)
        _sync_folder(self._stored)

    def _path(self, sha: str) -> Path:
        return self._stored / sha[:2] / sha

    def _stage(self, sha: str, count: int) -> Path:
        return self._staging / f"{sha}-{count}"

    def size(self, sha: str) -> int | None:
        """See `BlobStore`."""
        try:
            size = self._path(sha).stat().st_size
        except FileNotFoundError:
            return None
        return size if self._key is None else sealed.plain_size(size)

    def missing(self, asked: Mapping[str, int]) -> dict[str, list[int]]:
        """See `BlobStore`."""
        return {sha: still_needed(count, self._staged(sha, count)) for sha, count in asked.items()}

    def _staged(self, sha: str, count: int) -> set[str]:
        try:
            return set(os.listdir(self._stage(sha, count)))
        except FileNotFoundError:  # none sent yet, or another worker has just assembled them and cleared the stage
            return set()

    def put(self, sha: str, number: int, count: int, plain: bytes) -> bool:
        """See `BlobStore`."""
        if count == 1 and hashlib.sha256(plain).hexdigest() == sha:
            self.store(sha, plain)
            return True
        stage = self._stage(sha, count)
        stage.mkdir(parents=True, exist_ok=True)
        _write(stage / str(number), self._sealed(plain))
        if any(not (stage / str(each)).exists() for each in range(count)):
            return False
        return self._assemble(sha, stage, count)

    def store(self, sha: str, plain: bytes) -> None:
        """See `BlobStore`; a Blob of one chunk needs no stage."""
        _write(self._path(sha), self._sealed(plain))

    def _assemble(self, sha: str, stage: Path, count: int) -> bool:
        try:
            genuine = self._join(sha, stage, count) if self._key is None else self._seal_whole(sha, stage, count)
        except FileNotFoundError:
            # another worker assembled the same chunks and cleared the stage: the same bytes under the same name
            return self.size(sha) is not None
        shutil.rmtree(stage, ignore_errors=True)
        if not genuine:
            raise wrong_whole()
        return True

    def _join(self, sha: str, stage: Path, count: int) -> bool:
        whole = stage / f"whole-{os.urandom(8).hex()}"
        digest = hashlib.sha256()
        with whole.open("wb") as target:
            for piece in self._pieces(stage, count):
                digest.update(piece)
                target.write(piece)
            target.flush()
            os.fsync(target.fileno())
        if digest.hexdigest() != sha:
            return False
        place = self._path(sha)
        whole.replace(place)
        _sync_folder(place.parent)
        return True

    def _seal_whole(self, sha: str, stage: Path, count: int) -> bool:
        plain = b"".join(self._pieces(stage, count))
        genuine = hashlib.sha256(plain).hexdigest() == sha
        if genuine:
            self.store(sha, plain)
        return genuine

    def _pieces(self, stage: Path, count: int) -> Iterator[bytes]:
        for number in range(count):
            kept = (stage / str(number)).read_bytes()
            yield kept if self._key is None else sealed.open_bytes(kept, self._key)

    def _sealed(self, plain: bytes) -> bytes:
        return plain if self._key is None else sealed.seal_bytes(plain, self._key)

    def read(self, sha: str, start: int, length: int) -> Iterator[bytes]:
        """See `BlobStore`."""
        if self._key is not None:
            yield from _read_sealed(self._path(sha).read_bytes(), self._key, start, length)
            return
        with self._path(sha).open("rb") as file:
            file.seek(start)
            while length > 0 and (piece := file.read(min(_READ, length))):
                length -= len(piece)
                yield piece

    def room(self) -> Room:
        """See `BlobStore`."""
        return room_of(self._stored)

    def note(self, name: str, plain: bytes) -> None:
        """See `BlobStore`."""
        _write(self._folder / f"hub-{name}.json", plain)

    def recall(self, name: str) -> bytes | None:
        """See `BlobStore`."""
        try:
            return (self._folder / f"hub-{name}.json").read_bytes()
        except FileNotFoundError:
            return None


def _read_sealed(kept: bytes, key: bytes, start: int, length: int) -> Iterator[bytes]:
    """Only the chunks that hold the range are opened."""
    while length > 0:
        piece = sealed.open_chunk(kept, key, start // CHUNK)[start % CHUNK :][:length]
        if not piece:
            return
        yield piece
        start, length = start + len(piece), length - len(piece)


def _write(path: Path, plain: bytes) -> None:
    folder = os.path.dirname(path)
    rough = f"{folder}/rough-{os.urandom(8).hex()}"
    file = os.open(rough, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        view = memoryview(plain)
        while view:
            view = view[os.write(file, view) :]
        os.fsync(file)
    finally:
        os.close(file)
    os.replace(rough, path)
    _sync_folder(folder)


def _sync_folder(folder: str | Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder; NTFS journals the rename
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
