"""The open data folder of one laptop: made, unlocked, read and written through `Store`."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, insert, select
from sqlalchemy.orm import Session

from inspector_app.domain.clock import Clock, system_clock
from inspector_app.domain.errors import UserError, WorldError
from inspector_app.domain.team import Inspector, Role
from inspector_app.store import (
    author,
    blobs,
    checking,
    engine,
    folder_lock,
    incarnation,
    machine,
    reconciling,
    schema,
    settings,
    vault,
)
from inspector_app.store.blobs import Blobs
from inspector_app.store.durable import sync_folder, write_file
from inspector_app.store.folder_lock import FolderLock
from inspector_app.store.log import reread
from inspector_app.store.migrating import migrate
from inspector_app.store.site_names import SiteNames
from inspector_app.sync.envelope import FIRST_PARENT
from inspector_app.sync.identity import Identity, identity_from, new_identity
from inspector_app.sync.sealed import derive, open_bytes, seal_bytes

DATABASE = "store.db"
MAKING = "making"
"""Present while a folder is being made: whatever lies beside it was never used and may be cleared."""
_OURS = (
    *(DATABASE + tail for tail in ("", "-wal", "-shm")),
    *(vault.NAME, vault.PREVIOUS, folder_lock.NAME, MAKING),
    *(blobs.ORIGINALS, blobs.DERIVED, blobs.PARTS, blobs.DAMAGED),
)
_TRAITS = "device.traits"
_NAME, _TEAM, _ROLE, _CERTIFICATE = "me.name", "me.team", "me.role", "me.certificate"


class Store:
    """One laptop's data, unlocked. Only `writing()` commits; one writer at a time, readers beside it."""

    def __init__(self, folder: Path, data_key: bytes, lock: FolderLock, clock: Clock) -> None:
        """Take over a locked, complete folder; use `open_store` or `create_store`."""
        self.folder = folder
        self.clock = clock
        self.blobs = Blobs(folder, data_key)
        self.site_names = SiteNames()
        self._lock = lock
        self._device_key = derive(data_key, "device")
        key = derive(data_key, "db")
        self._writer: Engine = engine.make_engine(folder / DATABASE, key, writes=True)
        self._readers: Engine = engine.make_engine(folder / DATABASE, key, writes=False)
        self._turn = threading.Lock()
        self._mine = threading.local()
        try:
            with engine.world_errors(self._writer), self._writer.begin() as connection:
                migrate(connection)
            with self.reading() as session:
                self.identity = _identity(session, self._device_key)
                self._me = _load_me(session)
        except BaseException:
            self._dispose()
            raise

    @property
    def me(self) -> Inspector:
        """Whose laptop this is."""
        return self._me

    def change_me(self, me: Inspector) -> None:
        """Another name, Team or Role, e.g. after joining a hub."""
        with self.writing() as session:
            _save_me(session, me)
        self._me = me

    def open_key(self, sealed: bytes) -> Identity:
        """A device key that this store sealed."""
        return identity_from(open_bytes(sealed, self._device_key, b"device"))

    def reincarnate(self) -> None:
        """Go on as a new device: un-acknowledged work under a new key (sync.md §5)."""
        old, new = self.identity, new_identity()
        try:
            with self.writing() as session:
                incarnation.reincarnate(session, old, new, lambda one: _sealed(one, self._device_key))
                self.identity = new  # before the lock is let go: the next edit must be the new device's
        except BaseException:
            self.identity = old
            raise

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A Session on one state of the data; inside this thread's own transaction it sees uncommitted rows."""
        current = self._current()
        if current is not None:
            yield current
            return
        self._refuse_closed()
        with engine.world_errors(self._readers), Session(self._readers) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """The one write transaction: committed at the end, rolled back on any exception, WorldError for disk trouble.

        Inside `atomically` it becomes a part of the outer transaction that is undone alone when it fails.
        """
        outer = self._current()
        if outer is None:
            self._refuse_closed()
            with self._transaction() as session:
                yield session
        elif self._mine.shared:
            with engine.world_errors(self._writer), outer.begin_nested():
                yield outer
        else:
            raise RuntimeError("writing() inside writing(): one verb is one transaction")

    @contextmanager
    def atomically(self) -> Iterator[None]:
        """Several verbs of this thread as one transaction: all of them, or none."""
        if self._current() is not None:
            raise RuntimeError("atomically() inside a transaction")
        with self._transaction(shared=True):
            yield

    @contextmanager
    def _transaction(self, *, shared: bool = False) -> Iterator[Session]:
        with self._turn, engine.world_errors(self._writer), Session(self._writer) as session:
            author.give(session, author.Author(self.identity, self.clock, self._me.name, self.blobs.has))
            self._mine.session, self._mine.shared = session, shared
            try:
                yield session
                session.commit()
            finally:
                self._mine.session = None

    def _current(self) -> Session | None:
        found: Session | None = getattr(self._mine, "session", None)
        return found

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the database; worth it when a visit is finished."""
        with self._turn, engine.world_errors(self._writer):
            engine.checkpoint(self._writer)

    def close(self) -> None:
        """Close every connection, then let the folder go. Harmless when closed already."""
        try:
            if self._lock.is_held:
                self._readers.dispose()
                self.checkpoint()
        finally:
            self._dispose()
            self._lock.release()

    def _refuse_closed(self) -> None:
        """A closed folder may be another process's by now."""
        if not self._lock.is_held:
            raise WorldError("store_closed", "The data folder was closed; open it again.")

    def _dispose(self) -> None:
        self._readers.dispose()
        self._writer.dispose()


