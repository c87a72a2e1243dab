"""A few things at a time: order, bounds, and what an error leaves behind."""

import threading

import pytest

from inspector_app.domain.errors import WorldError
from inspector_app.sync.flows import in_flows


@pytest.mark.parametrize("flows", [1, 3])
def test_results_come_in_order(flows: int) -> None:
    assert list(in_flows(flows, range(10), lambda one: one * one)) == [(one, one * one) for one in range(10)]


def test_so_many_are_under_way_and_no_more() -> None:
    together = threading.Barrier(3, timeout=30)
    count = threading.Semaphore(3)

    def act(_: int) -> bool:
        with_others = count.acquire(blocking=False)
        together.wait()
        count.release()
        return with_others

    assert all(found for _, found in in_flows(3, range(9), act))


def test_after_an_error_nothing_is_begun_and_what_succeeded_is_given_out() -> None:
    begun: list[int] = []
    failed = threading.Event()

    def act(one: int) -> int:
        begun.append(one)
        if one == 0:
            failed.set()
            raise WorldError("no_network", "")
        failed.wait(30)
        return one

    given: list[int] = []
    with pytest.raises(WorldError):
        for one, _ in in_flows(3, range(9), act):
            given.append(one)
    assert (sorted(begun), given) == ([0, 1, 2], [1, 2])
