"""When the next Round is tried by itself: from a second to a quarter of an hour, scattered so that laptops do not come
together; at once when the network changes (sync.md §8). Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from inspector_app.sync.ports import RoundOutcome

FIRST_MS, LAST_MS, IDLE_MS = 1_000, 15 * 60_000, 5 * 60_000
NEEDS_A_PERSON = frozenset({"revoked", "upgrade_needed", "not_joined"})
"""No Round by itself: it would end the same way."""

NO_ROOM = frozenset({"hub_full", "quota"})
"""Photos wait until somebody makes room or a day has passed: asked for seldom, since every try costs a chunk."""


@dataclass(frozen=True)
class Pace:
    """Failures in a row, and the moment of the next try (0 = at once, None = only by hand)."""

    failures: int = 0
    next_ms: int | None = 0


def after(pace: Pace, outcome: RoundOutcome, now_ms: int, dice: Callable[[], float]) -> Pace:
    """The pace after a Round; `dice` gives [0, 1) (full jitter)."""
    if outcome.why in NEEDS_A_PERSON:
        return Pace(pace.failures + 1, None)
    if outcome.outcome == "failed":
        ceiling = min(LAST_MS, FIRST_MS << min(pace.failures, 20))
        return Pace(pace.failures + 1, now_ms + FIRST_MS // 2 + round(dice() * ceiling))
    if outcome.why in NO_ROOM:
        return Pace(0, now_ms + round(LAST_MS * (0.75 + dice() / 2)))
    return Pace(0, now_ms + round(IDLE_MS * (0.75 + dice() / 2)))


def network_changed(pace: Pace) -> Pace:
    """Another network: begin anew at once, unless only a person can mend it."""
    return pace if pace.next_ms is None else Pace()


def is_due(pace: Pace, now_ms: int) -> bool:
    """Whether a Round starts by itself now; a clock that was set back does not delay it for ever."""
    return pace.next_ms is not None and (now_ms >= pace.next_ms or pace.next_ms - now_ms > 2 * LAST_MS)
