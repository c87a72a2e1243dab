"""I6: numbers of a Scope are dense to every reader while eight writers commit; a sequence of the database is not."""

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, text

from inspector_app.domain.team import Role
from inspector_app.hub import ledger, numbering
from inspector_app.hub.access import Member
from inspector_app.hub.database import Database, open_database
from inspector_app.hub.tables import changeset, device, scope, scope_log
from inspector_app.sync import envelope
from inspector_app.sync.identity import Identity, new_identity
from tests.hub.engines import Engine
from tests.hub.knocking import sealed

WRITERS, EACH = 8, 150
SCOPES = ("team:05", "team:07")


@dataclass(frozen=True)
class Seen:
    """What one reader saw of a Scope that it followed by cursor."""

    rows: int
    holes: int


def member(database: Database, number: int) -> tuple[Identity, Member]:
    me = new_identity()
    row = {"id": me.device, "pubkey": me.public.hex(), "alg": "ed25519", "team": 0, "role": "supervisor"}
    row |= {"letter": f"{number}", "name": "x", "app": "0", "enrolled_at": 1, "head_n": 0, "head_hash": "0" * 64}
    with database.writing() as connection:
        connection.execute(device.insert().values(row))
    return me, Member(me.device, 0, Role.SUPERVISOR)


def write(database: Database, me: Identity, pusher: Member, rng: random.Random) -> None:
    parent = envelope.FIRST_PARENT
    for n in range(1, EACH + 1):
        raw = sealed(me, n, parent, sc=rng.choice(SCOPES))
        parent = envelope.chain_hash(raw)
        assert ledger.push(database, pusher, [raw], n)[0].st == "ok"


def follow(database: Database, place: str, over: threading.Event) -> Seen:
    """A laptop's pull, bare: rows after the cursor in one snapshot, the cursor to the last of them."""
    cursor = rows = holes = 0
    while True:
        last = over.is_set()
        with database.reading() as connection:
            asked = select(scope_log.c.seq).where((scope_log.c.scope == place) & (scope_log.c.seq > cursor))
            found = [row.seq for row in connection.execute(asked.order_by(scope_log.c.seq))]
        holes += sum(seq != cursor + 1 + place_ for place_, seq in enumerate(found))
        rows, cursor = rows + len(found), found[-1] if found else cursor
        if last:
            return Seen(rows, holes)


def storm(database: Database) -> list[Seen]:
    people = [member(database, number) for number in range(WRITERS)]
    over = threading.Event()
    with ThreadPoolExecutor(len(SCOPES)) as readers, ThreadPoolExecutor(WRITERS) as writers:
        reading = [readers.submit(follow, database, place, over) for place in SCOPES]
        try:
            work = [writers.submit(write, database, *one, random.Random(n)) for n, one in enumerate(people)]
            for one in work:
                one.result()
        finally:
            over.set()
        return [one.result() for one in reading]


def lingering(number: Callable[..., dict[str, int]], rng: random.Random) -> Callable[..., dict[str, int]]:
    """Every fifth transaction stays open for up to 30 ms after it has its numbers."""

    def slow(connection: Connection, entries: object) -> dict[str, int]:
        first = number(connection, entries)
        if connection.dialect.name == "postgresql" and rng.random() < 0.2:
            connection.execute(text("SELECT pg_sleep(:s)"), {"s": rng.random() * 0.03})
        return first

    return slow


def bigserial(connection: Connection, entries: dict[str, list[numbering.Entry]]) -> dict[str, int]:
    """The seeded bug: numbers of a sequence, taken before the commit and without a lock."""
    first = {}
    for place, taken in entries.items():
        name = "bug_" + place.replace(":", "_")
        for one in taken:
            seq = int(connection.execute(text(f"SELECT nextval('{name}')")).scalar_one())
            first.setdefault(place, seq)
            row = {"scope": place, "seq": seq, "kind": one.kind, "cs": one.cs, "ent": one.entity}
            connection.execute(scope_log.insert().values(row))
    return first


@pytest.mark.slow
def test_i6_dense_for_every_reader_under_eight_writers(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "number", lingering(numbering.number, random.Random(1)))
    database = open_database(engine.settings(tmp_path))
    seen = storm(database)
    assert [one.holes for one in seen] == [0, 0]
    assert sum(one.rows for one in seen) == WRITERS * EACH
    with database.reading() as connection:
        heads = {row.id: row.head for row in connection.execute(select(scope))}
        assert [heads[place] for place in SCOPES] == [one.rows for one in seen]
        assert len(connection.execute(select(changeset.c.cs)).all()) == WRITERS * EACH
    database.close()


@pytest.mark.slow
def test_i6_catches_a_sequence_of_the_database(big: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "number", lingering(bigserial, random.Random(1)))
    database = open_database(big.settings(tmp_path))
    with database.writing() as connection:
        for place in SCOPES:
            connection.execute(text(f"CREATE SEQUENCE bug_{place.replace(':', '_')}"))
    seen = storm(database)
    assert sum(one.holes for one in seen) > 0
    assert sum(one.rows for one in seen) < WRITERS * EACH, "rows were skipped for good"
    database.close()
