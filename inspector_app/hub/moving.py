"""A record goes to another Team: it leaves one Scope and enters another with its children, in one transaction
(sync.md Part C, 21)."""

from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from inspector_app.domain.changeset import DISTRICT, team_scope
from inspector_app.domain.errors import UserError
from inspector_app.domain.team import TEAMS
from inspector_app.hub.book import steps
from inspector_app.hub.database import Database, open_database
from inspector_app.hub.numbering import Entry, number
from inspector_app.hub.settings import HubSettings
from inspector_app.hub.tables import blob_ref, entity

_SCOPES = (DISTRICT, *(team_scope(team) for team in TEAMS))


@dataclass(frozen=True)
class Moved:
    """How many records went, and between which Scopes; none when it was there already."""

    old: str
    new: str
    records: int


def move(database: Database, record: str, place: str) -> Moved:
    """Give `record` and its children to the Scope `place`; raises UserError `record_unknown`, `record_child`, `scope`."""
    if place not in _SCOPES:
        raise UserError("scope", f"There is no Scope '{place}'.")
    return database.write(lambda connection: _move(connection, record, place))


def move_in(settings: HubSettings, record: str, team: int) -> Moved:
    """`move` for an administrator at the hub's own machine."""
    database = open_database(settings)
    try:
        return move(database, record, team_scope(team))
    finally:
        database.close()


def _move(connection: Connection, record: str, place: str) -> Moved:
    family = _locked_family(connection, record)
    home = family.get(record)
    if home is None:
        raise UserError("record_unknown", "The hub knows no such record.")
    old, parent = home
    if parent:
        raise UserError("record_child", "A photo or finding moves with its inspection; move that.")
    if old == place:
        return Moved(old, place, 0)
    ids = sorted(family, key=lambda one: (one != record, one))  # the parent first: readers see it before its children
    for step in steps(ids):
        connection.execute(update(entity).where(entity.c.id.in_(step)).values(scope=place))
        connection.execute(update(blob_ref).where(blob_ref.c.ent.in_(step)).values(scope=place))
    number(connection, {old: [Entry("leave", one) for one in ids], place: [Entry("enter", one) for one in ids]})
    return Moved(old, place, len(ids))


def _locked_family(connection: Connection, record: str) -> dict[str, tuple[str, str]]:
    """The record with its children, locked in id order; a child saved meanwhile waits for its parent's lock."""
    mine = (entity.c.id == record) | (entity.c.parent == record)
    asked = select(entity.c.id, entity.c.scope, entity.c.parent).where(mine & entity.c.scope.is_not(None))
    connection.execute(select(entity.c.id).where(entity.c.id == record).with_for_update())
    rows = connection.execute(asked.order_by(entity.c.id).with_for_update())
    return {row.id: (row.scope, row.parent or "") for row in rows}