def open_store(
    folder: Path, password: str, *, clock: Clock = system_clock, traits: Callable[[], frozenset[str]] = machine.traits
) -> Store:
    """Unlock a data folder; nothing is ever made anew here. `traits` tell whether it woke up in another computer.

    Raises UserError (wrong_password, already_open, store_missing, store_newer, setup_interrupted) or WorldError
    (vault_missing, vault_damaged, store_damaged, store_plain and the like).
    """
    engine.check_library()
    if not folder.is_dir() or not any((folder / name).exists() for name in (DATABASE, vault.NAME, MAKING)):
        raise UserError("store_missing", f"There is no data in {folder}; set the laptop up first.")
    lock = FolderLock(folder)
    try:
        if (folder / MAKING).exists():
            _clear(folder)
            raise UserError("setup_interrupted", "Setting up was interrupted; nothing was lost, please start it again.")
        engine.check_file(folder / DATABASE)
        store = Store(folder, vault.unlock(folder, password), lock, clock)
    except BaseException:
        lock.release()
        raise
    engine.guard_data_folders()
    try:
        _settle(store, traits())
    except BaseException:
        store.close()
        raise
    return store


def create_store(folder: Path, password: str, inspector: Inspector, *, clock: Clock = system_clock) -> Store:
    """Make an encrypted data folder; raises UserError("folder_not_empty") unless it is empty or half-made by us."""
    engine.check_library()
    _check_name(inspector.name)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()) and not (folder / MAKING).exists():
            raise UserError("folder_not_empty", f"{folder} is not empty; choose another folder.")
        folder.chmod(0o700)
    except OSError as error:
        raise WorldError("folder_unusable", f"The folder cannot be made: {error.strerror}.") from None
    lock = FolderLock(folder)
    try:
        _clear(folder, but=(folder_lock.NAME,))
        store = _make(folder, password, inspector, (lock, clock))
    except BaseException:
        _clear(folder)
        lock.release()
        raise
    engine.guard_data_folders()
    return store


def holds_store(folder: Path) -> bool:
    """Whether this is a complete data folder, i.e. the password is asked for and not the first run."""
    return (folder / DATABASE).exists() and not (folder / MAKING).exists()


def _make(folder: Path, password: str, inspector: Inspector, held: tuple[FolderLock, Clock]) -> Store:
    write_file(folder / MAKING, b"")
    key = vault.create(folder, password, inspector.name)
    Blobs(folder, key).make_folders()
    writer = engine.make_engine(folder / DATABASE, derive(key, "db"), writes=True)
    try:
        with engine.world_errors(writer):
            _first_rows(writer, derive(key, "device"), inspector)
    finally:
        writer.dispose()
    store = Store(folder, key, *held)
    (folder / MAKING).unlink()
    sync_folder(folder)
    return store


def _first_rows(writer: Engine, device_key: bytes, inspector: Inspector) -> None:
    with writer.begin() as connection:
        migrate(connection)
    identity = new_identity()
    private = _sealed(identity, device_key)
    row = {"pos": 1, "id": identity.device, "key": private, "n": 0, "hash": FIRST_PARENT, "acked_n": 0}
    with Session(writer) as session:
        session.execute(insert(schema.device).values(row))
        _save_me(session, inspector)
        session.commit()


def _settle(store: Store, traits: frozenset[str]) -> None:
    """What an unclean end may have left: unfinished files, missing photo bytes; and what a copied disk needs."""
    with store.writing() as session:
        reconciling.reconcile(session, store.blobs, store.clock())
        reread(session)
        checking.check(session, store.clock())
        kept = frozenset(settings.get(session, _TRAITS).split())
        settings.put(session, _TRAITS, " ".join(sorted(traits or kept)))
        wrote = session.execute(select(schema.device.c.n)).scalar()
    if wrote and machine.is_another(kept, traits):
        store.reincarnate()


def _clear(folder: Path, but: tuple[str, ...] = ()) -> None:
    """Take away our own half-made files; the mark goes last, and only while it is there is anything deleted."""
    if not (folder / MAKING).exists():
        return
    for name in (name for name in _OURS if name not in (*but, MAKING)):
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    for path in folder.glob("*.tmp"):
        path.unlink(missing_ok=True)
    (folder / MAKING).unlink(missing_ok=True)


def _check_name(name: str) -> None:
    try:
        name.encode()
    except UnicodeEncodeError:
        raise UserError("text_broken", "The name holds a broken character; type it again.") from None


def _sealed(identity: Identity, device_key: bytes) -> bytes:
    return seal_bytes(identity.key.private_bytes_raw(), device_key, b"device")


def _identity(session: Session, device_key: bytes) -> Identity:
    sealed = session.execute(select(schema.device.c.key)).scalar()
    if sealed is None:
        raise WorldError("store_damaged", "The database is damaged; restore the newest backup.")
    return identity_from(open_bytes(sealed, device_key, b"device"))


def _load_me(session: Session) -> Inspector:
    get = settings.get
    role = Role(get(session, _ROLE, Role.INSPECTOR.value))
    return Inspector(get(session, _NAME), int(get(session, _TEAM, "0")), role, get(session, _CERTIFICATE))


def _save_me(session: Session, me: Inspector) -> None:
    for key, value in ((_NAME, me.name), (_TEAM, str(me.team)), (_ROLE, me.role.value), (_CERTIFICATE, me.certificate)):
        settings.put(session, key, value)
