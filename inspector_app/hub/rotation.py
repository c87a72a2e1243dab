"""A device goes on under a new key: rotated, forked or on other hardware (sync.md §5)."""

from typing import Any

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import IntegrityError

from inspector_app.domain.errors import UserError
from inspector_app.hub.enrolment import MAX_NAME, register, reply
from inspector_app.hub.tables import device, token
from inspector_app.hub.tokens import Desk, Revoked
from inspector_app.sync import wire
from inspector_app.sync.envelope import verify
from inspector_app.sync.identity import device_id

REASONS = ("rotate", "fork", "fingerprint")


def rotate(desk: Desk, asked: wire.RotateRequest, plain: dict[str, object]) -> wire.EnrollReply:
    """A new device with the old one's Team and role, linked to it by `parent`; the same two keys are answered the
    same again. `plain` is the request as it came.

    Raises UserError `unauthorized` unless both keys signed, Revoked for a device that is shut out.
    """
    with desk.database.reading() as connection:
        old = connection.execute(select(device).where(device.c.id == asked.device_id)).one_or_none()
    old_key = bytes.fromhex(old.pubkey) if old is not None else desk.home.identity.public
    if not _is_signed(asked, plain, old_key) or old is None:
        raise UserError("unauthorized", "The laptop could not be recognised.")
    if asked.reason not in REASONS or len(asked.app) > MAX_NAME or len(asked.host) > MAX_NAME:
        raise UserError("reason", "The reason is none that a laptop may give.")
    try:
        made = desk.database.write(lambda connection: _replace(connection, desk, asked, old))
    except IntegrityError:  # two laptops of a Team took the same letter at the same moment
        made = desk.database.write(lambda connection: _replace(connection, desk, asked, old))
    return reply(desk, made)


def _replace(connection: Connection, desk: Desk, asked: wire.RotateRequest, old: Any) -> Any:
    new = device.c.id == device_id(bytes.fromhex(asked.pubkey))
    made = connection.execute(select(device).where(new)).one_or_none()
    if made is not None:
        if made.parent != old.id:
            raise UserError("already_joined", "This key belongs to another laptop.")
        return made
    if old.revoked_at is not None:
        raise Revoked(old.id, old.revoked_at)
    named = {"name": old.name, "app": asked.app, "team": old.team, "role": old.role}
    named |= {"parent": old.id, "reason": asked.reason, "host": asked.host}
    register(connection, desk, asked.pubkey, named)
    connection.execute(delete_tokens(old.id))
    if asked.reason == "fork":
        fresh = (device.c.id == old.id) & device.c.forked_at.is_(None)
        connection.execute(update(device).where(fresh).values(forked_at=desk.clock()))
    return connection.execute(select(device).where(new)).one()


def delete_tokens(device_id: str) -> Any:
    """The statement that signs a device out everywhere."""
    return token.delete().where(token.c.dev == device_id)


def _is_signed(asked: wire.RotateRequest, plain: dict[str, object], old_key: bytes) -> bool:
    try:
        public, proof, signature = (bytes.fromhex(text) for text in (asked.pubkey, asked.proof, asked.sig))
    except ValueError:
        return False
    bare = wire.signable({name: value for name, value in plain.items() if name != "proof"})
    new_signed = verify(public, "rotate-proof", bare, proof)
    return asked.alg == "ed25519" and new_signed and verify(old_key, "rotate", wire.signable(plain), signature)
