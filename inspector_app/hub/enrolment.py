"""Making a device out of a one-time code: Team, role and letter (sync.md §5, documents.md §2.2)."""

from sqlalchemy import Connection, func, select, update

from inspector_app.domain.errors import UserError
from inspector_app.domain.team import Role
from inspector_app.hub.access import Member, own_scopes
from inspector_app.hub.invites import code_hash
from inspector_app.hub.tables import device, invite
from inspector_app.hub.tokens import Desk
from inspector_app.sync import wire
from inspector_app.sync.envelope import FIRST_PARENT, verify
from inspector_app.sync.identity import device_id

MAX_NAME = 100


def enroll(desk: Desk, asked: wire.EnrollRequest, signed: bytes) -> wire.EnrollReply:
    """Use the code up. The same code with the same key answers the same again, so a lost reply loses nothing.

    `signed` are the bytes `asked.sig` is over.

    Raises UserError `signature` without proof of the key, `invite` for a wrong, used or expired code.
    """
    public = _proven_key(asked, signed)
    name = asked.name.strip()
    if not 0 < len(name) <= MAX_NAME or "\0" in asked.name + asked.app or len(asked.app) > MAX_NAME:
        raise UserError("name", "The name is empty or too long.")
    new = device_id(public)
    with desk.database.writing() as connection:
        row = connection.execute(select(invite).where(invite.c.code_hash == code_hash(asked.code))).one_or_none()
        if row is None or row.used_by not in (None, new) or (row.used_by is None and row.expires <= desk.clock()):
            raise UserError("invite", "This code is wrong, used or expired; ask for a new one.")
        claimed = update(invite).where((invite.c.code_hash == row.code_hash) & invite.c.used_by.is_(None))
        if row.used_by is None and connection.execute(claimed.values(used_by=new)).rowcount == 1:
            _register(connection, desk, asked, row.team, row.role)
        made = connection.execute(select(device).where(device.c.id == new)).one_or_none()
    if made is None:
        raise UserError("invite", "This code is wrong, used or expired; ask for a new one.")
    scopes = list(own_scopes(Member(new, made.team, Role(made.role))))
    key = desk.home.identity.public.hex()
    return wire.EnrollReply(new, desk.home.hub_id, key, desk.home.epoch, scopes, made.letter, made.team, made.role)


def _proven_key(asked: wire.EnrollRequest, signed: bytes) -> bytes:
    try:
        public, signature = bytes.fromhex(asked.pubkey), bytes.fromhex(asked.sig)
    except ValueError:
        public = signature = b""
    if asked.alg != "ed25519" or not verify(public, "enroll", signed, signature):
        raise UserError("signature", "The request is not signed by its own key.")
    return public


def _register(connection: Connection, desk: Desk, asked: wire.EnrollRequest, team: int, role: str) -> None:
    dev = device_id(bytes.fromhex(asked.pubkey))
    if connection.execute(select(device.c.id).where(device.c.id == dev)).one_or_none() is not None:
        raise UserError("already_joined", "This laptop has already joined the hub.")
    count = connection.execute(select(func.count()).select_from(device).where(device.c.team == team)).scalar_one()
    connection.execute(
        device.insert().values(
            id=dev, pubkey=asked.pubkey.lower(), alg=asked.alg, team=team, role=role, letter=letter(count),
            name=asked.name.strip(), app=asked.app, enrolled_at=desk.clock(), head_n=0, head_hash=FIRST_PARENT,
        )
    )  # fmt: skip


def letter(number: int) -> str:
    """A, B, … Z, AA, AB, …: the letter of a Team's laptop; never given twice, also not after a revocation."""
    text = ""
    number += 1
    while number:
        number, place = divmod(number - 1, 26)
        text = chr(ord("A") + place) + text
    return text
