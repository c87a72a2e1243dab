"""`python -m tests.xforms.oracle --sessions 2000 --seed 1`: random sessions on both engines, every difference named."""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from inspector_app.xforms import load
from inspector_app.xforms.xlsform import convert

from .compare import Difference, compare
from .grow import grow
from .node import NoOracle, play_all, ready
from .reasons import reason, turning_point
from .record import write
from .steps import ours, wander

BATCH = 100


def session(seed: int) -> dict[str, Any]:
    """A job for the other engine, our own lines in it as `ours`."""
    table = grow(seed)
    made = convert(table.encode(), kind="md")
    if not made.xml:
        raise ValueError(f"seed {seed}: {made.problems[0].message}")
    form = load(made.xml)
    chance = random.Random(seed)
    steps = wander(form, chance, chance.randint(5, 18), reopened=0.4)
    return {"id": seed, "xml": made.xml.decode(), "steps": steps, "table": table, "ours": ours(form, steps)}


def batches(seeds: range) -> Iterator[list[dict[str, Any]]]:
    """Sessions by the hundred."""
    for start in range(0, len(seeds), BATCH):
        yield [session(seed) for seed in seeds[start : start + BATCH]]


def main() -> int:
    """Compare, print, and return 1 if something has no reason."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=5, help="unexplained sessions to print")
    parser.add_argument("--record", type=Path, help="keep the sessions that agree in this file (.jsonl.gz)")
    parser.add_argument("--install", action="store_true", help="install the packages first")
    given = parser.parse_args()
    try:
        home = ready(install=given.install)
    except NoOracle as error:
        print(f"oracle: {error}", file=sys.stderr)
        return 3
    counts: Counter[str] = Counter()
    kept: list[dict[str, Any]] = []
    shown = 0
    started = time.monotonic()
    first = given.seed * 100_000
    for jobs in batches(range(first, first + given.sessions)):
        for job, result in zip(jobs, play_all(jobs, home), strict=True):
            found = _judge(job, result, counts)
            if given.record and "lines" in result and not list(compare(job["ours"], result["lines"])):
                kept.append({k: job[k] for k in ("id", "xml", "steps")} | {"lines": result["lines"]})
            if found and shown < given.show:
                shown += 1
                _show(job, found)
    print(f"{given.sessions} sessions, {counts.pop('states', 0)} states compared in {time.monotonic() - started:.0f} s")
    for name, number in counts.most_common():
        print(f"  {number:6} {name}")
    if given.record:
        print(f"{write(given.record, kept)} sessions in {given.record}")
    return 1 if any(name.startswith("UNEXPLAINED") for name in counts) else 0


def _judge(job: dict[str, Any], result: dict[str, Any], counts: Counter[str]) -> list[Difference]:
    if "error" in result:
        counts[f"other engine refuses: {result['error'].splitlines()[0][:60]}"] += 1
        return []
    counts["states"] += sum(len(line.get("nodes", ())) for line in job["ours"])
    unexplained = []
    for difference in compare(job["ours"], result["lines"]):
        why = reason(difference, result["lines"])
        if why is None:
            unexplained.append(difference)
        else:
            counts[f"explained: {why}"] += 1
    why = turning_point(unexplained, job, result["lines"]) if unexplained else None
    if why is not None:
        counts[f"explained: {why}"] += len(unexplained)
        return []
    if unexplained:
        counts[f"UNEXPLAINED sessions, first in {unexplained[0].field}"] += 1
    return unexplained


def _show(job: dict[str, Any], found: list[Difference]) -> None:
    first = found[0].step
    print(f"--- seed {job['id']}, step {first}: {job['steps'][first - 1] if first else 'load'}")
    for d in found[:4]:
        print(f"    {d.path} {d.field}: ours {repr(d.ours)[:300]}, theirs {repr(d.theirs)[:300]}")
    names = {p.rpartition("/")[2].partition("[")[0] for p in (d.path for d in found[:4])}
    for row in job["table"].splitlines():
        if any(f" {name} |" in row for name in names if name):
            print("   ", " | ".join(c for c in row.split(" | ") if c.strip()))


if __name__ == "__main__":
    sys.exit(main())
