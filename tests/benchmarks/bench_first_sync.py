"""First sync of a full district, 100,000 sites and a team's 20,000 visits, by pages; killed and resumed in between."""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from inspector_app.domain.clock import system_clock
from inspector_app.domain.ids import new_id
from inspector_app.domain.team import Inspector, Role
from inspector_app.hub import home, invites
from inspector_app.hub.bulk import insert_all
from inspector_app.hub.database import Database, open_database
from inspector_app.hub.settings import HubSettings
from inspector_app.hub.tables import changeset, entity, scope, scope_log
from inspector_app.store.database import Store, create_store, open_store
from inspector_app.store.ledger import StoreLedger
from inspector_app.sync import client, wire
from inspector_app.sync.transport import Answer, Ask, HttpTransport
from tests.benchmarks.bench_store import some_site
from tests.hub.engines import Engine, bucket, postgres

SITES, VISITS = int(os.environ.get("FIRST_SYNC_SITES", "100000")), int(os.environ.get("FIRST_SYNC_VISITS", "20000"))
STEP = 1_000
PASSWORD = "correct horse"
BODY = wire.compress(b"{}")
BAR_MB = 9.1 + 20_000 * 450 / 1e6
"""sync.md: 100,000 sites in 9.1 MB; a visit of 30 answers is about 450 bytes more."""


class Killed(BaseException):
    """The laptop's process is gone."""


class Wire(HttpTransport):
    """Counts pages; `dies_at` is the page that never arrives."""

    def __init__(self, url: str, dies_at: int = 0) -> None:
        super().__init__(url)
        self.pages, self._dies_at = 0, dies_at

    def exchange(self, ask: Ask) -> Answer:
        is_page = ask.method == "GET" and ask.path.startswith("/v1/blobs/")
        self.pages += is_page
        if is_page and self.pages == self._dies_at:
            raise Killed
        return super().exchange(ask)


def visit(rng: random.Random, team: int) -> dict[str, Any]:
    answers = {
        f"/data/{'ABCDE'[n % 5]}/{'ABCDE'[n % 5]}{n:02d}": rng.choice(("pass", "pass", "fail", "na")) for n in range(30)
    }
    return {"site": new_id(), "team": team, "status": "finished", "started": "2026-11-02T09:00:00+08:00", **answers}


def fill(database: Database, sites: int = SITES, visits: int = VISITS) -> None:
    """Records straight into the hub's tables: pushing them is not what is measured."""
    rng = random.Random(7)
    made = [("district", "site", dict(some_site(rng, rng.randrange(1, 40)).values)) for _ in range(sites)]
    made += [("team:07", "inspection", visit(rng, 7)) for _ in range(visits)]
    heads = {"district": 0, "team:07": 0}
    for start in range(0, len(made), STEP):
        rows: tuple[list[dict[str, Any]], ...] = ([], [], [])
        for place, kind, values in made[start : start + STEP]:
            heads[place] += 1
            _record(rows, place, kind, json.dumps(values, ensure_ascii=False), heads[place])
        with database.writing() as connection:
            for table, listed in zip((entity, changeset, scope_log), rows, strict=True):
                insert_all(connection, table, listed)
    with database.writing() as connection:
        insert_all(connection, scope, [{"id": name, "head": head} for name, head in heads.items()])


def _record(rows: tuple[list[dict[str, Any]], ...], place: str, kind: str, doc: str, seq: int) -> None:
    ent, cs = new_id(), new_id()
    rows[0].append(
        {"id": ent, "type": kind, "scope": place, "doc": doc, "cs0": cs, "t0": 1_700_000_000_000, "heads": "{}",
         "conflict": False, "parent": None, "review": False, "last_seq": seq}
    )  # fmt: skip
    rows[1].append(
        {"cs": cs, "dev": "d" * 32, "n": seq, "hash": "h", "content_hash": "h", "ent": ent, "t": 1, "u": "x",
         "received_at": 1, "via": "d" * 32, "body": BODY}
    )  # fmt: skip
    rows[2].append({"scope": place, "seq": seq, "kind": "cs", "cs": cs, "ent": ent})


