"""The only opener of the laptop's database: keyed, WAL, FULL, one writer beside readers (security.md §5)."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from inspector_app.domain.errors import UserError, WorldError
from inspector_app.store import vault

SQLITE_FLOOR = (3, 51, 3)
"""Below it two connections that write and checkpoint at once may lose commits (security.md §1)."""
PLAIN_HEADER = b"SQLite format 3\0"
READERS = 6
_PRAGMAS = (
    "cipher_log_level=NONE",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "cache_size=-16000",
)
_WORDS = (
    ("disk is full", "disk_full", "The disk is full; make room and save again. Nothing that was saved is lost."),
    ("disk i/o error", "disk_failed", "The disk refused to write; what was saved before is safe. Try again."),
    ("locked", "store_busy", "The data is busy; try again in a moment."),
    ("readonly", "store_readonly", "The data folder cannot be written; check its permissions."),
    ("unable to open", "store_unopened", "The database file cannot be opened; check the data folder."),
    ("not a database", "store_damaged", "The database is damaged; restore the newest backup."),
    ("malformed", "store_damaged", "The database is damaged; restore the newest backup."),
)


def check_library() -> None:
    """Raise WorldError unless SQLite is new enough, encrypts and searches text."""
    if dbapi2.sqlite_version_info < SQLITE_FLOOR:
        raise WorldError("sqlite_old", f"SQLite {dbapi2.sqlite_version} is too old; reinstall the program.")


def check_file(path: Path) -> None:
    """Judge the database by its header bytes, before the first connection; raises WorldError."""
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise WorldError("store_unopened", f"The database file cannot be opened: {error.strerror}.") from None
    if head == PLAIN_HEADER:
        raise WorldError("store_plain", "The database is not encrypted; this is not data of this program.")
    if len(head) < 16:
        raise WorldError("store_damaged", "The database is damaged; restore the newest backup.")


def connect(path: Path, key: bytes) -> Any:
    """One keyed connection in autocommit mode: transactions are begun by the engine, never by the driver."""
    connection = dbapi2.connect(str(path), check_same_thread=False, timeout=5, isolation_level=None)
    connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def make_engine(path: Path, key: bytes, *, writes: bool) -> Engine:
    """The write engine holds one connection and begins IMMEDIATE; readers share a small pool and cannot write."""
    engine = create_engine(
        "sqlite+pysqlite://",
        module=dbapi2,
        creator=partial(connect, path, key),
        poolclass=QueuePool,
        pool_size=1 if writes else READERS,
        max_overflow=0 if writes else 20,
        hide_parameters=True,
    )
    begin = "BEGIN IMMEDIATE" if writes else "BEGIN"

    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    def _forbid_writes(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA query_only=ON")

    event.listen(engine, "begin", _begin)
    if not writes:
        event.listen(engine, "connect", _forbid_writes)
    return engine


def checkpoint(engine: Engine) -> None:
    """Move the write-ahead log into the database and cut it to nothing; a busy reader only delays it."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


@contextmanager
def world_errors(engine: Engine) -> Iterator[None]:
    """The database's own failures as WorldError; after a disk error every connection is made afresh."""
    try:
        yield
    except (DBAPIError, dbapi2.DatabaseError) as error:
        said = str(error.orig if isinstance(error, DBAPIError) else error).lower()
        for words, key, sentence in _WORDS:
            if words in said:
                if key == "disk_failed":
                    engine.dispose()
                raise WorldError(key, sentence) from None
        raise


@cache
def guard_data_folders() -> None:
    """Refuse Python's own database module in a data folder: a second library unlinks the live WAL (security.md §5.3)."""
    sys.addaudithook(_refuse_second_library)


def _refuse_second_library(name: str, arguments: tuple[object, ...]) -> None:
    if name != "sqlite3.connect" or not arguments or not isinstance(arguments[0], str | bytes | Path):
        return
    given = arguments[0].decode("utf-8", "replace") if isinstance(arguments[0], bytes) else str(arguments[0])
    path = Path(given.removeprefix("file:").partition("?")[0])
    if (path.parent / vault.NAME).exists():
        raise UserError("second_library", "Only this program's own database library may open its data.")
