"""The log cannot be changed, both engines migrate, several processes may found one hub."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import delete, inspect, update
from sqlalchemy.exc import DatabaseError

from inspector_app.domain.errors import WorldError
from inspector_app.domain.team import Role
from inspector_app.hub import invites, status
from inspector_app.hub.database import open_database
from inspector_app.hub.settings import HubSettings
from inspector_app.hub.tables import chain, changeset, metadata, scope_log
from tests.hub.engines import Engine
from tests.hub.knocking import Knock, sealed
from tests.hub.trial import Trial


@pytest.mark.parametrize("table", [changeset, chain, scope_log], ids=lambda table: table.name)
def test_the_log_is_append_only(hub: Trial, table) -> None:  # type: ignore[no-untyped-def]
    ledger = hub.laptop(7)
    Knock(hub, ledger).push(sealed(ledger.identity, 1))
    database = open_database(hub.settings)
    for statement in (update(table).values(cs="x"), delete(table)):
        with pytest.raises(DatabaseError) as caught, database.writing() as connection:
            connection.execute(statement)
        assert "append-only" in str(caught.value.orig)
    database.close()
    assert status.status(hub.settings)["changesets"] == 1


def test_migrations_make_what_the_tables_say(engine: Engine, tmp_path: Path) -> None:
    database = open_database(engine.settings(tmp_path))
    with database.reading() as connection:
        found = inspect(connection)
        for table in metadata.tables.values():
            assert {one["name"] for one in found.get_columns(table.name)} == {one.name for one in table.columns}
            indexed = {tuple(one["column_names"]) for one in found.get_indexes(table.name) if not one["unique"]}
            assert indexed == {tuple(column.name for column in one.columns) for one in table.indexes}, table.name
    database.close()


def test_several_processes_found_one_hub(engine: Engine, tmp_path: Path) -> None:
    settings = engine.settings(tmp_path)
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda _: invites.invite(settings, 3, Role.LEADER).qr, range(6)))
    assert len({one.partition("&hub=")[2] for one in made}) == 1


def test_a_hub_on_a_laptop_is_readable_with_its_key_only(tmp_path: Path) -> None:
    settings = HubSettings(tmp_path, port=0, key=bytes(range(32)))
    invites.invite(settings, 3, Role.LEADER)
    assert status.status(settings)["devices"] == 0
    assert not (tmp_path / "hub.db").read_bytes().startswith(b"SQLite format 3")
    assert len((tmp_path / "hub.key").read_bytes()) > 32
    for key in (None, bytes(32)):
        with pytest.raises(WorldError):
            status.status(HubSettings(tmp_path, key=key))
