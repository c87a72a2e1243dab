"""The two worlds that bench_sync compares: our hub with two laptops, express-pouchdb with PouchDB; one proxy for both."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inspector_app.domain.team import Inspector, Role
from inspector_app.hub import invites
from inspector_app.hub.settings import HubSettings
from inspector_app.store.database import create_store
from inspector_app.store.ledger import StoreLedger
from inspector_app.sync import client
from tests.benchmarks import sync_set
from tests.benchmarks.sync_ours import PASSWORD, TEAM
from tests.sync.fault_proxy import FaultProxy, Faults, fault_proxy

HERE = Path(__file__).resolve().parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "inspector-app-bench" / "pouchdb"
PACKAGES = ("pouchdb@9.0.0", "express-pouchdb@4.2.0", "express@4")
MB = 1_000_000


class Absent(Exception):
    """A peer that cannot run here; the message says what is missing."""


@dataclass(frozen=True)
class Step:
    """One step: seconds, megabytes on the wire, CPU seconds of client and server, and what the client says of itself."""

    wall: float
    up: float
    down: float
    client: float
    server: float
    said: dict[str, Any]

    @property
    def cpu(self) -> float:
        """Both ends together."""
        return self.client + self.server


class Ours:
    """A hub process, two laptop processes with encrypted stores, the proxy between them."""

    def __init__(self, folder: Path, proxy: FaultProxy, hub_pid: int, stack: ExitStack) -> None:
        self._folder, self._proxy, self._hub = folder, proxy, hub_pid
        self.first, self.second = self._laptop("a", stack), self._laptop("b", stack)

    def _laptop(self, name: str, stack: ExitStack) -> "subprocess.Popen[str]":
        store = create_store(self._folder / name, PASSWORD, Inspector("陳大文", TEAM))
        ledger = StoreLedger(store)
        code = invites.invite(HubSettings(self._folder / "data" / "hub", port=0), TEAM, Role.INSPECTOR).code
        ledger.save_hub(client.enroll(self._proxy.url, code, ledger.identity, name, "0.1.0").link)
        store.close()
        command = [sys.executable, "-m", "tests.benchmarks.sync_ours", str(self._folder / name), self._proxy.url]
        process = stack.enter_context(child(command, stdin=subprocess.PIPE))
        assert process.stdout and process.stdout.readline() == "READY\n"
        return process

    def tell(self, laptop: "subprocess.Popen[str]", words: str) -> dict[str, Any]:
        """Ask something of a laptop and read its answer."""
        assert laptop.stdin and laptop.stdout
        laptop.stdin.write(f"{words}\n")
        laptop.stdin.flush()
        line = laptop.stdout.readline()
        assert line, f"the laptop died at {words}"
        said: dict[str, Any] = json.loads(line)
        return said

    def round(self, laptop: "subprocess.Popen[str]", *, until_done: bool = False) -> Step:
        """One Round, or as many as a broken line needs."""
        self._proxy.read_out(reset=True)
        cpu, hub = cpu_of(laptop.pid), cpu_of(self._hub)
        said = self.tell(laptop, f"round {int(until_done)}")
        mine, theirs = cpu_of(laptop.pid) - cpu, cpu_of(self._hub) - hub
        assert not said["why"], said
        counts = self._proxy.counts
        return Step(said["wall"], counts.up / MB, counts.down / MB, mine, theirs, said)


@contextmanager
def child(command: list[str], **given: Any) -> Iterator["subprocess.Popen[str]"]:
    """A process that speaks lines; ended afterwards."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **given)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def cpu_of(pid: int) -> float:
    """User and system seconds of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def folder_for(name: str) -> Iterator[Path]:
    """A folder that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix=name))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def ours(faults: Faults | None = None, *, before: Callable[[HubSettings], None] = lambda _: None) -> Iterator[Ours]:
    """The hub as an operator starts it, proxy, two laptops; `faults` begin once they have joined, `before` prepares
    the hub's database."""
    with folder_for("bench-sync") as folder, ExitStack() as stack:
        before(HubSettings(folder / "data" / "hub", port=0))
        command = [sys.executable, "-m", "inspector_app", "--data", str(folder / "data"), "hub", "serve"]
        hub = stack.enter_context(child([*command, "--listen", "127.0.0.1:0"]))
        assert hub.stdout
        proxy = stack.enter_context(fault_proxy(json.loads(hub.stdout.readline())["listening"]))
        world = Ours(folder, proxy, hub.pid, stack)
        proxy.faults = faults or Faults()
        yield world


class Pouch:
    """express-pouchdb and a PouchDB client, each a process."""

    def __init__(self, proxy: FaultProxy, server: int, peer: "subprocess.Popen[str]") -> None:
        self._proxy, self._server, self._peer = proxy, server, peer

    def step(self, name: str) -> Step:
        """push, pull, edit-all push or edit-all pull; under a broken line what its ten tries brought."""
        assert self._peer.stdin and self._peer.stdout
        self._proxy.read_out(reset=True)
        cpu, hub = cpu_of(self._peer.pid), cpu_of(self._server)
        self._peer.stdin.write(f"{name}\n")
        self._peer.stdin.flush()
        line = self._peer.stdout.readline()
        assert line, f"the peer died at {name}"
        said: dict[str, Any] = json.loads(line)
        mine, theirs = cpu_of(self._peer.pid) - cpu, cpu_of(self._server) - hub
        counts = self._proxy.counts
        return Step(said["wall"], counts.up / MB, counts.down / MB, mine, theirs, said)


@contextmanager
def pouch(count: int, blobs: int, size: int, faults: Faults | None = None) -> Iterator[Pouch]:
    """The same set at PouchDB; raises Absent."""
    with folder_for("bench-pouch") as folder, ExitStack() as stack:
        (folder / "records.json").write_text(json.dumps(list(sync_set.records(count)), ensure_ascii=False), "utf-8")
        for number in range(blobs):
            (folder / f"blob{number}").write_bytes(sync_set.blob(number, size))
        script = str(HERE / "sync_pouch.cjs")
        given = {**os.environ, "NODE_PATH": str(_packages()), "FOLDER": str(folder), "BLOBS": str(blobs)}
        server = stack.enter_context(child(["node", script, "server"], env=given))
        assert server.stdout
        url = server.stdout.readline().strip()
        proxy = stack.enter_context(fault_proxy(url))
        given |= {"URL": proxy.url, "DIRECT": url}
        peer = stack.enter_context(child(["node", script, "client"], stdin=subprocess.PIPE, env=given))
        assert peer.stdout and peer.stdout.readline() == "READY\n"
        proxy.faults = faults or Faults()
        yield Pouch(proxy, server.pid, peer)


def _packages() -> Path:
    """The peer's npm packages, installed once into the cache."""
    if shutil.which("node") is None:
        raise Absent("node is not installed")
    folder = CACHE / "node_modules"
    if not (folder / "express-pouchdb").is_dir():
        if shutil.which("npm") is None:
            raise Absent("npm is not installed")
        CACHE.mkdir(parents=True, exist_ok=True)
        made = subprocess.run(["npm", "install", "--no-audit", "--no-fund", *PACKAGES], cwd=CACHE, capture_output=True)
        if made.returncode:
            raise Absent("its npm packages cannot be installed")
    return folder
