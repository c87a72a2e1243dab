"""The hub as its administrator meets it: a process that is started, asked, stopped in the middle of a push, and started again."""

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from inspector_app.domain.clock import system_clock
from inspector_app.domain.ids import new_id
from inspector_app.hub.settings import HubSettings
from inspector_app.sync import wire
from tests.hub.trial import Trial

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals")
CHANGES = 40


def command(data: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "inspector_app", "--json", "--data", str(data), "hub", *words]


@contextmanager
def serving(data: Path, port: int = 0) -> Iterator[tuple["subprocess.Popen[str]", Trial]]:
    """A hub that runs until the test has stopped it."""
    words = command(data, "serve", "--listen", f"127.0.0.1:{port}")
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = json.loads(process.stdout.readline())["listening"]
        try:
            yield process, Trial(HubSettings(data / "hub"), url, system_clock)  # type: ignore[arg-type]
        finally:
            process.kill()


def told(data: Path, *words: str) -> dict[str, Any]:
    found = subprocess.run(command(data, *words), capture_output=True, text=True, check=True)
    facts: dict[str, Any] = json.loads(found.stdout)
    return facts


def begin(url: str, path: str, token: str, body: bytes) -> socket.socket:
    """A request of which the hub has begun to read the first half."""
    host, port = url.removeprefix("http://").split(":")
    line = socket.create_connection((host, int(port)), timeout=30)
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Length: {len(body)}\r\n"
    line.sendall(f"{head}Expect: 100-continue\r\n\r\n".encode())
    said = b""
    while not said.endswith(b"\r\n\r\n"):
        said += line.recv(1)
    assert said.startswith(b"HTTP/1.1 100 "), "a stop may drop what the hub has not begun"
    line.sendall(body[: len(body) // 2])
    return line


def wait_until_nobody_listens(url: str) -> None:
    host, port = url.removeprefix("http://").split(":")
    while True:
        try:
            socket.create_connection((host, int(port)), timeout=30).close()
        except OSError:
            return


def read_all(line: socket.socket) -> bytes:
    found = b""
    while piece := line.recv(65536):
        found += piece
    return found


def test_stopped_in_the_middle_of_a_push_it_finishes_that_and_the_laptop_goes_on(tmp_path: Path) -> None:
    """And `hub status`, `hub invite` and health through the real command line."""
    data = tmp_path / "data"
    with serving(data) as (process, hub):
        ledger = hub.laptop(7)
        hub.round(ledger)
        visit = new_id()
        for number in range(CHANGES - 1):
            ledger.edit(visit, {"q": number}, scope=None if number else "team:07")
        ledger.photograph(visit, b"picture", scope="team:07")
        body = wire.ndjson(wire.elide([one.raw for one in ledger.outbox(wire.MAX_ITEMS, wire.MAX_PLAIN)]))
        assert ledger.link is not None
        with begin(hub.url, "/v1/push", ledger.link.token, body) as line:
            process.send_signal(signal.SIGTERM)
            wait_until_nobody_listens(hub.url)
            line.sendall(body[len(body) // 2 :])
            assert read_all(line).startswith(b"HTTP/1.1 200 "), "what was begun is finished"
        assert process.wait(30) == 0
        outcome = hub.round(ledger)
        assert (outcome.why, outcome.pending.changesets, outcome.pending.blobs) == ("no_network", CHANGES, 1)
    with serving(data, int(hub.url.rpartition(":")[2])) as (process, hub):
        outcome = hub.round(ledger)
        assert (outcome.outcome, outcome.pushed, outcome.blobs_up) == ("done", CHANGES, 1)
        ledger.edit(new_id(), {"name": "x"}, scope="district", kind="site")
        assert hub.round(ledger).outcome == "done" and ledger.held
        assert told(data, "invite", "--team", "12")["code"]
        check_status(told(data, "status"), ledger.identity.device)
        for path, said in (("/healthz", {"live": True}), ("/healthz/ready", {"ready": True, "photos": True})):
            reply = httpx2.get(hub.url + path, trust_env=False)
            assert (reply.status_code, reply.json()) == (200, said)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


def check_status(facts: dict[str, Any], device: str) -> None:
    assert (facts["changesets"], facts["blobs"], facts["blob_bytes"], facts["devices"]) == (CHANGES, 1, 7, 1)
    assert facts["entities"] == {"inspection": 1, "photo": 1}, "nothing twice"
    assert (facts["invites"], facts["quarantined"], facts["scopes"]) == (1, 1, {"team:07": CHANGES})
    assert facts["disk"]["takes_photos"] is True
    (shown,) = facts["laptops"]
    assert (shown["device"], shown["team"], shown["name"], shown["sent"]) == (device, 7, "inspector 7", CHANGES)


def test_status_of_a_folder_that_is_no_hub_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "hub").mkdir()
    (tmp_path / "hub" / "hub.db").write_bytes(b"not a database at all" * 100)
    found = subprocess.run(command(tmp_path, "status"), capture_output=True, text=True)
    assert found.returncode == 3 and found.stdout == ""
    assert found.stderr.count("\n") == 1 and "Traceback" not in found.stderr
