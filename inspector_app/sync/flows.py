"""A few things at a time: while one photo waits for the line or the disk, the next is read, sent or kept."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def in_flows(flows: int, things: Iterable[T], act: Callable[[T], R]) -> Iterator[tuple[T, R]]:
    """Each thing with what `act` gave for it, in order; at most `flows` are under way. After an error nothing is begun
    any more; what was under way is waited for, given out if it succeeded, and the error raised at the end."""
    if flows == 1:
        yield from ((one, act(one)) for one in things)
        return
    coming = iter(things)
    with ThreadPoolExecutor(flows, "photos") as pool:
        under_way: list[tuple[T, Future[R]]] = [(one, pool.submit(act, one)) for one in islice(coming, flows)]
        failed: BaseException | None = None
        while under_way:
            one, future = under_way.pop(0)
            wrong = future.exception()
            failed = failed or wrong
            if failed is None:
                under_way += [(other, pool.submit(act, other)) for other in islice(coming, 1)]
            if wrong is None:
                yield one, future.result()
    if failed is not None:
        raise failed
