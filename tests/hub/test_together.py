"""Requests that wait for the disk share a transaction, and none returns before its own row is kept."""

import threading
from collections.abc import Sequence

import pytest

from inspector_app.hub.together import Row, Together


def test_rows_that_come_while_others_are_written_go_together() -> None:
    begun, go_on, kept = threading.Event(), threading.Event(), list[list[int]]()

    def keep(rows: Sequence[Row]) -> None:
        begun.set()
        assert go_on.wait(10)
        kept.append([row["n"] for row in rows])

    together = Together(keep)
    threads = [threading.Thread(target=together.add, args=({"n": n},)) for n in range(4)]
    threads[0].start()
    assert begun.wait(10)
    for one in threads[1:]:
        one.start()
    while len(together._next.rows) < 3:
        assert not kept
    go_on.set()
    for one in threads:
        one.join(10)
    assert kept[0] == [0] and sorted(kept[1]) == [1, 2, 3] and len(kept) == 2


def test_a_row_the_database_refuses_harms_no_other() -> None:
    kept, gate = list[int](), threading.Barrier(2)

    def keep(rows: Sequence[Row]) -> None:
        if any(row["n"] < 0 for row in rows):
            raise ValueError
        kept.extend(row["n"] for row in rows)

    def add(n: int) -> None:
        gate.wait(10)
        if n < 0:
            with pytest.raises(ValueError):
                together.add({"n": n})
        else:
            while True:
                try:
                    together.add({"n": n})
                    return
                except ValueError:  # it led the batch with the bad row in it: the laptop says it again
                    continue

    together = Together(keep)
    threads = [threading.Thread(target=add, args=(n,)) for n in (-1, 7)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(10)
    assert kept == [7]
