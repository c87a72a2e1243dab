"""Plays a field day in a made-up district: a hub, four laptops as processes, visits, photos, sync, printed records."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inspector_app.demo import district
from inspector_app.domain.errors import UserError, WorldError
from inspector_app.domain.team import Role
from inspector_app.hub import invites
from inspector_app.hub.settings import HubSettings
from inspector_app.hub.status import status

MARKER = ".daowei-demo"
TEAM = 1
PASSWORD = "demo-password-2020"  # noqa: S105 - the made-up district protects nobody
PATIENCE = 240.0
PLATFORM = os.environ.get("QT_QPA_PLATFORM") or "offscreen"
"""The four laptops play off screen, also where there is a display or none."""


@dataclass(frozen=True)
class Ground:
    """The folders of one demo."""

    out: Path

    @property
    def hub(self) -> HubSettings:
        """The hub's own settings, as `hub serve` derives them from its data folder."""
        return HubSettings(folder=self.out / "hub" / "hub", database_url=None, blobs_url=None, host="127.0.0.1", port=0)


@dataclass(frozen=True)
class Person:
    """Who plays which part on which laptop."""

    part: str
    name: str
    role: Role


PEOPLE = (
    Person("leader", "林曉嵐", Role.LEADER),
    Person("morning", "陳志強", Role.INSPECTOR),
    Person("offline", "黃婉儀", Role.INSPECTOR),
    Person("supervisor", "何景行", Role.SUPERVISOR),
)


class Player:
    """One laptop's process; it is told what to do line by line and answers with one JSON line each."""

    def __init__(self, person: Person, config: Path, log: Path) -> None:
        self.person = person
        self.log = log
        self._errors = log.open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "inspector_app.demo.person", str(config)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={**os.environ, "PYTHONFAULTHANDLER": "1", "QT_QPA_PLATFORM": PLATFORM},
        )

    def tell(self, word: str) -> None:
        """Send one command; the answer is awaited with `hear`."""
        assert self.process.stdin is not None
        self.process.stdin.write(word.encode() + b"\n")
        self.process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        """The next answer; raises WorldError with the end of the log when the process died."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            self.process.wait(10)
            tail = self.log.read_text("utf-8", "replace").strip().splitlines()[-3:]
            raise WorldError("demo_died", f"{self.person.part} stopped: {' | '.join(tail)} (whole log: {self.log})")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def ask(self, word: str) -> dict[str, Any]:
        """`tell` and `hear`."""
        self.tell(word)
        return self.hear()

    def end(self) -> None:
        """Let the process close its window and store; kill it if it does not."""
        if self.process.poll() is None and self.process.stdin is not None:
            self.process.stdin.close()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self._errors.close()


def prepare(out: Path) -> Ground:
    """An empty folder of our own; somebody else's folder is refused."""
    if out.exists() and any(out.iterdir()) and not (out / MARKER).exists():
        raise UserError("demo_folder", f"{out} is not empty and was not made by the demo; choose another folder.")
    if out.exists():
        shutil.rmtree(out)
    out.mkdir(parents=True)
    (out / MARKER).touch()
    return Ground(out)


@contextmanager
def running_hub(folder: Path) -> Iterator[str]:
    """A hub process on a free port of this machine; gives its address."""
    command = [sys.executable, "-m", "inspector_app", "--json", "--data", str(folder), "hub", "serve"]
    folder.mkdir(parents=True)
    with (folder / "hub.log").open("wb") as errors:
        process = subprocess.Popen([*command, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, stderr=errors)
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            if not line:
                raise WorldError("demo_hub", f"The hub did not start; see {folder / 'hub.log'}.")
            yield json.loads(line)["listening"]
        finally:
            process.terminate()
            process.wait(15)


@contextmanager
def laptops(ground: Ground, url: str, sites: Sequence[district.SiteRow]) -> Iterator[dict[str, Player]]:
    """One process per person, each with its own data folder and a fresh enrolment code."""
    plan = [site["name"] for site in sorted(sites, key=lambda site: site["team"])]
    players: dict[str, Player] = {}
    (ground.out / "logs").mkdir()
    try:
        for person in PEOPLE:
            code = invites.invite(ground.hub, 0 if person.role is Role.SUPERVISOR else TEAM, person.role).code
            config = {
                "part": person.part, "name": person.name, "team": TEAM, "password": PASSWORD,
                "colleagues": [p.name for p in PEOPLE if p.role is not Role.SUPERVISOR and p is not person],
                "data": str(ground.out / "laptops" / person.part), "hub": url, "code": code,
                "registry": str(ground.out / "registry.csv"), "out": str(ground.out), "plan": plan,
            }  # fmt: skip
            path = ground.out / "logs" / f"{person.part}.json"
            path.write_text(json.dumps(config, ensure_ascii=False), "utf-8")
            players[person.part] = Player(person, path, ground.out / "logs" / f"{person.part}.log")
        yield players
    finally:
        for player in players.values():
            player.end()


def play(out: Path, *, teams: int = 39, sites: int = 350, open_window: bool = False) -> dict[str, Any]:
    """The whole day; returns the JSON of `demo` (cli.md). Leaves screenshots, PDFs, the hub and the laptops in `out`."""
    started = time.monotonic()
    ground = prepare(out.resolve())
    registry = tuple(row for row in district.sites(count=sites) if row["team"] <= teams)
    (ground.out / "registry.csv").write_bytes(district.registry_csv(registry))
    with running_hub(ground.out / "hub") as url, laptops(ground, url, registry) as players:
        facts = the_day(players)
        counted = status(ground.hub)
    summary = {
        **facts,
        "teams": len({row["team"] for row in registry}),
        "screenshots": len(list((ground.out / "screenshots").glob("*.png"))),
        "pdfs": len(list((ground.out / "pdfs").glob("*.pdf"))),
        "hub": {"changesets": counted["changesets"], "blobs": counted["blobs"]},
        "seconds": round(time.monotonic() - started, 1),
    }
    (ground.out / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=1), "utf-8")
    if open_window:
        from inspector_app.desktop.app import run

        run(data_folder=ground.out / "laptops" / "morning")
    return summary


def the_day(players: dict[str, Player]) -> dict[str, Any]:
    """Who does what, in which order; two inspectors work at the same time."""
    leader, morning, offline, supervisor = (players[p.part] for p in PEOPLE)
    for player in players.values():
        player.hear()  # laptop made, joined, window up
    leader.ask("registry")
    for inspector in (morning, offline):
        inspector.tell("visits")
    leader.tell("history")
    morning.hear(), offline.hear(), leader.hear()
    for player in (offline, leader, morning):
        player.ask("sync")  # the one that was offline all day goes first
    for player in (offline, leader):
        player.tell("sync")
        player.hear()
    supervisor.ask("print")
    states = {part: player.ask("state") for part, player in players.items()}
    facts = states["supervisor"]
    equal = len({state["digest"] for state in states.values()}) == 1
    return {key: facts[key] for key in ("sites", "inspections", "answers", "photos", "findings")} | {
        "laptops_equal": equal
    }
