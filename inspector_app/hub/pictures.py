"""Routes of Blobs: what is missing, one chunk up, a range down (sync.md §7, §11)."""

import re
from dataclasses import replace

import msgspec
from sqlalchemy import Connection, bindparam, delete, select

from inspector_app.domain.errors import UserError, WorldError
from inspector_app.hub import snapshots
from inspector_app.hub.access import Action, Member, may
from inspector_app.hub.book import steps
from inspector_app.hub.bulk import among, insert_new, keys
from inspector_app.hub.calls import Call, Hub, Reply, said
from inspector_app.hub.database import Database
from inspector_app.hub.storage import MAX_CHUNKS, check_chunk
from inspector_app.hub.tables import blob, blob_ref, entity
from inspector_app.hub.together import Together
from inspector_app.sync import wire
from inspector_app.sync.sealed import CHUNK

_SHA = re.compile(r"[0-9a-f]{64}")
_RANGE = re.compile(r"bytes=(\d{1,12})-(\d{0,12})")


_NAMED = select(blob_ref.c.sha, blob_ref.c.scope).where(among(blob_ref.c.sha, "shas")).distinct()
_ONE_WHOLE = select(blob.c.sha).where(blob.c.sha == bindparam("one"))
_WHOLE = select(blob.c.sha).where(among(blob.c.sha, "shas"))


def _readable(connection: Connection, member: Member, shas: list[str]) -> set[str]:
    """Those Blobs which a record in one of the member's Scopes names."""
    found: set[str] = set()
    for step in steps(shas):
        rows = connection.execute(_NAMED, {"shas": keys(step)})
        found.update(row.sha for row in rows if may(member, Action.READ, row.scope))
        if missed := [sha for sha in step if sha not in found]:
            found |= snapshots.readable(connection, member, missed)
    return found


def _stored(connection: Connection, shas: list[str]) -> set[str]:
    """Those Blobs that the hub noted as whole."""
    found: set[str] = set()
    for step in steps(shas):
        found.update(row.sha for row in connection.execute(_WHOLE, {"shas": keys(step)}))
    return found


def missing(hub: Hub, call: Call) -> Reply:
    """Per Blob the chunks still needed, [] when it is stored;
    of a Blob the caller may not read every chunk is missing."""
    asked = wire.unpack(call.body, dict[str, wire.BlobSize])
    if any(not _SHA.fullmatch(sha) or not 0 < one.chunks <= MAX_CHUNKS for sha, one in asked.items()):
        raise UserError("blob_number", "A photo's digest or number of chunks cannot be right.")
    with hub.desk.database.reading() as connection:
        readable = _readable(connection, call.caller, list(asked))
        stored = _stored(connection, sorted(readable))
    lacking = hub.blobs.missing({sha: asked[sha].chunks for sha in readable - stored})
    return said({sha: [] if sha in stored else lacking.get(sha, list(range(one.chunks))) for sha, one in asked.items()})


def put_chunk(hub: Hub, call: Call) -> Reply:
    """201 stored and verified, 202 chunk kept, 200 had it (only for a Blob the caller may read)."""
    sha, number, of = call.path["sha"], call.path["number"], call.query.get("of", "")
    if not (_SHA.fullmatch(sha) and _is_small(number) and _is_small(of)):
        raise UserError("chunk_number", "The chunk number does not fit.")
    promised = call.headers.get("x-sha256", "")
    check_chunk(int(number), int(of), call.body, promised)
    if _has(hub, call.caller, sha):
        return said({"stored": True})
    room = hub.blobs.room()
    if room is not None and room.is_scarce:
        raise WorldError("hub_full", "The hub's disk is nearly full: records still arrive, photos wait.")
    if of == "1" and promised == sha:  # the chunk is the Blob, and its digest is known to be right
        hub.blobs.store(sha, call.body)
    elif not hub.blobs.put(sha, int(number), int(of), call.body):
        return said({"stored": False}, 202)
    size = len(call.body) if of == "1" else hub.blobs.size(sha) or 0
    hub.arrived.add({"sha": sha, "size": size, "stored_at": hub.desk.clock()})
    return said({"stored": True}, 201)


def _has(hub: Hub, member: Member, sha: str) -> bool:
    """Whether it is here already and the member may know."""
    with hub.desk.database.asking() as connection:
        if connection.execute(_ONE_WHOLE, {"one": sha}).one_or_none() is None:
            return False
    with hub.desk.database.reading() as connection:
        return bool(_readable(connection, member, [sha]))


def noting(database: Database) -> Together:
    """Notes Blobs that have arrived whole."""
    return Together(lambda rows: database.write(lambda connection: insert_new(connection, blob, rows)))


def _is_small(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 4


def get_blob(hub: Hub, call: Call) -> Reply:
    """Bytes of a stored Blob the caller may read; raises UserError `missing` for foreign,
    unknown and not yet arrived alike."""
    sha = call.path["sha"]
    with hub.desk.database.asking() as connection:
        readable = _SHA.fullmatch(sha) is not None and bool(_readable(connection, call.caller, [sha]))
    size = hub.blobs.size(sha) if readable else None
    if size is None:
        if readable:
            _forget(hub, sha)
        raise UserError("missing", "There is nothing here.")
    wanted = call.headers.get("range")
    if wanted is None:
        return Reply(hub.blobs.read(sha, 0, size), media=wire.BYTES, headers={"Content-Length": str(size)})
    start, length = _range(wanted, size)
    headers = {"Content-Length": str(length), "Content-Range": f"bytes {start}-{start + length - 1}/{size}"}
    pieces = hub.blobs.read(sha, start, length)
    if length <= CHUNK:  # what a laptop asks for: read here at once, no turn of the server's loop for each piece
        return Reply(b"".join(pieces), 206, wire.BYTES, headers)
    return Reply(pieces, 206, wire.BYTES, headers)


def get_thumb(hub: Hub, call: Call) -> Reply:
    """The small picture that a readable photo record names beside this Blob in its field `thumb`; raises as `get_blob`."""
    sha = call.path["sha"]
    small = ""
    with hub.desk.database.reading() as connection:
        named = select(entity.c.doc, entity.c.scope).join(blob_ref, blob_ref.c.ent == entity.c.id)
        for row in connection.execute(named.where(blob_ref.c.sha == sha)):
            thumb = msgspec.json.decode(row.doc).get("thumb")
            if may(call.caller, Action.READ, row.scope) and isinstance(thumb, dict):
                small = str(thumb.get("sha", ""))
    return get_blob(hub, replace(call, path={"sha": small}))


def _forget(hub: Hub, sha: str) -> None:
    """A Blob noted as stored whose bytes are gone: laptops that still hold it are asked for it again."""
    hub.desk.database.write(lambda connection: connection.execute(delete(blob).where(blob.c.sha == sha)))


def _range(text: str, size: int) -> tuple[int, int]:
    """Start and length of a single range; raises UserError `range` for anything else."""
    parts = _RANGE.fullmatch(text)
    start = int(parts[1]) if parts else size
    end = min(int(parts[2]), size - 1) if parts and parts[2] else size - 1
    if start >= size or end < start:
        raise UserError("range", "This range does not lie inside the photo.")
    return start, end - start + 1