@contextmanager
def hub(settings: HubSettings) -> Iterator[str]:
    """The hub as an operator starts it; gives its address."""
    command = [sys.executable, "-m", "inspector_app", "--json", "--data", str(settings.folder.parent), "hub", "serve"]
    command += ["--listen", "127.0.0.1:0"]
    command += ["--database", settings.database_url] if settings.database_url else []
    command += ["--blobs", settings.blobs_url] if settings.blobs_url else []
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path.cwd())
    try:
        assert process.stdout is not None
        yield str(json.loads(process.stdout.readline())["listening"])
    finally:
        process.terminate()
        process.wait(30)


def laptop(folder: Path, url: str, settings: HubSettings) -> Store:
    store = create_store(folder, PASSWORD, Inspector("陳大文", 7, Role.INSPECTOR))
    code = invites.invite(settings, 7, Role.INSPECTOR, clock=system_clock).code
    ledger = StoreLedger(store)
    ledger.save_hub(client.enroll(url, code, ledger.identity, "陳大文", "0.1.0").link)
    return store


def first_round(store: Store, url: str, dies_at: int = 0) -> tuple[float, Wire]:
    began = time.perf_counter()
    with Wire(url, dies_at) as line:
        try:
            outcome = client.run_round(StoreLedger(store), clock=system_clock, transport=line)
            assert outcome.outcome == "done", outcome
        except Killed:
            pass
    return time.perf_counter() - began, line


def count(store: Store) -> int:
    with store.reading() as session:
        return int(session.connection().exec_driver_sql("SELECT count(*) FROM entity").scalar_one())


def measure(name: str, settings: HubSettings, folder: Path) -> list[tuple[str, str, str, str]]:
    database = open_database(settings)
    home.open_home(database, settings)
    fill(database)
    database.close()
    with hub(settings) as url:
        store = laptop(folder / "a", url, settings)
        built, _ = first_round(store, url, dies_at=1)  # the hub writes the pages now, for everybody
        began = time.process_time()
        seconds, whole = first_round(store, url)
        spent = time.process_time() - began
        assert count(store) == SITES + VISITS
        quiet = first_round(store, url)[1]
        store.close()
        other = laptop(folder / "b", url, settings)
        half = whole.pages // 2
        _, cut = first_round(other, url, dies_at=half)
        other.close()
        other = open_store(folder / "b", PASSWORD)
        _, rest = first_round(other, url)
        assert count(other) == SITES + VISITS
        other.close()
    again = cut.pages - 1 + rest.pages - whole.pages
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    what = f"{SITES:,} sites, {VISITS:,} visits"
    return [
        (f"{name}: hub makes the pages", f"{built:.1f} s", "", "once for all laptops of a Scope"),
        (f"{name}: first sync of {what}", f"{seconds:.1f} s", "", f"{spent:.1f} s of it work here"),
        (
            f"{name}: bytes down",
            f"{whole.received / 1e6:.1f} MB",
            f"{BAR_MB:.1f} MB",
            f"{whole.pages} pages, {whole.sent} bytes up",
        ),
        (f"{name}: killed at page {half}", f"{again} pages again", "≤ 1", "store closed and opened in between"),
        (f"{name}: next Round", f"{quiet.sent + quiet.received} bytes", "2048", "bodies"),
        (f"{name}: peak memory", f"{peak:.0f} MB", "", "laptop and the filling of the hub in one process"),
    ]


def rows() -> list[tuple[str, str, str, str]]:
    """Both engines, one after the other."""
    found = [("figure", "measured", "bar", "note")]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        found += measure("SQLite", Engine("sqlite").settings(folder / "sqlite" / "hub"), folder / "sqlite")
        engine = Engine("postgresql", stack.enter_context(postgres(durable=True)), stack.enter_context(bucket()))
        found += measure("PostgreSQL", engine.settings(folder / "postgresql" / "hub"), folder / "postgresql")
    return found


if __name__ == "__main__":
    for row in rows():
        print("  ".join(row))
