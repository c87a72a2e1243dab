"""What one device may send in a day: a broken or hostile laptop cannot fill the hub (security.md §10.2)."""

from threading import Lock

from inspector_app.domain.clock import Clock
from inspector_app.domain.errors import WorldError

DAY_MS = 24 * 3_600_000
DAY_BYTES = 20 * 1024**3
"""Far above a Team's day (30 visits × 30 photos × 3 MB = 2.7 GB); every evening's storm stays below it."""


class Quota:
    """Bytes per device and day, per process and in memory: a restart forgives, several workers forgive more."""

    def __init__(self, clock: Clock, day_bytes: int = DAY_BYTES) -> None:
        self._clock = clock
        self._most = day_bytes
        self._lock = Lock()
        self._day = 0
        self._taken: dict[str, int] = {}

    def take(self, device: str, size: int) -> None:
        """Count a body; raises WorldError `quota` above the day's measure."""
        today = self._clock() // DAY_MS
        with self._lock:
            if today != self._day:
                self._day, self._taken = today, {}
            taken = self._taken.get(device, 0) + size
            if taken > self._most:
                raise WorldError("quota", "This laptop has sent more than a day's measure; it goes on tomorrow.")
            self._taken[device] = taken
