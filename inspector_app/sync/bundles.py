"""A Round on a stick: a stored zip of sealed members, its signed manifest last; torn copies are refused whole
(sync.md §12)."""

import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from inspector_app.domain.errors import UserError, WorldError
from inspector_app.sync import boxes, wire
from inspector_app.sync.envelope import verify
from inspector_app.sync.identity import Identity, device_id
from inspector_app.sync.sealed import open_bytes, seal_bytes

MANIFEST = "manifest.json"
CHANGES, HAVE, RECEIPT, BLOBS = "changes.ndjson.zst", "have.json", "receipt.ndjson", "blobs/"
MAX_VOLUME = 2 * 1024**3 - 64 * 1024**2
"""FAT32 holds files below 4 GiB, old sticks below 2."""
MAX_MANIFEST = 64 * 1024 * 1024
MAX_CHANGES = 1024**3
_STAMP = (2020, 1, 1, 0, 0, 0)


class Member(msgspec.Struct, frozen=True):
    """One sealed member: its name in the zip, bytes and SHA-256 as they lie there."""

    name: str
    size: int
    sha: str


class Manifest(msgspec.Struct, frozen=True):
    """Who wrote the bundle, for whom, and what must be in it. `sender` and `to` are raw Ed25519 keys in hex; `key` is
    the content key sealed to `to`; `keys` are the authors' public keys."""

    v: int
    hub_id: str
    epoch: int
    sender: str
    to: str
    key: str
    at: int
    keys: list[str]
    members: list[Member]
    alg: str
    sig: str


class Change(msgspec.Struct, frozen=True):
    """One Changeset with the Scope it belongs to."""

    scope: str
    env: msgspec.Raw


def change(scope: str, raw: bytes) -> Change:
    """The author's bytes as they travel."""
    return Change(scope, msgspec.Raw(raw))


class Receipt(msgspec.Struct, frozen=True):
    """The word on one Changeset (`cs`) or Blob (`sha`); from the hub it empties the Outbox like a push reply."""

    st: str
    cs: str = ""
    sha: str = ""
    code: str = ""


class Parcel(msgspec.Struct, frozen=True):
    """What goes in, Blobs apart."""

    changes: list[Change] = []
    have: list[str] = []
    receipts: list[Receipt] = []
    keys: list[str] = []


class Address(msgspec.Struct, frozen=True):
    """From whom to whom, at which hub and when."""

    hub_id: str
    epoch: int
    to: str
    at: int


def volumes(sizes: Iterable[tuple[str, int]]) -> Iterator[list[str]]:
    """Blobs spread over volumes below MAX_VOLUME; always at least one."""
    batch: list[str] = []
    total = 0
    for sha, size in sizes:
        if batch and total + size > MAX_VOLUME:
            yield batch
            batch, total = [], 0
        batch.append(sha)
        total += size
    yield batch


