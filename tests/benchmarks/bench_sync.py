"""1,000 records × 100 answers + 200 × 300 KiB: bytes, time and CPU of a Round beside PouchDB ↔ express-pouchdb."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from inspector_app.domain.changeset import Edit
from inspector_app.domain.clock import system_clock
from inspector_app.domain.ids import new_id
from inspector_app.domain.team import Inspector, Role
from inspector_app.hub import invites
from inspector_app.hub.settings import HubSettings
from inspector_app.store import log
from inspector_app.store.database import Store, create_store
from inspector_app.store.ledger import StoreLedger
from inspector_app.sync import client
from inspector_app.sync.ports import RoundOutcome
from inspector_app.sync.sealed import chunk_count
from inspector_app.sync.transport import HttpTransport
from tests.benchmarks import sync_set
from tests.sync.fault_proxy import FaultProxy, Faults, fault_proxy

HERE = Path(__file__).resolve().parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "inspector-app-bench" / "pouchdb"
MB = 1_000_000
Row = tuple[str, ...]


@dataclass
class Step:
    """One step: seconds, megabytes on the wire, CPU seconds of client and server."""

    wall: float
    up: float
    down: float
    client: float
    server: float
    rounds: int = 1


class Ours:
    """A hub process and two encrypted laptops behind the byte-counting proxy."""

    def __init__(self, folder: Path, proxy: FaultProxy, hub_pid: int, settings: HubSettings) -> None:
        self.folder, self.proxy, self.pid, self.settings = folder, proxy, hub_pid, settings
        self.first, self.second = self._join("a"), self._join("b")
        self.visits: list[str] = []

    def _join(self, name: str) -> Store:
        store = create_store(self.folder / name, "benchmark password", Inspector("陳大文", 7))
        ledger = StoreLedger(store)
        code = invites.invite(self.settings, 7, Role.INSPECTOR).code
        ledger.save_hub(client.enroll(self.proxy.url, code, ledger.identity, name, "0.1.0").link)
        return store

    def insert(self, count: int, blobs: int, size: int) -> None:
        self.visits = [new_id() for _ in range(count)]
        edits = [
            Edit("inspection", visit, values, "team:07")
            for visit, values in zip(self.visits, sync_set.records(count), strict=True)
        ]
        for number in range(blobs):
            plain = sync_set.blob(number, size)
            sha = self.first.blobs.put(plain)
            blob = {"sha": sha, "size": size, "mime": "image/jpeg", "chunks": chunk_count(size)}
            photo = {"inspection": self.visits[number * count // blobs % count], "blob": blob}
            edits.append(Edit("photo", new_id(), photo, "team:07"))  # type: ignore[arg-type]
        with self.first.writing() as session:
            log.append(session, edits)

    def edit_all(self) -> None:
        with self.first.writing() as session:
            log.append(session, [Edit("inspection", visit, {"q005": "changed"}) for visit in self.visits])

    def step(self, store: Store, *, until_done: bool = False) -> Step:
        """One Round, or as many as a broken line needs."""
        self.proxy.read_out(reset=True)
        begun, cpu, hub = time.perf_counter(), time.thread_time(), cpu_of(self.pid)
        rounds = 0
        while True:
            rounds += 1
            with closing(HttpTransport(self.proxy.url)) as transport:
                outcome: RoundOutcome = client.run_round(StoreLedger(store), clock=system_clock, transport=transport)
            if outcome.outcome == "done" or not until_done or rounds > 200:
                break
        assert outcome.outcome == "done", outcome
        wall, mine, theirs = time.perf_counter() - begun, time.thread_time() - cpu, cpu_of(self.pid) - hub
        counts = self.proxy.counts
        return Step(wall, counts.up / MB, counts.down / MB, mine, theirs, rounds)


def cpu_of(pid: int) -> float:
    """User and system seconds of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def world(faults: Faults | None = None) -> Iterator[Ours]:
    """Hub process, proxy, two laptops; all gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="bench-sync"))
    command = [sys.executable, "-m", "inspector_app", "--data", str(folder / "data"), "hub", "serve"]
    hub = subprocess.Popen([*command, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
    try:
        url = json.loads((hub.stdout or sys.stdin).readline())["listening"]
        with fault_proxy(url) as proxy:
            ours = Ours(folder, proxy, hub.pid, HubSettings(folder / "data" / "hub", port=0))
            proxy.faults = faults or Faults()
            yield ours
            ours.first.close()
            ours.second.close()
    finally:
        hub.terminate()
        hub.wait()
        shutil.rmtree(folder, ignore_errors=True)


def set_one() -> tuple[dict[str, Step], float]:
    """The four steps, and how much the client's memory grew at its peak in MB."""
    with world() as ours:
        ours.insert(1_000, 200, 307_200)
        idle = _peak(forget=True)
        steps = {"push": ours.step(ours.first), "pull": ours.step(ours.second)}
        ours.edit_all()
        steps["edit-all push"] = ours.step(ours.first)
        steps["edit-all pull"] = ours.step(ours.second)
        steps["nothing to do"] = ours.step(ours.first)
        grown = (_peak() - idle) / 1024
    return steps, grown


