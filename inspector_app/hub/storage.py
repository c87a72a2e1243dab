"""What the hub asks of the place that keeps photo bytes, whichever it is (sync.md §11)."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Protocol

from inspector_app.domain.errors import UserError
from inspector_app.hub.room import Room
from inspector_app.sync.sealed import CHUNK, chunk_count
from inspector_app.sync.wire import MAX_BLOB

MAX_CHUNKS = chunk_count(MAX_BLOB)


class BlobStore(Protocol):
    """Objects `blobs/ab/<sha>` and, until a Blob is whole, `staging/<sha>-<chunks>/<number>`; any worker may write.
    Every method raises WorldError `hub_blobs` when the place cannot be reached."""

    def size(self, sha: str) -> int | None:
        """Bytes of a stored Blob, None when it has not arrived whole."""

    def missing(self, asked: Mapping[str, int]) -> dict[str, list[int]]:
        """Per Blob that is not whole (sha → number of chunks) the chunk numbers still needed; a complete set that was
        never assembled asks for its last chunk again."""

    def put(self, sha: str, number: int, count: int, plain: bytes) -> bool:
        """Keep one chunk durably; True when this made the Blob whole and verified.

        Raises UserError `blob_hash` when the whole does not have the promised digest; its chunks are thrown away.
        """

    def store(self, sha: str, plain: bytes) -> None:
        """Keep a whole Blob whose digest is known to be right."""

    def read(self, sha: str, start: int, length: int) -> Iterator[bytes]:
        """Bytes [start, start + length) of a stored Blob in small pieces."""

    def room(self) -> Room | None:
        """What the disk has left, None where nobody can tell."""

    def note(self, name: str, plain: bytes) -> None:
        """Keep a small word outside the database, replacing the last."""

    def recall(self, name: str) -> bytes | None:
        """The word last noted, None if there is none."""


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


def still_needed(count: int, names: set[str]) -> list[int]:
    """Chunk numbers not among the staged names; of a complete set the last one."""
    return [number for number in range(count) if str(number) not in names] or [count - 1]


def wrong_whole() -> UserError:
    """The chunks do not make the Blob they promised."""
    return UserError("blob_hash", "The photo's bytes do not have the promised digest; send it again.")
