"""Counts failures, not requests: ten wrong codes or signatures in 15 minutes per account,
100 an hour per address (security.md §10.2)."""

from collections import OrderedDict, deque
from threading import Lock

from inspector_app.domain.clock import Clock
from inspector_app.domain.errors import WorldError

ACCOUNT = (10, 15 * 60_000)
ADDRESS = (100, 60 * 60_000)
_KEYS = 10_000


class Failures:
    """Per process and in memory: a restart forgives, several workers forgive more; codes of 130 bits bear that."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._times: OrderedDict[str, deque[int]] = OrderedDict()

    def check(self, account: str, address: str) -> None:
        """Raises WorldError `too_many_tries` while one of the two is over its limit."""
        with self._lock:
            if self._over(f"account {account[:80]}", ACCOUNT) or self._over(f"address {address}", ADDRESS):
                raise WorldError("too_many_tries", "Too many failed tries; wait a quarter of an hour.")

    def count(self, account: str, address: str) -> None:
        """One failure more; the least recently failing keys are forgotten first."""
        with self._lock:
            for key, (most, _) in ((f"account {account[:80]}", ACCOUNT), (f"address {address}", ADDRESS)):
                self._times.setdefault(key, deque(maxlen=most)).append(self._clock())
                self._times.move_to_end(key)
            while len(self._times) > _KEYS:
                self._times.popitem(last=False)

    def _over(self, key: str, limit: tuple[int, int]) -> bool:
        most, span = limit
        since = self._clock() - span
        return sum(when > since for when in self._times.get(key, ())) >= most
