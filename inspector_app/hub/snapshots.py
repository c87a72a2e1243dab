"""A Scope's state as content-addressed pages: built once, fetched and resumed like photos (sync.md §7, §13)."""

import hashlib
from collections.abc import Iterator
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, delete, select

from inspector_app.domain.errors import UserError
from inspector_app.hub.access import Action, Member, may
from inspector_app.hub.calls import Call, Hub, Reply, said
from inspector_app.hub.states import state_rows
from inspector_app.hub.tables import entity, scope, snapshot
from inspector_app.sync import wire

PAGE = wire.MAX_PAGE
_CUT = PAGE // 4
"""A page that large ends where an id happens to say so: an edit then changes its own page, not all that follow."""
_ROWS = 500
STALE = 2_000
"""So many log rows after `as_of` a snapshot is made anew; fewer are cheaper to pull."""


def get(hub: Hub, call: Call) -> Reply:
    """The list of pages; raises UserError `missing` for a Scope the caller may not read or that has nothing in it,
    WorldError `hub_making` while they are being written."""
    place = call.path["scope"]
    if not may(call.caller, Action.READ, place):
        raise UserError("missing", "There is nothing here.")
    with hub.desk.database.reading() as connection:
        head = connection.execute(select(scope.c.head).where(scope.c.id == place)).scalar_one_or_none()
        kept = _kept(connection, place)
    if head is None:
        raise UserError("missing", "There is nothing here.")
    if kept is None or head - kept.as_of >= STALE or head < kept.as_of:
        hub.builds.wait(place, partial(_make, hub, place))
        with hub.desk.database.reading() as connection:
            kept = _kept(connection, place) or wire.Snapshot(place, 0, [])
    return said(kept)


_PAGES = (
    select(snapshot.c.sha, snapshot.c.scope).where(snapshot.c.sha.in_(bindparam("shas", expanding=True))).distinct()
)


def readable(connection: Connection, member: Member, shas: list[str]) -> set[str]:
    """Those pages that belong to a Scope the member reads."""
    rows = connection.execute(_PAGES, {"shas": shas})
    return {row.sha for row in rows if may(member, Action.READ, row.scope)}


def _kept(connection: Connection, place: str) -> wire.Snapshot | None:
    rows = connection.execute(select(snapshot).where(snapshot.c.scope == place).order_by(snapshot.c.number)).all()
    if not rows:
        return None
    return wire.Snapshot(place, rows[0].as_of, [wire.SnapshotPage(row.sha, row.size, row.rows) for row in rows])


def _make(hub: Hub, place: str) -> None:
    """Write the pages beside the photos, then their list. Two workers at once make the same bytes; `as_of` is read
    first, since what comes later is pulled anyway."""
    with hub.desk.database.reading() as connection:
        as_of = int(connection.execute(select(scope.c.head).where(scope.c.id == place)).scalar_one())
        pages = [_keep(hub, rows) for rows in _pages(connection, place)]
    values = [
        {"scope": place, "number": number, "sha": one.sha, "size": one.size, "rows": one.rows, "as_of": as_of}
        for number, one in enumerate(pages)
    ]

    def replace(connection: Connection) -> None:
        connection.execute(select(scope.c.id).where(scope.c.id == place).with_for_update())
        connection.execute(delete(snapshot).where(snapshot.c.scope == place))
        if values:
            connection.execute(snapshot.insert(), values)

    hub.desk.database.write(replace)


def _keep(hub: Hub, rows: list[bytes]) -> wire.SnapshotPage:
    plain = wire.ndjson(rows)
    sha = hashlib.sha256(plain).hexdigest()
    if hub.blobs.size(sha) is None:
        hub.blobs.store(sha, plain)
    return wire.SnapshotPage(sha, len(plain), len(rows))


def _pages(connection: Connection, place: str) -> Iterator[list[bytes]]:
    page: list[bytes] = []
    size = 0
    for row in _rows(connection, place):
        raw = msgspec.json.encode(row)
        if page and size + len(raw) > PAGE:
            yield page
            page, size = [], 0
        page.append(raw)
        size += len(raw) + 1
        if size >= _CUT and hashlib.sha256(row.id.encode()).digest()[0] == 0:
            yield page
            page, size = [], 0
    if page:
        yield page


def _rows(connection: Connection, place: str) -> Iterator[wire.StateRow]:
    after = ""
    while True:
        asked = select(entity).where((entity.c.scope == place) & (entity.c.id > after)).order_by(entity.c.id)
        rows: list[Any] = list(connection.execute(asked.limit(_ROWS)))
        if not rows:
            return
        yield from state_rows(connection, rows)
        after = rows[-1].id
