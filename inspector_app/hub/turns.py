"""Photos give way to text: in a morning storm the records of all are in before the first original is taken (sync.md §11)."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress

CROWD = 4
"""So many texts at once in one process are a crowd, until the last of them is in; on an ordinary day it is one or two."""
PATIENCE_S = 15.0
"""A photo waits no longer than that: a request must end within 25 s, and photos must come in on a crowded day too."""
SETTLED_S = 1.0
"""After a crowd photos wait that much longer: the texts of the other processes behind the same proxy may still come in."""


class Turns:
    """Counts the texts under way in this process; lives in the server's loop."""

    def __init__(self, patience_s: float = PATIENCE_S, settled_s: float = SETTLED_S) -> None:
        self._patience_s, self._settled_s = patience_s, settled_s
        self._settling: asyncio.TimerHandle | None = None
        self._texts = 0
        self._calm = asyncio.Event()
        self._calm.set()

    @contextmanager
    def text(self) -> Iterator[None]:
        """A text is under way, waiting for a thread included."""
        self._count(1)
        try:
            yield
        finally:
            self._count(-1)

    def _count(self, step: int) -> None:
        self._texts += step
        if self._texts >= CROWD:
            self._calm.clear()
            self._cancel()
        elif self._texts == 0 and not self._calm.is_set():
            self._cancel()
            self._settling = asyncio.get_running_loop().call_later(self._settled_s, self._calm.set)

    def _cancel(self) -> None:
        if self._settling is not None:
            self._settling.cancel()

    async def photo(self) -> None:
        """Returns when there is no crowd of texts, or when the photo has been patient."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._calm.wait(), self._patience_s)
