"""A laptop as a process of its own, driven line by line, so that its CPU and memory are its own and nobody else's."""

import json
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
from sqlalchemy import select

from inspector_app.domain.changeset import Edit
from inspector_app.domain.clock import system_clock
from inspector_app.domain.ids import new_id
from inspector_app.store import log
from inspector_app.store.database import Store, open_store
from inspector_app.store.ledger import StoreLedger
from inspector_app.store.schema import entity
from inspector_app.sync import client, wire
from inspector_app.sync.envelope import canonical
from inspector_app.sync.pushing import batches
from inspector_app.sync.sealed import chunk_count
from inspector_app.sync.transport import Answer, Ask, HttpTransport
from tests.benchmarks import sync_set

PASSWORD = "benchmark password"
TEAM, SCOPE = 7, "team:07"
MOST_ROUNDS = 200
Said = dict[str, float | int | str]


class Counted(HttpTransport):
    """Counts requests."""

    asked = 0

    def exchange(self, ask: Ask) -> Answer:
        self.asked += 1
        return super().exchange(ask)


class Laptop:
    """What the bench may ask of it; every answer is one line of JSON."""

    def __init__(self, store: Store, url: str) -> None:
        self.store, self.url = store, url

    def insert(self, count: int, blobs: int, size: int) -> Said:
        """The set of sync.md §16."""
        visits = [new_id() for _ in range(count)]
        edits = [
            Edit("inspection", visit, values, SCOPE)
            for visit, values in zip(visits, sync_set.records(count), strict=True)
        ]
        for number in range(blobs):
            plain = sync_set.blob(number, size)
            blob = {"sha": self.store.blobs.put(plain), "size": size, "mime": "image/jpeg", "chunks": chunk_count(size)}
            photo = {"inspection": visits[number * count // blobs % count], "blob": blob}
            edits.append(Edit("photo", new_id(), photo, SCOPE))  # type: ignore[arg-type]
        with self.store.writing() as session:
            log.append(session, edits)
        return {}

    def edit(self, most: int) -> Said:
        """One answer changed in every visit, or in the first `most`."""
        query = select(entity.c.id).where(entity.c.kind == "inspection").order_by(entity.c.id).limit(most)
        with self.store.writing() as session:
            visits = list(session.execute(query).scalars())
            log.append(session, [Edit("inspection", visit, {"q005": "changed"}) for visit in visits])
        return {"edited": len(visits)}

    def count(self) -> Said:
        """Records on this laptop."""
        with self.store.reading() as session:
            return {"records": int(session.connection().exec_driver_sql("SELECT count(*) FROM entity").scalar_one())}

    def round(self, until_done: int) -> Said:
        """One Round, or as many as a broken line needs; how much memory it took at its peak."""
        peak(forget=True)
        idle, begun, rounds, asked = peak(), time.perf_counter(), 0, 0
        while True:
            rounds += 1
            with closing(Counted(self.url)) as transport:
                outcome = client.run_round(StoreLedger(self.store), clock=system_clock, transport=transport)
            asked += transport.asked
            if outcome.outcome == "done" or not until_done or rounds > MOST_ROUNDS:
                break
        wall = time.perf_counter() - begun
        grown = (peak() - idle) / 1024
        why = f"{outcome.why} {outcome.detail}".strip()
        return {"wall": wall, "rounds": rounds, "requests": asked, "grown": grown, "why": why}

    def unsigned(self) -> Said:
        """Bytes of the pending push as it would be without signatures (sync.md §17 gives a bar for that)."""
        total = 0
        for batch in batches(StoreLedger(self.store).outbox(100_000, 10**9)):
            plain = [msgspec.json.decode(line) for line in wire.elide([item.raw for item in batch])]
            bare = [canonical({name: value for name, value in one.items() if name != "sig"}) for one in plain]
            total += len(wire.ndjson(bare))
        return {"bytes": total}


def peak(*, forget: bool = False) -> int:
    """Most KiB of this process in memory since the last `forget`."""
    if forget:
        Path("/proc/self/clear_refs").write_text("5")
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def main(folder: str, url: str) -> None:
    """Words of a line: what to do, then numbers."""
    with closing(open_store(Path(folder), PASSWORD)) as store:
        laptop = Laptop(store, url)
        verbs = (laptop.insert, laptop.edit, laptop.round, laptop.count, laptop.unsigned)
        can: dict[str, Callable[..., Said]] = {verb.__name__: verb for verb in verbs}
        print("READY", flush=True)
        for line in sys.stdin:
            name, *numbers = line.split()
            print(json.dumps(can[name](*(int(one) for one in numbers))), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
