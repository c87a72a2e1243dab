"""The hub's only opener of a database: SQLite through sqlcipher3 without a key,
or PostgreSQL by URL (security.md §1, §5.2)."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError
from sqlalchemy.pool import QueuePool

from inspector_app.domain.errors import UserError, WorldError
from inspector_app.hub.settings import HubSettings

SQLITE_FLOOR = (3, 51, 3)
"""Below it two connections can lose commits: the WAL-reset bug (security.md §1)."""
_IMMEDIATE = "hub_immediate"


class Database:
    """One engine; every transaction is either `reading` (one snapshot) or `writing` (commits at the end,
    or not at all)."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

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
    def writing(self) -> Iterator[Connection]:
        """One transaction; SQLite takes the write lock at once."""
        with self._engine.connect().execution_options(**{_IMMEDIATE: True}) as connection, connection.begin():
            yield connection

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
        return _sqlite(settings.folder / "hub.db")
    if not settings.database_url.startswith("postgresql"):
        raise UserError(
            "database_kind", "This version supports SQLite inside the data folder and postgresql+psycopg://…"
        )
    try:
        return create_engine(settings.database_url, hide_parameters=True, pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise UserError("database_url", f"The database URL cannot be used: {error}") from None


def _sqlite(path: Path) -> Engine:
    if sqlcipher3.dbapi2.sqlite_version_info < SQLITE_FLOOR:
        raise WorldError(
            "sqlite_too_old", f"SQLite {sqlcipher3.dbapi2.sqlite_version} is too old; reinstall the program."
        )
    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher3.dbapi2,
        creator=partial(_connect, path),
        poolclass=QueuePool,
        pool_size=8,
        max_overflow=32,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _connect(path: Path) -> Any:
    connection = sqlcipher3.dbapi2.connect(str(path), check_same_thread=False, timeout=30, isolation_level=None)
    pragmas = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF", "cell_size_check=ON")
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(_IMMEDIATE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _migrate(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    with engine.connect().execution_options(**{_IMMEDIATE: True}) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
