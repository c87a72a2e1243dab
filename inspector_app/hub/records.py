"""Routes of the log: push, pull, have, quarantine (sync.md §7)."""

import re
from typing import Any

import msgspec
from sqlalchemy import select

from inspector_app.domain.errors import UserError
from inspector_app.domain.team import reads_all_teams
from inspector_app.hub import ledger, moving, reading
from inspector_app.hub.bulk import insert_new
from inspector_app.hub.calls import Call, Hub, Reply, said
from inspector_app.hub.signing import check_nonce, signed_hello
from inspector_app.hub.tables import device, quarantine
from inspector_app.sync import wire

_ID = re.compile(r"[0-9a-zA-Z-]{1,64}")


def push(hub: Hub, call: Call) -> Reply:
    """A batch of envelopes; 200 whenever the batch can be read, one word per item."""
    sent = wire.lines(wire.inflate(call.body))
    if len(sent) > wire.MAX_ITEMS:
        raise UserError("too_many", f"At most {wire.MAX_ITEMS} records in one message.")
    words = ledger.push(hub.desk.database, call.caller, wire.restore(sent), hub.desk.clock())
    hub.mark.note()
    return Reply(wire.ndjson(msgspec.json.encode(word) for word in words))


def pull(hub: Hub, call: Call) -> Reply:
    """One page of the caller's Scopes."""
    asked = wire.unpack(call.body, wire.PullRequest)
    if asked.nonce:
        check_nonce(asked.nonce)
    try:
        rows = reading.pull(hub.desk.database, call.caller, asked, lambda nonce: signed_hello(hub, nonce))
    except UserError as error:
        if error.key == "epoch":
            hub.desk.home.epoch = hub.mark.doubt()
        raise
    return Reply(wire.ndjson(rows))


def have(hub: Hub, call: Call) -> Reply:
    """Which of the asked Changesets are lacking."""
    asked = wire.unpack(call.body, wire.HaveRequest)
    return said(wire.HaveReply(reading.missing(hub.desk.database, call.caller, asked.cs)))


def keys(hub: Hub, call: Call) -> Reply:
    """Public keys of devices: what a laptop needs to check a colleague's stick without the hub."""
    asked = wire.unpack(call.body, wire.KeysRequest)
    if len(asked.dev) > wire.MAX_ITEMS:
        raise UserError("too_many", f"At most {wire.MAX_ITEMS} devices in one message.")
    with hub.desk.database.reading() as connection:
        found = connection.execute(select(device.c.pubkey).where(device.c.id.in_(asked.dev))).scalars()
        return said(wire.KeysReply(list(found)))


def entity(hub: Hub, call: Call) -> Reply:
    """One record's state and whole history."""
    return said(reading.history(hub.desk.database, call.caller, call.path["id"]))


def move(hub: Hub, call: Call) -> Reply:
    """Give a record to another Scope; raises UserError `access` below supervisor."""
    asked = wire.unpack(call.body, wire.MoveRequest)
    if not reads_all_teams(call.caller.role):
        raise UserError("access", "Only a supervisor gives records to another team.")
    moved = moving.move(hub.desk.database, asked.id, asked.scope)
    hub.mark.note()
    return said({"moved": moved.records})


def quarantine_raw(hub: Hub, call: Call) -> Reply:
    """Raw bytes of something that cannot be pushed, in at most 16 parts; a person decides."""
    name, part, of = call.query.get("id", ""), call.query.get("part", "0"), call.query.get("of", "1")
    if not _ID.fullmatch(name) or not (part.isdecimal() and of.isdecimal()):
        raise UserError("quarantine", "id, part and of are needed.")
    if not 0 <= int(part) < int(of) <= wire.MAX_QUARANTINE_PARTS:
        raise UserError("quarantine", f"At most {wire.MAX_QUARANTINE_PARTS} parts.")
    row: dict[str, Any] = {
        "id": f"{call.caller.device}/{name}/{int(part)}",
        "dev": call.caller.device,
        "cs": name,
        "raw": call.body,
    }
    row |= {"reason": "sent by the laptop", "received_at": hub.desk.clock()}
    with hub.desk.database.writing() as connection:
        insert_new(connection, quarantine, [row])
    return said({"kept": True}, 201)
