"""Morning storm: 400 laptops reconnect at once to two hub processes on PostgreSQL; text before photos, nothing fails."""

import asyncio
import hashlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, select, text, update

from inspector_app.domain.clock import system_clock
from inspector_app.domain.ids import new_id
from inspector_app.hub import home
from inspector_app.hub.bulk import insert_all
from inspector_app.hub.database import Database, open_database
from inspector_app.hub.settings import HubSettings
from inspector_app.hub.tables import chain, changeset, device, entity, scope, scope_log
from inspector_app.sync import envelope, wire
from inspector_app.sync.identity import Identity, new_identity
from tests.hub.engines import execute, postgres, sqlalchemy_url
from tests.hub.knocking import sealed

LAPTOPS, SINGLE, BATCH = 400, 5, 30
OFFERED = 100
"""Changesets a second."""
PHOTO = 300 * 1024
ANSWERS = {f"q{n:03d}": "符合要求" for n in range(8)}
TEXT_P99_S, QUIET_BYTES, TIMES_DIRECT = 2.0, 2048, 2.0


@dataclass
class Laptop:
    """One simulated laptop with what it has to send, signed beforehand."""

    me: Identity
    scope: str
    port: int
    photo: bytes
    singles: list[bytes] = field(default_factory=list)
    batch: list[bytes] = field(default_factory=list)
    token: str = ""


