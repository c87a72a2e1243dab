"""Two laptops on one table without their hub: each says what it holds, what the other lacks goes as a sealed bundle, which
is all that ever passes the line (sync.md §12, docs/decisions/0101)."""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, TypeVar

import httpx2
import msgspec

from inspector_app.domain.errors import UserError, WorldError
from inspector_app.sync import wire

PROOF = "X-Table"
"""Header: HMAC of path and body under the table's code. The code itself never passes the line."""
SIZE_PROOF = "X-Table-Size"
"""Header: the same over the length of the body, so that nobody without the code gets a byte of it kept."""
ALPHABET, LENGTH = "0123456789ABCDEFGHJKMNPQRSTVWXYZ", 16
"""Crockford's base 32, 80 bits: read aloud across a table, useless afterwards."""
_LIKE = str.maketrans("OIL", "011")
BATCH = 64 * 1024 * 1024
"""Bytes of photos in one bundle: as much as a line that breaks can cost."""
MAX_ASKED = 16 * 1024 * 1024
STALL_SECONDS = 60.0
_PIECE = 256 * 1024
T = TypeVar("T")


class Welcome(msgspec.Struct, frozen=True):
    """Whose table it is: raw public key in hex and hub; `proof` under the code, so that nobody in between can say it."""

    key: str
    hub_id: str
    proof: str


class Holding(msgspec.Struct, frozen=True):
    """What a laptop is and holds: raw public key in hex, its hub, its Team, every Changeset id, the photos it lacks."""

    key: str
    hub_id: str
    team: int
    cs: list[str]
    wants: list[str]


class Lacking(msgspec.Struct, frozen=True):
    """What the host of a table lacks of somebody's holding: Changeset ids, and digests of photos it wants."""

    cs: list[str]
    wants: list[str]


class Host(Protocol):
    """What a table needs of the laptop that offers it. Every method raises UserError or WorldError."""

    def lacking(self, theirs: Holding) -> Lacking:
        """What we have not got."""

    def pack(self, theirs: Holding, path: Path) -> bool:
        """Write a bundle of what they have not got, sealed to them; False when there is nothing."""

    def take(self, path: Path) -> None:
        """Take their bundle in."""


@dataclass(frozen=True)
class Table:
    """Where a colleague's laptop listens, as HOST:PORT, and the code shown there."""

    address: str
    code: str

    def prove(self, path: str, digest: bytes) -> str:
        """The proof for a request with this path and SHA-256 of its body; O, I and L may be typed for 0 and 1."""
        letters = "".join(letter for letter in self.code.upper() if letter.isalnum())
        secret = hashlib.sha256(b"daowei-table/1\0" + letters.translate(_LIKE).encode()).digest()
        return hmac.digest(secret, path.encode() + b"\0" + digest, "sha256").hex()


def new_code() -> str:
    """Sixteen letters in fours."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, LENGTH, 4))


def welcome_digest(key: str, hub_id: str) -> bytes:
    """What the proof of a Welcome is over."""
    return hashlib.sha256(f"{key}\0{hub_id}".encode()).digest()


class TableLine:
    """A visitor's connection to a table; raises UserError `table_address`."""

    def __init__(self, table: Table) -> None:
        self._table = table
        url = f"http://{table.address.strip().removeprefix('http://').rstrip('/')}"
        headers = {"Content-Type": wire.MEDIA, "Accept-Encoding": "identity"}
        timeout = httpx2.Timeout(STALL_SECONDS)
        try:
            self._client = httpx2.Client(base_url=url, headers=headers, timeout=timeout, trust_env=False)
        except httpx2.InvalidURL:
            raise UserError("table_address", "This is not the address of a colleague's laptop.") from None

    def __enter__(self) -> "TableLine":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def greet(self) -> Welcome:
        """Whose table it is; raises UserError `table_key` for a wrong code."""
        with _line(), self._client.stream("GET", "/") as reply:
            body = _bounded(reply)
        _check(reply, body)
        found = _read(body, Welcome)
        if not hmac.compare_digest(found.proof, self._table.prove("/", welcome_digest(found.key, found.hub_id))):
            raise UserError("table_key", "The code is wrong or not valid any more; look at the one shown now.")
        return found

    def lacking(self, ours: Holding) -> Lacking:
        """What the host has not got of ours."""
        said = wire.pack(ours)
        with (
            _line(),
            self._client.stream("POST", "/lacking", content=said, headers=self._proof("/lacking", said)) as reply,
        ):
            body = _bounded(reply)
        _check(reply, body)
        return _read(body, Lacking)

    def give(self, path: Path) -> None:
        """Hand a bundle over; returns when it has been taken in."""
        with path.open("rb") as file, _line():
            digest = hashlib.file_digest(file, "sha256").digest()
            headers = {"Content-Length": str(file.tell()), **self._proofs("/bundle", digest, file.tell())}
            file.seek(0)
            reply = self._client.put("/bundle", content=iter(lambda: file.read(_PIECE), b""), headers=headers)
        _check(reply, reply.content)

    def fetch(self, ours: Holding, path: Path) -> bool:
        """Receive a bundle of what we have not got; False when there is nothing."""
        said = wire.pack(ours)
        with (
            _line(),
            self._client.stream("POST", "/bundle", content=said, headers=self._proof("/bundle", said)) as reply,
        ):
            if reply.status_code != 200:
                _check(reply, _bounded(reply))
                return False
            with path.open("wb") as file:
                for piece in reply.iter_raw():
                    file.write(piece)
        return True

    def _proof(self, path: str, body: bytes) -> dict[str, str]:
        return self._proofs(path, hashlib.sha256(body).digest(), len(body))

    def _proofs(self, path: str, digest: bytes, size: int) -> dict[str, str]:
        return {PROOF: self._table.prove(path, digest), SIZE_PROOF: self._table.prove(path, str(size).encode())}


def _bounded(reply: httpx2.Response) -> bytes:
    body = b""
    for piece in reply.iter_raw():
        body += piece
        if len(body) > MAX_ASKED:
            raise _stranger()
    return body


def _read(body: bytes, shape: type[T]) -> T:
    try:
        return wire.unpack(body, shape, MAX_ASKED)
    except UserError:
        raise _stranger() from None


def _check(reply: httpx2.Response, body: bytes) -> None:
    if reply.status_code >= 300:
        said = _read(body, wire.Refused)
        kind: Callable[[str, str], Exception] = UserError if reply.status_code < 500 else WorldError
        raise kind(said.code, said.msg)


def _stranger() -> WorldError:
    return WorldError("foreign_reply", "Something else than a colleague's laptop answered.")


@contextmanager
def _line() -> Iterator[None]:
    try:
        yield
    except (httpx2.TransportError, httpx2.StreamError, httpx2.InvalidURL) as error:
        raise WorldError("table_away", f"The colleague's laptop cannot be reached: {error}") from None
