"""Photos give way to text: in a morning storm the records of all are in before the first original is taken (sync.md §11)."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress

CROWD = 4
"""So many texts at once in one process are a crowd, until the last of them is in; on an ordinary day it is one or two."""
PATIENCE_S = 15.0
"""A photo waits no longer than that: a request must end within 25 s, and photos must come in on a crowded day too."""


class Turns:
    """Counts the texts under way in this process; lives in the server's loop."""

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self._patience_s = patience_s
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
        elif self._texts == 0:
            self._calm.set()

    async def photo(self) -> None:
        """Returns when there is no crowd of texts, or when the photo has been patient."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._calm.wait(), self._patience_s)
