"""Many rows or keys in one short statement, the same text whatever their number, on either engine: only names of our own
stand in it."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, LargeBinary, Table, Text, bindparam
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

Row = dict[str, Any]
Names = tuple[str, ...]


class listed(FunctionElement[str]):
    """The strings of one JSON list, as rows: `among` a thousand keys is one parameter."""

    inherit_cache = True
    type = Text()


@compiles(listed, "sqlite")
def _listed_sqlite(element: Any, compiler: Any, **given: Any) -> str:
    return f"(SELECT value FROM json_each({compiler.process(element.clauses, **given)}))"


@compiles(listed, "postgresql")
def _listed_postgresql(element: Any, compiler: Any, **given: Any) -> str:
    return f"(SELECT json_array_elements_text(CAST({compiler.process(element.clauses, **given)} AS json)))"


def among(column: ColumnElement[str], name: str = "ids") -> ColumnElement[bool]:
    """`column IN` the list that is given as `keys(…)` under `name`."""
    return column.op("IN", is_comparison=True)(listed(bindparam(name, type_=Text())))


def keys(values: Iterable[str]) -> str:
    """The parameter of `among`."""
    return msgspec.json.encode(list(values)).decode()


def insert_new(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows whose key is free; the others are left as they are."""
    _insert(connection, table, rows, " ON CONFLICT DO NOTHING")


def insert_all(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows; raises IntegrityError for a key that is taken."""
    _insert(connection, table, rows, "")


def _insert(connection: Connection, table: Table, rows: Sequence[Row], ending: str) -> None:
    if not rows:
        return
    names = tuple(rows[0])
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_inserting(table, names) + ending, _as_json(rows))
        return
    places = ", ".join("?" * len(names))
    statement = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({places}){ending}"
    connection.exec_driver_sql(statement, _as_tuples(rows, names))


def update_all(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Update rows by their single key column, which each row names among its values."""
    if not rows:
        return
    (key,) = (column.name for column in table.primary_key)
    names = (*(name for name in rows[0] if name != key), key)
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_updating(table, names), _as_json(rows))
        return
    changes = ", ".join(f"{name} = ?" for name in names[:-1])
    connection.exec_driver_sql(f"UPDATE {table.name} SET {changes} WHERE {key} = ?", _as_tuples(rows, names))


def _as_tuples(rows: Sequence[Row], names: Names) -> list[tuple[Any, ...]]:
    return [tuple(map(row.__getitem__, names)) for row in rows]


def _as_json(rows: Sequence[Row]) -> tuple[str]:
    """All rows as one text: the driver is slow at arrays, JSON is written in one go."""
    return (msgspec.json.encode(rows).decode(),)


@lru_cache(maxsize=64)
def _inserting(table: Table, names: Names) -> str:
    columns = ", ".join(_column(table, name) for name in names)
    return f"INSERT INTO {table.name} ({', '.join(names)}) SELECT {columns} FROM {_source(table, names)}"


@lru_cache(maxsize=64)
def _updating(table: Table, names: Names) -> str:
    """The last of the names is the key."""
    changes = ", ".join(f"{name} = {_column(table, name)}" for name in names[:-1])
    return (
        f"UPDATE {table.name} SET {changes} FROM {_source(table, names)} WHERE {table.name}.{names[-1]} = v.{names[-1]}"
    )


def _source(table: Table, names: Names) -> str:
    """The rows as PostgreSQL reads them, called `v`."""
    types = ", ".join(f"{name} {'text' if _is_binary(table, name) else _type(table, name)}" for name in names)
    return f"json_to_recordset(%s::json) AS v({types})"


def _column(table: Table, name: str) -> str:
    """Bytes travel as Base64."""
    return f"decode(v.{name}, 'base64')" if _is_binary(table, name) else f"v.{name}"


def _is_binary(table: Table, name: str) -> bool:
    return isinstance(table.c[name].type, LargeBinary)


def _type(table: Table, name: str) -> str:
    return table.c[name].type.compile(_POSTGRES)


_POSTGRES = postgresql.dialect()  # type: ignore[no-untyped-call]
