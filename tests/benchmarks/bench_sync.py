"""1,000 records × 100 answers + 200 × 300 KiB: bytes, time and CPU of a Round beside PouchDB ↔ express-pouchdb."""

import hashlib
import json
import statistics
from collections.abc import Callable, Iterator, Sequence

from tests.benchmarks import sync_growth, sync_set
from tests.benchmarks.sync_worlds import MB, Absent, Step, ours, pouch
from tests.sync.fault_proxy import Faults

TURNS = 3
"""Each side has its turn, one after the other, so that a busy machine hits both alike; medians are told."""
COUNT, BLOBS, SIZE = 1_000, 200, 307_200
HEAD = ("step", "wall s", "up MB", "down MB", "client CPU", "hub CPU", "peer: wall s", "MB", "CPU", "bar", "")
Row = tuple[str, ...]
Steps = dict[str, Step]
_BOTH = "2 × faster in wall and CPU"
BARS: dict[str, tuple[str, float, float]] = {
    "push": (f"up ≤ 62.5 MB, {_BOTH}", 62.5, 2),
    "pull": (f"down ≤ 62.5 MB, {_BOTH}", 62.5, 2),
    "edit-all push": ("up ≤ 0.16 MB, 10 × faster", 0.16, 10),
    "edit-all pull": ("down ≤ 0.16 MB", 0.16, 0),
}
"""Words, megabytes in the step's direction, and how many times faster than the peer in wall time (twice: CPU too)."""


def our_turn() -> Steps:
    """The four steps of sync.md §17, and a Round with nothing to do."""
    with ours() as world:
        world.tell(world.first, f"insert {COUNT} {BLOBS} {SIZE}")
        steps = {"push": world.round(world.first), "pull": world.round(world.second)}
        world.tell(world.first, f"edit {COUNT}")
        bare = world.tell(world.first, "unsigned")["bytes"]
        steps["edit-all push"] = world.round(world.first)
        steps["edit-all pull"] = world.round(world.second)
        world.round(world.first)  # its own edits come back once: their numbers in the Scope
        steps["nothing to do"] = world.round(world.first)
    steps["edit-all push"].said["unsigned"] = bare
    return steps


def their_turn() -> Steps:
    """The same at the peer."""
    with pouch(COUNT, BLOBS, SIZE) as world:
        return {name: world.step(name) for name in ("push", "pull", "edit-all push", "edit-all pull")}


def turns() -> tuple[list[Steps], list[Steps], str]:
    """Ours, theirs, and why there are none of theirs."""
    mine, theirs, why = [], [], ""
    for _ in range(TURNS):
        mine.append(our_turn())
        try:
            theirs.append(their_turn())
        except Absent as absent:
            why = str(absent)
    return mine, theirs, why


def middle(found: Sequence[Steps], name: str, of: Callable[[Step], float]) -> float:
    """The median over all turns."""
    return statistics.median(of(one[name]) for one in found)


def verdict(holds: bool) -> str:
    return "met" if holds else "MISSED"


def set_one() -> Iterator[Row]:
    """The table of the four steps, and what else those turns tell."""
    mine, theirs, why = turns()
    for name, (words, most, times) in BARS.items():
        wall, cpu = middle(mine, name, lambda one: one.wall), middle(mine, name, lambda one: one.cpu)
        up, down = middle(mine, name, lambda one: one.up), middle(mine, name, lambda one: one.down)
        holds = (up if name.endswith("push") else down) <= most
        peer: tuple[str, str, str] = (why, "", "")
        if theirs:
            their_wall, their_cpu = (
                middle(theirs, name, lambda one: one.wall),
                middle(theirs, name, lambda one: one.cpu),
            )
            peer = (
                f"{their_wall:.2f}",
                f"{middle(theirs, name, lambda one: one.up + one.down):.2f}",
                f"{their_cpu:.2f}",
            )
            words += f" ({their_wall / wall:.1f} ×, CPU {their_cpu / cpu:.1f} ×)"
            holds &= their_wall >= times * wall and (times != 2 or their_cpu >= times * cpu)
        client, server = middle(mine, name, lambda one: one.client), middle(mine, name, lambda one: one.server)
        figures = (f"{wall:.2f}", f"{up:.3f}", f"{down:.3f}", f"{client:.2f}", f"{server:.2f}")
        yield (name, *figures, *peer, words, verdict(holds))
    yield from _besides(mine)


def _besides(mine: Sequence[Steps]) -> Iterator[Row]:
    bare = middle(mine, "edit-all push", lambda one: one.said["unsigned"]) / MB
    yield _row("– unsigned", f"{bare:.3f}", "up ≤ 0.08 MB", bare <= 0.08, at=2)
    quiet, asked = (
        middle(mine, "nothing to do", lambda one: one.up + one.down),
        mine[0]["nothing to do"].said["requests"],
    )
    words = f"{asked} request, {quiet * MB:.0f} bytes"
    yield _row("nothing to do", words, "≤ 1 request, ≤ 2 KB", asked <= 1 and quiet * MB <= 2_048)
    grown = max(one.said["grown"] for steps in mine for one in steps.values())
    yield _row("laptop's memory", f"{grown:.0f} MB", "≤ 150 MB above idle", grown <= 150)


def _row(name: str, figure: str, bar: str, holds: bool | None, *, at: int = 1, peer: str = "") -> Row:
    cells = [name, *[""] * 8, bar, "" if holds is None else verdict(holds)]
    cells[at], cells[6] = figure, peer
    return tuple(cells)


def cuts() -> Iterator[Row]:
    """Every connection is cut after so many bytes: what travelled, as a factor of the photos' bytes."""
    for name, size, most, count, after, bar in (
        ("cut every 3 MB", SIZE, 20, 100, 3_000_000, 1.15),
        ("cut every 1.5 MB", 2_621_440, 20, 10, 1_500_000, 1.5),
    ):
        payload = most * size / MB
        with ours(Faults(kill_after=after)) as world:
            world.tell(world.first, f"insert {count} {most} {size}")
            up = world.round(world.first, until_done=True)
            down = world.round(world.second, until_done=True)
        factors = up.up / payload, down.down / payload
        words = f"up {factors[0]:.2f} ×, down {factors[1]:.2f} ×, {up.said['rounds']} + {down.said['rounds']} Rounds"
        peer = cut_peer(count, most, size, after)
        yield _row(name, words, f"completes, ≤ {bar} ×", max(factors) <= bar, peer=peer)


def cut_peer(count: int, blobs: int, size: int, after: int) -> str:
    """What ten tries of the peer brought over the same line."""
    try:
        with pouch(count, blobs, size, Faults(kill_after=after)) as world:
            tried = world.step("tries")
            arrived = world.step("count").said["arrived"]
    except Absent as absent:
        return str(absent)
    return f"{arrived} of {count} in {tried.said['rounds']} tries, {tried.up:.1f} MB up"


def rows() -> list[Row]:
    """One table: ours, the peer, the bars."""
    _check_set()
    table = [HEAD, *set_one(), *cuts()]
    return table + [_row(name, figure, bar, holds) for name, figure, bar, holds in sync_growth.rows()]


def _check_set() -> None:
    lines = [json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in sync_set.records(1_000)]
    assert hashlib.sha256("\n".join(lines).encode()).hexdigest() == sync_set.RECORDS_SHA
    assert hashlib.sha256(sync_set.blob(0, 307_200)).hexdigest() == sync_set.BLOB_0_SHA
