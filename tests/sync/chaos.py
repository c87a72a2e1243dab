"""Chaos of real processes: one hub, six laptops, a bad line, kill -9 of anything; then everything promised is there.

``python -m tests.sync.chaos --minutes 10``; a short run is part of the tests.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from inspector_app.domain.clock import system_clock
from inspector_app.domain.team import Inspector, Role
from inspector_app.hub import invites, status
from inspector_app.hub.settings import HubSettings
from inspector_app.store import schema
from inspector_app.store.database import Store, create_store, open_store
from inspector_app.store.ledger import StoreLedger
from inspector_app.sync import client, envelope
from tests.sync.chaos_laptop import PASSWORD
from tests.sync.fault_proxy import FaultProxy, fault_proxy

TEAMS = (7, 7, 7, 8, 8, 0)
"""Three laptops of one Team, two of another, a supervisor who reads all."""
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Process:
    """Something that runs, is killed and started again; its lines are kept."""

    command: list[str]
    lines: list[str] = field(default_factory=list)
    child: subprocess.Popen[str] | None = None
    kills: int = 0

    def start(self) -> None:
        """Begin, and read its lines in a thread until it dies."""
        self.child = subprocess.Popen(
            self.command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ}
        )
        for stream in (self.child.stdout, self.child.stderr):
            threading.Thread(target=self._read, args=(stream,), daemon=True).start()

    def _read(self, stream) -> None:  # type: ignore[no-untyped-def]
        for line in stream:
            self.lines.append(line.rstrip("\n"))

    def kill(self) -> None:
        """kill -9, by its own id."""
        if self.child is not None:
            self.child.send_signal(signal.SIGKILL)
            self.child.wait()
            self.kills += 1


@dataclass
class Report:
    """What happened and what was wrong (nothing)."""

    facts: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def run(seconds: float, folder: Path, *, pause: float = 3.0, seed: int = 1) -> Report:
    """Play, kill, heal, compare."""
    dice = random.Random(seed)
    settings = HubSettings(folder / "data" / "hub", port=0)
    port = _found_hub(settings)
    url = f"http://127.0.0.1:{port}"
    serve = ["-m", "inspector_app", "--data", str(folder / "data"), "hub", "serve", "--listen", f"127.0.0.1:{port}"]
    hub = Process([sys.executable, *serve])
    hub.start()
    _wait(lambda: any("listening" in line for line in hub.lines), "the hub")
    for number, team in enumerate(TEAMS):
        _join(folder / f"laptop{number}", settings, url, team)
    with fault_proxy(url) as proxy:
        laptops = [
            Process([sys.executable, "-m", "tests.sync.chaos_laptop", str(folder / f"laptop{number}"), proxy.url])
            for number in range(len(TEAMS))
        ]
        for one in laptops:
            one.start()
        _torment(time.monotonic() + seconds, pause, dice, (hub, laptops, proxy))
        for one in (*laptops, hub):
            one.kill()
    hub.start()
    _wait(lambda: _answers(settings, url), "the hub")
    try:
        return _heal(folder, settings, laptops, hub)
    finally:
        hub.kill()


def _found_hub(settings: HubSettings) -> int:
    """A free port that stays the hub's through all its lives."""
    import socket

    settings.folder.mkdir(parents=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(is_so: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 120
    while not is_so():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not come up")
        time.sleep(0.05)


def _answers(settings: HubSettings, url: str) -> bool:
    import httpx2

    try:
        return httpx2.get(f"{url}/v1/hello?nonce={'0' * 32}", trust_env=False, timeout=2.0).status_code == 200
    except httpx2.TransportError:
        return False


def _join(folder: Path, settings: HubSettings, url: str, team: int) -> None:
    role = Role.SUPERVISOR if team == 0 else Role.INSPECTOR
    store = create_store(folder, PASSWORD, Inspector(f"檢查員{folder.name}", team, role))
    ledger = StoreLedger(store)
    code = invites.invite(settings, team, role).code
    ledger.save_hub(client.enroll(url, code, ledger.identity, store.me.name, "0.1.0").link)
    store.close()


def _torment(end: float, pause: float, dice: random.Random, world: tuple[Process, list[Process], FaultProxy]) -> None:
    hub, laptops, proxy = world
    while time.monotonic() < end:
        time.sleep(pause * (0.5 + dice.random()))
        match dice.choice(("laptop", "laptop", "laptop", "hub", "cut", "lose", "calm")):
            case "laptop":
                victim = dice.choice(laptops)
                victim.kill()
                victim.start()
            case "hub":
                hub.kill()
                hub.start()
            case "cut":
                proxy.faults.kill_after = dice.choice((3_000, 200_000, 1_500_000))
            case "lose":
                proxy.faults.lose_reply_to = dice.choice(("/v1/push", "/v1/pull", "PUT"))
            case _:
                proxy.faults.kill_after = 0


def _heal(folder: Path, settings: HubSettings, laptops: list[Process], hub: Process) -> Report:
    stores = [open_store(folder / f"laptop{number}", PASSWORD) for number in range(len(TEAMS))]
    report = Report()
    for _ in range(3):
        for number, store in enumerate(stores):
            outcome = client.run_round(StoreLedger(store), clock=system_clock)
            if outcome.outcome != "done":
                report.wrong.append(f"laptop {number} ends {outcome.outcome}: {outcome.why} {outcome.detail}")
    if report.wrong and not any("ends" in one for one in report.wrong[-len(stores) :]):
        report.wrong.clear()
    promises = [line.split(" ") for one in laptops for line in one.lines if line.startswith("ACK ")]
    _check(stores, promises, report)
    counts = status.status(settings)
    logs = [set(StoreLedger(store).known_ids()) for store in stores]
    if len(logs[-1]) != counts["changesets"]:
        report.wrong.append(f"the supervisor has {len(logs[-1])} of the hub's {counts['changesets']} Changesets")
    for one in (*laptops, hub):
        for place, line in enumerate(one.lines):
            if line.startswith("Traceback"):
                cut = "" if place + 1 < len(one.lines) else " (cut off)"
                before = [other for other in one.lines[:place] if not other.startswith(("ACK", "ROUND"))][-5:]
                report.wrong.append("\n".join([f"{one.command[2]}{cut}", *before, *one.lines[place : place + 60]]))
    report.facts |= {
        "promises": len(promises), "photos": sum(bool(one[5]) for one in promises),
        "rounds": sum(line.startswith("ROUND") for one in laptops for line in one.lines),
        "rounds_done": sum(line.startswith("ROUND done") for one in laptops for line in one.lines),
        "laptops_killed": sum(one.kills - 1 for one in laptops), "hub_killed": hub.kills - 1,
        "changesets": counts["changesets"], "wrong": len(report.wrong),
    }  # fmt: skip
    for store in stores:
        store.close()
    return report


def _check(stores: list[Store], promises: list[list[str]], report: Report) -> None:
    """Every promise on every entitled laptop, byte for byte; no foreign row; nothing twice."""
    for number, (store, team) in enumerate(zip(stores, TEAMS, strict=True)):
        scope = f"team:{team:02d}"
        values: set[tuple[str, str, object]] = set()
        with store.reading() as session:
            bodies = list(session.execute(select(schema.log.c.body)).scalars())
            foreign = session.execute(select(schema.entity.c.scope).distinct()).scalars()
            if team and set(foreign) - {scope, "district"}:
                report.wrong.append(f"laptop {number} holds rows of another team")
        seen: set[str] = set()
        for raw in bodies:
            one = envelope.parse(raw)
            if one.cs in seen:
                report.wrong.append(f"laptop {number} holds {one.cs} twice")
            seen.add(one.cs)
            values |= {(one.id, name, value) for name, value in one.set.items() if isinstance(value, str)}
        for _, place, entity, name, value, *sha in promises:
            if team and place != scope:
                continue
            if (entity, name, value) not in values:
                report.wrong.append(f"laptop {number} lacks {entity} {name} {value}")
            if sha and sha[0]:
                try:
                    store.blobs.get(sha[0])
                except Exception as error:  # every photo counts, whatever is wrong with it
                    report.wrong.append(f"laptop {number} lacks photo {sha[0][:12]}: {error}")


def main() -> None:
    """Print facts as JSON; exit 1 when anything is wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="chaos"))
    report = run(given.minutes * 60, folder, seed=given.seed)
    print(json.dumps(report.facts))
    for one in report.wrong[:50]:
        print(one)
    if not given.keep:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(bool(report.wrong))


if __name__ == "__main__":
    main()
