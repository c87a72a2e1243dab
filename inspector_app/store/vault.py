"""The key of a data folder, locked with a password: Argon2id, AES-256-GCM, one small JSON file (security.md §7)."""

import os
import unicodedata
from pathlib import Path
from typing import Literal

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from inspector_app.domain.errors import UserError, WorldError
from inspector_app.domain.ids import new_id
from inspector_app.store.durable import write_file
from inspector_app.sync.envelope import canonical
from inspector_app.sync.sealed import derive

NAME, PREVIOUS = "vault.json", "vault.previous.json"
MAX_FILE = 64 * 1024
MAX_SLOTS = 16


class Kdf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Argon2id parameters; `memory` in KiB. The defaults are the floor of security.md §7.2."""

    name: Literal["argon2id"] = "argon2id"
    memory: int = 64 * 1024
    time: int = 3
    lanes: int = 4


class Slot(msgspec.Struct, frozen=True):
    """One way in. `kind` is password today; recovery slots will have their own kind. Bytes are hex."""

    id: str
    kind: str
    user: str
    kdf: Kdf
    salt: str
    nonce: str
    sealed: str
    pepper: bool = False


class Vault(msgspec.Struct, frozen=True):
    """The file: an id, a counter of its versions, and the slots."""

    id: str
    slots: tuple[Slot, ...]
    version: int = 1
    generation: int = 1


def create(folder: Path, password: str, user: str) -> bytes:
    """Make a fresh 32-byte data key, lock it with `password`, write the vault and its copy; the key is returned."""
    key = os.urandom(32)
    vault_id = new_id()
    raw = msgspec.json.encode(Vault(vault_id, (_lock(key, vault_id, password, user),)))
    write_file(folder / NAME, raw)
    write_file(folder / PREVIOUS, raw)
    return key


def unlock(folder: Path, password: str) -> bytes:
    """The data key. Raises UserError("wrong_password"), or WorldError when the vault is missing or damaged."""
    vault = _read(folder)
    for slot in vault.slots:
        if slot.kind == "password" and (key := _open(slot, vault.id, password)):
            return key
    raise UserError("wrong_password", "The password is wrong.")


def change_password(folder: Path, old: str, new: str) -> None:
    """Replace the slot that `old` opens; the previous file is kept beside it. Raises like `unlock`."""
    vault = _read(folder)
    for place, slot in enumerate(vault.slots):
        if slot.kind != "password" or not (key := _open(slot, vault.id, old)):
            continue
        slots = (*vault.slots[:place], _lock(key, vault.id, new, slot.user), *vault.slots[place + 1 :])
        write_file(folder / PREVIOUS, (folder / NAME).read_bytes())
        write_file(folder / NAME, msgspec.json.encode(Vault(vault.id, slots, generation=vault.generation + 1)))
        return
    raise UserError("wrong_password", "The password is wrong.")


def _read(folder: Path) -> Vault:
    """The newest readable file; the copy stands in for a missing or damaged one."""
    found = [path for path in (folder / NAME, folder / PREVIOUS) if path.is_file()]
    if not found:
        raise WorldError("vault_missing", "The key file (vault.json) is missing; put it back from a backup.")
    for path in found:
        vault = _parse(path)
        if vault is not None:
            return vault
    raise WorldError("vault_damaged", "The key file (vault.json) is damaged; put it back from a backup.")


def _parse(path: Path) -> Vault | None:
    """None for anything out of bounds: parameters are judged before a single byte of memory is spent on them."""
    try:
        if path.stat().st_size > MAX_FILE:
            return None
        vault = msgspec.json.decode(path.read_bytes(), type=Vault)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    sound = 1 <= len(vault.slots) <= MAX_SLOTS and vault.version == 1 and all(map(_is_sound, vault.slots))
    return vault if sound else None


def _is_sound(slot: Slot) -> bool:
    kdf = slot.kdf
    lengths = (len(slot.salt), len(slot.nonce), len(slot.sealed)) == (32, 24, 96)
    digits = set(slot.salt + slot.nonce + slot.sealed) <= set("0123456789abcdef")
    bounds = 64 * 1024 <= kdf.memory <= 1024 * 1024 and 3 <= kdf.time <= 20 and 1 <= kdf.lanes <= 16
    return lengths and digits and bounds and not slot.pepper


def _key(slot: Slot, password: str) -> bytes:
    """NFKC first: Chinese input methods give full-width digits."""
    text = unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
    return derive(_stretched(text, bytes.fromhex(slot.salt), slot.kdf), "password-slot")


def _stretched(text: bytes, salt: bytes, kdf: Kdf) -> bytes:
    return Argon2id(salt=salt, length=32, iterations=kdf.time, lanes=kdf.lanes, memory_cost=kdf.memory).derive(text)


def _salt() -> bytes:
    return os.urandom(16)


def _bound(slot: Slot, vault_id: str) -> bytes:
    """What the seal covers besides the key: a slot cannot be moved, renamed or weakened."""
    kdf = [slot.kdf.name, slot.kdf.memory, slot.kdf.time, slot.kdf.lanes]
    return canonical([vault_id, slot.id, slot.kind, slot.user, kdf, slot.salt, slot.pepper])


def _lock(key: bytes, vault_id: str, password: str, user: str) -> Slot:
    empty = Slot(new_id(), "password", user, Kdf(), _salt().hex(), os.urandom(12).hex(), "")
    cipher = AESGCM(_key(empty, password))
    sealed = cipher.encrypt(bytes.fromhex(empty.nonce), key, _bound(empty, vault_id))
    return msgspec.structs.replace(empty, sealed=sealed.hex())


def _open(slot: Slot, vault_id: str, password: str) -> bytes | None:
    cipher = AESGCM(_key(slot, password))
    try:
        return cipher.decrypt(bytes.fromhex(slot.nonce), bytes.fromhex(slot.sealed), _bound(slot, vault_id))
    except InvalidTag:
        return None
