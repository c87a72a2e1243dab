"""Who the hub is: its id, its Ed25519 key (a file beside the database) and its epoch (sync.md §5, §10)."""

import os
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select, update

from inspector_app.domain.errors import WorldError
from inspector_app.hub.database import Database, lock
from inspector_app.hub.settings import HubSettings
from inspector_app.hub.tables import hub_meta
from inspector_app.sync.identity import Identity, identity_from, new_identity
from inspector_app.sync.sealed import derive, open_bytes, seal_bytes


@dataclass
class Home:
    """What every reply carries, and the key that signs hello and revocations. `epoch` follows the database: every
    signed-in request reads it, since another process may have raised it."""

    hub_id: str
    epoch: int
    identity: Identity

    @property
    def nonce_key(self) -> bytes:
        """HMAC key of the nonces, the same in every worker."""
        return derive(self.identity.key.private_bytes_raw(), "hub-nonce")


def open_home(database: Database, settings: HubSettings) -> Home:
    """Found the hub on first use, recognise it later; raises WorldError when the key file does not fit the database."""
    key_file = KeyFile(settings.folder / "hub.key", settings.key)
    with database.writing() as connection:
        lock(connection)
        row = connection.execute(select(hub_meta)).one_or_none()
        if row is None:
            return _found(connection, key_file.read() or key_file.make())
    identity = key_file.read()
    if identity is None or identity.public.hex() != row.pubkey:
        raise WorldError(
            "hub_key", f"{key_file.path} is missing or belongs to another hub; restore it from the backup."
        )
    return Home(row.hub_id, row.epoch, identity)


def _found(connection: Connection, identity: Identity) -> Home:
    hub_id = os.urandom(16).hex()
    connection.execute(hub_meta.insert().values(hub_id=hub_id, pubkey=identity.public.hex(), epoch=1))
    return Home(hub_id, 1, identity)


@dataclass(frozen=True)
class KeyFile:
    """The hub's private key: 32 bytes, readable by its owner only, sealed on a laptop."""

    path: Path
    key: bytes | None

    def read(self) -> Identity | None:
        """The key, None when there is no file; raises WorldError `hub_key` for a damaged one."""
        try:
            kept = self.path.read_bytes()
        except FileNotFoundError:
            return None
        private = kept if self.key is None else open_bytes(kept, derive(self.key, "hub-key"), b"hub-key")
        if len(private) != 32:
            raise WorldError("hub_key", f"{self.path} is damaged; restore it from the backup.")
        return identity_from(private)

    def make(self) -> Identity:
        """A new key, on disk before anybody hears of it."""
        identity = new_identity()
        private = identity.key.private_bytes_raw()
        kept = private if self.key is None else seal_bytes(private, derive(self.key, "hub-key"), b"hub-key")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(kept)
            file.flush()
            os.fsync(file.fileno())
        return identity


def bump_epoch(database: Database) -> int:
    """Every laptop offers again what this hub lacks: for the restore command.
    A running hub takes it up at its next start."""
    with database.writing() as connection:
        statement = update(hub_meta).values(epoch=hub_meta.c.epoch + 1).returning(hub_meta.c.epoch)
        return int(connection.execute(statement).scalar_one())
