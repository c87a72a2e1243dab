"""Whether this process lives, and whether it can do its work: for load balancers and service managers."""

import msgspec
from sqlalchemy import text

from inspector_app.hub.calls import Call, Hub, Reply

_PLAIN = "application/json"


def live(hub: Hub, call: Call) -> Reply:
    """The process answers; nothing else is asked."""
    return Reply(msgspec.json.encode({"live": True}), media=_PLAIN)


def ready(hub: Hub, call: Call) -> Reply:
    """Database and photo storage answer; the error of one that does not becomes a 503. `photos`: whether there is room."""
    with hub.desk.database.reading() as connection:
        connection.execute(text("SELECT 1"))
    hub.blobs.recall("epoch")
    room = hub.blobs.room()
    return Reply(msgspec.json.encode({"ready": True, "photos": room is None or not room.is_scarce}), media=_PLAIN)
