"""Notices at start that the database was restored from a backup, by a mark kept outside it (sync.md §10)."""

import os
from pathlib import Path
from threading import Lock

import msgspec
from sqlalchemy import func, select, update

from inspector_app.domain.clock import Clock
from inspector_app.hub.database import Database
from inspector_app.hub.tables import hub_meta, scope

EVERY_MS = 10_000
"""A mark is written at most so often: the last seconds before a crash may be missing in it, never too much."""


class Mark(msgspec.Struct, frozen=True):
    """The epoch and the sum of all Scope heads at some moment."""

    hub_id: str
    epoch: int
    total: int


class HighWater:
    """The file `hub-epoch.json` beside the photos; written after commits."""

    def __init__(self, folder: Path, database: Database, clock: Clock) -> None:
        self._file = folder / "hub-epoch.json"
        self._database = database
        self._clock = clock
        self._lock = Lock()
        self._written = 0

    def check(self) -> None:
        """A database behind the mark was restored: a new epoch makes every laptop offer again what the hub lacks."""
        mark, now = self._read(), self._now()
        if mark is None or now is None or mark.hub_id != now.hub_id:
            return
        if now.total < mark.total or now.epoch < mark.epoch:
            with self._database.writing() as connection:
                connection.execute(update(hub_meta).values(epoch=max(mark.epoch, now.epoch) + 1))

    def note(self, *, at_once: bool = False) -> None:
        """Write the mark if the last one is old enough."""
        with self._lock:
            if not at_once and self._clock() - self._written < EVERY_MS:
                return
            self._written = self._clock()
            now = self._now()
            if now is None:
                return
            rough = self._file.with_suffix(".rough")
            with rough.open("wb") as file:
                file.write(msgspec.json.encode(now))
                file.flush()
                os.fsync(file.fileno())
            rough.replace(self._file)

    def _now(self) -> Mark | None:
        with self._database.reading() as connection:
            meta = connection.execute(select(hub_meta)).one_or_none()
            total = connection.execute(select(func.coalesce(func.sum(scope.c.head), 0))).scalar_one()
        return Mark(meta.hub_id, meta.epoch, int(total)) if meta is not None else None

    def _read(self) -> Mark | None:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=Mark)
        except (FileNotFoundError, msgspec.DecodeError, msgspec.ValidationError):
            return None
