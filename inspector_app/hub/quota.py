"""What one device may send in a day: a broken or hostile laptop cannot fill the hub (security.md §10.2)."""

from threading import Lock

from inspector_app.domain.clock import Clock
from inspector_app.domain.errors import WorldError

DAY_MS = 24 * 3_600_000
RECORDS = 10
"""Records have a measure of their own, a tenth of that for photos: a day of photos never keeps a record back."""


class Quota:
    """Bytes per device and day, per process and in memory: a restart forgives, several workers forgive more."""

    def __init__(self, clock: Clock, day_bytes: int) -> None:
        self._clock = clock
        self._most = day_bytes
        self._lock = Lock()
        self._day = 0
        self._taken: dict[tuple[str, bool], int] = {}

    def take(self, device: str, size: int, *, photo: bool) -> None:
        """Count a body; raises WorldError `quota` above the day's measure. Nothing is deleted for it, ever."""
        today = self._clock() // DAY_MS
        with self._lock:
            if today != self._day:
                self._day, self._taken = today, {}
            taken = self._taken.get((device, photo), 0) + size
            if taken > (self._most if photo else self._most // RECORDS):
                raise WorldError("quota", "This laptop has sent more than a day's measure; it goes on tomorrow.")
            self._taken[device, photo] = taken
