"""Small rows of many requests in one transaction: who waits for the disk takes the others along (sync.md §11)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

Row = dict[str, Any]


@dataclass
class _Batch:
    rows: list[Row] = field(default_factory=list)
    is_kept: bool = False


class Together:
    """`keep` writes rows and returns when they are durable; every request returns only then."""

    def __init__(self, keep: Callable[[Sequence[Row]], object]) -> None:
        self._keep = keep
        self._joining, self._writing = Lock(), Lock()
        self._next = _Batch()

    def add(self, row: Row) -> None:
        """Returns when the row is kept, with others or alone; raises what `keep` raises."""
        with self._joining:
            batch = self._next
            batch.rows.append(row)
        with self._writing:
            if batch.is_kept:
                return
            with self._joining:
                if self._next is batch:
                    self._next = _Batch()
                    rows = batch.rows
                else:  # whoever took this batch along failed: each of it tries alone
                    rows = [row]
            self._keep(rows)
            batch.is_kept = len(rows) == len(batch.rows)