class Line:
    """One kept HTTP/1.1 connection."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.up = self.down = 0

    async def open(self) -> "Line":
        self._in, self._out = await asyncio.open_connection("127.0.0.1", self._port)
        return self

    async def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
        """The body of a 2xx reply; raises RuntimeError for any other."""
        lines = [f"{method} {path} HTTP/1.1", "Host: hub", f"Content-Length: {len(body)}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        sent = ("\r\n".join(lines) + "\r\n\r\n").encode() + body
        self._out.write(sent)
        await self._out.drain()
        head = await self._in.readuntil(b"\r\n\r\n")
        length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        said = await self._in.readexactly(length)
        self.up, self.down = self.up + len(sent), self.down + len(head) + length
        if head[9:10] != b"2":
            raise RuntimeError(f"{method} {path}: {head[9:12].decode()} {wire.inflate(said)[:200]!r}")
        return said

    def close(self) -> None:
        self._out.close()


@dataclass
class Storm:
    """What was measured; times in seconds since the beginning."""

    push_s: list[float] = field(default_factory=list)
    sign_in_s: list[float] = field(default_factory=list)
    photo_s: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    texts_in: list[float] = field(default_factory=list)
    photos_in: list[float] = field(default_factory=list)
    quiet: int = 0


def enrolled(database: Database, ports: Sequence[int]) -> list[Laptop]:
    """Devices straight into the table: enrolment is not what is measured."""
    made = []
    with database.writing() as connection:
        for number in range(LAPTOPS):
            me, team = new_identity(), number % 39 + 1
            row = {"id": me.device, "pubkey": me.public.hex(), "alg": "ed25519", "team": team, "role": "inspector"}
            row |= {
                "letter": str(number),
                "name": "x",
                "app": "0",
                "enrolled_at": 1,
                "head_n": 0,
                "head_hash": "0" * 64,
            }
            connection.execute(device.insert().values(row))
            photo = random.Random(number).randbytes(PHOTO)
            made.append(Laptop(me, f"team:{team:02d}", ports[number % len(ports)], photo))
    for one in made:
        prepare(one)
    return made


def prepare(one: Laptop) -> None:
    """Sign what it will send."""
    parent, raws = envelope.FIRST_PARENT, []
    for n in range(1, SINGLE + BATCH + 1):
        raw = sealed(one.me, n, parent, sc=one.scope, set=ANSWERS, t=system_clock())
        parent = envelope.chain_hash(raw)
        raws.append(raw)
    one.singles, one.batch = raws[:SINGLE], raws[SINGLE:]


async def sign_in(one: Laptop, line: Line) -> None:
    hello = msgspec.json.decode(wire.inflate(await line.ask("GET", f"/v1/hello?nonce={'a' * 32}")))
    asked = wire.TokenRequest(one.me.device, hello["nonce"], "ed25519", "")
    sig = one.me.sign("token", wire.signable(asked)).hex()
    said = await line.ask("POST", "/v1/token", wire.pack(msgspec.structs.replace(asked, sig=sig)))
    one.token = msgspec.json.decode(wire.inflate(said))["token"]


async def quiet_round(one: Laptop, line: Line, cursors: dict[str, int]) -> bytes:
    body = wire.pack(wire.PullRequest(cursors, nonce="b" * 32))
    return await line.ask("POST", "/v1/pull", body, Authorization=f"Bearer {one.token}", Content_Type=wire.MEDIA)


async def morning(one: Laptop, number: int, storm: Storm, began: float) -> None:
    """Sign in at once, text at its own moments, then the photo."""
    try:
        line = await Line(one.port).open()
        started = time.perf_counter()
        await sign_in(one, line)
        storm.sign_in_s.append(time.perf_counter() - started)
        for place, raw in enumerate(one.singles):
            due = began + (place * LAPTOPS + number) / OFFERED
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            started = time.perf_counter()
            said = await line.ask("POST", "/v1/push", wire.ndjson([raw]), Authorization=f"Bearer {one.token}")
            storm.push_s.append(time.perf_counter() - started)
            assert b'"st":"ok"' in wire.inflate(said)
        sha = hashlib.sha256(one.photo).hexdigest()
        started = time.perf_counter()
        given = {"Authorization": f"Bearer {one.token}", "X_Sha256": sha}
        await line.ask("PUT", f"/v1/blobs/{sha}/0?of=1", one.photo, **given)
        storm.photo_s.append(time.perf_counter() - started)
        await measure_quiet(one, storm)
        line.close()
    except (RuntimeError, OSError, AssertionError, asyncio.IncompleteReadError) as error:
        storm.errors.append(f"{type(error).__name__} {error}"[:200])


async def measure_quiet(one: Laptop, storm: Storm) -> None:
    """A Round with nothing to do: its one request and reply, headers included."""
    if storm.quiet:
        return
    storm.quiet = 1
    line = await Line(one.port).open()
    said = wire.lines(wire.inflate(await quiet_round(one, line, {})))[-1]
    cursors = msgspec.json.decode(said)["heads"]
    before = line.up + line.down
    await quiet_round(one, line, cursors)
    storm.quiet = line.up + line.down - before
    line.close()


async def flood(laptops: Sequence[Laptop], storm: Storm) -> float:
    """Everybody's evening batch at once, each with a new original right behind it; gives seconds until all text is in."""
    began = time.perf_counter()

    async def send(one: Laptop) -> None:
        line = await Line(one.port).open()
        body = wire.ndjson(wire.elide(one.batch))
        said = wire.inflate(await line.ask("POST", "/v1/push", body, Authorization=f"Bearer {one.token}"))
        assert said.count(b'"st":"ok"') == BATCH, said[:300]
        storm.texts_in.append(time.perf_counter() - began)
        plain = one.photo[::-1]
        sha = hashlib.sha256(plain).hexdigest()
        given = {"Authorization": f"Bearer {one.token}", "X_Sha256": sha}
        await line.ask("PUT", f"/v1/blobs/{sha}/0?of=1", plain, **given)
        storm.photos_in.append(time.perf_counter() - began)
        line.close()

    await asyncio.gather(*(send(one) for one in laptops))
    return max(storm.texts_in)


Put = Callable[[Connection, Table, Sequence[dict[str, Any]]], None]


def one_by_one(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """As anybody writes rows through the driver."""
    connection.execute(table.insert(), list(rows))


def direct(database: Database, laptops: Sequence[Laptop], put: Put) -> float:
    """The same rows in the same transactions without hub, HTTP, signatures or merge; gives seconds."""
    jobs = [(one, rows_of(one)) for one in laptops]

    def write(job: tuple[Laptop, dict[str, list[dict[str, Any]]]]) -> None:
        one, rows = job
        database.write(lambda connection: insert(connection, one.scope, rows, put))

    started = time.perf_counter()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, jobs))
    return time.perf_counter() - started


