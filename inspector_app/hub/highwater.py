"""Notices that the database was restored from a backup, by a mark kept outside it (sync.md §10)."""

from threading import Lock

import msgspec
from sqlalchemy import func, select, update

from inspector_app.domain.clock import Clock
from inspector_app.hub.database import Database
from inspector_app.hub.storage import BlobStore
from inspector_app.hub.tables import hub_meta, scope

EVERY_MS = 10_000
"""A mark is written at most so often: the last seconds before a crash may be missing in it, never too much."""
BUMP_MS = 3_600_000
"""On a laptop's word alone the epoch rises at most once in that time."""
_NAME = "epoch"


class Mark(msgspec.Struct, frozen=True):
    """The epoch and the sum of all Scope heads at some moment."""

    hub_id: str
    epoch: int
    total: int


class HighWater:
    """The word `epoch` beside the photos; written after commits."""

    def __init__(self, blobs: BlobStore, database: Database, clock: Clock) -> None:
        self._blobs = blobs
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
            self._raise_to(now.epoch, max(mark.epoch, now.epoch) + 1)

    def doubt(self) -> int:
        """A laptop's cursor lies ahead of the hub: it was restored, or that laptop errs. Gives the epoch from now on."""
        now = self._now()
        if now is not None:
            self._raise_to(now.epoch, now.epoch + 1, only_before=self._clock() - BUMP_MS)
        with self._database.reading() as connection:
            return int(connection.execute(select(hub_meta.c.epoch)).scalar_one())

    def _raise_to(self, old: int, new: int, *, only_before: int | None = None) -> None:
        """Once, also when several processes notice at the same time."""
        fits = hub_meta.c.epoch == old
        if only_before is not None:
            fits &= hub_meta.c.bumped_at < only_before
        with self._database.writing() as connection:
            connection.execute(update(hub_meta).where(fits).values(epoch=new, bumped_at=self._clock()))

    def note(self, *, at_once: bool = False) -> None:
        """Write the mark if the last one is old enough."""
        with self._lock:
            if not at_once and self._clock() - self._written < EVERY_MS:
                return
            self._written = self._clock()
            now = self._now()
            if now is not None:
                self._blobs.note(_NAME, msgspec.json.encode(now))

    def _now(self) -> Mark | None:
        with self._database.reading() as connection:
            meta = connection.execute(select(hub_meta)).one_or_none()
            total = connection.execute(select(func.coalesce(func.sum(scope.c.head), 0))).scalar_one()
        return Mark(meta.hub_id, meta.epoch, int(total)) if meta is not None else None

    def _read(self) -> Mark | None:
        try:
            return msgspec.json.decode(self._blobs.recall(_NAME) or b"", type=Mark)
        except (msgspec.DecodeError, msgspec.ValidationError):
            return None