def write(path: Path, address: Address, sender: Identity, parcel: Parcel, blobs: Iterable[tuple[str, bytes]]) -> int:
    """Write one volume, whole or not at all: temporary name, fsync, read again, rename. Gives its size in bytes.

    Raises UserError `recipient`, WorldError `stick_write`.
    """
    rough = path.with_name(f"{path.name}.{os.urandom(4).hex()}.part")
    try:
        with rough.open("xb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                _fill(archive, address, sender, parcel, blobs)
            file.flush()
            os.fsync(file.fileno())
        with zipfile.ZipFile(rough) as archive:
            _check_members(archive, _manifest(archive))
        rough.replace(path)
        return path.stat().st_size
    except (OSError, zipfile.BadZipFile) as error:
        raise WorldError("stick_write", f"The bundle could not be written: {error}.") from None
    finally:
        rough.unlink(missing_ok=True)


def _fill(
    archive: zipfile.ZipFile, address: Address, sender: Identity, parcel: Parcel, blobs: Iterable[tuple[str, bytes]]
) -> None:
    key = os.urandom(32)
    sealed_key = boxes.seal_key(key, _key_bytes(address.to))
    members: list[Member] = []

    def put(name: str, plain: bytes) -> None:
        sealed = seal_bytes(plain, key, b"bundle/" + name.encode())
        archive.writestr(zipfile.ZipInfo(name, _STAMP), sealed)
        members.append(Member(name, len(sealed), hashlib.sha256(sealed).hexdigest()))

    put(CHANGES, wire.ndjson(msgspec.json.encode(one) for one in parcel.changes))
    put(HAVE, wire.pack(parcel.have))
    put(RECEIPT, wire.ndjson(msgspec.json.encode(one) for one in parcel.receipts))
    for sha, plain in blobs:
        put(BLOBS + sha, plain)
    bare = Manifest(
        1, address.hub_id, address.epoch, sender.public.hex(), address.to, sealed_key.hex(), address.at, parcel.keys,
        members, "ed25519", "",
    )  # fmt: skip
    signature = sender.sign("bundle", wire.signable(bare)).hex()
    archive.writestr(
        zipfile.ZipInfo(MANIFEST, _STAMP), msgspec.json.encode({**msgspec.to_builtins(bare), "sig": signature})
    )


class Bundle:
    """An open, wholly verified volume; nothing in it is trusted before `open_bundle` has returned."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest, key: bytes) -> None:
        self._archive = archive
        self.manifest = manifest
        self._key = key

    def _plain(self, name: str) -> bytes:
        return open_bytes(self._archive.read(name), self._key, b"bundle/" + name.encode())

    def changes(self) -> list[Change]:
        """The authors' envelopes with their Scopes; raises UserError `bundle_damaged`."""
        lines = wire.lines(wire.inflate(self._plain(CHANGES), MAX_CHANGES))
        return [wire.decode(line, Change) for line in lines]

    def have(self) -> list[str]:
        """Changeset ids the sender holds."""
        return wire.unpack(self._plain(HAVE), list[str], MAX_CHANGES)

    def receipts(self) -> list[Receipt]:
        """Words on what the recipient sent earlier."""
        return [wire.decode(line, Receipt) for line in wire.lines(wire.inflate(self._plain(RECEIPT), MAX_CHANGES))]

    def blobs(self) -> list[str]:
        """Digests of the Blobs inside."""
        return [one.name.removeprefix(BLOBS) for one in self.manifest.members if one.name.startswith(BLOBS)]

    def blob(self, sha: str) -> bytes:
        """Bytes with this digest; raises UserError `bundle_damaged` for others."""
        plain = self._plain(BLOBS + sha)
        if hashlib.sha256(plain).hexdigest() != sha:
            raise UserError("bundle_damaged", "A photo in the bundle is not what it says.")
        return plain

    def keys(self) -> dict[str, bytes]:
        """Author's device id → public key; the id is the key's hash, so no key can speak for another device."""
        return {device_id(bytes.fromhex(one)): bytes.fromhex(one) for one in self.manifest.keys}

    def close(self) -> None:
        """Let the file go."""
        self._archive.close()


def open_bundle(path: Path, us: Identity, hub_id: str) -> Bundle:
    """Verify a volume whole: manifest, signature, every member's size and hash, that it is for us and of our hub.

    Raises UserError bundle_damaged, bundle_not_for_us, bundle_foreign; WorldError `stick_read`.
    """
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise UserError("file_missing", f"{path} does not exist; check the path.") from None
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise _torn() from None
    except OSError as error:
        raise WorldError("stick_read", f"The bundle cannot be read: {error.strerror}.") from None
    try:
        manifest = _manifest(archive)
        _check_members(archive, manifest)
        if hub_id and manifest.hub_id != hub_id:
            raise UserError("bundle_foreign", "This bundle belongs to another hub.")
        if manifest.to != us.public.hex():
            raise UserError("bundle_not_for_us", "This bundle is sealed for somebody else.")
        return Bundle(archive, manifest, boxes.open_key(bytes.fromhex(manifest.key), us))
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, EOFError, NotImplementedError):
        archive.close()
        raise _torn() from None
    except BaseException:
        archive.close()
        raise


def _torn() -> UserError:
    return UserError("bundle_damaged", "The bundle is not complete or was changed; nothing was taken. Copy it again.")


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    """The last member, signed by its sender."""
    listed = archive.infolist()
    if not listed or listed[-1].filename != MANIFEST or listed[-1].file_size > MAX_MANIFEST:
        raise _torn()
    try:
        plain = msgspec.json.decode(archive.read(MANIFEST))
        manifest = msgspec.convert(plain, Manifest)
        genuine = verify(_key_bytes(manifest.sender), "bundle", wire.signable(plain), bytes.fromhex(manifest.sig))
    except (msgspec.DecodeError, msgspec.ValidationError, ValueError, RecursionError):
        raise _torn() from None
    if manifest.v != 1 or manifest.alg != "ed25519" or not genuine:
        raise _torn()
    return manifest


def _check_members(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Exactly the promised members, each stored, of its size and hash; names are never used as paths."""
    listed = {one.filename: one for one in archive.infolist()}
    promised = {one.name: one for one in manifest.members}
    if len(listed) != len(archive.infolist()) or listed.keys() != {*promised, MANIFEST}:
        raise _torn()
    if not {CHANGES, HAVE, RECEIPT} <= promised.keys():
        raise _torn()
    for name, one in promised.items():
        info = listed[name]
        if info.compress_type != zipfile.ZIP_STORED or info.file_size != one.size or info.compress_size != one.size:
            raise _torn()
        digest = hashlib.sha256()
        with archive.open(name) as stream:
            while piece := stream.read(1024 * 1024):
                digest.update(piece)
        if digest.hexdigest() != one.sha:
            raise _torn()


def _key_bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise UserError("recipient", "This is not a key of a hub or a laptop.") from None
