"""The next Round: doubling, scattered, reset by a network, never by itself where only a person can help."""

from inspector_app.sync.pacing import LAST_MS, Pace, after, is_due, network_changed
from inspector_app.sync.ports import RoundOutcome

FAILED, DONE, SHUT_OUT = RoundOutcome("failed", "no_network"), RoundOutcome("done"), RoundOutcome("failed", "revoked")


def test_failures_double_the_pause_up_to_a_quarter_of_an_hour() -> None:
    pace, pauses = Pace(), []
    for _ in range(14):
        pace = after(pace, FAILED, 0, lambda: 1.0)
        pauses.append(pace.next_ms or 0)
    assert pauses[:4] == [1_500, 2_500, 4_500, 8_500]
    assert pauses[-1] == LAST_MS + 500
    assert after(pace, FAILED, 0, lambda: 0.0).next_ms == 500, "full jitter"


def test_a_network_or_a_success_begins_anew() -> None:
    tired = Pace(9, 10**6)
    assert is_due(network_changed(tired), 0)
    assert after(tired, DONE, 0, lambda: 0.5) == Pace(0, 300_000)


def test_what_only_a_person_mends_is_not_tried_by_itself() -> None:
    pace = after(Pace(), SHUT_OUT, 0, lambda: 0.5)
    assert not is_due(pace, 10**12) and not is_due(network_changed(pace), 10**12)


def test_photos_that_find_no_room_are_offered_seldom() -> None:
    for why in ("hub_full", "quota"):
        assert after(Pace(), RoundOutcome("partial", why), 0, lambda: 0.5).next_ms == LAST_MS


def test_a_clock_set_back_does_not_stop_it() -> None:
    assert is_due(Pace(0, 10**12), 0)
    assert not is_due(Pace(0, 60_000), 0)
