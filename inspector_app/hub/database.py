"""The hub's only opener of a database: SQLite through sqlcipher3, keyed only on a laptop,
or PostgreSQL by URL (security.md §1, §5.2, §10.3)."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

import sqlcipher3.dbapi2
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import QueuePool

from inspector_app.domain.errors import UserError, WorldError
from inspector_app.hub.settings import HubSettings
from inspector_app.sync.sealed import derive

T = TypeVar("T")
SQLITE_FLOOR = (3, 51, 3)
"""Below it two connections can lose commits: the WAL-reset bug (security.md §1)."""
_IMMEDIATE = "hub_immediate"
_ALONE = "hub_alone"
POOL = 10
"""Connections a process keeps; it may open as many again for a moment. Requests wait for one, not for a server's limit."""
_POSTGRES = "-c statement_timeout=20000 -c lock_timeout=15000 -c idle_in_transaction_session_timeout=60000"
_MIGRATING = 0x0DA0E1
"""Advisory lock of PostgreSQL: several processes may start at once."""
_AGAIN = ("40001", "40P01")
"""PostgreSQL: serialization failure, deadlock."""
_TRIES = 6


class Database:
    """One engine; every transaction is either `reading` (one snapshot) or `writing` (commits at the end,
    or not at all)."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        # SQLite's own waiting for the write lock sleeps up to 100 ms; threads of one process queue here instead
        self._turn: AbstractContextManager[object] = Lock() if self.dialect == "sqlite" else nullcontext()

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self._engine.dialect.name

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent snapshot."""
        with self._engine.connect() as connection:
            if self.dialect == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """For one SELECT alone: a statement is its own snapshot, and the database is spared BEGIN and COMMIT."""
        alone: dict[str, Any] = {_ALONE: True}
        if self.dialect == "postgresql":
            alone = {"isolation_level": "AUTOCOMMIT"}
        with self._engine.connect().execution_options(**alone) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction; SQLite takes the write lock at once."""
        with (
            self._turn,
            self._engine.connect().execution_options(**{_IMMEDIATE: True}) as connection,
            connection.begin(),
        ):
            yield connection

    def write(self, work: Callable[[Connection], T]) -> T:
        """`work` in one transaction, repeated whole when PostgreSQL broke a deadlock by giving this one up.
        Raises WorldError `hub_busy` when that happens again and again."""
        for attempt in range(_TRIES):
            try:
                with self.writing() as connection:
                    return work(connection)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) not in _AGAIN:
                    raise
            time.sleep(random.random() * 0.02 * 2**attempt)
        raise WorldError("hub_busy", "The hub is busy; try again.")

    def close(self) -> None:
        """Let all connections go."""
        self._engine.dispose()


def open_database(settings: HubSettings) -> Database:
    """Open and bring to the newest schema; raises UserError for an unusable URL,
    WorldError when it cannot be opened."""
    engine = _engine(settings)
    try:
        _migrate(engine)
    except DatabaseError as error:
        raise WorldError("hub_database", f"The hub's database cannot be opened: {error.orig}") from None
    return Database(engine)


def _engine(settings: HubSettings) -> Engine:
    if settings.database_url is None:
        settings.folder.mkdir(parents=True, exist_ok=True)
        return _sqlite(settings.folder / "hub.db", derive(settings.key, "hub-db") if settings.key else None)
    if not settings.database_url.startswith("postgresql"):
        raise UserError(
            "database_kind", "This version supports SQLite inside the data folder and postgresql+psycopg://…"
        )
    try:
        return create_engine(
            settings.database_url,
            hide_parameters=True,
            pool_recycle=1800,
            pool_size=POOL,
            max_overflow=POOL,
            pool_timeout=20,
            connect_args={"options": _POSTGRES, "connect_timeout": 10},
        )
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise UserError("database_url", f"The database URL cannot be used: {error}") from None


def _sqlite(path: Path, key: bytes | None) -> Engine:
    if sqlcipher3.dbapi2.sqlite_version_info < SQLITE_FLOOR:
        raise WorldError(
            "sqlite_too_old", f"SQLite {sqlcipher3.dbapi2.sqlite_version} is too old; reinstall the program."
        )
    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher3.dbapi2,
        creator=partial(_connect, path, key),
        poolclass=QueuePool,
        pool_size=8,
        max_overflow=32,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _connect(path: Path, key: bytes | None) -> Any:
    connection = sqlcipher3.dbapi2.connect(str(path), check_same_thread=False, timeout=30, isolation_level=None)
    if key is not None:
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        connection.execute("PRAGMA cipher_log_level=NONE")
    pragmas = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF", "cell_size_check=ON")
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get(_ALONE):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(_IMMEDIATE) else "BEGIN")


def _migrate(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    with engine.connect().execution_options(**{_IMMEDIATE: True}) as connection, connection.begin():
        lock(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def lock(connection: Connection) -> None:
    """Until the end of this transaction no other process founds or migrates; SQLite's write lock says the same."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATING})")
