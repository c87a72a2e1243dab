"""A Round costs what changed, not what exists: one answer and nothing at all, with 1k, 10k and 100k records there."""

import json
import statistics
from collections.abc import Iterator

from inspector_app.hub import home
from inspector_app.hub.database import open_database
from inspector_app.hub.settings import HubSettings
from inspector_app.sync.snapshots import WORTH
from tests.benchmarks.bench_first_sync import fill
from tests.benchmarks.sync_worlds import MB, Step, ours

SIZES = (1_000, 10_000, 100_000)
VISITS = 50
"""Of the Team's own, written and pushed by the first laptop; the rest is the shared registry, fetched by both as
pages. What is too small for pages consists of such visits."""
TIMES = 9
MOST = 2.0
"""A hundred times the records may at most double the cost: indexes are a little deeper."""


def measure(size: int) -> dict[str, list[Step]]:
    """Both laptops hold everything; then one answer goes up, comes down, and nothing happens, several times."""
    found: dict[str, list[Step]] = {"up": [], "down": [], "quiet": []}
    visits = size if size < WORTH else VISITS

    def prepare(settings: HubSettings) -> None:
        database = open_database(settings)
        home.open_home(database, settings)
        fill(database, size - visits, 0)
        database.close()

    with ours(before=prepare) as world:
        world.round(world.first)
        world.tell(world.first, f"insert {visits} 0 0")
        for laptop in (world.first, world.second):
            world.round(laptop)
        for laptop in (world.first, world.second):
            held = world.tell(laptop, "count")["records"]
            assert held == size, f"{held} of {size} records are on the laptop"
        for _ in range(TIMES):
            assert world.tell(world.first, "edit 1")["edited"] == 1
            found["up"].append(world.round(world.first))
            found["down"].append(world.round(world.second))
            found["quiet"].append(world.round(world.second))
    return found


def rows() -> Iterator[tuple[str, str, str, bool | None]]:
    """Figure, measured, bar, whether it holds."""
    first: dict[str, float] = {}
    for size in SIZES:
        found = measure(size)
        told, holds = [], True
        for name, words in (("up", "one answer up"), ("down", "down"), ("quiet", "nothing")):
            wall = min(one.wall for one in found[name])  # of a busy machine only the best tells
            moved = statistics.median(one.up + one.down for one in found[name]) * MB
            told.append(f"{words} {wall * 1000:.0f} ms, {moved:.0f} bytes")
            holds &= wall <= MOST * first.setdefault(name, wall)
            holds &= moved <= MOST * first.setdefault(f"{name} bytes", moved)
        yield f"with {size:,} records there", "; ".join(told), f"≤ {MOST:.0f} × of 1,000", holds


if __name__ == "__main__":
    for row in rows():
        print(json.dumps(row, ensure_ascii=False))
