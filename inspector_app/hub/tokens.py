"""Nonces, opaque tokens and the signed word that a device is revoked (sync.md §5, security.md §9.1)."""

import hashlib
import hmac
import os
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, select

from inspector_app.domain.clock import Clock
from inspector_app.domain.errors import UserError
from inspector_app.domain.team import Role
from inspector_app.hub.access import Member
from inspector_app.hub.database import Database
from inspector_app.hub.home import Home
from inspector_app.hub.tables import device, hub_meta, token
from inspector_app.sync import wire
from inspector_app.sync.envelope import verify

TOKEN_MS = 3_600_000
NONCE_MS = 300_000


class Revoked(UserError):
    """The device is shut out since `at` (ms); the reply to it is signed."""

    def __init__(self, device_id: str, at: int) -> None:
        super().__init__("revoked", "This laptop was shut out by the hub's administrator.")
        self.device = device_id
        self.at = at


@dataclass(frozen=True)
class Desk:
    """What signing in needs: the hub's self, its database and a clock."""

    home: Home
    database: Database
    clock: Clock


def new_nonce(home: Home, now: int) -> str:
    """A nonce any worker can check: hub time and an HMAC over it."""
    moment = now.to_bytes(8, "big") + os.urandom(8)
    return (moment + hmac.digest(home.nonce_key, moment, "sha256")[:16]).hex()


def is_fresh(home: Home, nonce: str, now: int) -> bool:
    """Whether this hub made the nonce within the last five minutes."""
    try:
        plain = bytes.fromhex(nonce)
    except ValueError:
        return False
    moment, mark = plain[:16], plain[16:]
    genuine = hmac.compare_digest(mark, hmac.digest(home.nonce_key, moment, "sha256")[:16])
    return len(plain) == 32 and genuine and 0 <= now - int.from_bytes(moment[:8], "big") <= NONCE_MS


def issue(desk: Desk, asked: wire.TokenRequest, signed: bytes) -> wire.TokenReply:
    """A token for one hour; raises UserError `unauthorized` without saying why,
    Revoked for a revoked device's true signature."""
    now = desk.clock()
    with desk.database.asking() as connection:
        row = connection.execute(select(device).where(device.c.id == asked.device_id)).one_or_none()
    key = bytes.fromhex(row.pubkey) if row is not None else desk.home.identity.public
    genuine = _is_signed(key, asked, signed)
    if row is None or not genuine or not is_fresh(desk.home, asked.nonce, now):
        raise UserError("unauthorized", "The laptop could not be recognised.")
    if row.revoked_at is not None:
        raise Revoked(row.id, row.revoked_at)
    secret = os.urandom(32).hex()
    with desk.database.writing() as connection:
        # only this device's: deleting everybody's would make 400 laptops at eight o'clock wait for each other
        connection.execute(delete(token).where((token.c.dev == row.id) & (token.c.exp < now)))
        connection.execute(token.insert().values(hash=_hash(secret), dev=row.id, exp=now + TOKEN_MS))
    return wire.TokenReply(secret, now + TOKEN_MS, now)


def _is_signed(key: bytes, asked: wire.TokenRequest, signed: bytes) -> bool:
    try:
        signature = bytes.fromhex(asked.sig)
    except ValueError:
        return False
    return asked.alg == "ed25519" and verify(key, "token", signed, signature)


_MEMBER = (
    select(device.c.id, device.c.team, device.c.role, select(hub_meta.c.epoch).scalar_subquery().label("epoch"))
    .join(token, token.c.dev == device.c.id)
    .where(token.c.hash == bindparam("secret"), token.c.exp > bindparam("now"), device.c.revoked_at.is_(None))
)
"""Asked with every request: putting the statement together anew cost more than the database's answer."""


def member_of(desk: Desk, secret: str) -> Member:
    """The device behind a bearer token, and by the way the epoch as it is now; raises UserError `unauthorized` for an
    unknown, expired or revoked one."""
    with desk.database.asking() as connection:
        found = connection.execute(_MEMBER, {"secret": _hash(secret), "now": desk.clock()}).one_or_none()
    if found is None:
        raise UserError("unauthorized", "Sign in again.")
    desk.home.epoch = found.epoch
    return Member(found.id, found.team, Role(found.role))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def signed_revocation(home: Home, revoked: Revoked) -> wire.Refused:
    """The only 403 that stops a laptop: signed by the hub's key (sync.md §5)."""
    said = wire.Refused("revoked", str(revoked), device=revoked.device, at=revoked.at, alg="ed25519")
    signature = home.identity.sign("revoked", wire.signable(said)).hex()
    return wire.Refused("revoked", str(revoked), device=revoked.device, at=revoked.at, alg="ed25519", sig=signature)
