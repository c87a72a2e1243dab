"""Counts of what the hub holds, for its administrator."""

from typing import Any

from sqlalchemy import Connection, func, select

from inspector_app.domain.clock import iso
from inspector_app.hub import home
from inspector_app.hub.database import open_database
from inspector_app.hub.places import photo_folder
from inspector_app.hub.room import room_of
from inspector_app.hub.settings import HubSettings
from inspector_app.hub.tables import blob, changeset, device, entity, invite, quarantine, scope


def status(settings: HubSettings) -> dict[str, Any]:
    """changesets, blobs (stored), blob_bytes, devices, entities per kind, conflicts, records to review, open invites,
    quarantined, room on the disk, heads per Scope, and each laptop with where it came from."""
    database = open_database(settings)
    try:
        me = home.open_home(database, settings)
        with database.reading() as connection:
            return {"hub": me.hub_id, "epoch": me.epoch, **_counts(connection), "disk": _disk(settings)}
    finally:
        database.close()


def _disk(settings: HubSettings) -> dict[str, Any] | None:
    """Of the disk with the photos; None where they lie elsewhere or nothing lies there yet."""
    folder = photo_folder(settings)
    if folder is None or not folder.is_dir():
        return None
    room = room_of(folder)
    return {"free": room.free, "total": room.total, "takes_photos": not room.is_scarce}


def _counts(connection: Connection) -> dict[str, Any]:
    def one(statement: Any) -> int:
        return int(connection.execute(statement).scalar_one() or 0)

    kinds = select(entity.c.type, func.count()).where(entity.c.scope.is_not(None)).group_by(entity.c.type)
    devices = select(device).order_by(device.c.team, device.c.letter)
    return {
        "changesets": one(select(func.count()).select_from(changeset)),
        "blobs": one(select(func.count()).select_from(blob)),
        "blob_bytes": one(select(func.sum(blob.c.size))),
        "devices": one(select(func.count()).select_from(device)),
        "entities": {kind: count for kind, count in connection.execute(kinds.order_by(entity.c.type))},
        "conflicts": one(select(func.count()).select_from(entity).where(entity.c.conflict)),
        "review": one(select(func.count()).select_from(entity).where(entity.c.review)),
        "invites": one(select(func.count()).select_from(invite).where(invite.c.used_by.is_(None))),
        "quarantined": one(select(func.count()).select_from(quarantine).where(quarantine.c.decided_by.is_(None))),
        "scopes": {row.id: row.head for row in connection.execute(select(scope).order_by(scope.c.id))},
        "laptops": [
            {"device": row.id, "team": row.team, "letter": row.letter, "role": row.role, "name": row.name}
            | {"app": row.app, "enrolled": iso(row.enrolled_at), "sent": row.head_n}
            | {"parent": row.parent, "reason": row.reason, "host": row.host}
            | {"revoked": row.revoked_at is not None, "forked": row.forked_at is not None}
            for row in connection.execute(devices)
        ],
    }