def rows_of(one: Laptop) -> dict[str, list[dict[str, Any]]]:
    sets, links, entities = [], [], []
    first = random.randrange(1_000, 10**12)
    for n, raw in enumerate(one.batch, first):
        cs, ent, hashed = new_id(), new_id(), envelope.chain_hash(raw)
        sets.append(
            {"cs": cs, "dev": one.me.device, "n": n, "hash": hashed, "content_hash": hashed, "ent": ent, "t": 1}
            | {"u": "x", "received_at": 1, "via": one.me.device, "body": wire.compress(raw)}
        )
        links.append({"dev": one.me.device, "n": n, "cs": cs, "hash": hashed})
        doc = {"doc": json.dumps(ANSWERS), "heads": "{}", "conflict": False, "last_seq": 1, "review": False}
        entities.append({"id": ent, "type": "inspection", "scope": one.scope, "cs0": cs, "t0": 1, **doc})
    return {"changeset": sets, "chain": links, "entity": entities}


def insert(connection: Connection, place: str, rows: dict[str, list[dict[str, Any]]], put: Put) -> None:
    for table, name in ((entity, "entity"), (changeset, "changeset"), (chain, "chain")):
        put(connection, table, rows[name])
    raised = update(scope).where(scope.c.id == place).values(head=scope.c.head + BATCH).returning(scope.c.head)
    first = int(connection.execute(raised).scalar_one()) - BATCH + 1
    logged = [
        {"scope": place, "seq": first + n, "kind": "cs", "cs": one["cs"], "ent": one["ent"]}
        for n, one in enumerate(rows["changeset"])
    ]
    put(connection, scope_log, logged)


@contextmanager
def processes(settings: HubSettings, count: int) -> Iterator[list[int]]:
    """Hub processes as an operator starts them; gives their ports."""
    command = [sys.executable, "-m", "inspector_app", "--json", "--data", str(settings.folder.parent), "hub", "serve"]
    command += ["--database", str(settings.database_url), "--listen", "127.0.0.1:0"]
    with ExitStack() as stack:
        started = []
        for _ in range(count):
            process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path.cwd())
            stack.callback(process.wait, 30)
            stack.callback(process.terminate)
            started.append(process)
        yield [int(json.loads(one.stdout.readline())["listening"].rpartition(":")[2]) for one in started if one.stdout]


GROW = """
INSERT INTO changeset (cs, dev, n, hash, content_hash, ent, t, u, received_at, via, body)
  SELECT 'g' || i, 'grown', i, 'h', 'h', 'e' || i, 1, 'x', 1, 'x', :body
  FROM generate_series(cast(:low AS integer), cast(:high AS integer)) i;
INSERT INTO entity (id, type, scope, doc, cs0, t0, heads, conflict, last_seq)
  SELECT 'e' || i, 'inspection', :scope, :doc, 'g' || i, 1, '{}', false, 1
  FROM generate_series(cast(:low AS integer), cast(:high AS integer)) i;
INSERT INTO scope_log (scope, seq, kind, cs, ent)
  SELECT :scope, cast(:head AS bigint) + i
    - cast(:low AS integer) + 1, 'cs', 'g' || i, 'e' || i
  FROM generate_series(cast(:low AS integer), cast(:high AS integer)) i;
UPDATE scope SET head = head + cast(:high AS integer) - cast(:low AS integer) + 1 WHERE id = :scope
"""


def grow(database: Database, one: Laptop, low: int, high: int) -> None:
    """Records that merely exist, in the laptop's own Scope."""
    with database.writing() as connection:
        head = connection.execute(select(scope.c.head).where(scope.c.id == one.scope)).scalar_one()
        given = {"low": low, "high": high, "scope": one.scope, "head": head, "doc": json.dumps(ANSWERS)}
        given["body"] = wire.compress(one.batch[0])
        for statement in GROW.split(";"):
            connection.execute(text(statement), given)
    with database.writing() as connection:
        connection.exec_driver_sql("ANALYZE")


