"""The hub's tables, the same on SQLite and PostgreSQL (sync.md §13); history is in `migrations`."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    false,
    insert,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

metadata = MetaData()

hub_meta = Table(
    "hub_meta",
    metadata,
    Column("hub_id", String(32), primary_key=True),
    Column("pubkey", String(64), nullable=False),
    Column("epoch", BigInteger, nullable=False),
    Column("bumped_at", BigInteger, nullable=False, server_default="0"),
)
device = Table(
    "device",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("parent", String(32)),
    Column("pubkey", String(64), nullable=False),
    Column("alg", String(16), nullable=False),
    Column("team", Integer, nullable=False),
    Column("role", String(16), nullable=False),
    Column("letter", String(4), nullable=False),
    Column("name", Text, nullable=False),
    Column("app", Text, nullable=False),
    Column("enrolled_at", BigInteger, nullable=False),
    Column("head_n", BigInteger, nullable=False),
    Column("head_hash", String(64), nullable=False),
    Column("forked_at", BigInteger),
    Column("revoked_at", BigInteger),
    Column("reason", String(16)),
    Column("host", Text),
    UniqueConstraint("team", "letter"),
)
invite = Table(
    "invite",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("team", Integer, nullable=False),
    Column("role", String(16), nullable=False),
    Column("expires", BigInteger, nullable=False),
    Column("used_by", String(32)),
)
token = Table(
    "token",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("dev", ForeignKey("device.id"), nullable=False, index=True),
    Column("exp", BigInteger, nullable=False),
)
scope = Table(
    "scope",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("head", BigInteger, nullable=False),
    postgresql_with={"fillfactor": 50},
)
changeset = Table(
    "changeset",
    metadata,
    Column("cs", String(36), primary_key=True),
    Column("dev", String(32), nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("ent", String(64), nullable=False, index=True),
    Column("t", BigInteger, nullable=False),
    Column("u", Text, nullable=False),
    Column("received_at", BigInteger, nullable=False),
    Column("via", String(32), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("changeset_dev_n", "dev", "n"),
)
chain = Table(
    "chain",
    metadata,
    Column("dev", String(32), primary_key=True),
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    Column("cs", String(36), nullable=False),
    Column("hash", String(64), nullable=False),
)
scope_log = Table(
    "scope_log",
    metadata,
    Column("scope", String(64), primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(8), nullable=False),
    Column("cs", String(36), nullable=False),
    Column("ent", String(64), nullable=False, index=True),
)
entity = Table(
    "entity",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("type", String(32)),
    Column("scope", String(64), index=True),
    Column("doc", Text),
    Column("cs0", String(36)),
    Column("t0", BigInteger),
    Column("heads", Text),
    Column("conflict", Boolean, nullable=False),
    Column("parent", String(64), index=True),
    Column("review", Boolean, nullable=False, server_default=false()),
    Column("last_seq", BigInteger, nullable=False),
)
gone = Table(
    "gone",
    metadata,
    Column("ent", String(64), primary_key=True),
    Column("field", Text, primary_key=True),
    Column("cs", String(36), primary_key=True),
)
blob = Table(
    "blob",
    metadata,
    Column("sha", String(64), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("stored_at", BigInteger, nullable=False),
)
blob_ref = Table(
    "blob_ref",
    metadata,
    Column("sha", String(64), primary_key=True),
    Column("ent", String(64), primary_key=True, index=True),
    Column("scope", String(64), nullable=False),
)
snapshot = Table(
    "snapshot",
    metadata,
    Column("scope", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("sha", String(64), nullable=False, index=True),
    Column("size", BigInteger, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("as_of", BigInteger, nullable=False),
)
quarantine = Table(
    "quarantine",
    metadata,
    Column("id", String(128), primary_key=True),
    Column("dev", String(32), nullable=False),
    Column("cs", String(64), nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column("reason", String(64), nullable=False),
    Column("received_at", BigInteger, nullable=False),
    Column("decided_by", Text),
)


def insert_new(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows whose key is free; the others are left as they are."""
    if len(rows) > 1 and connection.dialect.name == "postgresql":
        _insert_many(connection, table, rows, " ON CONFLICT DO NOTHING")
    elif rows:
        make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        connection.execute(make(table).on_conflict_do_nothing(), list(rows))


def insert_all(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows; raises IntegrityError for a key that is taken."""
    if len(rows) > 1 and connection.dialect.name == "postgresql":
        _insert_many(connection, table, rows)
    elif rows:
        connection.execute(insert(table), list(rows))


def update_all(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Update rows by their single key column, which each row names among its values."""
    (key,) = (column.name for column in table.primary_key)
    if connection.dialect.name == "postgresql":
        names = list(rows[0])
        changes = ", ".join(f"{name} = {_column(table, name)}" for name in names if name != key)
        source, given = _as_json(table, rows)
        statement = f"UPDATE {table.name} SET {changes} FROM {source} WHERE {table.name}.{key} = v.{key}"
        connection.exec_driver_sql(statement, given)
        return
    values: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != key}
    changed = update(table).where(table.c[key] == bindparam("this_key")).values(values)
    connection.execute(changed, [{**row, "this_key": row[key]} for row in rows])


def _insert_many(connection: Connection, table: Table, rows: Sequence[dict[str, Any]], ending: str = "") -> None:
    """All rows as one JSON text: one short statement, whatever their number. Only names of our own stand in it."""
    names = list(rows[0])
    source, given = _as_json(table, rows)
    columns = ", ".join(_column(table, name) for name in names)
    statement = f"INSERT INTO {table.name} ({', '.join(names)}) SELECT {columns} FROM {source}{ending}"
    connection.exec_driver_sql(statement, given)


def _as_json(table: Table, rows: Sequence[dict[str, Any]]) -> tuple[str, tuple[str]]:
    """The rows as PostgreSQL reads them, called `v`: the driver is slow at arrays, JSON is written in one go."""
    types = ", ".join(f"{name} {'text' if _is_binary(table, name) else _type(table, name)}" for name in rows[0])
    return f"json_to_recordset(%s::json) AS v({types})", (msgspec.json.encode(rows).decode(),)


def _column(table: Table, name: str) -> str:
    """Bytes travel as Base64."""
    return f"decode(v.{name}, 'base64')" if _is_binary(table, name) else f"v.{name}"


def _is_binary(table: Table, name: str) -> bool:
    return isinstance(table.c[name].type, LargeBinary)


def _type(table: Table, name: str) -> str:
    return table.c[name].type.compile(_POSTGRES)


_POSTGRES = postgresql.dialect()  # type: ignore[no-untyped-call]
