"""The migrations make exactly the tables the program speaks of, and a newer schema is refused."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text
from sqlalchemy.orm import Session

from inspector_app.domain.errors import UserError
from inspector_app.store import engine, forms, migrating, schema
from inspector_app.store.database import Store, open_store
from inspector_app.store.migrations.versions import r0001_first
from tests.store.conftest import PASSWORD

KEY = bytes(range(32))


def columns(connection: object) -> dict[str, list[tuple[str, str, bool]]]:
    found = inspect(connection)
    return {
        name: sorted((c["name"], type(c["type"]).__name__, bool(c["nullable"])) for c in found.get_columns(name))  # type: ignore[union-attr]
        for name in schema.metadata.tables
    }


def test_up_from_empty_equals_the_tables_queries_use(tmp_path: Path) -> None:
    migrated = engine.make_engine(tmp_path / "a.db", KEY, writes=True)
    declared = engine.make_engine(tmp_path / "b.db", KEY, writes=True)
    with migrated.begin() as left, declared.begin() as right:
        migrating.migrate(left)
        schema.metadata.create_all(right)
        assert columns(left) == columns(right)
        assert left.execute(text("SELECT version_num FROM alembic_version")).scalar() == schema.REVISION
    with migrated.begin() as again:
        migrating.migrate(again)
    migrated.dispose()
    declared.dispose()


def first_schema(connection: Connection) -> None:
    """A database as the first release made it."""
    for statement in r0001_first.TABLES:
        connection.execute(text(statement))
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES ('0001')"))


def test_up_from_the_first_schema_keeps_the_forms(tmp_path: Path) -> None:
    made = engine.make_engine(tmp_path / "a.db", KEY, writes=True)
    with made.begin() as old:
        first_schema(old)
        row = "INSERT INTO form (hash, form_id, version, title, xml, totals) VALUES (:hash, 'f', '1', 'F', :xml, '{}')"
        old.execute(text(row), [{"hash": "came", "xml": b"<a/>"}, {"hash": "own", "xml": b"<b/>"}])
        old.execute(text("INSERT INTO setting VALUES ('bundled:f.xml', 'came')"))
    with made.begin() as connection:
        migrating.migrate(connection)
        assert columns(connection).keys() == schema.metadata.tables.keys()
    with made.begin() as connection, Session(connection) as session:
        assert forms.get_xml(session, "own") == b"<b/>"
        assert forms.file_names(session, "own") == ()
        assert forms.get_workbook(session, "own") is None
        found = {each.hash: each for each in forms.listed(session)}
        assert {name: each.is_bundled for name, each in found.items()} == {"came": True, "own": False}
        assert (found["own"].questions, found["own"].languages, found["own"].is_retired) == (-1, (), False)
        assert forms.latest(session, "f") == "own"
    made.dispose()


def test_an_interrupted_migration_leaves_nothing(tmp_path: Path) -> None:
    made = engine.make_engine(tmp_path / "a.db", KEY, writes=True)
    with pytest.raises(ZeroDivisionError), made.begin() as connection:
        migrating.migrate(connection)
        raise ZeroDivisionError
    with made.begin() as connection:
        assert inspect(connection).get_table_names() == []
        migrating.migrate(connection)
    made.dispose()


def test_a_newer_schema_is_refused_and_left_alone(store: Store) -> None:
    with store.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    for _ in range(2):
        with pytest.raises(UserError) as caught:
            open_store(store.folder, PASSWORD)
        assert caught.value.key == "store_newer"