async def cost(one: Laptop, rounds: int) -> tuple[float, float, int]:
    """Median ms of a push of one Changeset and of a quiet pull, and the pull's bytes."""
    line = await Line(one.port).open()
    cursors = msgspec.json.decode(wire.lines(wire.inflate(await quiet_round(one, line, {one.scope: 0})))[-1])["heads"]
    pushes, pulls = [], []
    for _ in range(rounds):
        raw = sealed(one.me, 10_000 + int(time.time_ns() % 10**9) * 2, sc=one.scope, set=ANSWERS)
        started = time.perf_counter()
        await line.ask("POST", "/v1/push", wire.ndjson([raw]), Authorization=f"Bearer {one.token}")
        pushes.append(time.perf_counter() - started)
        cursors[one.scope] += 1
        before, started = line.up + line.down, time.perf_counter()
        await quiet_round(one, line, cursors)
        pulls.append(time.perf_counter() - started)
    line.close()
    return statistics.median(pushes) * 1000, statistics.median(pulls) * 1000, line.up + line.down - before


def growth(database: Database, one: Laptop) -> list[tuple[str, str, str, str]]:
    found, low = [], 1
    for size in (1_000, 10_000, 100_000):
        grow(database, one, low, size)
        low = size + 1
        push_ms, pull_ms, size_bytes = asyncio.run(cost(one, 30))
        said = f"push {push_ms:.1f} ms, quiet pull {pull_ms:.1f} ms, {size_bytes} bytes"
        found.append((f"with {size:,} records there", said, "", "cost follows what changed"))
    return found


def percent(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


async def all_mornings(laptops: Sequence[Laptop]) -> Storm:
    storm, began = Storm(), time.perf_counter()
    await asyncio.gather(*(morning(one, number, storm, began) for number, one in enumerate(laptops)))
    return storm


def rows() -> list[tuple[str, str, str, str]]:
    """Figures of one storm, the flood beside direct inserts, and the cost with growing data."""
    with tempfile.TemporaryDirectory() as folder, postgres(durable=True) as base:
        execute(base, "CREATE DATABASE storm TEMPLATE hub_template")
        settings = HubSettings(Path(folder) / "hub", database_url=sqlalchemy_url(base, "storm"))
        database = open_database(settings)
        home.open_home(database, settings)
        with processes(settings, 2) as ports:
            laptops = enrolled(database, ports)
            storm = asyncio.run(all_mornings(laptops))
            flooded = asyncio.run(flood(laptops, storm))
            alone = direct(database, laptops, one_by_one), direct(database, laptops, insert_all)
            grown = growth(database, laptops[0])
        database.close()
    return [("figure", "measured", "bar", "note"), *_told(storm, flooded, alone), *grown]


def _told(storm: Storm, flooded: float, alone: tuple[float, float]) -> list[tuple[str, str, str, str]]:
    total = LAPTOPS * BATCH
    faults = "; ".join(sorted(set(storm.errors)))[:200]
    return [
        ("laptops at once, text pushes", f"{LAPTOPS}, {len(storm.push_s)}", "", f"{OFFERED} changesets/s offered"),
        ("errors", str(len(storm.errors)), "0", faults),
        ("sign-in p50 / p99", _spread(storm.sign_in_s), "", "all in the first moment"),
        ("text push p50 / p99", _spread(storm.push_s), f"{TEXT_P99_S} s", ""),
        ("photo of 300 KB p50 / p99", _spread(storm.photo_s), "", ""),
        ("a Round with nothing to do", f"1 request, {storm.quiet} bytes", f"{QUIET_BYTES} bytes", "headers included"),
        (
            "all at once, 30 texts and an original each",
            f"{total / flooded:.0f} changesets/s",
            "",
            "signatures verified",
        ),
        (
            "originals taken before the last text",
            f"{sum(one < flooded for one in storm.photos_in)} of {len(storm.photos_in)}",
            "0",
            f"last text {flooded:.1f} s, first original {min(storm.photos_in):.1f} s, last {max(storm.photos_in):.1f} s",
        ),
        (
            "same inserts directly",
            f"{total / alone[0]:.0f} changesets/s",
            "",
            "eight threads, the driver's executemany",
        ),
        ("hub ÷ direct", f"{flooded / alone[0]:.2f} ×", f"{TIMES_DIRECT} ×", ""),
        ("with the hub's own statements", f"{total / alone[1]:.0f} changesets/s", "", f"{flooded / alone[1]:.2f} ×"),
    ]


def _spread(seconds: Sequence[float]) -> str:
    return f"{percent(seconds, 0.5):.3f} / {percent(seconds, 0.99):.3f} s"


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for row in rows():
        print("  ".join(row))
