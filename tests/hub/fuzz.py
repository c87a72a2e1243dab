"""`python -m tests.hub.fuzz --requests 100000`: an enrolled attacker of Team 8 against a hub that holds Team 7's secrets.

No reply is a 5xx, none holds a word of Team 7, memory stays bounded, and Team 7 finds everything as it was.
"""

import argparse
import asyncio
import ctypes
import gc
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from starlette.applications import Starlette

from inspector_app.domain.errors import UserError
from inspector_app.domain.ids import new_id
from inspector_app.domain.team import Role
from inspector_app.hub import enrolment, invites, tokens
from inspector_app.hub.app import build
from inspector_app.hub.calls import Hub
from inspector_app.hub.settings import HubSettings
from inspector_app.sync import wire
from inspector_app.sync.identity import Identity, new_identity
from tests.hub.asgi import Given, Wish, knock
from tests.hub.engines import Engine, bucket, postgres
from tests.hub.hostile import Attacker, Spoils
from tests.hub.knocking import sealed

CANARY = "CANARY機密"
PHOTO = b"CANARY photo bytes " * 40
MARKS = (b"x-hub", b"x-epoch")
MAKING = b'"code":"hub_making"'
"""The pages of a first sync are still being written: what a busy machine may say, with Retry-After."""
GROWTH = 96 * 1024 * 1024


@dataclass
class Findings:
    """What went wrong, and how often each status came."""

    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    grown: int = 0


@dataclass(frozen=True)
class World:
    """The hub, the attacker, and what the victim sees of its own Team."""

    app: Starlette
    attacker: Attacker
    victim: str
    before: bytes


def join(hub: Hub, settings: HubSettings, team: int, role: Role) -> tuple[Identity, str]:
    me = new_identity()
    asked = wire.EnrollRequest(invites.invite(settings, team, role).code, me.public.hex(), "x", "0", "ed25519", "")
    signed = wire.signable(asked)
    sig = me.sign("enroll", signed).hex()
    enrolment.enroll(hub.desk, wire.EnrollRequest(asked.code, asked.pubkey, "x", "0", "ed25519", sig), signed)
    nonce = tokens.new_nonce(hub.desk.home, hub.desk.clock())
    wish = wire.TokenRequest(me.device, nonce, "ed25519", "")
    signed = wire.signable(wish)
    proven = wire.TokenRequest(me.device, nonce, "ed25519", me.sign("token", signed).hex())
    return me, tokens.issue(hub.desk, proven, signed).token


def signed_in(token: str) -> tuple[tuple[str, str], ...]:
    return (("authorization", f"Bearer {token}"),)


@contextmanager
def world(settings: HubSettings) -> Iterator[World]:
    """Team 7 with records, a photo and a snapshot; Team 8 as attacker."""
    import hashlib

    app = build(settings)
    hub: Hub = app.state.hub
    try:
        victim, token = join(hub, settings, 7, Role.LEADER)
        me, own = join(hub, settings, 8, Role.INSPECTOR)
        visit, sha = new_id(), hashlib.sha256(PHOTO).hexdigest()
        raws = [
            sealed(victim, 1, id=visit, set={"secret": CANARY, "n": 1}),
            sealed(
                victim, 3, e="photo", set={"inspection": visit, "blob": {"sha": sha, "size": len(PHOTO)}, "c": CANARY}
            ),
            sealed(victim, 5, e="site", sc="team:07", set={"name": CANARY}),
        ]

        async def begin() -> bytes:
            mine = signed_in(token)
            await knock(app, Wish("POST", "/v1/push", "", wire.ndjson(raws), mine))
            put = Wish("PUT", f"/v1/blobs/{sha}/0", "of=1", PHOTO, (*mine, ("x-sha256", sha)))
            assert (await knock(app, put)).status == 201
            made = await knock(app, Wish("GET", "/v1/scopes/team:07/snapshot", "", b"", mine))
            pages.extend(one["sha"] for one in msgspec.json.decode(wire.inflate(made.body))["pages"])
            return await team(app, token)

        pages: list[str] = []
        before = asyncio.run(begin())
        assert CANARY.encode() in before
        ids = [visit, *(msgspec.json.decode(raw)[name] for raw in raws for name in ("id", "cs"))]
        spoils = Spoils(me, own, "team:08", ids, raws, [sha, *pages], "team:07", victim.device)
        yield World(app, Attacker(spoils), token, before)
    finally:
        hub.desk.database.close()


async def team(app: Starlette, token: str) -> bytes:
    """Everything a member of Team 7 pulls from its Team's Scope."""
    wish = Wish("POST", "/v1/pull", "", wire.pack({"cursors": {"team:07": 0}}), signed_in(token))
    lines = wire.lines(wire.inflate((await knock(app, wish)).body, wire.MAX_PLAIN))[:-1]
    return b"\n".join(line for line in lines if b'"scope":"team:07"' in line)


def check(wish: Wish, given: Given) -> str:
    """What is wrong with a reply, '' for nothing."""
    plain = given.body
    with suppress(UserError):
        plain += wire.inflate(given.body, 8 * 1024 * 1024)
    names = [name for name, _ in given.headers]
    if given.status >= 500 and not (given.status == 503 and MAKING in plain):
        return f"status {given.status}: {plain[-200:]!r}"
    if CANARY.encode() in plain or b"CANARY" in plain or b"CANARY" in repr(given.headers).encode():
        return "a word of another Team"
    if b"Traceback" in plain or b"sqlalchemy" in plain or b"SELECT " in plain:
        return "internals"
    if any(mark not in names for mark in MARKS):
        return "no marks"
    return ""


def run(settings: HubSettings, requests: int, seed: int, *, say: bool = False) -> Findings:
    """All requests, one after the other, each from its own seed."""
    findings = Findings()
    with world(settings) as made:

        async def attack() -> None:
            settled = 0
            for number in range(requests):
                wish = made.attacker.wish(random.Random(f"{seed}:{number}"))
                given = await knock(made.app, wish)
                findings.statuses[given.status] += 1
                if wrong := check(wish, given):
                    findings.faults.append(f"seed {seed} request {number} {wish.method} {wish.path[:80]}: {wrong}")
                if number == requests // 10:
                    settled = resident()
                if say and number % 5000 == 4999:
                    print(f"  {number + 1} requests, {resident() >> 20} MB", file=sys.stderr, flush=True)
            findings.grown = resident() - settled
            if await team(made.app, made.victim) != made.before:
                findings.faults.append("Team 7 does not find its records as they were")

        asyncio.run(attack())
    return findings


def resident() -> int:
    """Bytes this process holds in memory, without what the allocator keeps for later; 0 where the system does not tell."""
    gc.collect()
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
    except OSError:
        return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    given = parser.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        if given.engine == "sqlite":
            found = run(Engine("sqlite").settings(Path(folder)), given.requests, given.seed, say=True)
        else:
            with postgres() as base, bucket() as place:
                engine = Engine("postgresql", base, place)
                found = run(engine.settings(Path(folder)), given.requests, given.seed, say=True)
    print(f"{given.requests} requests on {given.engine} in {time.perf_counter() - began:.0f} s, seed {given.seed}")
    print(f"statuses {dict(sorted(found.statuses.items()))}, memory grown by {found.grown >> 20} MB")
    for fault in found.faults[:20]:
        print(fault.encode("ascii", "backslashreplace").decode())
    print(f"faults: {len(found.faults)}")
    return 1 if found.faults or found.grown > GROWTH else 0


if __name__ == "__main__":
    sys.exit(main())
