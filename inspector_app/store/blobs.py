"""Photos on disk: sealed, addressed by SHA-256, named so that the folder tells a thief nothing (security.md §8)."""

import contextlib
import hmac
import mmap
import os
from collections.abc import Iterator
from pathlib import Path

from inspector_app.domain.errors import WorldError
from inspector_app.store.durable import UNFINISHED, sync_folder, write_file
from inspector_app.sync.sealed import derive, digest, open_bytes, open_chunk, plain_size, seal_bytes

ORIGINALS, DERIVED, PARTS, DAMAGED = "blobs", "derived", "parts", "damaged"
_SHELVES = tuple(f"{number:02x}" for number in range(256))


class Blobs:
    """The sealed folder of one laptop. No plain byte ever reaches the disk."""

    def __init__(self, folder: Path, data_key: bytes) -> None:
        """`folder` is the data folder, `data_key` the vault's 32 bytes."""
        self._folder = folder
        self._key = derive(data_key, "blob")
        self._name_key = derive(data_key, "name")

    def make_folders(self) -> None:
        """All sub-folders at once, durably: a folder made on the fly would need its own parent's fsync."""
        for kind in (ORIGINALS, DERIVED):
            (self._folder / kind).mkdir(mode=0o700, exist_ok=True)
            for shelf in _SHELVES:
                (self._folder / kind / shelf).mkdir(mode=0o700, exist_ok=True)
            sync_folder(self._folder / kind)
        for kind in (PARTS, DAMAGED):
            (self._folder / kind).mkdir(mode=0o700, exist_ok=True)
        sync_folder(self._folder)

    def name(self, sha: str) -> str:
        """File name of a digest: keyed, so that a known picture cannot be recognised by its name."""
        return hmac.digest(self._name_key, sha.encode(), "sha256").hex()

    def _path(self, sha: str) -> Path:
        name = self.name(sha)
        return self._folder / ORIGINALS / name[:2] / name

    def put(self, plain: bytes) -> str:
        """Seal and keep; durable when this returns. Gives the SHA-256 in hex; raises WorldError."""
        sha = digest(plain)
        self._keep(sha, plain)
        return sha

    def put_as(self, sha: str, plain: bytes) -> bool:
        """As `put`; False, and nothing is kept, when the bytes are others than `sha` says."""
        if digest(plain) != sha:
            return False
        self._keep(sha, plain)
        return True

    def _keep(self, sha: str, plain: bytes) -> None:
        if self.size(sha) != len(plain):
            write_file(self._path(sha), seal_bytes(plain, self._key))

    def has(self, sha: str) -> bool:
        """Whether a file with these bytes' name is here."""
        return self._path(sha).is_file()

    def size(self, sha: str) -> int | None:
        """Plain bytes inside the file, None when it is not here."""
        try:
            return plain_size(self._path(sha).stat().st_size)
        except FileNotFoundError:
            return None

    def get(self, sha: str) -> bytes:
        """The plain bytes; raises WorldError("blob_missing") or ("blob_damaged"), also for a file of other bytes."""
        plain = open_bytes(self._read(sha), self._key)
        if digest(plain) != sha:
            raise WorldError("blob_damaged", "A stored photo is damaged and was not opened.")
        return plain

    def chunk(self, sha: str, number: int) -> bytes:
        """Plain bytes of one 512 KiB chunk, read alone; raises WorldError as `get`."""
        try:
            with self._path(sha).open("rb") as file:
                sealed = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (FileNotFoundError, ValueError):
            raise _missing() from None
        return open_chunk(memoryview(sealed), self._key, number)

    def _read(self, sha: str) -> bytes:
        try:
            return self._path(sha).read_bytes()
        except FileNotFoundError:
            raise _missing() from None
        except OSError as error:
            raise WorldError("blob_unreadable", f"A stored photo cannot be read: {error.strerror}.") from None

    def put_derived(self, sha: str, variant: str, plain: bytes) -> None:
        """Keep what can be made again (a thumbnail): sealed, but not synced to the disk."""
        write_file(self._derived(sha, variant), seal_bytes(plain, self._key, b"derived"), sync=False)

    def get_derived(self, sha: str, variant: str) -> bytes | None:
        """The kept bytes; None when there are none or they are damaged, then they must be made again."""
        path = self._derived(sha, variant)
        try:
            return open_bytes(path.read_bytes(), self._key, b"derived")
        except (OSError, WorldError):
            return None

    def _derived(self, sha: str, variant: str) -> Path:
        name = self.name(f"{sha}/{variant}")
        return self._folder / DERIVED / name[:2] / name

    def kept_parts(self, sha: str) -> int:
        """How many leading chunks of a download are kept."""
        folder, count = self._parts(sha), 0
        while (folder / str(count)).is_file():
            count += 1
        return count

    def keep_chunk(self, sha: str, number: int, plain: bytes) -> None:
        """Keep one chunk durably. Each has its own salt: sealing other bytes under the same one would reuse a nonce."""
        folder = self._parts(sha)
        if not folder.is_dir():
            folder.mkdir(mode=0o700)
            sync_folder(folder.parent)
        write_file(folder / str(number), seal_bytes(plain, self._key, b"part"))

    def finish(self, sha: str) -> bool:
        """Assemble the kept chunks; False, and they are thrown away, when one is damaged or the digest is another."""
        try:
            plain = b"".join(self._kept(sha))
        except (OSError, WorldError):
            plain = None
        right = plain is not None and self.put_as(sha, plain)
        self.drop_parts(sha)
        return right

    def _kept(self, sha: str) -> Iterator[bytes]:
        for number in range(self.kept_parts(sha)):
            yield open_bytes((self._parts(sha) / str(number)).read_bytes(), self._key, b"part")

    def drop_parts(self, sha: str) -> None:
        """Forget a download that was begun."""
        folder = self._parts(sha)
        for path in folder.glob("*"):
            path.unlink(missing_ok=True)
        with contextlib.suppress(FileNotFoundError):
            folder.rmdir()

    def _parts(self, sha: str) -> Path:
        return self._folder / PARTS / self.name(sha)

    def set_aside(self, sha: str) -> None:
        """Move a damaged file out of the way, so that the Blob can be fetched again; it is never deleted."""
        name = self.name(sha)
        with contextlib.suppress(FileNotFoundError):
            self._path(sha).replace(self._folder / DAMAGED / name)
            sync_folder(self._folder / DAMAGED)

    def sizes(self) -> dict[str, int]:
        """File name → plain bytes of everything here; leftovers of interrupted writes are deleted on the way."""
        found = {}
        for shelf in _SHELVES:
            for entry in os.scandir(self._folder / ORIGINALS / shelf):
                if entry.name.endswith(UNFINISHED):
                    Path(entry.path).unlink(missing_ok=True)
                else:
                    found[entry.name] = plain_size(entry.stat().st_size)
        return found


def _missing() -> WorldError:
    return WorldError("blob_missing", "The photo has not arrived on this laptop yet.")
