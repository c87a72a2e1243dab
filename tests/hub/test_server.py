"""The hub's outer door: deadlines, body limits, settings, start and stop."""

import socket
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from inspector_app.domain.errors import UserError, WorldError
from inspector_app.domain.team import Role
from inspector_app.hub import home, invites, status
from inspector_app.hub.database import open_database
from inspector_app.hub.deadlines import with_deadlines
from inspector_app.hub.problems import refused
from inspector_app.hub.server import running, serve
from inspector_app.hub.settings import HubSettings
from inspector_app.sync import wire
from inspector_app.sync.identity import new_identity
from tests.hub.engines import Engine
from tests.hub.knocking import Knock
from tests.hub.trial import Trial


def talk(url: str, *parts: bytes) -> bytes:
    """Send and read to the end; fails when the hub keeps the connection open."""
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as line:
        for part in parts:
            line.sendall(part)
        found = b""
        try:
            while piece := line.recv(65536):
                found += piece
        except ConnectionResetError:
            pass
        return found


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"GET /v1/hello HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        b"POST /v1/enroll HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nab",
        b"POST /v1/enroll HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n",
    ],
    ids=["idle", "header", "body", "chunked"],
)
def test_slow_connections_are_closed(tmp_path: Path, said: bytes) -> None:
    with running(HubSettings(tmp_path, port=0), protocol=with_deadlines(0.2, 0.2)) as url:
        assert talk(url, said) == b""


def test_an_honest_connection_outlives_the_deadline_between_requests(tmp_path: Path) -> None:
    ask = b"GET /v1/hello?nonce=" + b"a" * 16 + b" HTTP/1.1\r\nHost: x\r\n"
    with running(HubSettings(tmp_path, port=0), protocol=with_deadlines(0.2, 0.2)) as url:
        assert talk(url, ask + b"\r\n", ask + b"Connection: close\r\n\r\n").count(b"200 OK") == 2


def test_endless_and_lying_bodies_are_refused(hub: Trial) -> None:
    start = b"POST /v1/push HTTP/1.1\r\nHost: x\r\n"
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    endless = talk(hub.url, start + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n", chunk * 9)
    assert not endless or b" 413 " in endless  # closing on unread bytes may reset the line before the reply is read
    assert b" 413 " in talk(hub.url, start + b"Content-Length: 99999999999\r\n\r\n")
    assert b" 400 " in talk(hub.url, start + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n")
    assert b" 415 " in talk(hub.url, start + b"Content-Length: 0\r\nContent-Encoding: gzip\r\n\r\n")


def test_nothing_but_the_routes_and_never_a_traceback(hub: Trial) -> None:
    knock = Knock(hub, hub.laptop(7))
    for method, path in (
        ("GET", "/"),
        ("GET", "/docs"),
        ("TRACE", "/v1/hello"),
        ("DELETE", "/v1/push"),
        ("GET", "/v1/pull/"),
    ):
        assert knock.raw(method, path).status_code in (404, 405)
    for path in ("/v1/push", "/v1/pull", "/v1/have", "/v1/enroll", "/v1/token", "/v1/blobs/missing"):
        for value in (
            None,
            1,
            "x",
            [],
            {},
            {"cursors": None},
            {"cs": [1]},
            {"cs": ["\0"]},
            {"cursors": {"team:07": -(2**70)}},
            [[[]]],
        ):
            reply = knock.raw("POST", path, wire.pack(value))
            assert reply.status_code < 500, (path, value)
            assert b"Traceback" not in wire.inflate(reply.content)


def test_quarantine_takes_parts_and_refuses_the_rest(hub: Trial) -> None:
    knock = Knock(hub, hub.laptop(7))
    for number in (0, 1):
        assert knock.raw("POST", f"/v1/quarantine?id=x&part={number}&of=2", b"raw").status_code == 201
    for query in ("", "?id=x&part=2&of=2", "?id=x&part=0&of=17", "?id=../x", "?id=x&part=-1&of=1"):
        assert knock.raw("POST", "/v1/quarantine" + query, b"raw").status_code == 422
    assert status.status(hub.settings)["quarantined"] == 2


def test_a_restart_keeps_the_hub(engine: Engine, tmp_path: Path) -> None:
    settings = engine.settings(tmp_path)
    with running(settings):
        first = status.status(settings)["hub"]
    with running(settings):
        assert status.status(settings)["hub"] == first
    database = open_database(settings)
    assert home.bump_epoch(database) == 2
    database.close()
    assert status.status(settings)["epoch"] == 2


def test_a_foreign_key_file_is_refused(engine: Engine, tmp_path: Path) -> None:
    settings = engine.settings(tmp_path)
    invites.invite(settings, 1, Role.LEADER)
    (tmp_path / "hub.key").write_bytes(bytes(32))
    with pytest.raises(WorldError):
        status.status(settings)
    (tmp_path / "hub.key").unlink()
    with pytest.raises(WorldError):
        status.status(settings)


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ({"blobs_url": "gs://bucket/x"}, "blobs_kind"),
        ({"database_url": "mysql://x"}, "database_kind"),
        ({"database_url": "sqlite:///x"}, "database_kind"),
    ],
)
def test_kinds_of_storage_that_do_not_exist_are_named(tmp_path: Path, settings: dict[str, str], key: str) -> None:
    with pytest.raises(UserError) as caught:
        serve(HubSettings(tmp_path, **settings, port=0), ready=print)  # type: ignore[arg-type]
    assert caught.value.key == key


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "hub.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(WorldError) as caught:
        status.status(HubSettings(tmp_path))
    assert caught.value.key == "hub_database"
    assert (tmp_path / "hub.db").read_bytes().startswith(b"not a database")


def test_a_taken_port_is_one_sentence(hub: Trial) -> None:
    port = int(hub.url.rpartition(":")[2])
    with pytest.raises(WorldError) as caught, running(replace(hub.settings, port=port)):
        pass
    assert caught.value.key == "hub_listen"


def test_health_is_plain_json_and_says_when_the_database_is_gone(hub: Trial) -> None:
    for path, word in (("/healthz", b'{"live":true}'), ("/healthz/ready", b'{"ready":true,"photos":true}')):
        reply = httpx2.get(hub.url + path, trust_env=False)
        assert (reply.status_code, reply.headers["content-type"], reply.content) == (200, "application/json", word)


def test_a_days_measure_is_429_with_retry_after(hub: Trial) -> None:
    from inspector_app.hub.quota import DAY_MS, Quota

    quota = Quota(hub.clock, 100)
    quota.take("a", 60, photo=True)
    quota.take("b", 60, photo=True)
    quota.take("a", 10, photo=False)
    with pytest.raises(WorldError) as caught:
        quota.take("a", 60, photo=True)
    reply = refused(caught.value, home.Home("x", 1, new_identity()))
    assert (reply.status, reply.headers["Retry-After"]) == (429, "900")
    hub.clock.now += DAY_MS
    quota.take("a", 60, photo=True)


def test_the_access_log_names_routes_and_no_person(hub: Trial, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "inspector_app.hub.access")
    ledger = hub.laptop(7)
    knock = Knock(hub, ledger)
    knock.raw("GET", "/v1/entities/a-record-of-somebody")
    said = [record.getMessage() for record in caplog.records if record.name == "inspector_app.hub.access"]
    assert any(line.startswith("GET /v1/entities/{id} 404 0 bytes") for line in said)
    for secret in ("somebody", "inspector 7", knock.token, ledger.identity.device, "127.0.0.1"):
        assert secret not in "\n".join(said)