def _peak(*, forget: bool = False) -> int:
    """Most KiB of this process in memory since the last `forget`."""
    if forget:
        Path("/proc/self/clear_refs").write_text("5")
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def cut(count: int, blobs: int, size: int, after: int) -> tuple[float, float, int]:
    """Factors of the payload that travelled up and down when every connection is cut, and Rounds needed."""
    payload = blobs * size / MB
    with world(Faults(kill_after=after)) as ours:
        ours.insert(count, blobs, size)
        up = ours.step(ours.first, until_done=True)
        down = ours.step(ours.second, until_done=True)
    return up.up / payload, down.down / payload, up.rounds + down.rounds


def pouch() -> dict[str, Step] | str:
    """The same set through PouchDB, or why it cannot be measured here."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        return "node is not installed"
    if not (CACHE / "node_modules" / "express-pouchdb").is_dir():
        CACHE.mkdir(parents=True, exist_ok=True)
        names = ["pouchdb@9.0.0", "express-pouchdb@4.2.0", "express@4"]
        made = subprocess.run(["npm", "install", "--no-audit", "--no-fund", *names], cwd=CACHE, capture_output=True)
        if made.returncode:
            return "its npm packages cannot be installed"
    folder = Path(tempfile.mkdtemp(prefix="bench-pouch"))
    try:
        return _pouch(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _pouch(folder: Path) -> dict[str, Step]:
    (folder / "records.json").write_text(json.dumps(list(sync_set.records(1_000)), ensure_ascii=False), "utf-8")
    for number in range(200):
        (folder / f"blob{number}").write_bytes(sync_set.blob(number, 307_200))
    script = str(HERE / "sync_pouch.cjs")
    given = {**os.environ, "NODE_PATH": str(CACHE / "node_modules"), "FOLDER": str(folder)}
    server = subprocess.Popen(["node", script, "server"], stdout=subprocess.PIPE, text=True, env=given)
    url = (server.stdout or sys.stdin).readline().strip()
    steps: dict[str, Step] = {}
    try:
        with fault_proxy(url) as proxy:
            peer = subprocess.Popen(
                ["node", script, "client"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                env={**given, "URL": proxy.url},
            )  # fmt: skip
            assert peer.stdin and peer.stdout
            assert peer.stdout.readline() == "READY\n"
            for name in ("push", "pull", "edit-all push", "edit-all pull"):
                proxy.read_out(reset=True)
                cpu, hub = cpu_of(peer.pid), cpu_of(server.pid)
                peer.stdin.write(f"{name}\n")
                peer.stdin.flush()
                wall = float(peer.stdout.readline())
                counts = proxy.counts
                mine, theirs = cpu_of(peer.pid) - cpu, cpu_of(server.pid) - hub
                steps[name] = Step(wall, counts.up / MB, counts.down / MB, mine, theirs)
            peer.terminate()
            peer.wait()
    finally:
        server.terminate()
        server.wait()
    return steps


BARS: dict[str, tuple[str, Callable[[Step], bool]]] = {
    "push": ("≤ 62.5 MB", lambda one: one.up <= 62.5),
    "pull": ("≤ 62.5 MB", lambda one: one.down <= 62.5),
    "edit-all push": ("≤ 0.16 MB", lambda one: one.up <= 0.16),
    "edit-all pull": ("≤ 0.16 MB", lambda one: one.down <= 0.16),
    "nothing to do": ("≤ 0.002 MB", lambda one: one.up + one.down <= 0.002),
}


def rows() -> list[Row]:
    """One table: ours, the peer, the bars."""
    _check_set()
    ours, grown = set_one()
    theirs = pouch()
    table: list[Row] = [
        ("step", "wall s", "up MB", "down MB", "client CPU", "hub CPU", "peer: wall, MB, CPU", "bar", "")
    ]
    for name, one in ours.items():
        bar, holds = BARS[name]
        peer = theirs.get(name) if isinstance(theirs, dict) else None
        said = (
            f"{peer.wall:.2f}  {peer.up + peer.down:.2f}  {peer.client:.2f} + {peer.server:.2f}"
            if peer
            else (theirs if isinstance(theirs, str) else "–")
        )
        faster = not peer or (peer.wall >= 2 * one.wall and peer.client + peer.server >= 2 * (one.client + one.server))
        verdict = ("met" if holds(one) else "MISSED") + (
            "" if not peer else ", 2× faster" if faster else ", NOT 2× faster"
        )
        figures = (f"{one.wall:.2f}", f"{one.up:.3f}", f"{one.down:.3f}", f"{one.client:.2f}", f"{one.server:.2f}")
        table.append((name, *figures, said, bar, verdict))
    table.append(("memory", f"{grown:.0f} MB", "", "", "", "", "", "≤ 150 MB", "met" if grown <= 150 else "MISSED"))
    for words, factors, bar in (
        ("cut every 3 MB", cut(100, 20, 307_200, 3_000_000), 1.15),
        ("cut every 1.5 MB", cut(10, 20, 2_621_440, 1_500_000), 1.5),
    ):
        up, down, rounds = factors
        verdict = "met" if max(up, down) <= bar else "MISSED"
        table.append((words, f"{rounds} rounds", f"{up:.2f}×", f"{down:.2f}×", "", "", "", f"≤ {bar}×", verdict))
    return table


def _check_set() -> None:
    lines = [json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in sync_set.records(1_000)]
    assert hashlib.sha256("\n".join(lines).encode()).hexdigest() == sync_set.RECORDS_SHA
    assert hashlib.sha256(sync_set.blob(0, 307_200)).hexdigest() == sync_set.BLOB_0_SHA
