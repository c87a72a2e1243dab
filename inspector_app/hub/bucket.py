"""Photo bytes in an S3-compatible store through obstore, relying on PUT, GET with Range, HEAD, DELETE and LIST only
(sync.md §11)."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import S3Store

from inspector_app.domain.errors import UserError, WorldError
from inspector_app.hub.storage import still_needed, wrong_whole
from inspector_app.sync.sealed import CHUNK

_SINGLE = 8 * 1024 * 1024
"""Above it a Blob goes up in parts."""
_AT_ONCE = 8
_MOST_PARTS = 10_000


class BlobBucket:
    """Keys as in `BlobStore`, below the URL's prefix. Credentials, region and endpoint come from AWS_… variables;
    content addressing makes overwriting harmless, so no conditional PUT is needed."""

    def __init__(self, url: str) -> None:
        try:
            self._store = S3Store.from_url(
                url,
                client_options={
                    "timeout": timedelta(seconds=20),
                    "connect_timeout": timedelta(seconds=5),
                    "allow_http": os.environ.get("AWS_ALLOW_HTTP", "").lower() == "true",
                },
                retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=15)},
            )
        except BaseError as error:
            raise UserError("blobs_url", f"The photo storage cannot be used: {error}") from None

    def size(self, sha: str) -> int | None:
        """See `BlobStore`."""
        with _reaching():
            try:
                return int(obstore.head(self._store, _key(sha))["size"])
            except (NotFoundError, FileNotFoundError):
                return None

    def missing(self, asked: Mapping[str, int]) -> dict[str, list[int]]:
        """See `BlobStore`; one LIST per Blob of several chunks, a few at once."""
        found = {sha: [0] for sha, count in asked.items() if count == 1}
        several = [(sha, count) for sha, count in asked.items() if count > 1]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            staged = pool.map(lambda one: self._staged(_stage(*one)), several)
            found |= {sha: still_needed(count, names) for (sha, count), names in zip(several, staged, strict=True)}
        return found

    def put(self, sha: str, number: int, count: int, plain: bytes) -> bool:
        """See `BlobStore`."""
        if count == 1 and hashlib.sha256(plain).hexdigest() == sha:
            self.store(sha, plain)
            return True
        stage = _stage(sha, count)
        with _reaching():
            obstore.put(self._store, f"{stage}/{number}", plain, use_multipart=False)
        if {str(each) for each in range(count)} - self._staged(stage):
            return False
        with _reaching():
            try:
                return self._assemble(sha, stage, count)
            except (NotFoundError, FileNotFoundError):
                # another worker assembled the same chunks and cleared the stage
                return self.size(sha) is not None

    def store(self, sha: str, plain: bytes) -> None:
        """See `BlobStore`."""
        with _reaching():
            obstore.put(self._store, _key(sha), plain, use_multipart=False)

    def _assemble(self, sha: str, stage: str, count: int) -> bool:
        """Two passes, so that nothing is stored before the whole digest is known and memory stays bounded."""
        digest = hashlib.sha256()
        kept: list[bytes] = []
        for piece in self._pieces(stage, count):
            digest.update(piece)
            if count * CHUNK <= _SINGLE:
                kept.append(piece)
        genuine = digest.hexdigest() == sha
        if genuine and kept:
            obstore.put(self._store, _key(sha), b"".join(kept), use_multipart=False)
        elif genuine:
            with obstore.open_writer(self._store, _key(sha), buffer_size=_SINGLE, max_concurrency=2) as target:
                for piece in self._pieces(stage, count):
                    target.write(piece)
        obstore.delete(self._store, [f"{stage}/{each}" for each in range(count)])
        if not genuine:
            raise wrong_whole()
        return True

    def _pieces(self, stage: str, count: int) -> Iterator[bytes]:
        for number in range(count):
            yield bytes(obstore.get(self._store, f"{stage}/{number}").bytes())

    def _staged(self, stage: str) -> set[str]:
        names: set[str] = set()
        with _reaching():
            for page in obstore.list(self._store, prefix=stage, chunk_size=1_000):
                names.update(one["path"].rpartition("/")[2] for one in page)
                if len(names) > _MOST_PARTS:
                    break
        return names

    def read(self, sha: str, start: int, length: int) -> Iterator[bytes]:
        """See `BlobStore`; one ranged GET per 512 KiB."""
        while length > 0:
            taken = min(CHUNK, length)
            with _reaching():
                piece = bytes(obstore.get_range(self._store, _key(sha), start=start, length=taken))
            yield piece
            start, length = start + taken, length - taken

    def room(self) -> None:
        """See `BlobStore`: such a store tells of no limit."""

    def note(self, name: str, plain: bytes) -> None:
        """See `BlobStore`."""
        with _reaching():
            obstore.put(self._store, f"hub/{name}", plain, use_multipart=False)

    def recall(self, name: str) -> bytes | None:
        """See `BlobStore`."""
        with _reaching():
            try:
                return bytes(obstore.get(self._store, f"hub/{name}").bytes())
            except (NotFoundError, FileNotFoundError):
                return None


def _key(sha: str) -> str:
    return f"blobs/{sha[:2]}/{sha}"


def _stage(sha: str, count: int) -> str:
    return f"staging/{sha}-{count}"


@contextmanager
def _reaching() -> Iterator[None]:
    try:
        yield
    except (NotFoundError, FileNotFoundError):
        raise
    except BaseError as error:
        raise WorldError("hub_blobs", f"The photo storage cannot be reached: {type(error).__name__}.") from error
