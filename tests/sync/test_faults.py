"""Rounds over lines that break, stall, lie and lose replies."""

import json
import random
from contextlib import closing
from dataclasses import replace

import pytest

from inspector_app.domain.ids import new_id
from inspector_app.hub import status
from inspector_app.sync import client, wire
from inspector_app.sync.ports import RoundOutcome
from inspector_app.sync.sealed import CHUNK
from inspector_app.sync.transport import HttpTransport
from tests.hub.trial import Trial
from tests.sync.fault_proxy import FaultProxy, Faults, fault_proxy
from tests.sync.memory_ledger import MemoryLedger


def through(proxy: FaultProxy, hub: Trial, ledger: MemoryLedger, *, stall_seconds: float = 20.0) -> RoundOutcome:
    with closing(HttpTransport(proxy.url, stall_seconds=stall_seconds)) as transport:
        return client.run_round(ledger, clock=hub.clock, transport=transport)


def test_every_connection_cut_after_1500000_bytes_costs_at_most_half_again(hub: Trial) -> None:
    sender, receiver = hub.laptop(7), hub.laptop(7)
    visit = new_id()
    sender.edit(visit, {"a": 1}, scope="team:07")
    total = 0
    for number in range(3):
        plain = random.Random(number).randbytes(5 * CHUNK)
        total += len(plain)
        sender.photograph(visit, plain, scope="team:07")
    with fault_proxy(hub.url, Faults(kill_after=1_500_000)) as proxy:
        up = through(proxy, hub, sender)
        assert (up.outcome, up.blobs_up) == ("done", 3), up
        assert proxy.counts.connections > 3
        assert json.loads(proxy.read_out(reset=True))["up"] <= 1.5 * total
        down = through(proxy, hub, receiver)
        assert (down.outcome, down.blobs_down) == ("done", 3), down
        assert proxy.counts.down <= 1.5 * total
    assert receiver.blobs == sender.blobs


def test_a_reply_lost_after_commit_changes_nothing(hub: Trial) -> None:
    ledger = hub.laptop(7)
    ledger.edit(new_id(), {"a": 1}, scope="team:07")
    with fault_proxy(hub.url, Faults(lose_reply_to="/v1/push")) as proxy:
        outcome = through(proxy, hub, ledger)
        assert (outcome.outcome, outcome.pushed) == ("done", 1)
        assert proxy.counts.connections == 2
    assert status.status(hub.settings)["changesets"] == 1


def test_a_stalled_line_is_given_up(hub: Trial) -> None:
    ledger = hub.laptop(7)
    ledger.edit(new_id(), {"a": 1}, scope="team:07")
    with fault_proxy(hub.url, Faults(stall_after=200)) as proxy:
        outcome = through(proxy, hub, ledger, stall_seconds=0.2)
    assert (outcome.outcome, outcome.why, outcome.pending.changesets) == ("failed", "stalled", 1)


PORTAL = b"<html>Sign in to the network</html>"


@pytest.mark.parametrize(
    ("why", "answer"),
    [
        (
            "captive_portal",
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (len(PORTAL), PORTAL),
        ),
        ("captive_portal", b"HTTP/1.1 302 Found\r\nLocation: http://portal/\r\nContent-Length: 0\r\n\r\n"),
        ("foreign_reply", b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n"),
        ("foreign_reply", b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"),
        ("hub_away", b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n"),
        ("hub_away", b"HTTP/1.1 504 Gateway Timeout\r\nContent-Length: 0\r\n\r\n"),
        ("proxy_sign_in", b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"),
    ],
    ids=["portal", "redirect", "413", "403", "502", "504", "407"],
)
def test_c19_whatever_else_answers_has_its_own_sentence_and_changes_nothing(
    hub: Trial, why: str, answer: bytes
) -> None:
    ledger = hub.laptop(7)
    ledger.edit(new_id(), {"a": 1}, scope="team:07")
    before = ledger.link
    with fault_proxy(hub.url, Faults(answer=answer)) as proxy:
        outcome = through(proxy, hub, ledger)
    assert (outcome.outcome, outcome.why, outcome.pending.changesets) == ("failed", why, 1)
    assert ledger.link == before


def test_an_endless_reply_is_cut_off(hub: Trial) -> None:
    ledger = hub.laptop(7)
    hub.round(ledger)
    assert ledger.link is not None
    marks = f"X-Hub: {ledger.link.hub_id}\r\nX-Epoch: 1\r\nContent-Type: application/vnd.inspector-app.sync+zstd\r\n"
    endless = f"HTTP/1.1 200 OK\r\n{marks}\r\n".encode() + b"\0" * 5_000_000
    with fault_proxy(hub.url, Faults(answer=endless)) as proxy:
        assert through(proxy, hub, ledger).why == "foreign_reply"


def test_an_unsigned_revocation_changes_nothing(hub: Trial) -> None:
    ledger = hub.laptop(7)
    assert ledger.link is not None
    ledger.link = replace(ledger.link, token="", token_expires_ms=0)
    body = wire.pack(
        wire.Refused("revoked", "go away", device=ledger.identity.device, at=1, alg="ed25519", sig="00" * 64)
    )
    head = f"HTTP/1.1 403 Forbidden\r\nX-Hub: {ledger.link.hub_id}\r\nX-Epoch: 1\r\nContent-Type: {wire.MEDIA}\r\n"
    answer = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
    with fault_proxy(hub.url, Faults(answer=answer)) as proxy:
        assert through(proxy, hub, ledger).why == "unauthorized"
    assert hub.round(ledger).outcome == "done"
