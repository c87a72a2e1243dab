"""One-time enrolment codes, stored hashed, and shutting a device out (sync.md §5)."""

import hashlib
import os
from dataclasses import dataclass
from urllib.parse import quote

from sqlalchemy import delete, select, update

from inspector_app.domain.clock import Clock, iso, system_clock
from inspector_app.domain.errors import UserError
from inspector_app.domain.team import TEAMS, Role
from inspector_app.hub import home
from inspector_app.hub.database import open_database
from inspector_app.hub.settings import HubSettings
from inspector_app.hub.tables import device, token
from inspector_app.hub.tables import invite as invites

TTL_MS = 7 * 24 * 3_600_000
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, so a code survives being read aloud and copied by hand."""
LENGTH = 26
"""130 bits."""


@dataclass(frozen=True)
class Invite:
    """A code shown once; `qr` is the text of the QR picture and carries the hub's key,
    so the first contact is pinned."""

    code: str
    expires: str
    qr: str


def invite(settings: HubSettings, team: int, role: Role, *, clock: Clock = system_clock) -> Invite:
    """A new code for one laptop; raises UserError for a Team that does not exist."""
    if team not in TEAMS and not (team == 0 and role in (Role.SUPERVISOR, Role.ADMIN)):
        raise UserError("team", f"There is no team {team}; inspectors and leaders belong to team 1–{TEAMS[-1]}.")
    code = _code()
    expires = clock() + TTL_MS
    database = open_database(settings)
    try:
        me = home.open_home(database, settings)
        with database.writing() as connection:
            row = {"code_hash": code_hash(code), "team": team, "role": role.value, "expires": expires}
            connection.execute(invites.insert().values(row))
    finally:
        database.close()
    return Invite(code, iso(expires), _qr(settings, code, me))


def _code() -> str:
    number = int.from_bytes(os.urandom(17), "big")
    letters = "".join(ALPHABET[number >> 5 * place & 31] for place in range(LENGTH))
    return "-".join(letters[start : start + 5] for start in range(0, 25, 5))[:-5] + letters[20:]


def normal(code: str) -> str:
    """A code as typed by hand: case, spaces and hyphens do not matter, O is 0, I and L are 1."""
    kept = "".join(letter for letter in code.upper() if letter.isalnum())
    return kept.translate(str.maketrans("OIL", "011"))


def code_hash(code: str) -> str:
    """What is stored of a code: SHA-256 of its normal form."""
    return hashlib.sha256(normal(code).encode()).hexdigest()


def _qr(settings: HubSettings, code: str, me: home.Home) -> str:
    where = quote(settings.public_url or f"http://{settings.host}:{settings.port}", safe="")
    return f"daowei:1?url={where}&code={code}&hub={me.hub_id}&key={me.identity.public.hex()}"


def revoke(settings: HubSettings, device_id: str, *, clock: Clock = system_clock) -> None:
    """Shut a device out at once; what it sent before stays valid. Raises UserError for an unknown device."""
    database = open_database(settings)
    try:
        with database.writing() as connection:
            if connection.execute(select(device.c.id).where(device.c.id == device_id)).one_or_none() is None:
                raise UserError("device_unknown", f"The hub knows no device '{device_id}'.", device=device_id)
            known = (device.c.id == device_id) & device.c.revoked_at.is_(None)
            connection.execute(update(device).where(known).values(revoked_at=clock()))
            connection.execute(delete(token).where(token.c.dev == device_id))
    finally:
        database.close()
