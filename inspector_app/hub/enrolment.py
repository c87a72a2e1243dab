"""Making a device out of a one-time code: Team, role and letter (sync.md §5, documents.md §2.2)."""

from typing import Any

from sqlalchemy import Connection, func, select, update
from sqlalchemy.exc import IntegrityError

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
    try:
        made = desk.database.write(lambda connection: _claim(connection, desk, asked, new))
    except IntegrityError:  # two laptops of a Team took the same letter at the same moment
        made = desk.database.write(lambda connection: _claim(connection, desk, asked, new))
    return reply(desk, made)


def _claim(connection: Connection, desk: Desk, asked: wire.EnrollRequest, new: str) -> Any:
    """The device's row, made now unless this code made it before."""
    wrong = UserError("invite", "This code is wrong, used or expired; ask for a new one.")
    row = connection.execute(select(invite).where(invite.c.code_hash == code_hash(asked.code))).one_or_none()
    if row is None or row.used_by not in (None, new) or (row.used_by is None and row.expires <= desk.clock()):
        raise wrong
    claimed = update(invite).where((invite.c.code_hash == row.code_hash) & invite.c.used_by.is_(None))
    if row.used_by is None and connection.execute(claimed.values(used_by=new)).rowcount == 1:
        named = {"name": asked.name.strip(), "app": asked.app, "team": row.team, "role": row.role}
        register(connection, desk, asked.pubkey, named)
    made = connection.execute(select(device).where(device.c.id == new)).one_or_none()
    if made is None:
        raise wrong
    return made


def reply(desk: Desk, made: Any) -> wire.EnrollReply:
    """What a device is told about itself and the hub."""
    home, member = desk.home, Member(made.id, made.team, Role(made.role))
    key, scopes = home.identity.public.hex(), list(own_scopes(member))
    return wire.EnrollReply(made.id, home.hub_id, key, home.epoch, scopes, made.letter, made.team, made.role)


def _proven_key(asked: wire.EnrollRequest, signed: bytes) -> bytes:
    try:
        public, signature = bytes.fromhex(asked.pubkey), bytes.fromhex(asked.sig)
    except ValueError:
        public = signature = b""
    if asked.alg != "ed25519" or not verify(public, "enroll", signed, signature):
        raise UserError("signature", "The request is not signed by its own key.")
    return public


def register(connection: Connection, desk: Desk, pubkey: str, named: dict[str, Any]) -> None:
    """A new device with the Team's next letter; `named` has name, app, team, role and perhaps parent and host.
    Raises UserError `already_joined`; two at once in a Team end in an IntegrityError for one of them."""
    dev = device_id(bytes.fromhex(pubkey))
    if connection.execute(select(device.c.id).where(device.c.id == dev)).one_or_none() is not None:
        raise UserError("already_joined", "This laptop has already joined the hub.")
    others = device.c.team == named["team"]
    count = connection.execute(select(func.count()).select_from(device).where(others)).scalar_one()
    fresh: dict[str, Any] = {"id": dev, "pubkey": pubkey.lower(), "alg": "ed25519", "letter": letter(count)}
    fresh |= {"enrolled_at": desk.clock(), "head_n": 0, "head_hash": FIRST_PARENT}
    connection.execute(device.insert().values(**named, **fresh))


def letter(number: int) -> str:
    """A, B, … Z, AA, AB, …: the letter of a Team's laptop; never given twice, also not after a revocation."""
    text = ""
    number += 1
    while number:
        number, place = divmod(number - 1, 26)
        text = chr(ord("A") + place) + text
    return text
